package omnipoints.routes.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Members of Douyin's local services: five at once, a token in a header, one code for each. */
final class DouyinMembersDesk implements Desk {
  static final String KEY = "tt-simulated";
  static final String SECRET = "simulated-douyin-life-secret";
  private static final int BATCH = 5;

  private final Members members;
  private int token = -1;
  private boolean over;

  DouyinMembersDesk(Members members) {
    this.members = members;
  }

  @Override
  public Object answer(String path, Map<String, String> query, String body, JsonNode tree) {
    throw new IllegalStateException("headers are needed");
  }

  @Override
  public Object answer(Asked asked) {
    if (asked.path().equals("/oauth/client_token/")) return token(asked.tree());
    if (over || !("clt.token-" + token).equals(asked.headers().get("access-token")))
      return error(28001008);
    JsonNode told = asked.tree().path("members");
    if (!asked.path().equals("/goodlife/v1/member/user/update/")) return error(28001017);
    if (told.isEmpty()
        || told.size() > BATCH
        || asked.tree().path("account_id").asString("").isEmpty()) return error(28001007);
    List<Object> each = new ArrayList<>();
    for (JsonNode one : told) each.add(member(one));
    return Map.of("data", Map.of("error_code", 0, "description", "", "members", each));
  }

  private Object member(JsonNode one) {
    String who = one.path("open_id").asString("");
    long cent = one.path("points_amount_cent").asLong();
    int level = one.path("user_level").asInt();
    boolean right = level >= 1 && level <= 10 && cent % 100 == 0 && cent >= 0;
    if (!right || members.refuses(who))
      return Map.of("open_id", who, "error_code", right ? 3000101 : 28001007);
    members.state(who, cent / 100, level, one.path("update_time").asLong());
    return Map.of("open_id", who, "error_code", 0, "points_amount_cent", 100 * members.told(who));
  }

  private Object token(JsonNode tree) {
    if (!SECRET.equals(tree.path("client_secret").asString(""))
        || !KEY.equals(tree.path("client_key").asString(""))) return error(10013);
    token++;
    over = false;
    return Map.of(
        "data",
        Map.of("error_code", 0, "access_token", "clt.token-" + token, "expires_in", 7200),
        "message",
        "success");
  }

  private static Map<String, Object> error(int code) {
    return Map.of("data", Map.of("error_code", code, "description", "error"));
  }

  @Override
  public void endToken() {
    over = true;
  }

  @Override
  public Object ban() {
    return error(28003018);
  }

  @Override
  public Object busy() {
    return error(28001005);
  }

  @Override
  public boolean shift() {
    return false;
  }

  @Override
  public boolean part() {
    return members.refuseNext();
  }

  @Override
  public boolean wrongTotal() {
    return members.lieNext();
  }
}
