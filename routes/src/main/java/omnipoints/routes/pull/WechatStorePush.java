package omnipoints.routes.pull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages of the WeChat Store (developers.weixin.qq.com store/shop/dev_before/message_push), in
 * its safe mode: {@code msg_signature = SHA1(sorted token, timestamp, nonce, Encrypt)}, AES-CBC
 * under the EncodingAESKey. In its plain mode the signature does not cover the message: not taken.
 * The address is asked for with a GET whose {@code signature} covers token, timestamp and nonce.
 */
final class WechatStorePush implements PushFacts {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Random bytes before the length of the message. */
  private static final int RANDOM = 16;

  @Override
  public String channel() {
    return "wechat_store";
  }

  @Override
  public Reading read(Push push, Keys keys) {
    String token = keys.get("push_token");
    if (!push.query("echostr").isEmpty())
      return PushFacts.same(signature(push, token), push.query("signature"))
          ? new Challenge(push.query("echostr"))
          : new Unsigned();
    String encrypted;
    try {
      encrypted = JSON.readTree(push.body()).path("Encrypt").asString("");
    } catch (JacksonException e) {
      return new Unsigned();
    }
    if (!PushFacts.same(signature(push, token, encrypted), push.query("msg_signature")))
      return new Unsigned();
    try {
      JsonNode message = JSON.readTree(decrypted(encrypted, keys));
      String order = message.path("order_info").path("order_id").asString("");
      if (order.isEmpty())
        order = message.path("finder_shop_aftersale_status_update").path("order_id").asString("");
      return new Signed(order.isEmpty() ? List.of() : List.of(order));
    } catch (GeneralSecurityException | JacksonException | IllegalArgumentException e) {
      throw new Keys.Unusable(
          "the secret file "
              + keys.file()
              + " has a push_key that does not open what was signed with its push_token");
    }
  }

  private static String signature(Push push, String... secrets) {
    return signature(
        Stream.concat(
            Stream.of(push.query("timestamp"), push.query("nonce")), Arrays.stream(secrets)));
  }

  static String signature(Stream<String> parts) {
    return Signing.digest("SHA-1", parts.sorted().collect(Collectors.joining()));
  }

  /** Random, four bytes of length, the message, the app's id; padded to 32 bytes. */
  private static byte[] decrypted(String encrypted, Keys keys) throws GeneralSecurityException {
    byte[] key = Base64.getDecoder().decode(keys.get("push_key") + "=");
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new IvParameterSpec(Arrays.copyOf(key, 16)));
    byte[] plain = cipher.doFinal(Base64.getDecoder().decode(encrypted));
    int length = plain.length < RANDOM + 4 ? -1 : ByteBuffer.wrap(plain, RANDOM, 4).getInt();
    if (length < 0 || length > plain.length - RANDOM - 4)
      throw new IllegalArgumentException("no message");
    byte[] message = Arrays.copyOfRange(plain, RANDOM + 4, RANDOM + 4 + length);
    String rest =
        new String(
            plain, RANDOM + 4 + length, plain.length - RANDOM - 4 - length, StandardCharsets.UTF_8);
    if (!rest.startsWith(keys.get("appid"))) throw new IllegalArgumentException("another app's");
    return message;
  }

  @Override
  public String received() {
    return "success";
  }
}
