package omnipoints.routes.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import omnipoints.routes.simulator.World.Line;
import omnipoints.routes.simulator.World.Order;
import omnipoints.routes.simulator.World.Refund;
import tools.jackson.databind.JsonNode;

/** Douyin: signatures are checked, a refresh token is good once. */
final class DouyinDesk implements Desk {
  static final String APP_KEY = "6912345678901234567";
  static final String SECRET = "simulated-douyin-secret";

  /** Orders that were created earlier are in no list. */
  private static final long LISTED_SECONDS = 90L * 86_400;

  private static final Map<World.State, Integer> STATES =
      Map.of(
          World.State.UNPAID, 1,
          World.State.PAID, 2,
          World.State.SHIPPED, 3,
          World.State.COMPLETED, 5,
          World.State.CANCELLED, 4);

  private final Shelf shelf;
  private int token;
  private boolean over;

  DouyinDesk(World world) {
    this.shelf = new Shelf(world);
  }

  @Override
  public Object answer(String path, Map<String, String> query, String body, JsonNode tree) {
    if (!signature(query, body).equals(query.get("sign")))
      return error(40003, "isv.signature-invalid");
    if (path.equals("/token/refresh")) return refresh(tree);
    if (over || !("douyin-token-" + token).equals(query.get("access_token")))
      return error(40003, "isv.access-token-expired");
    if (path.equals("/order/orderDetail"))
      return shelf
          .order(tree.path("shop_order_id").asString(""))
          .map(order -> good(Map.of("shop_order_detail", order(order))))
          .orElse(error(50002, "isv.business-failed"));
    int page = tree.path("page").asInt();
    int size = tree.path("size").asInt();
    if (path.equals("/order/searchList")) {
      long to = tree.path("update_time_end").asLong();
      List<Order> all =
          shelf.changed(tree.path("update_time_start").asLong(), to).stream()
              .filter(order -> order.createdAt().getEpochSecond() > to - LISTED_SECONDS)
              .toList();
      List<Object> rows =
          Shelf.page(all, (long) page * size, size).stream().map(DouyinDesk::order).toList();
      return good(Map.of("page", page, "size", size, "total", all.size(), "shop_order_list", rows));
    }
    if (path.equals("/afterSale/List")) {
      List<Order> all =
          shelf.refunded(
              tree.path("update_start_time").asLong(), tree.path("update_end_time").asLong());
      List<Object> rows =
          Shelf.page(all, (long) page * size, size).stream()
              .map(order -> afterSale(order, order.refundOrNull()))
              .toList();
      // Numbers are texts in this list.
      return good(Map.of("items", rows, "total", Integer.toString(all.size())));
    }
    return error(30001, "isv.no-permission");
  }

  /** Written out: it must not share a mistake with the side it checks. */
  private static String signature(Map<String, String> query, String body) {
    String text =
        SECRET
            + "app_key"
            + query.get("app_key")
            + "method"
            + query.get("method")
            + "param_json"
            + body
            + "timestamp"
            + query.get("timestamp")
            + "v2"
            + SECRET;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object refresh(JsonNode tree) {
    String refresh = tree.path("refresh_token").asString("");
    if (!refresh.equals("douyin-refresh-" + token))
      return error(50001, "dop.token-generate-failed:refresh-token-used");
    token++;
    over = false;
    return good(
        Map.of(
            "access_token", "douyin-token-" + token,
            "refresh_token", "douyin-refresh-" + token,
            "expires_in", 604_800));
  }

  private static Map<String, Object> good(Map<String, Object> data) {
    return Map.of("code", 10000, "msg", "success", "data", data);
  }

  private static Map<String, Object> error(int code, String sub) {
    return Map.of("code", code, "msg", "error", "sub_code", sub);
  }

  private static Object order(Order order) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("order_id", order.number());
    json.put("order_status", STATES.get(order.state()));
    json.put("create_time", order.createdAt().getEpochSecond());
    json.put("pay_time", seconds(order.paidAt()));
    json.put("finish_time", seconds(order.completedAt()));
    json.put("update_time", order.updatedAt().getEpochSecond());
    json.put("mask_post_tel", World.RECEIVER_PHONE);
    json.put("doudian_open_id", "1@#buyer" + order.buyer());
    json.put("sku_order_list", order.lines().stream().map(line -> line(order, line)).toList());
    return json;
  }

  private static Object line(Order order, Line line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("order_id", line.id());
    json.put("parent_order_id", order.number());
    json.put("code", line.sku());
    json.put("item_num", line.qty());
    json.put("origin_amount", line.priceFen());
    json.put("pay_amount", line.dueFen());
    json.put("post_amount", 0);
    json.put("order_status", STATES.get(order.state()));
    Refund refund = order.refundOrNull();
    boolean back = refund != null && refund.line().equals(line.id());
    json.put(
        "after_sale_info",
        Map.of("refund_status", back ? 3 : 0, "after_sale_status", back ? 12 : 0));
    return json;
  }

  private static Object afterSale(Order order, Refund refund) {
    return Map.of(
        "aftersale_info",
        Map.of(
            "aftersale_id",
            "\"" + refund.id() + "\"",
            "refund_status",
            "3",
            "aftersale_status",
            "12",
            "refund_amount",
            Long.toString(refund.fen()),
            "update_time",
            refund.at().getEpochSecond()),
        "order_info",
        Map.of(
            "shop_order_id",
            "\"" + order.number() + "\"",
            "related_order_info",
            List.of(
                Map.of(
                    "sku_order_id",
                    "\"" + refund.line() + "\"",
                    "aftersale_pay_amount",
                    Long.toString(refund.fen())))));
  }

  private static long seconds(Instant at) {
    return at == null ? 0 : at.getEpochSecond();
  }

  @Override
  public void endToken() {
    over = true;
  }

  @Override
  public Object ban() {
    return error(60000, "isp.rate-limit");
  }

  @Override
  public Object busy() {
    return error(20000, "isp.busy");
  }

  @Override
  public boolean shift() {
    return shelf.shift();
  }

  @Override
  public void showUntil(Instant horizon) {
    shelf.showUntil(horizon);
  }
}
