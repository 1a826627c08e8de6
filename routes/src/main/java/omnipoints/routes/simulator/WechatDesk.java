package omnipoints.routes.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.routes.simulator.World.Order;
import tools.jackson.databind.JsonNode;

/** The WeChat Store: lists of numbers only, a cursor that holds for one request, a short token. */
final class WechatDesk implements Desk {
  static final String APPID = "wxsimulated";
  static final String SECRET = "simulated-wechat-secret";
  private static final int MOST = 400;
  private static final int STALE_MAX = 2;
  private static final Map<World.State, Integer> STATES =
      Map.of(
          World.State.UNPAID, 10,
          World.State.PAID, 20,
          World.State.SHIPPED, 30,
          World.State.COMPLETED, 100,
          World.State.CANCELLED, 250);

  private static final int CASES = 10;
  private static final int UNKNOWN_MAX = 2;

  /** A new token by force is to be had twenty times a day. */
  private static final int ENDED_MAX = 12;

  private final Shelf shelf;
  private int token = -1;
  private boolean over;
  private boolean unknown;
  private int unknownTimes;
  private int endedTimes;
  private boolean stale;
  private int staleTimes;

  WechatDesk(World world) {
    this.shelf = new Shelf(world);
  }

  @Override
  public Object answer(String path, Map<String, String> query, String body, JsonNode tree) {
    if (path.equals("/cgi-bin/stable_token")) return token(tree);
    if (over || !("wechat-token-" + token).equals(query.get("access_token")))
      return error(42001, "access_token expired");
    return switch (path) {
      case "/channels/ec/order/list/get" -> list(tree);
      case "/channels/ec/order/get" ->
          known(tree.path("order_id").asString())
              .map(WechatDesk::order)
              .orElse(error(100014, "order not found"));
      case "/channels/ec/aftersale/getaftersalelist" -> cases(tree);
      case "/channels/ec/aftersale/getaftersaleorder" ->
          shelf
              .refund(tree.path("after_sale_order_id").asString(""))
              .map(WechatDesk::refund)
              .orElse(error(100014, "after sale order not found"));
      case "/channels/ec/vip/user/list/get" -> members(tree);
      case "/channels/ec/vip/user/score/get" ->
          Map.of("errcode", 0, "info", Map.of("score", score(tree.path("openid").asString(""))));
      default -> error(48001, "api unauthorized");
    };
  }

  private Optional<Order> known(String number) {
    boolean lost = unknown;
    unknown = false;
    return lost ? Optional.empty() : shelf.order(number);
  }

  private Object token(JsonNode tree) {
    if (!SECRET.equals(tree.path("secret").asString(""))) return error(40125, "invalid appsecret");
    // A stable token that was refused is given again, unless a new one is asked for by force.
    if (token < 0 || over && tree.path("force_refresh").asBoolean(false)) {
      token++;
      over = false;
    }
    return Map.of("access_token", "wechat-token-" + token, "expires_in", 345);
  }

  private Object list(JsonNode tree) {
    JsonNode range = tree.path("update_time_range");
    long from = range.path("start_time").asLong();
    long to = range.path("end_time").asLong();
    List<Order> all = shelf.changed(from, to);
    if (all.size() > MOST) return error(31042, "too many orders");
    String key = tree.path("next_key").asString("");
    String window = from + "-" + to + "-";
    if (!key.isEmpty() && (stale || !key.startsWith(window))) {
      stale = false;
      return error(606006, "params changed");
    }
    int at = key.isEmpty() ? 0 : Integer.parseInt(key.substring(window.length()));
    int size = tree.path("page_size").asInt();
    List<String> ids = Shelf.page(all, at, size).stream().map(Order::number).toList();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("errcode", 0);
    answer.put("order_id_list", ids);
    answer.put("has_more", at + size < all.size());
    answer.put("next_key", window + (at + size));
    return answer;
  }

