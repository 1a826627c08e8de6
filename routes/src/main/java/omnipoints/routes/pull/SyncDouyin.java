package omnipoints.routes.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Douyin's local services (抖音生活服务), 会员数据更新: developer.open-douyin.com
 * local-life/develop/OpenAPI/general-capabilities/member/update.info, and the pages client_token
 * and status-code. Nothing is signed; a token of two hours is in a header. It is told what is there
 * now, so that telling it again changes nothing.
 */
final class SyncDouyin implements SyncPlatform {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BATCH = 5;
  private static final int LEVELS = 10;

  /** Points are told in hundredths. */
  private static final long CENT = 100;

  @Override
  public String platform() {
    return "douyin";
  }

  @Override
  public String gateway() {
    return "https://open.douyin.com";
  }

  @Override
  public int callsPerSecond() {
    return 5;
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public boolean levels() {
    return true;
  }

  @Override
  public boolean states() {
    return true;
  }

  @Override
  public Map<String, Object> request(List<SyncItem> items, String house) {
    List<Map<String, Object>> members = new ArrayList<>();
    for (SyncItem item : items) {
      Map<String, Object> member = new LinkedHashMap<>();
      member.put("open_id", item.shown());
      member.put("points_update_cent", Math.multiplyExact(item.change(), CENT));
      member.put("points_amount_cent", Math.multiplyExact(item.points(), CENT));
      member.put("user_level", Math.min(LEVELS, item.level()));
      member.put("update_time", item.at().getEpochSecond());
      members.add(member);
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("account_id", house);
    request.put("members", members);
    return request;
  }

  @Override
  public Call call(Map<String, Object> request, Keys keys, Instant now) {
    return Call.json(
        "POST",
        "/goodlife/v1/member/user/update/",
        Map.of(),
        Map.of("access-token", keys.get("access_token")),
        JSON.writeValueAsString(request));
  }

  /** The public page knows one code for all; members that are listed by themselves count so. */
  @Override
  public List<SyncAnswer> read(List<SyncItem> items, JsonNode answer) {
    JsonNode data = answer.path("data");
    Map<String, JsonNode> listed = new HashMap<>();
    for (JsonNode one : data.path("members")) listed.put(one.path("open_id").asString(""), one);
    String code = code(answer);
    if (!code.equals("0") && listed.isEmpty())
      return items.size() > 1 ? List.of() : List.of(SyncAnswer.refused(items.get(0), code));
    List<SyncAnswer> answers = new ArrayList<>();
    for (SyncItem item : items) {
      JsonNode one = listed.get(item.shown());
      String own = one == null ? "0" : one.path("error_code").asString("0");
      if (!own.equals("0")) answers.add(SyncAnswer.refused(item, own));
      else answers.add(SyncAnswer.taken(item, points(one)));
    }
    return answers;
  }

  /** Whole points; a fraction, which no point of ours makes, is left out. */
  private static Long points(JsonNode oneOrNull) {
    Long cent = oneOrNull == null ? null : SyncPlatform.told(oneOrNull, "points_amount_cent");
    return cent == null ? null : (Long) Math.floorDiv(cent, CENT);
  }

  private static String code(JsonNode answer) {
    JsonNode data = answer.path("data");
    return data.path("error_code").asString(answer.path("err_no").asString("?"));
  }

  @Override
  public Verdict verdict(int status, JsonNode answer) {
    if (status == 429) return Verdict.often("HTTP 429");
    if (answer == null || status >= 500) return Verdict.later("HTTP " + status);
    String code = code(answer);
    return switch (code) {
      case "?" -> Verdict.later("an answer without error_code");
      case "28001005", "28001006", "2100004" -> Verdict.later("error_code " + code);
      case "28001008", "2190002", "2190008" -> new Verdict.Renew("error_code " + code);
      case "28003018" -> Verdict.often("error_code " + code);
      case "10020" -> new Verdict.Later(Duration.ofMinutes(5), "too many tokens, error_code 10020");
      case "28003017", "2190001" -> Verdict.usedUp("error_code " + code);
      case "28001012", "28001014", "28001018", "28001042", "2100007" ->
          new Verdict.Person(
              "error_code " + code + ": the app or the shop's authorisation lacks this ability",
              "apply for 会员管理 in the app's console, and let the shop authorise it in 抖音来客");
      case "28001016", "28001019", "28001056" ->
          new Verdict.Person(
              "error_code " + code + ": the app or this ability is closed", "ask the platform");
      case "10002", "10003", "10013" ->
          new Verdict.Person(
              "error_code " + code + ": client_key and client_secret are not accepted",
              "compare them with the app's");
      default -> Verdict.good();
    };
  }

  @Override
  public Optional<Call> renewal(Keys keys, Instant now) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("grant_type", "client_credential");
    body.put("client_key", keys.get("client_key"));
    body.put("client_secret", keys.get("client_secret"));
    return Optional.of(Call.json("/oauth/client_token/", Map.of(), JSON.writeValueAsString(body)));
  }

  @Override
  public Keys renewed(Keys keys, JsonNode answer, Instant now) {
    JsonNode data = answer.path("data");
    return keys.with(
        Map.of(
            "access_token", data.path("access_token").asString(""),
            "expires_at", now.plusSeconds(data.path("expires_in").asLong(0)).toString()));
  }
}
