package omnipoints.routes.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Member cards of WeChat Pay: an RSA signature over each request, 204 for a success. */
final class WechatPayDesk implements Desk {
  static final String MERCHANT = "1900000001";
  static final String SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
  private static final Pattern PATH =
      Pattern.compile("/v3/marketing/membercard-open/cards/[^/]+/codes/([^/]+)/rights");
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "WECHATPAY2-SHA256-RSA2048 mchid=\"(.*?)\",nonce_str=\"(.*?)\",timestamp=\"(.*?)\","
              + "serial_no=\"(.*?)\",signature=\"(.*?)\"");
  private static final KeyPair KEYS = keys();

  private final Members members;

  WechatPayDesk(Members members) {
    this.members = members;
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  static String privateKey() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  @Override
  public Object answer(String path, Map<String, String> query, String body, JsonNode tree) {
    throw new IllegalStateException("headers are needed");
  }

  @Override
  public Object answer(Asked asked) {
    if (!signed(asked)) return error(401, "SIGN_ERROR");
    Matcher path = PATH.matcher(asked.path());
    if (!asked.method().equals("PATCH") || !path.matches()) return error(404, "NOT_FOUND");
    JsonNode body = asked.tree();
    String number = body.path("out_request_no").asString("");
    long now = body.path("bonus_value").asLong(-1);
    long change = body.path("add_bonus_value").asLong();
    if (number.isEmpty() || now < 0 || body.path("before_bonus_value").asLong() + change != now)
      return error(400, "PARAM_ERROR");
    if (members.refuses(path.group(1))) return error(400, "INVALID_REQUEST");
    members.took(number);
    members.state(path.group(1), now, 0, 0);
    return new Under(204, null);
  }

  /** Written out: it must not share a mistake with the side it checks. */
  private boolean signed(Asked asked) {
    Matcher said = AUTHORIZATION.matcher(asked.headers().getOrDefault("authorization", ""));
    if (!said.matches() || !said.group(1).equals(MERCHANT) || !said.group(4).equals(SERIAL))
      return false;
    String text =
        asked.method()
            + "\n"
            + asked.path()
            + "\n"
            + said.group(3)
            + "\n"
            + said.group(2)
            + "\n"
            + asked.body()
            + "\n";
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(KEYS.getPublic());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getDecoder().decode(said.group(5)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Under error(int status, String code) {
    return new Under(status, Map.of("code", code, "message", "error"));
  }

  @Override
  public void endToken() {}

  @Override
  public Object ban() {
    return error(429, "FREQUENCY_LIMIT_EXCEED");
  }

  @Override
  public Object busy() {
    return error(500, "SYSTEM_ERROR");
  }

  @Override
  public boolean shift() {
    return false;
  }

  @Override
  public boolean part() {
    return members.refuseNext();
  }
}
