package omnipoints.routes.pull;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages of Youzan: header {@code Event-Sign} is {@code MD5(client_id + body + client_secret)};
 * {@code msg} is an encoded JSON text with the order or its number.
 */
final class YouzanPush implements PushFacts {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public String channel() {
    return "youzan";
  }

  @Override
  public Reading read(Push push, Keys keys) {
    String given = push.headers().getOrDefault("event-sign", "").toLowerCase(Locale.ROOT);
    String expected =
        Signing.digest("MD5", keys.get("client_id") + push.text() + keys.get("client_secret"));
    if (!PushFacts.same(expected, given)) return new Unsigned();
    try {
      JsonNode message = JSON.readTree(push.body());
      String text = message.path("msg").asString("");
      JsonNode data = JSON.readTree(URLDecoder.decode(text, StandardCharsets.UTF_8));
      String order = data.path("full_order_info").path("order_info").path("tid").asString("");
      if (order.isEmpty()) order = data.path("tid").asString("");
      return new Signed(order.isEmpty() ? List.of() : List.of(order));
    } catch (JacksonException | IllegalArgumentException e) {
      return new Signed(List.of());
    }
  }

  @Override
  public String received() {
    return "{\"code\":0,\"msg\":\"success\"}";
  }
}
