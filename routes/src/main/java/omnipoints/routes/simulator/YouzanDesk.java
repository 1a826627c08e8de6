package omnipoints.routes.simulator;

import static omnipoints.routes.simulator.Chinese.seconds;
import static omnipoints.routes.simulator.Chinese.yuan;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.routes.simulator.World.Order;
import tools.jackson.databind.JsonNode;

/** Youzan: HTTP 200 whatever happens, two shapes of errors, at most a hundred pages. */
final class YouzanDesk implements Desk {
  static final String CLIENT = "simulated-youzan";
  static final String SECRET = "simulated-youzan-secret";
  private static final Map<World.State, String> STATES =
      Map.of(
          World.State.UNPAID, "WAIT_BUYER_PAY",
          World.State.PAID, "WAIT_SELLER_SEND_GOODS",
          World.State.SHIPPED, "WAIT_BUYER_CONFIRM_GOODS",
          World.State.COMPLETED, "TRADE_SUCCESS",
          World.State.CANCELLED, "TRADE_CLOSED");

  private static final String CHANGE = "/api/youzan.crm.customer.points.";

  private final Shelf shelf;
  private final Members members;
  private int token = -1;
  private boolean over;

  YouzanDesk(World world) {
    this(world, new Members());
  }

  YouzanDesk(World world, Members members) {
    this.shelf = new Shelf(world);
    this.members = members;
  }

  @Override
  public Object answer(String path, Map<String, String> query, String body, JsonNode tree) {
    if (path.equals("/auth/token")) return token(tree);
    if (over || !("youzan-token-" + token).equals(query.get("access_token")))
      return gateway(4203, "invalid token");
    if (path.equals(CHANGE + "increase/4.0.0")) return change(tree.path("params"), 1);
    if (path.equals(CHANGE + "decrease/4.0.0")) return change(tree.path("params"), -1);
    if (path.equals("/api/youzan.trade.refund.search/3.0.1")) return refunds(tree);
    if (path.equals("/api/youzan.scrm.customer.search/3.1.2")) return customers(tree);
    if (path.equals("/api/youzan.trade.refund.get/3.0.1"))
      return shelf
          .refund(tree.path("refund_id").asString(""))
          .map(order -> good(refund(order)))
          .orElse(Map.of("success", false, "code", 103010001, "message", "no such refund"));
    if (path.equals("/api/youzan.trade.get/4.0.2"))
      return shelf
          .order(tree.path("tid").asString(""))
          .map(order -> good(order(order)))
          .orElse(Map.of("success", false, "code", 40020, "message", "no such trade"));
    if (!path.equals("/api/youzan.trades.sold.get/4.0.4")) return gateway(4005, "unknown api");
    int page = tree.path("page_no").asInt();
    int size = tree.path("page_size").asInt();
    if (page > 100) return Map.of("success", false, "code", 40010, "message", "page_no");
    List<Order> all =
        shelf.changed(
            seconds(tree.path("start_update").asString()),
            seconds(tree.path("end_update").asString()));
    List<Map<String, Object>> rows =
        Shelf.page(all, (page - 1L) * size, size).stream().map(YouzanDesk::order).toList();
    return good(Map.of("total_results", all.size(), "full_order_info_list", rows));
  }

  /** At most 50 a page and 10,000 in all; by phone, ten points for each number of a buyer. */
  private Object customers(JsonNode tree) {
    int page = tree.path("page").asInt();
    int size = tree.path("page_size").asInt();
    if (size > 50 || page * size > 10_000)
      return Map.of("success", false, "code", 40010, "message", "page_size");
    List<Integer> all =
        shelf.buyersSince(
            tree.path("created_at_start").asLong(), tree.path("created_at_end").asLong() + 1);
    List<Object> rows =
        Shelf.page(all, (page - 1L) * size, size).stream()
            .<Object>map(
                buyer ->
                    Map.of(
                        "mobile",
                        String.format("1380000%04d", buyer),
                        "yz_uid",
                        9_007_199_254_740_993L + buyer,
                        "is_member",
                        1,
                        "points",
                        10 * buyer))
            .toList();
    return good(Map.of("total", all.size(), "record_list", rows));
  }

