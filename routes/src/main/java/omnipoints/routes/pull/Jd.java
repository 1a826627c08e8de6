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
 * body, MD5, page numbers as texts. Only orders: what its interfaces tell of refunds is their
 * audit, not the money, so that refunds come with the statements. A token is refreshed in the last
 * day of its life only, by the app's console.
 */
final class Jd implements Platform {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final int SIZE = 100;
  private static final Api ORDERS =
      new Api("orders", Duration.ofDays(7), Duration.ofMinutes(5), false);
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
    return List.of(ORDERS);
  }

  @Override
  public String first(Api api) {
    return "1";
  }

  @Override
  public Call page(Api api, Window window, String cursor, Keys keys, Instant now) {
    Map<String, String> business = new TreeMap<>();
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
    Map<String, String> form = new TreeMap<>();
    form.put("method", "jingdong.pop.order.search");
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
    JsonNode result = result(answer);
    long total = Declared.number(result, "orderTotal");
    long rows = result.path("orderInfoList").size();
    int page = Integer.parseInt(cursor);
    boolean more = rows > 0 && (long) page * SIZE < total;
    return new Page(rows, List.of(), total, more ? Integer.toString(page + 1) : null);
  }

  /** The misspelling is JD's own. */
  private static JsonNode result(JsonNode answer) {
    return answer.path("jingdong_pop_order_search_responce").path("searchorderinfo_result");
  }

  @Override
  public Verdict verdict(int status, JsonNode answer) {
    if (answer == null || status >= 500) return Verdict.later("HTTP " + status);
    JsonNode error = answer.path("error_response");
    if (!error.isMissingNode()) {
      String code = error.path("code").asString("?");
      return switch (code) {
        case "19", "18" ->
            new Verdict.Person(
                "code " + code + ": the token has ended",
                "refresh it in the last day of its life, or authorise again, and write it down");
        case "12" ->
            new Verdict.Person(
                "code 12: the signature is not accepted",
                "compare app_key and app_secret with the app's");
        case "21", "22" -> new Verdict.Later(Duration.ofSeconds(30), "rate limit, code " + code);
        case "65", "66", "67" -> Verdict.later("code " + code);
        default -> Verdict.unknown(code);
      };
    }
    JsonNode api = result(answer).path("apiResult");
    // It may be the text "true".
    if (api.path("success").asString("").equals("true")) return Verdict.good();
    return Verdict.unknown(api.path("numberCode").asString(api.path("errorCode").asString("?")));
  }
}
