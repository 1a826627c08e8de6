package omnipoints.routes.pull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Youzan, youzan.crm.customer.points.increase and decrease 4.0.0. Reached like its pulls
 * (doc.youzanyun.com/llms.txt). It is told the difference; of {@code biz_value} it says that the
 * same one counts once within three months.
 */
final class SyncYouzan implements SyncPlatform {
  private final Youzan youzan = new Youzan();

  @Override
  public String platform() {
    return "youzan";
  }

  @Override
  public String gateway() {
    return youzan.gateway();
  }

  @Override
  public int callsPerSecond() {
    return youzan.callsPerSecond();
  }

  @Override
  public boolean countsOnce() {
    return true;
  }

  @Override
  public Map<String, Object> request(List<SyncItem> items, String house) {
    SyncItem item = items.get(0);
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("account_type", 5);
    user.put("account_id", item.shown());
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("user", user);
    params.put("points", Math.abs(item.change()));
    params.put("reason", "积分同步 " + item.night());
    params.put("biz_value", item.requestNo());
    Map<String, Object> request = new LinkedHashMap<>();
    request.put(
        "api", "youzan.crm.customer.points." + (item.change() > 0 ? "increase" : "decrease"));
    request.put("version", "4.0.0");
    request.put("params", params);
    return request;
  }

  @Override
  public Call call(Map<String, Object> request, Keys keys, Instant now) {
    return Youzan.call(
        request.get("api") + "/" + request.get("version"),
        Map.of("params", request.get("params")),
        keys);
  }

  @Override
  public List<SyncAnswer> read(List<SyncItem> items, JsonNode answer) {
    SyncItem item = items.get(0);
    JsonNode data = answer.path("data");
    if (!answer.path("success").asBoolean(false))
      return List.of(SyncAnswer.refused(item, answer.path("code").asString("?")));
    if (!data.path("is_success").asBoolean(true))
      return List.of(SyncAnswer.refused(item, "is_success false"));
    return List.of(SyncAnswer.taken(item, SyncPlatform.told(data, "points")));
  }

  /** What no table of the gateway knows is about the customer. */
  @Override
  public Verdict verdict(int status, JsonNode answer) {
    if (status == 429) return Verdict.often("HTTP 429");
    Verdict verdict = youzan.verdict(status, answer);
    boolean own = answer != null && answer.path("gw_err_resp").isMissingNode();
    return own && verdict.equals(Verdict.unknown(answer.path("code").asString("?")))
        ? answer.has("code") ? Verdict.good() : Verdict.later("an answer without success or code")
        : verdict;
  }

  @Override
  public Optional<Call> renewal(Keys keys, Instant now) {
    return youzan.renewal(keys, now);
  }

  @Override
  public Keys renewed(Keys keys, JsonNode answer, Instant now) {
    return youzan.renewed(keys, answer, now);
  }
}