  /** Numbers of cases, without a size of pages: the platform's own is ten here. */
  private Object cases(JsonNode tree) {
    List<String> all =
        shelf
            .refunded(
                tree.path("begin_update_time").asLong(), tree.path("end_update_time").asLong())
            .stream()
            .map(order -> order.refundOrNull().id())
            .toList();
    String key = tree.path("next_key").asString("");
    int at = key.isEmpty() ? 0 : Integer.parseInt(key);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("errcode", 0);
    answer.put("after_sale_order_id_list", Shelf.page(all, at, CASES));
    answer.put("has_more", at + CASES < all.size());
    answer.put("next_key", Integer.toString(at + CASES));
    return answer;
  }

  /** Names its goods by the platform's own numbers, which no export shows. */
  private static Object refund(Order order) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("after_sale_order_id", order.refundOrNull().id());
    json.put("order_id", order.number());
    json.put("status", "MERCHANT_REFUND_SUCCESS");
    json.put("type", "REFUND");
    json.put("product_info", Map.of("product_id", "1", "sku_id", "77", "count", 1));
    json.put("refund_info", Map.of("amount", order.refundOrNull().fen()));
    json.put("complete_time", order.refundOrNull().at().getEpochSecond());
    json.put("update_time", order.refundOrNull().at().getEpochSecond());
    return Map.of("errcode", 0, "errmsg", "ok", "after_sale_order", json);
  }

  private Object members(JsonNode tree) {
    List<String> all = shelf.buyers().stream().map(buyer -> "OPEN-" + buyer).toList();
    int size = tree.path("page_size").asInt();
    List<Object> list =
        Shelf.page(all, (tree.path("page_num").asLong() - 1) * size, size).stream()
            .<Object>map(openid -> Map.of("openid", openid, "unionid", "U" + openid))
            .toList();
    return Map.of("errcode", 0, "list", list, "total_num", all.size());
  }

  /** As a text: ten for each number of a buyer. */
  private static String score(String openid) {
    return Long.toString(10 * Long.parseLong(openid.substring("OPEN-".length())));
  }

  private static Object order(Order order) {
    List<Object> products =
        order.lines().stream()
            .<Object>map(
                line ->
                    Map.of(
                        "product_id",
                        "1",
                        "sku_code",
                        line.sku(),
                        "sku_cnt",
                        line.qty(),
                        "sale_price",
                        line.priceFen(),
                        "real_price",
                        line.dueFen()))
            .toList();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("product_infos", products);
    detail.put("delivery_info", Map.of("address_info", Map.of("tel_number", World.RECEIVER_PHONE)));
    detail.put("pay_info", Map.of("pay_time", seconds(order.paidAt())));
    detail.put("price_info", Map.of("order_price", order.dueFen(), "freight", 0));
    detail.put("ext_info", Map.of("confirm_receipt_time", seconds(order.completedAt())));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("order_id", order.number());
    json.put("status", STATES.get(order.state()));
    json.put("create_time", order.createdAt().getEpochSecond());
    json.put("openid", "OPEN-" + order.buyer());
    json.put("order_detail", detail);
    return Map.of("errcode", 0, "errmsg", "ok", "order", json);
  }

  private static long seconds(Instant at) {
    return at == null ? 0 : at.getEpochSecond();
  }

  private static Map<String, Object> error(int code, String message) {
    return Map.of("errcode", code, "errmsg", message);
  }

  @Override
  public void endToken() {
    if (endedTimes == ENDED_MAX) return;
    endedTimes++;
    over = true;
  }

  @Override
  public Object ban() {
    return error(45011, "api minute-quota reach limit");
  }

  @Override
  public Object busy() {
    return error(-1, "system error");
  }

  @Override
  public boolean shift() {
    return shelf.shift();
  }

  @Override
  public boolean own() {
    if (staleTimes == STALE_MAX) return false;
    staleTimes++;
    stale = true;
    return true;
  }

  @Override
  public void showUntil(Instant horizon) {
    shelf.showUntil(horizon);
  }

  @Override
  public boolean disagree() {
    if (unknownTimes == UNKNOWN_MAX) return false;
    unknownTimes++;
    unknown = true;
    return true;
  }
}
