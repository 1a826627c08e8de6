package omnipoints.routes.simulator;

import static omnipoints.routes.simulator.Chinese.seconds;
import static omnipoints.routes.simulator.Chinese.yuan;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.routes.simulator.World.Order;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JOS: signed forms with a JSON in one field, numbers as texts, a success that is a text. */
final class JdDesk implements Desk {
  static final String SECRET = "simulated-jd-secret";
  static final String TOKEN = "jd-token-0";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<World.State, String> STATES =
      Map.of(
          World.State.UNPAID, "NOT_PAY",
          World.State.PAID, "WAIT_SELLER_STOCK_OUT",
          World.State.SHIPPED, "WAIT_GOODS_RECEIVE_CONFIRM",
          World.State.COMPLETED, "FINISHED_L",
          World.State.CANCELLED, "TRADE_CANCELED");

  /** The calls of a day are used up so often. */
  private static final int BANS_MAX = 2;

  private final Shelf shelf;
  private int bans;
  private int token;

  JdDesk(World world) {
    this.shelf = new Shelf(world);
  }

  @Override
  public Object answer(String path, Map<String, String> query, String body, JsonNode tree) {
    Form form = new Form(body);
    if (!form.signedWith(SECRET)) return error("12", "无效签名");
    if (!form.get("access_token").equals("jd-token-" + token)) return error("19", "无效access_token");
    JsonNode business = JSON.readTree(form.get("360buy_param_json"));
    if (form.get("method").equals("jingdong.asc.serviceAndRefund.view")) return refunds(business);
    List<Order> all =
        shelf.changed(
            seconds(business.path("start_date").asString()),
            seconds(business.path("end_date").asString()));
    int size = Integer.parseInt(business.path("page_size").asString());
    long at = (Long.parseLong(business.path("page").asString()) - 1) * size;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("apiResult", Map.of("success", "true"));
    result.put("orderTotal", all.size());
    result.put("orderInfoList", Shelf.page(all, at, size).stream().map(JdDesk::order).toList());
    return Map.of(
        "jingdong_pop_order_search_responce",
        Map.of("code", "0", "searchorderinfo_result", result));
  }

  /** By the time a buyer applied: here its creation. */
  private Object refunds(JsonNode business) {
    long from = seconds(business.path("applyTimeBegin").asString());
    long to = seconds(business.path("applyTimeEnd").asString());
    List<Order> all =
        shelf.created(from, to).stream().filter(order -> order.refundOrNull() != null).toList();
    int size = Integer.parseInt(business.path("pageSize").asString());
    long at = (Long.parseLong(business.path("pageNumber").asString()) - 1) * size;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("success", true);
    result.put("totalCount", all.size());
    result.put("data", Shelf.page(all, at, size).stream().map(JdDesk::refund).toList());
    return Map.of("jingdong_asc_serviceAndRefund_view_responce", Map.of("pageResult", result));
  }

  private static Object refund(Order order) {
    return Map.of(
        "afsRefundId",
        "R" + order.refundOrNull().id(),
        "status",
        13,
        "completeTime",
        Chinese.time(order.refundOrNull().at()),
        "refoundAmount",
        yuan(order.refundOrNull().fen()),
        "sameOrderServiceBill",
        Map.of(
            "serviceId",
            new BigInteger(order.refundOrNull().id()),
            "orderId",
            new BigInteger(order.number())));
  }

  private static Object order(Order order) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("orderId", order.number());
    json.put("orderState", STATES.get(order.state()));
    json.put("orderStartTime", time(order.createdAt()));
    json.put("paymentConfirmTime", time(order.paidAt()));
    json.put("orderEndTime", time(order.completedAt()));
    json.put("modified", time(order.updatedAt()));
    json.put("actualPay", yuan(order.dueFen()));
    json.put("freightPrice", "0.00");
    json.put("consigneeInfo", Map.of("mobile", World.RECEIVER_PHONE));
    json.put("open_id_buyer", "jd-" + order.buyer());
    json.put(
        "itemInfoList",
        order.lines().stream()
            .map(
                line ->
                    Map.of(
                        "skuId",
                        line.sku(),
                        "jdPrice",
                        yuan(line.priceFen()),
                        "itemTotal",
                        Integer.toString(line.qty())))
            .toList());
    return json;
  }

  private static String time(Instant at) {
    return at == null ? "0001-01-01 00:00:00" : Chinese.time(at);
  }

  private static Object error(String code, String words) {
    return Map.of("error_response", Map.of("code", code, "zh_desc", words));
  }

  @Override
  public void endToken() {
    // Only the app's console renews it.
    token++;
  }

  @Override
  public boolean bans() {
    return bans++ < BANS_MAX;
  }

  @Override
  public Object ban() {
    return error("2", "限制时间内调用失败次数");
  }

  @Override
  public Object busy() {
    return error("65", "平台连接后端服务超时");
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
