package omnipoints.routes.pull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JOS, the platform of JD (jos.jd.com commondoc 32, 33; open.jd.com dev guide 2643): a form in the
 * body, MD5, page numbers as texts. Refunds (15040) are listed by the time they were applied for,
 * not by that of the money, and those of cancelled orders not at all: what is pulled of them is
 * never all, the statements complete it. A token is refreshed in the last day of its life only, by
 * the app's console.
 */
final class Jd implements Platform {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final int SIZE = 100;
  private static final Api ORDERS =
      new Api("orders", Duration.ofDays(7), Duration.ofMinutes(5), false);
  private static final int REFUND_SIZE = 50;

  /** Longer than JD lets a buyer ask for his money and a shop keep him waiting for it. */
  private static final Api REFUNDS =
      new Api("after_sales", Duration.ofDays(7), Duration.ofMinutes(5), false, Duration.ofDays(42));

  private static final String FIELDS =
      "orderId,venderId,orderState,orderStartTime,paymentConfirmTime,orderEndTime,modified,"
          + "orderTotalPrice,actualPay,freightPrice,open_id_buyer,itemInfoList";
  private static final String STATES =
      "NOT_PAY,WAIT_SELLER_STOCK_OUT,WAIT_SELLER_DELIVERY,WAIT_GOODS_RECEIVE_CONFIRM,FINISHED_L,"
          + "TRADE_CANCELED,LOCKED,PAUSE,POP_ORDER_PAUSE";

  @Override
  public String channel() {
    return "jd";
  }

  @Override
  public String gateway() {
    return "https://api.jd.com";
  }

  @Override
  public int callsPerSecond() {
    return 5;
  }

  @Override
  public List<Api> apis() {
    return List.of(ORDERS, REFUNDS);
  }

  @Override
  public String first(Api api) {
    return "1";
  }

  @Override
  public Call page(Api api, Window window, String cursor, Keys keys, Instant now) {
    Map<String, String> business = new TreeMap<>();
    if (api.equals(REFUNDS)) {
      business.put("applyTimeBegin", TIME.format(window.from()));
      business.put("applyTimeEnd", TIME.format(window.to()));
      business.put("pageNumber", cursor);
      business.put("pageSize", Integer.toString(REFUND_SIZE));
      return signed("jingdong.asc.serviceAndRefund.view", business, keys, now);
    }
    business.put("start_date", TIME.format(window.from()));
    business.put("end_date", TIME.format(window.to()));
    business.put("order_state", STATES);
    business.put("optional_fields", FIELDS);
    business.put("page", cursor);
    business.put("page_size", Integer.toString(SIZE));
    // By time of change, oldest first.
    business.put("dateType", "0");
    business.put("sortType", "0");
    business.put("source_id", "JOS");
    return signed("jingdong.pop.order.search", business, keys, now);
  }

  private static Call signed(String method, Map<String, String> business, Keys keys, Instant now) {
    Map<String, String> form = new TreeMap<>();
    form.put("method", method);
    form.put("app_key", keys.get("app_key"));
    form.put("access_token", keys.get("access_token"));
    form.put("timestamp", TIME.format(now));
    form.put("v", "2.0");
    form.put("360buy_param_json", JSON.writeValueAsString(business));
    form.put("sign", Signing.md5Between(keys.get("app_secret"), Signing.joined(form)));
    return Call.form("/routerjson", form);
  }

  @Override
  public Page read(Api api, String cursor, JsonNode answer) {
    boolean orders = api.equals(ORDERS);
    JsonNode result = orders ? orders(answer) : refunds(answer);
    long total = Declared.number(result, orders ? "orderTotal" : "totalCount");
    long rows = result.path(orders ? "orderInfoList" : "data").size();
    int page = Integer.parseInt(cursor);
    boolean more = rows > 0 && (long) page * (orders ? SIZE : REFUND_SIZE) < total;
    return new Page(rows, List.of(), total, more ? Integer.toString(page + 1) : null);
  }

  /** The misspelling is JD's own. */
  private static JsonNode orders(JsonNode answer) {
    return answer.path("jingdong_pop_order_search_responce").path("searchorderinfo_result");
  }

  private static JsonNode refunds(JsonNode answer) {
    return answer.path("jingdong_asc_serviceAndRefund_view_responce").path("pageResult");
  }

  @Override
  public Verdict verdict(int status, JsonNode answer) {
    if (answer == null || status >= 500) return Verdict.later("HTTP " + status);
    JsonNode error = answer.path("error_response");
    if (!error.isMissingNode()) {
      return gateway(error.path("code").asString("?"));
    }
    JsonNode refunds = refunds(answer);
    JsonNode told = refunds.isMissingNode() ? orders(answer).path("apiResult") : refunds;
    // It may be the text "true".
    if (told.path("success").asString("").equals("true")) return Verdict.good();
    return Verdict.unknown(
        told.path("numberCode")
            .asString(told.path("errorCode").asString(told.path("code").asString("?"))));
  }

  /** The platform's own table (平台级错误码), as published clients repeat it. */
  private static Verdict gateway(String code) {
    return switch (code) {
      case "18", "19" ->
          new Verdict.Person(
              "code " + code + ": the token has ended",
              "refresh it in the last day of its life, or authorise again, and write it down");
      case "11", "12", "20", "21", "89" ->
          new Verdict.Person(
              "code " + code + ": the signature or the app_key is not accepted",
              "compare app_key and app_secret with the app's");
      case "8" ->
          new Verdict.Person(
              "code 8: the time of the call is not accepted",
              "set the clock of this machine: JD accepts six minutes");
      case "22" ->
          new Verdict.Person(
              "code 22: the account that authorised the app is no merchant",
              "let the shop's own account authorise it");
      case "3", "24", "64", "79", "88" ->
          new Verdict.Person(
              "code " + code + ": the app may not call this API",
              "apply for it in the app's console of jos.jd.com");
      case "75", "80" ->
          new Verdict.Person(
              "code " + code + ": this address is not allowed",
              "add it to the app's list of addresses");
      case "2" -> Verdict.usedUp("code 2");
      case "1", "43", "65", "66", "67", "69", "78" -> Verdict.later("code " + code);
      default -> Verdict.unknown(code);
    };
  }
}
