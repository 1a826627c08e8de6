package omnipoints.routes.pull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Vipshop (唯品会, vop.vip.com doccenter 54), {@code vipapis.delivery.DvdDeliveryService}: system
 * parameters in the URL, business JSON in the body, HMAC-MD5 over both. Names of parameters,
 * answers and codes are those that published clients of its SDK use; its documentation was not
 * seen. Orders are listed by the time they were placed, so that their states are asked for again
 * for a month. The list has no goods: each order is asked for once by itself.
 */
final class Vipshop implements Platform {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final int SIZE = 100;
  private static final String BLAMED = "CALLEE_USER_";
  private static final Api ORDERS =
      new Api("orders", Duration.ofDays(1), Duration.ofMinutes(5), false, Duration.ofDays(30));
  private static final Api LINES =
      new Api("order_lines", Duration.ofDays(1), Duration.ofMinutes(5), true);

  @Override
  public String channel() {
    return "vipshop";
  }

  @Override
  public String gateway() {
    return "https://gw.vipapis.com";
  }

  @Override
  public int callsPerSecond() {
    return 5;
  }

  @Override
  public List<Api> apis() {
    return List.of(ORDERS, LINES);
  }

  @Override
  public String first(Api api) {
    return "1";
  }

  @Override
  public Call page(Api api, Window window, String cursor, Keys keys, Instant now) {
    Map<String, Object> body = business(keys);
    body.put("st_add_time", TIME.format(window.from()));
    body.put("et_add_time", TIME.format(window.to()));
    body.put("page", Integer.parseInt(cursor));
    body.put("limit", SIZE);
    return signed("getOrderList", body, keys, now);
  }

  @Override
  public Call detail(Api api, String id, Keys keys, Instant now) {
    Map<String, Object> body = business(keys);
    body.put("order_id", id);
    body.put("page", 1);
    body.put("limit", SIZE);
    return signed("getOrderDetail", body, keys, now);
  }

  private static Map<String, Object> business(Keys keys) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("vendor_id", keys.get("vendor_id"));
    return body;
  }

  /** The time may be ten minutes off at most, says the platform. */
  private static Call signed(String method, Map<String, Object> business, Keys keys, Instant now) {
    String body = JSON.writeValueAsString(business);
    Map<String, String> query = new TreeMap<>();
    query.put("service", "vipapis.delivery.DvdDeliveryService");
    query.put("method", method);
    query.put("version", "1.0.0");
    query.put("timestamp", Long.toString(now.getEpochSecond()));
    query.put("format", "json");
    query.put("appKey", keys.get("app_key"));
    query.put("accessToken", keys.get("access_token"));
    query.put("sign", sign(keys.get("app_secret"), query, body));
    return Call.json("/", query, body);
  }

  static String sign(String secret, Map<String, String> system, String body) {
    String text = Signing.joined(system) + body;
    return Signing.hmac("HmacMD5", secret, text).toUpperCase(Locale.ROOT);
  }

  @Override
  public Page read(Api api, String cursor, JsonNode answer) {
    JsonNode result = answer.path("result");
    long total = Declared.number(result, "total");
    List<String> ids = new ArrayList<>();
    JsonNode orders = result.path("dvd_order_list");
    if (api.details()) for (JsonNode order : orders) ids.add(order.path("order_id").asString(""));
    int page = Integer.parseInt(cursor);
    boolean more = !orders.isEmpty() && (long) page * SIZE < total;
    return new Page(orders.size(), ids, total, more ? Integer.toString(page + 1) : null);
  }

  @Override
  public Verdict verdict(int status, JsonNode answer) {
    if (status == 429) return new Verdict.Later(Duration.ofSeconds(10), "HTTP 429");
    if (answer == null || status >= 500) return Verdict.later("HTTP " + status);
    String code = answer.path("returnCode").asString("?");
    if (code.equals("0")) return whole(answer.path("result"));
    String cause = code.startsWith(BLAMED) ? code.substring(BLAMED.length()) : code;
    return switch (cause) {
      case "vipapis.sys_other_error", "vipapis.response-timeOut", "vipapis.base-api.error" ->
          Verdict.later("code " + code);
      case "vipapis.app-flow-overrun" -> Verdict.usedUp("code " + code);
      case "vipapis.sign-not-match", "vipapis.appkey-not-exist" ->
          new Verdict.Person(
              "code " + code + ": the signature or the app_key is not accepted",
              "compare app_key and app_secret with the app's");
      case "vipapis.white-ip-not-exist", "vipapis.ip-in-blackList" ->
          new Verdict.Person(
              "code " + code + ": this address is not allowed",
              "have it added to the app's list of addresses at vop.vip.com");
      case "vipapis.oauth-invalidate-failure", "30111" ->
          new Verdict.Person(
              "code " + code + ": the access token is not accepted",
              "authorise the app again at vop.vip.com, then write the new token into its secret file");
      case "vipapis.access-denied", "vipapis.api-invalidate-permission" ->
          new Verdict.Person(
              "code " + code + ": the app may not call this API",
              "apply for it at vop.vip.com, and have this machine's address allowed");
      case "vipapis.DvdDeliveryService.invalid-parameter" ->
          new Verdict.Person(
              "code " + code + ": a parameter is not accepted",
              "compare vendor_id in its secret file with the shop's supplier number");
      default -> Verdict.unknown(code);
    };
  }

  /** The goods of an order come in one answer; so many that they do not are nobody's purchase. */
  private static Verdict whole(JsonNode result) {
    JsonNode goods = result.path("orderDetails");
    if (goods.isMissingNode() || Declared.number(result, "total") == goods.size())
      return Verdict.good();
    return new Verdict.Person(
        "an order has more than " + SIZE + " goods", "bring it by a file of that shop");
  }
}
