package omnipoints.routes.alert;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How each kind of receiver wants a message, and how it says that it took it. */
public enum ChatKind {
  /**
   * Custom robot of a group; signed: {@code sign} of the address is HMAC-SHA256 of {@code
   * <milliseconds>\n<secret>} under the secret, in Base64.
   */
  DINGTALK("errcode") {
    @Override
    Post post(URI url, String secret, Message message, Instant now) {
      URI to = url;
      if (secret != null) {
        String at = Long.toString(now.toEpochMilli());
        String sign = base64(hmac(secret, at + "\n" + secret));
        to = with(url, "timestamp=" + at + "&sign=" + encoded(sign));
      }
      String text = "### " + message.title() + "\n\n" + message.text().replace("\n", "\n\n");
      return Post.of(
          to,
          Map.of(
              "msgtype", "markdown", "markdown", Map.of("title", message.title(), "text", text)));
    }
  },
  /** Robot of a group; its address is its only secret. */
  WECOM("errcode") {
    @Override
    Post post(URI url, String secret, Message message, Instant now) {
      String text = "**" + message.title() + "**\n" + message.text();
      return Post.of(url, Map.of("msgtype", "markdown", "markdown", Map.of("content", text)));
    }
  },
  /**
   * Custom robot of a group; signed: {@code sign} of the body is HMAC-SHA256 of nothing under
   * {@code <seconds>\n<secret>}, in Base64.
   */
  FEISHU("code") {
    @Override
    Post post(URI url, String secret, Message message, Instant now) {
      var body = new LinkedHashMap<String, Object>();
      if (secret != null) {
        String at = Long.toString(now.getEpochSecond());
        body.put("timestamp", at);
        body.put("sign", base64(hmac(at + "\n" + secret, "")));
      }
      body.put("msg_type", "text");
      body.put("content", Map.of("text", message.title() + "\n" + message.text()));
      return Post.of(url, body);
    }
  },
  /**
   * Any receiver; signed: header {@code X-OmniPoints-Signature} is {@code sha256=} and HMAC-SHA256
   * of {@code <timestamp>.<body>} in hex. 2xx means taken.
   */
  WEBHOOK(null) {
    @Override
    Post post(URI url, String secret, Message message, Instant now) {
      var body = new LinkedHashMap<String, Object>();
      body.put("schema", "omnipoints.alert/1");
      body.put("key", message.key());
      body.put("kind", message.kind());
      body.put("night", message.night().toString());
      body.put("title", message.title());
      body.put("text", message.text());
      Post plain = Post.of(url, body);
      if (secret == null) return plain;
      String at = Long.toString(now.getEpochSecond());
      String sign = HexFormat.of().formatHex(hmac(secret, at + "." + plain.body()));
      return new Post(
          url,
          plain.body(),
          Map.of("X-OmniPoints-Timestamp", at, "X-OmniPoints-Signature", "sha256=" + sign));
    }
  };

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String answer;

  /**
   * @param answer field of the answer that is 0 when the message was taken; null: the status says
   *     so
   */
  ChatKind(String answer) {
    this.answer = answer;
  }

  /** A request to be sent. */
  record Post(URI url, String body, Map<String, String> headers) {
    static Post of(URI url, Map<String, Object> body) {
      return new Post(url, JSON.writeValueAsString(body), Map.of());
    }
  }

  abstract Post post(URI url, String secret, Message message, Instant now);

  /** Why the message was not taken, by an answer of status 2xx; empty if it was. */
  String refusal(String body) {
    if (answer == null) return "";
    try {
      JsonNode code = JSON.readTree(body).path(answer);
      if (code.isIntegralNumber() && code.asLong() == 0) return "";
      return code.isIntegralNumber() ? answer + " " + code.asLong() : "an answer without " + answer;
    } catch (RuntimeException e) {
      return "an answer that is no JSON";
    }
  }

  private static URI with(URI url, String query) {
    String text = url.toString();
    return URI.create(text + (text.contains("?") ? "&" : "?") + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
