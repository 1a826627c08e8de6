package omnipoints.routes.pull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * WeChat Store (微信小店), api.weixin.qq.com: no signature, a short-lived token in the URL (the only
 * place the platform takes it), lists that tell numbers only, a cursor that holds while nothing
 * else of the request changes. 10,000 calls a minute.
 */
final class WechatStore implements Platform {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int FORCED_MAX = 20;
  private static final Duration FORCED_GAP = Duration.ofSeconds(30);
  private static final Set<String> TOKEN_OVER = Set.of("40001", "42001", "40014", "41001");
  private static final Api ORDERS =
      new Api("orders", Duration.ofDays(7), Duration.ofMinutes(2), true);
  private static final int MEMBERS = 100;
  private static final Api POINTS =
      new Api(Api.POINTS, Duration.ofDays(3_650), Duration.ofSeconds(1), true);
  private static final Api AFTER_SALES =
      new Api("after_sales", Duration.ofHours(24), Duration.ofMinutes(2), true);

  @Override
  public String channel() {
    return "wechat_store";
  }

  @Override
  public String gateway() {
    return "https://api.weixin.qq.com";
  }

  @Override
  public int callsPerSecond() {
    return 100;
  }

  @Override
  public List<Api> apis() {
    return List.of(ORDERS, AFTER_SALES, POINTS);
  }

  @Override
  public String first(Api api) {
    return api.equals(POINTS) ? "1" : "";
  }

  @Override
  public Call page(Api api, Window window, String cursor, Keys keys, Instant now) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (api.equals(POINTS)) {
      body.put("page_num", Integer.parseInt(cursor));
      body.put("page_size", MEMBERS);
      return call("/channels/ec/vip/user/list/get", body, keys);
    }
    long from = window.from().getEpochSecond();
    long to = window.to().getEpochSecond();
    if (api.equals(ORDERS)) {
      body.put("update_time_range", Map.of("start_time", from, "end_time", to));
      body.put("page_size", 100);
    } else {
      body.put("begin_update_time", from);
      body.put("end_update_time", to);
    }
    body.put("next_key", cursor);
    return call(
        api.equals(ORDERS)
            ? "/channels/ec/order/list/get"
            : "/channels/ec/aftersale/getaftersalelist",
        body,
        keys);
  }

  private static Call call(String path, Map<String, Object> body, Keys keys) {
    return Call.json(
        path, Map.of("access_token", keys.get("access_token")), JSON.writeValueAsString(body));
  }

  @Override
  public Page read(Api api, String cursor, JsonNode answer) {
    List<String> ids = new ArrayList<>();
    if (api.equals(POINTS)) {
      for (JsonNode one : answer.path("list")) ids.add(one.path("openid").asString(""));
      long total = Declared.number(answer, "total_num");
      int page = Integer.parseInt(cursor);
      boolean goesOn = !ids.isEmpty() && (long) page * MEMBERS < total;
      return new Page(ids.size(), ids, total, goesOn ? Integer.toString(page + 1) : null);
    }
    JsonNode list = answer.path(api.equals(ORDERS) ? "order_id_list" : "after_sale_order_id_list");
    for (JsonNode id : list) ids.add(id.asString());
    boolean more = Declared.flag(answer, "has_more");
    String next = answer.path("next_key").asString("");
    return new Page(ids.size(), ids, null, more ? next : null);
  }

  @Override
  public Call detail(Api api, String id, Keys keys, Instant now) {
    if (api.equals(POINTS))
      return call("/channels/ec/vip/user/score/get", Map.of("openid", id), keys);
    return api.equals(ORDERS)
        ? call("/channels/ec/order/get", Map.of("order_id", id), keys)
        : call("/channels/ec/aftersale/getaftersaleorder", Map.of("after_sale_order_id", id), keys);
  }

  /** The score alone does not say whose it is. */
  @Override
  public byte[] kept(Api api, String id, byte[] answer) {
    if (!api.equals(POINTS)) return answer;
    byte[] before =
        ("{\"member\":{\"openid\":" + JSON.writeValueAsString(id) + ",\"answer\":")
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(before, before.length + answer.length + 2);
    System.arraycopy(answer, 0, whole, before.length, answer.length);
    whole[whole.length - 2] = '}';
    whole[whole.length - 1] = '}';
    return whole;
  }

  @Override
  public Call order(String number, Keys keys, Instant now) {
    return detail(ORDERS, number, keys, now);
  }

  @Override
  public Verdict verdict(int status, JsonNode answer) {
    if (status == 403 && answer == null)
      return new Verdict.Person(
          "HTTP 403: this address is not on the shop's list",
          "add it in the shop's console under developer settings");
    if (answer == null || status >= 500) return Verdict.later("HTTP " + status);
    String code = answer.path("errcode").asString("0");
    if (TOKEN_OVER.contains(code)) return new Verdict.Renew("errcode " + code);
    return switch (code) {
      case "0" -> Verdict.good();
      case "-1" -> Verdict.later("errcode -1: the system is busy");
      case "45009" -> Verdict.usedUp("errcode 45009");
      case "45011" -> new Verdict.Later(Duration.ofSeconds(60), "rate limit, errcode 45011");
      case "31042" -> new Verdict.Narrower("errcode 31042: too many in one window");
      case "606006" -> new Verdict.Anew("errcode 606006: the cursor no longer fits");
      case "48001" ->
          new Verdict.Person(
              "errcode 48001: the shop has no permission for this API",
              "apply for it in the shop's console");
      case "40125", "40013" ->
          new Verdict.Person(
              "errcode " + code + ": appid and secret are not accepted",
              "write the right ones into its secret file");
      default -> Verdict.unknown(code);
    };
  }

  /** The stable token: asking again gives the same one until it is about to end. */
  @Override
  public Optional<Call> renewal(Keys keys, Instant now) {
    return Optional.of(token(keys, false));
  }

  /** By force, which the platform allows twenty times a day: then nobody but a person can help. */
  @Override
  public Optional<Call> renewalAfterRefusal(Keys keys, Instant now) {
    return forcedToday(keys, now) < FORCED_MAX ? Optional.of(token(keys, true)) : Optional.empty();
  }

  @Override
  public Duration refusalWait(Keys keys, Instant now) {
    Instant last = keys.momentOrNull("forced_at");
    if (last == null || !last.plus(FORCED_GAP).isAfter(now)) return Duration.ZERO;
    return Duration.between(now, last.plus(FORCED_GAP));
  }

  @Override
  public Keys afterRefusal(Keys keys, Instant now) {
    return keys.with(
        Map.of(
            "forced_at", now.toString(), "forced", Integer.toString(forcedToday(keys, now) + 1)));
  }

  /** Within the day before, which is no shorter than the platform's. */
  private static int forcedToday(Keys keys, Instant now) {
    Instant last = keys.momentOrNull("forced_at");
    if (last == null || !last.plus(Duration.ofDays(1)).isAfter(now)) return 0;
    return Integer.parseInt(keys.get("forced"));
  }

  private static Call token(Keys keys, boolean force) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("grant_type", "client_credential");
    body.put("appid", keys.get("appid"));
    body.put("secret", keys.get("secret"));
    body.put("force_refresh", force);
    return Call.json("/cgi-bin/stable_token", Map.of(), JSON.writeValueAsString(body));
  }

  /** {@code expires_in} may be a few minutes only, and is believed. */
  @Override
  public Keys renewed(Keys keys, JsonNode answer, Instant now) {
    return keys.with(
        Map.of(
            "access_token", answer.path("access_token").asString(""),
            "expires_at", now.plusSeconds(answer.path("expires_in").asLong(0)).toString()));
  }
}