  /** The same number counts once. */
  private Object change(JsonNode params, int sign) {
    String who = params.path("user").path("account_id").asString("");
    if (params.path("user").path("account_type").asInt() != 5 || params.path("points").asLong() < 1)
      return Map.of("success", false, "code", 50000, "message", "params");
    if (members.refuses(who))
      return Map.of("success", false, "code", 135500035, "message", "客户不存在");
    members.change(params.path("biz_value").asString(), who, sign * params.path("points").asLong());
    return good(Map.of("is_success", true, "points", members.told(who)));
  }

  private Object refunds(JsonNode tree) {
    int page = tree.path("page_no").asInt();
    int size = tree.path("page_size").asInt();
    List<Order> all =
        shelf.refunded(
            tree.path("update_time_start").asLong(), tree.path("update_time_end").asLong());
    List<Map<String, Object>> rows =
        Shelf.page(all, (page - 1L) * size, size).stream()
            .<Map<String, Object>>map(
                order ->
                    Map.of(
                        "refund_id",
                        order.refundOrNull().id(),
                        "tid",
                        order.number(),
                        "refund_fee",
                        yuan(order.refundOrNull().fen())))
            .toList();
    return good(Map.of("total", all.size(), "refunds", rows));
  }

  /** Of one refund: here the amounts are fen, and only the fund says when the money arrived. */
  private static Map<String, Object> refund(Order order) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("refund_id", order.refundOrNull().id());
    json.put("tid", order.number());
    json.put("status", "SUCCESS");
    json.put("refund_fee", yuan(order.refundOrNull().fen()));
    json.put(
        "refund_fund_list",
        List.of(
            Map.of(
                "refund_fee",
                order.refundOrNull().fen(),
                "status",
                2,
                "refund_account_time",
                time(order.refundOrNull().at()))));
    return json;
  }

  private Object token(JsonNode tree) {
    if (!SECRET.equals(tree.path("client_secret").asString("")))
      return Map.of("success", false, "code", 40001, "message", "client_secret");
    token++;
    over = false;
    return good(Map.of("access_token", "youzan-token-" + token, "expires", 4_102_444_800_000L));
  }

  private static Map<String, Object> good(Map<String, Object> data) {
    return Map.of("success", true, "code", 200, "data", data);
  }

  private static Map<String, Object> gateway(int code, String message) {
    return Map.of("gw_err_resp", Map.of("err_code", code, "err_msg", message, "trace_id", "t"));
  }

  private static Map<String, Object> order(Order order) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("tid", order.number());
    info.put("status", STATES.get(order.state()));
    info.put("created", time(order.createdAt()));
    info.put("pay_time", time(order.paidAt()));
    info.put("success_time", time(order.completedAt()));
    info.put("update_time", time(order.updatedAt()));
    List<Object> lines =
        order.lines().stream()
            .<Object>map(
                line ->
                    Map.of(
                        "oid",
                        line.id(),
                        "outer_sku_id",
                        line.sku(),
                        "num",
                        line.qty(),
                        "price",
                        yuan(line.priceFen())))
            .toList();
    return Map.of(
        "full_order_info",
        Map.of(
            "order_info",
            info,
            "pay_info",
            Map.of("payment", yuan(order.dueFen()), "post_fee", "0.00"),
            "buyer_info",
            Map.of("yz_open_id", "yz-" + order.buyer(), "buyer_phone", "138****0000"),
            "address_info",
            Map.of("receiver_tel", World.RECEIVER_PHONE),
            "orders",
            lines));
  }

  private static String time(Instant at) {
    return at == null ? "" : Chinese.time(at);
  }

  @Override
  public void endToken() {
    over = true;
  }

  @Override
  public Object ban() {
    return gateway(4101, "请求太频繁");
  }

  @Override
  public Object busy() {
    return Map.of("success", false, "code", 106000001, "message", "请求超时");
  }

  @Override
  public boolean part() {
    return members.refuseNext();
  }

  @Override
  public boolean wrongTotal() {
    return members.lieNext();
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
