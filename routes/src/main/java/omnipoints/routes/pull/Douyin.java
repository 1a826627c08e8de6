package omnipoints.routes.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Douyin's shops (抖店). From op.jinritemai.com api-docs 15/1342 and 17/1295 as others quote them:
 * business JSON with sorted keys in the body, HMAC-SHA256 over app key, method, that JSON, time and
 * version; the token in the URL is not signed. Lists cover orders created in the last 90 days.
 */
final class Douyin implements Platform {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SIZE = 100;
  private static final long AFTER_SALES_MAX = 50_000;
  private static final Api ORDERS =
      new Api("orders", Duration.ofDays(1), Duration.ofMinutes(5), false);
  private static final Api AFTER_SALES =
      new Api("after_sales", Duration.ofDays(1), Duration.ofMinutes(5), false);

  @Override
  public String channel() {
    return "douyin";
  }

  @Override
  public String gateway() {
    return "https://openapi-fxg.jinritemai.com";
  }

  @Override
  public int callsPerSecond() {
    return 10;
  }

  @Override
  public List<Api> apis() {
    return List.of(ORDERS, AFTER_SALES);
  }

  @Override
  public String first(Api api) {
    return "0";
  }

  @Override
  public Call page(Api api, Window window, String cursor, Keys keys, Instant now) {
    Map<String, Object> business = new LinkedHashMap<>();
    business.put("page", Integer.parseInt(cursor));
    business.put("size", SIZE);
    long from = window.from().getEpochSecond();
    long to = window.to().getEpochSecond();
    if (api.equals(ORDERS)) {
      business.put("update_time_start", from);
      business.put("update_time_end", to);
      business.put("order_by", "update_time");
      business.put("order_asc", true);
      return signed("order.searchList", business, keys, keys.get("access_token"), now);
    }
    business.put("update_start_time", from);
    business.put("update_end_time", to);
    // Without this order the platform loses rows.
    business.put("order_by", List.of("update_time asc"));
    return signed("afterSale.List", business, keys, keys.get("access_token"), now);
  }

  static Call signed(
      String method, Map<String, Object> business, Keys keys, String token, Instant now) {
    String params = JSON.writeValueAsString(new TreeMap<>(business));
    Map<String, String> query = new LinkedHashMap<>();
    query.put("app_key", keys.get("app_key"));
    query.put("method", method);
    query.put("timestamp", Long.toString(now.getEpochSecond()));
    query.put("v", "2");
    query.put("sign", sign(keys.get("app_secret"), query, params));
    query.put("sign_method", "hmac-sha256");
    if (!token.isEmpty()) query.put("access_token", token);
    return Call.json("/" + method.replace('.', '/'), query, params);
  }

  /** Over app_key, method, timestamp and v of the query, and the business JSON as it is sent. */
  static String sign(String secret, Map<String, String> query, String params) {
    Map<String, String> signed = new TreeMap<>();
    for (String name : List.of("app_key", "method", "timestamp", "v"))
      signed.put(name, query.get(name));
    signed.put("param_json", params);
    return Signing.hmac("HmacSHA256", secret, secret + Signing.joined(signed) + secret);
  }

  @Override
  public Page read(Api api, String cursor, JsonNode answer) {
    JsonNode data = answer.path("data");
    long rows = data.path(api.equals(ORDERS) ? "shop_order_list" : "items").size();
    long total = Declared.number(data, "total");
    int page = Integer.parseInt(cursor);
    boolean more = rows > 0 && (page + 1L) * SIZE < total;
    return new Page(rows, List.of(), total, more ? Integer.toString(page + 1) : null);
  }

  /** Also of those that are too old for the list. */
  @Override
  public Call order(String number, Keys keys, Instant now) {
    Map<String, Object> business = Map.of("shop_order_id", number);
    return signed("order.orderDetail", business, keys, keys.get("access_token"), now);
  }

  @Override
  public Verdict verdict(int status, JsonNode answer) {
    if (answer == null || status >= 500) return Verdict.later("HTTP " + status);
    String code = answer.path("code").asString(answer.path("err_no").asString("?"));
    String sub = answer.path("sub_code").asString("");
    if (code.equals("10000") || code.equals("0")) return whole(answer.path("data"));
    if (sub.startsWith("isv.access-token")) return new Verdict.Renew(code + " " + sub);
    if (sub.startsWith("isv.signature") || sub.startsWith("isv.app-id"))
      return new Verdict.Person(
          "code " + code + " " + sub + ": the signature or the app_key is not accepted",
          "compare app_key and app_secret with the app's");
    return switch (code) {
      case "10001", "20000", "20001" -> Verdict.later("code " + code);
      case "60000" -> new Verdict.Later(Duration.ofSeconds(10), "rate limit, code 60000");
      case "30001" -> forbidden(sub);
      case "30002" ->
          new Verdict.Person(
              "code 30002: this address is not allowed", "add it to the app's list of addresses");
      case "50001" -> authorise("code 50001");
      default -> Verdict.unknown(code + (sub.isEmpty() ? "" : " " + sub));
    };
  }

  private static Verdict forbidden(String sub) {
    return sub.startsWith("dop.authorization-")
        ? authorise("code 30001 " + sub)
        : new Verdict.Person(
            "code 30001: the app has no permission for this API",
            "apply for the permission in the app's console of op.jinritemai.com");
  }

  private static Verdict authorise(String code) {
    return new Verdict.Person(
        code + ": the authorisation has ended",
        "let the shop authorise the app again, then write the new tokens into its secret file");
  }

  /** Pages of after-sales end at the 50,000th case of a window. */
  private static Verdict whole(JsonNode data) {
    long total = data.has("items") ? Declared.number(data, "total") : 0;
    return total > AFTER_SALES_MAX
        ? new Verdict.Narrower(total + " in one window, the platform gives " + AFTER_SALES_MAX)
        : Verdict.good();
  }

  @Override
  public Optional<Call> renewal(Keys keys, Instant now) {
    if (keys.get("refresh_token", "").isEmpty()) return Optional.empty();
    Map<String, Object> business = new LinkedHashMap<>();
    business.put("grant_type", "refresh_token");
    business.put("refresh_token", keys.get("refresh_token"));
    return Optional.of(signed("token.refresh", business, keys, "", now));
  }

  @Override
  public Keys renewed(Keys keys, JsonNode answer, Instant now) {
    JsonNode data = answer.path("data");
    return keys.with(
        Map.of(
            "access_token", data.path("access_token").asString(""),
            "refresh_token", data.path("refresh_token").asString(keys.get("refresh_token")),
            "expires_at", now.plusSeconds(data.path("expires_in").asLong(0)).toString()));
  }
}
