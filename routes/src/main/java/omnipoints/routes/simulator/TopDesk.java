package omnipoints.routes.simulator;

import static omnipoints.routes.simulator.Chinese.seconds;
import static omnipoints.routes.simulator.Chinese.time;
import static omnipoints.routes.simulator.Chinese.yuan;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.routes.simulator.World.Line;
import omnipoints.routes.simulator.World.Order;
import omnipoints.routes.simulator.World.Refund;
import tools.jackson.databind.JsonNode;

/** TOP: signed forms, ids as numbers beyond 2^53, lists that are left out when they are empty. */
final class TopDesk implements Desk {
  static final String SECRET = "simulated-top-secret";
  static final String SESSION = "top-token-0";
  private static final Map<World.State, String> STATES =
      Map.of(
          World.State.UNPAID, "WAIT_BUYER_PAY",
          World.State.PAID, "WAIT_SELLER_SEND_GOODS",
          World.State.SHIPPED, "WAIT_BUYER_CONFIRM_GOODS",
          World.State.COMPLETED, "TRADE_FINISHED",
          World.State.CANCELLED, "TRADE_CLOSED_BY_TAOBAO");

  private final Shelf shelf;
  private final Members members;
  private int token;

  TopDesk(World world) {
    this(world, new Members());
  }

  TopDesk(World world, Members members) {
    this.shelf = new Shelf(world);
    this.members = members;
  }

  @Override
  public Object answer(String path, Map<String, String> query, String body, JsonNode tree) {
    Form form = new Form(body);
    if (!form.signedWith(SECRET)) return error(25, "isv.invalid-signature", "Invalid signature");
    if (!form.get("session").equals("top-token-" + token))
      return error(27, "invalid-sessionkey", "");
    if (form.get("method").equals("tmall.crm.member.point.change")) return change(form);
    long from = seconds(form.get("start_modified"));
    long to = seconds(form.get("end_modified"));
    int size = Integer.parseInt(form.get("page_size"));
    long at = (Long.parseLong(form.get("page_no")) - 1) * size;
    if (form.get("method").equals("taobao.trades.sold.increment.get")) {
      List<Order> all = shelf.changed(from, to);
      List<Object> rows = Shelf.page(all, at, size).stream().map(TopDesk::trade).toList();
      return list("trades_sold_increment_get_response", "trades", "trade", all.size(), rows);
    }
    List<Order> all = shelf.refunded(from, to);
    List<Object> rows =
        Shelf.page(all, at, size).stream()
            .map(order -> refund(order, order.refundOrNull()))
            .toList();
    return list("refunds_receive_get_response", "refunds", "refund", all.size(), rows);
  }

  private Object change(Form form) {
    String who = form.get("user_nick");
    if (members.refuses(who)) return error(15, "isv.user-not-exist", "Remote service error");
    long point = Long.parseLong(form.get("point"));
    if (point < 1) return error(41, "isv.invalid-parameter", "point");
    members.change(form.get("biz_code"), who, form.get("type").equals("add") ? point : -point);
    return Map.of(
        "tmall_crm_member_point_change_response",
        Map.of("result_success", true, "request_id", "r", "point", members.told(who)));
  }

  private static Object list(
      String response, String many, String one, int total, List<Object> rows) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("total_results", total);
    if (!rows.isEmpty()) answer.put(many, Map.of(one, rows));
    return Map.of(response, answer);
  }

  private static Object trade(Order order) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tid", new BigInteger(order.number()));
    json.put("status", STATES.get(order.state()));
    json.put("created", time(order.createdAt()));
    if (order.paidAt() != null) json.put("pay_time", time(order.paidAt()));
    if (order.completedAt() != null) json.put("end_time", time(order.completedAt()));
    json.put("modified", time(order.updatedAt()));
    json.put("post_fee", "0.00");
    json.put("receiver_mobile", World.RECEIVER_PHONE);
    json.put("buyer_open_uid", "AAE" + order.buyer());
    json.put(
        "orders", Map.of("order", order.lines().stream().map(line -> line(order, line)).toList()));
    return json;
  }

  private static Object line(Order order, Line line) {
    Refund refund = order.refundOrNull();
    boolean back = refund != null && refund.line().equals(line.id());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("oid", new BigInteger(line.id()));
    json.put("outer_sku_id", line.sku());
    json.put("num", line.qty());
    json.put("price", yuan(line.priceFen()));
    json.put("divide_order_fee", yuan(line.dueFen()));
    json.put("refund_status", back ? "SUCCESS" : "NO_REFUND");
    json.put("status", STATES.get(order.state()));
    return json;
  }

  private static Object refund(Order order, Refund refund) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("refund_id", refund.id());
    json.put("tid", new BigInteger(order.number()));
    json.put("oid", new BigInteger(refund.line()));
    json.put("status", "SUCCESS");
    json.put("refund_fee", yuan(refund.fen()));
    json.put("modified", time(refund.at()));
    return json;
  }

  private static Object error(int code, String sub, String message) {
    return Map.of("error_response", Map.of("code", code, "sub_code", sub, "msg", message));
  }

  @Override
  public void endToken() {
    // Only the shop renews it.
    token++;
  }

  @Override
  public Object ban() {
    return error(
        7, "accesscontrol.limited-by-api-access-count", "This ban will last for 3 more seconds");
  }

  @Override
  public Object busy() {
    return error(15, "isp.remote-service-error", "");
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
