package omnipoints.routes.pull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Member cards of WeChat Pay, 设置用户会员权益信息: pay.weixin.qq.com
 * docs/merchant/apis/membership-card/member-service/set-user-card-rights.html. Each request is
 * signed with the merchant's RSA key; HTTP 204 without a body is a success. It is told what is
 * there now.
 */
final class SyncWechatCard implements SyncPlatform {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CARD = "card_id";
  private static final String CODE = "code";

  @Override
  public String platform() {
    return "wechat_card";
  }

  @Override
  public String gateway() {
    return "https://api.mch.weixin.qq.com";
  }

  @Override
  public int callsPerSecond() {
    return 10;
  }

  @Override
  public boolean states() {
    return true;
  }

  /** The first two are of its address. */
  @Override
  public Map<String, Object> request(List<SyncItem> items, String house) {
    SyncItem item = items.get(0);
    Map<String, Object> request = new LinkedHashMap<>();
    request.put(CARD, house);
    request.put(CODE, item.shown());
    request.put("out_request_no", item.requestNo());
    request.put("before_bonus_value", item.before());
    request.put("add_bonus_value", item.change());
    request.put("bonus_value", item.points());
    request.put("need_inform_bonus", false);
    return request;
  }

  @Override
  public Call call(Map<String, Object> request, Keys keys, Instant now) {
    Map<String, Object> body = new LinkedHashMap<>(request);
    String path =
        "/v3/marketing/membercard-open/cards/"
            + encoded(body.remove(CARD))
            + "/codes/"
            + encoded(body.remove(CODE))
            + "/rights";
    String text = JSON.writeValueAsString(body);
    return Call.json(
        "PATCH",
        path,
        Map.of(),
        Map.of("Authorization", authorization(path, text, keys, now), "Accept", Call.JSON),
        text);
  }

  private static String encoded(Object part) {
    return URLEncoder.encode(part.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Over method, path, time, a word used once, and the body; a line each. */
  private static String authorization(String path, String body, Keys keys, Instant now) {
    String time = Long.toString(now.getEpochSecond());
    String once = Signing.digest("SHA-256", now + "\n" + path + "\n" + body).substring(0, 32);
    String text = String.join("\n", "PATCH", path, time, once, body, "");
    try {
      return "WECHATPAY2-SHA256-RSA2048 mchid=\""
          + keys.get("mchid")
          + "\",nonce_str=\""
          + once
          + "\",timestamp=\""
          + time
          + "\",serial_no=\""
          + keys.get("serial_no")
          + "\",signature=\""
          + Signing.rsa(keys.get("private_key"), text)
          + "\"";
    } catch (GeneralSecurityException e) {
      throw new Keys.Unusable(
          "the secret file "
              + keys.file()
              + " has no RSA key (PKCS #8, PEM) at \"private_key\": it is apiclient_key.pem of the"
              + " merchant");
    }
  }

  @Override
  public List<SyncAnswer> read(List<SyncItem> items, JsonNode answerOrNull) {
    SyncItem item = items.get(0);
    if (answerOrNull == null) return List.of(SyncAnswer.taken(item, null));
    String code = answerOrNull.path("code").asString("");
    return List.of(
        code.isEmpty()
            ? SyncAnswer.taken(item, SyncPlatform.told(answerOrNull, "bonus_value"))
            : SyncAnswer.refused(item, code));
  }

  @Override
  public Verdict verdict(int status, JsonNode answer) {
    String code = answer == null ? "" : " " + answer.path("code").asString("?");
    return switch (status) {
      case 204 -> Verdict.good();
      case 200, 400, 404 ->
          answer == null ? Verdict.later("HTTP " + status + " without JSON") : Verdict.good();
      case 429 -> Verdict.often("HTTP 429");
      case 401 ->
          new Verdict.Person(
              "HTTP 401" + code + ": the signature is not accepted",
              "compare mchid, serial_no and private_key with the merchant's certificate, and this"
                  + " machine's clock");
      case 403 ->
          new Verdict.Person(
              "HTTP 403" + code + ": the merchant may not do this",
              "apply for the member card at pay.weixin.qq.com");
      default -> Verdict.later("HTTP " + status + code);
    };
  }
}
