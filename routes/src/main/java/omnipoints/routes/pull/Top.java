package omnipoints.routes.pull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * TOP, the platform of Tmall and Taobao (developer.alibaba.com api.htm, apiId 46, 128, 52): a form
 * with everything in the body, signed with MD5. The increments of a window shift towards page one
 * while they are read, so that they are read from the last page back; the total is asked first.
 */
final class Top implements Platform {
  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(CHINA);
  private static final Pattern BAN = Pattern.compile("ban will last for (\\d{1,6}) more seconds?");
  private static final String COUNT = "count";
  private static final int SIZE = 100;
  private static final Api ORDERS =
      new Api("orders", Duration.ofHours(24), Duration.ofMinutes(5), false);
  private static final Api REFUNDS =
      new Api("after_sales", Duration.ofHours(24), Duration.ofMinutes(5), false);
  private static final String TRADE_FIELDS =
      "tid,status,type,created,pay_time,modified,end_time,payment,post_fee,buyer_open_uid,ouid,"
          + "orders.oid,orders.num_iid,orders.outer_iid,orders.outer_sku_id,orders.num,orders.price,"
          + "orders.divide_order_fee,orders.payment,orders.refund_status,orders.status";
  private static final String REFUND_FIELDS =
      "refund_id,tid,oid,status,refund_fee,created,modified,end_time,refund_phase";

  @Override
  public String channel() {
    return "tmall";
  }

  @Override
  public String gateway() {
    return "https://eco.taobao.com";
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
    return COUNT;
  }

  @Override
  public Call page(Api api, Window window, String cursor, Keys keys, Instant now) {
    boolean count = cursor.equals(COUNT);
    Map<String, String> form = new TreeMap<>();
    boolean orders = api.equals(ORDERS);
    form.put("fields", orders ? TRADE_FIELDS : REFUND_FIELDS);
    form.put("start_modified", TIME.format(window.from()));
    form.put("end_modified", TIME.format(window.to()));
    form.put("page_no", count ? "1" : cursor);
    form.put("page_size", count ? "1" : Integer.toString(SIZE));
    form.put("use_has_next", "false");
    String method = orders ? "taobao.trades.sold.increment.get" : "taobao.refunds.receive.get";
    return signed(method, form, keys, now);
  }

  /** A call of a method, with the parameters that every call has. */
  static Call signed(String method, Map<String, String> params, Keys keys, Instant now) {
    Map<String, String> form = new TreeMap<>(params);
    form.put("method", method);
    form.put("app_key", keys.get("app_key"));
    form.put("session", keys.get("session"));
    form.put("timestamp", TIME.format(now));
    form.put("format", "json");
    form.put("v", "2.0");
    form.put("sign_method", "md5");
    form.put("sign", sign(keys.get("app_secret"), form));
    return Call.form("/router/rest", form);
  }

  /** Over all parameters that have a value. */
  static String sign(String secret, Map<String, String> params) {
    return Signing.md5Between(secret, Signing.joined(params));
  }

  @Override
  public Page read(Api api, String cursor, JsonNode answer) {
    JsonNode body =
        answer.path(
            api.equals(ORDERS)
                ? "trades_sold_increment_get_response"
                : "refunds_receive_get_response");
    long total = Declared.number(body, "total_results");
    if (cursor.equals(COUNT)) {
      long last = (total + SIZE - 1) / SIZE;
      return new Page(0, List.of(), total, last == 0 ? null : Long.toString(last));
    }
    JsonNode rows =
        api.equals(ORDERS)
            ? body.path("trades").path("trade")
            : body.path("refunds").path("refund");
    int page = Integer.parseInt(cursor);
    return new Page(rows.size(), List.of(), total, page > 1 ? Integer.toString(page - 1) : null);
  }

  @Override
  public Verdict verdict(int status, JsonNode answer) {
    if (answer == null || status >= 500) return Verdict.later("HTTP " + status);
    JsonNode error = answer.path("error_response");
    if (error.isMissingNode()) return Verdict.good();
    String code = error.path("code").asString("?");
    String sub = error.path("sub_code").asString("");
    Matcher ban = BAN.matcher(error.path("msg").asString("") + error.path("sub_msg").asString(""));
    if (ban.find())
      return new Verdict.Later(
          Duration.ofSeconds(Long.parseLong(ban.group(1)) + 1), "code 7 " + sub);
    if (sub.equals("accesscontrol.limited-by-app-access-count")) return Verdict.usedUp("code 7");
    if (sub.startsWith("isp.")) return Verdict.later("code " + code + " " + sub);
    if (code.equals("27") || code.equals("26"))
      return new Verdict.Person(
          "code " + code + ": the session has ended",
          "let the shop authorise the app again, then write the new session into its secret file");
    if (code.equals("25"))
      return new Verdict.Person(
          "code 25: the signature is not accepted",
          "compare app_key and app_secret with the app's");
    return Verdict.unknown(code + (sub.isEmpty() ? "" : " " + sub));
  }
}
