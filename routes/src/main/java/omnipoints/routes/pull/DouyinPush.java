package omnipoints.routes.pull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages of Douyin's shops (op.jinritemai.com guide-docs 153/99, message-docs 30, 31, as a
 * published client has them): a list of messages; header {@code event-sign} is {@code MD5(app_key +
 * body + app_secret)}. {@code data} is an object or a text that holds one; {@code p_id} is the
 * order.
 */
final class DouyinPush implements PushFacts {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public String channel() {
    return "douyin";
  }

  @Override
  public Reading read(Push push, Keys keys) {
    String given = push.headers().getOrDefault("event-sign", "").toLowerCase(Locale.ROOT);
    String expected =
        Signing.digest("MD5", keys.get("app_key") + push.text() + keys.get("app_secret"));
    if (!PushFacts.same(expected, given)) return new Unsigned();
    Set<String> orders = new LinkedHashSet<>();
    try {
      for (JsonNode message : JSON.readTree(push.body())) {
        JsonNode data = message.path("data");
        if (data.isString()) data = JSON.readTree(data.asString());
        String order = data.path("p_id").asString("");
        if (!order.isEmpty()) orders.add(order);
      }
    } catch (JacksonException e) {
      return new Signed(List.of());
    }
    return new Signed(List.copyOf(orders));
  }

  @Override
  public String received() {
    return "{\"code\":0,\"msg\":\"success\"}";
  }
}
