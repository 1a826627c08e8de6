package omnipoints.routes.pull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Youzan (有赞), open.youzanyun.com, doc.youzanyun.com/llms.txt: no signature, the token in the URL
 * (header and body are ignored), HTTP 200 whatever happens, two shapes of errors. At most 100 pages
 * of 100, 3,000 refunds, and 10,000 customers, in one window; what has more is asked in halves.
 */
final class Youzan implements Platform {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final int SIZE = 100;
  private static final int PAGES = 100;
  private static final int REFUNDS = 3000;
  private static final int CUSTOMERS = 50;
  private static final Api ORDERS =
      new Api("orders", Duration.ofDays(30), Duration.ofMinutes(1), false);
  private static final Api REFUND =
      new Api("after_sales", Duration.ofDays(30), Duration.ofMinutes(1), true);

  /** By when they became customers, since ever: what they hold changes without a trace there. */
  private static final Api POINTS =
      new Api(
          Api.POINTS,
          Duration.ofDays(36_500),
          Duration.ofMinutes(1),
          false,
          Duration.ofDays(3_650));

  @Override
  public String channel() {
    return "youzan";
  }

  @Override
  public String gateway() {
    return "https://open.youzanyun.com";
  }

  @Override
  public int callsPerSecond() {
    return 10;
  }

  @Override
  public List<Api> apis() {
    return List.of(ORDERS, REFUND, POINTS);
  }

  /** Customers are the head office's: told by each branch of a chain they would hold twice. */
  @Override
  public boolean asks(Api api, Keys keys) {
    return !api.equals(POINTS) || keys.get("branch_of", "").isEmpty();
  }

  @Override
  public String first(Api api) {
    return "1";
  }

  @Override
  public Call page(Api api, Window window, String cursor, Keys keys, Instant now) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (api.equals(POINTS)) {
      body.put("page", Integer.parseInt(cursor));
      body.put("page_size", CUSTOMERS);
      body.put("created_at_start", window.from().getEpochSecond());
      // Whether the end counts is not told: a customer of two windows would hold twice.
      body.put("created_at_end", window.to().getEpochSecond() - 1);
      return call("youzan.scrm.customer.search/3.1.2", body, keys);
    }
    body.put("page_no", Integer.parseInt(cursor));
    body.put("page_size", SIZE);
    if (api.equals(ORDERS)) {
      body.put("start_update", TIME.format(window.from()));
      body.put("end_update", TIME.format(window.to()));
      return call("youzan.trades.sold.get/4.0.4", body, keys);
    }
    body.put("update_time_start", window.from().getEpochSecond());
    body.put("update_time_end", window.to().getEpochSecond());
    return call("youzan.trade.refund.search/3.0.1", body, keys);
  }

  static Call call(String api, Map<String, Object> body, Keys keys) {
    return Call.json(
        "/api/" + api,
        Map.of("access_token", keys.get("access_token")),
        JSON.writeValueAsString(body));
  }

  @Override
  public Page read(Api api, String cursor, JsonNode answer) {
    JsonNode data = answer.path("data");
    long total = Declared.number(data, total(data));
    int page = Integer.parseInt(cursor);
    List<String> ids = new ArrayList<>();
    for (JsonNode refund : data.path("refunds")) ids.add(refund.path("refund_id").asString());
    long rows =
        api.details()
            ? ids.size()
            : data.path(api.equals(ORDERS) ? "full_order_info_list" : "record_list").size();
    boolean more = rows > 0 && (long) page * (api.equals(POINTS) ? CUSTOMERS : SIZE) < total;
    return new Page(rows, ids, total, more ? Integer.toString(page + 1) : null);
  }

  /** Orders call it otherwise than refunds and customers do. */
  private static String total(JsonNode data) {
    return data.has("total_results") ? "total_results" : "total";
  }

  @Override
  public Call detail(Api api, String id, Keys keys, Instant now) {
    return call("youzan.trade.refund.get/3.0.1", Map.of("refund_id", id), keys);
  }

  @Override
  public Call order(String number, Keys keys, Instant now) {
    return call("youzan.trade.get/4.0.2", Map.of("tid", number), keys);
  }

  @Override
  public Verdict verdict(int status, JsonNode answer) {
    if (answer == null || status >= 500) return Verdict.later("HTTP " + status);
    JsonNode gateway = answer.path("gw_err_resp");
    if (!gateway.isMissingNode()) return gateway(gateway.path("err_code").asString("?"));
    if (answer.path("success").asBoolean(false)) {
      JsonNode data = answer.path("data");
      long total = data.path(total(data)).asLong(0);
      boolean refunds = data.has("refunds");
      long most = refunds ? REFUNDS : (long) PAGES * SIZE;
      return total > most
          ? new Verdict.Narrower(total + " in one window, the platform gives " + most)
          : Verdict.good();
    }
    return business(answer.path("code").asString("?"));
  }

  private static Verdict gateway(String code) {
    return switch (code) {
      case "4201", "4202", "4203" -> new Verdict.Renew("gateway code " + code);
      case "4101" -> often("gateway code 4101");
      case "4204" ->
          new Verdict.Person(
              "gateway code 4204: the app has no permission for this API",
              "apply for its capability package in the cloud console");
      case "4007" ->
          new Verdict.Person(
              "gateway code 4007: this address is not allowed",
              "add it to the app's list of addresses in the cloud console");
      case "5001", "5002", "5003" -> Verdict.later("gateway code " + code);
      default -> Verdict.unknown(code);
    };
  }

  private static Verdict business(String code) {
    return switch (code) {
      case "106000001", "106100118" -> Verdict.later("code " + code + ": it took too long");
      case "500100004", "123000042" -> often("code " + code);
      case "1000", "1103" ->
          new Verdict.Person(
              "code " + code + ": client_id and client_secret are not accepted",
              "compare them with the app's");
      default -> Verdict.unknown(code);
    };
  }

  private static Verdict often(String code) {
    return new Verdict.Later(Duration.ofSeconds(10), "rate limit, " + code);
  }

  @Override
  public Optional<Call> renewal(Keys keys, Instant now) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("client_id", keys.get("client_id"));
    body.put("client_secret", keys.get("client_secret"));
    body.put("authorize_type", "silent");
    body.put("grant_id", keys.get("grant_id"));
    body.put("refresh", false);
    return Optional.of(Call.json("/auth/token", Map.of(), JSON.writeValueAsString(body)));
  }

  /** {@code expires} is the moment in milliseconds. */
  @Override
  public Keys renewed(Keys keys, JsonNode answer, Instant now) {
    JsonNode data = answer.path("data");
    return keys.with(
        Map.of(
            "access_token", data.path("access_token").asString(""),
            "expires_at", Instant.ofEpochMilli(data.path("expires").asLong(0)).toString()));
  }
}
