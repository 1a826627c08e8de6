package omnipoints.routes.pull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Tmall, tmall.crm.member.point.change (developer.alibaba.com; parameters as in
 * github.com/bububa/opentaobao model/mei): a form signed like its pulls. It is told the difference.
 * That the same {@code biz_code} counts once is written nowhere: who has no answer does not ask
 * again, unless the house knows better.
 */
final class SyncTmall implements SyncPlatform {
  private static final String METHOD = "tmall.crm.member.point.change";

  private final Top top = new Top();

  @Override
  public String platform() {
    return "tmall";
  }

  @Override
  public String gateway() {
    return top.gateway();
  }

  @Override
  public int callsPerSecond() {
    return top.callsPerSecond();
  }

  @Override
  public Map<String, Object> request(List<SyncItem> items, String house) {
    SyncItem item = items.get(0);
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("method", METHOD);
    request.put("type", item.change() > 0 ? "add" : "minus");
    request.put("point", Math.abs(item.change()));
    request.put("user_nick", item.shown());
    request.put("biz_code", item.requestNo());
    request.put("biz_detail", "积分同步 " + item.night());
    return request;
  }

  @Override
  public Call call(Map<String, Object> request, Keys keys, Instant now) {
    Map<String, String> form = new TreeMap<>();
    request.forEach((name, value) -> form.put(name, value.toString()));
    return Top.signed(METHOD, form, keys, now);
  }

  @Override
  public List<SyncAnswer> read(List<SyncItem> items, JsonNode answer) {
    SyncItem item = items.get(0);
    JsonNode error = answer.path("error_response");
    if (!error.isMissingNode()) return List.of(SyncAnswer.refused(item, code(error)));
    JsonNode body = answer.path("tmall_crm_member_point_change_response");
    return List.of(
        body.path("result_success").asBoolean(false)
            ? SyncAnswer.taken(item, SyncPlatform.told(body, "point"))
            : SyncAnswer.refused(item, "result_success false"));
  }

  private static String code(JsonNode error) {
    String sub = error.path("sub_code").asString("");
    return error.path("code").asString("?") + (sub.isEmpty() ? "" : " " + sub);
  }

  /** What the table of the platform does not know is about the member. */
  @Override
  public Verdict verdict(int status, JsonNode answer) {
    if (status == 429) return Verdict.often("HTTP 429");
    Verdict verdict = top.verdict(status, answer);
    if (verdict instanceof Verdict.Good
        && !answer.path("tmall_crm_member_point_change_response").has("result_success"))
      return Verdict.later("an answer without result_success");
    JsonNode error = answer == null ? null : answer.path("error_response");
    return error != null && verdict.equals(Verdict.unknown(code(error))) ? Verdict.good() : verdict;
  }
}
