package omnipoints.jobs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a platform is told of members, in the shape its own interface takes; one request a line.
 * They are as the platforms' public pages say; none was tried against a live one.
 *
 * @param house what its requests say of the house
 */
record SyncRequests(SyncConfig.Platform platform, String house, LocalDate night, Instant cut) {

  /** Douyin takes so many members at once. */
  private static final int DOUYIN_BATCH = 5;

  /** Douyin knows so many levels. */
  private static final int DOUYIN_LEVELS = 10;

  /**
   * A member of a platform whose points or level are not what it was told before.
   *
   * @param before what it was told, 0 where it was told nothing
   * @param level from 1
   */
  record Told(String shown, byte[] hash, long before, long points, int level) {
    long change() {
      return points - before;
    }
  }

  /** Unique, and the same in every rerun: night and token. */
  String requestNo(Told told) {
    return night.toString().replace("-", "")
        + "-"
        + HexFormat.of().formatHex(told.hash()).substring(0, 24);
  }

  /** The requests, in the order of what is told. */
  List<Map<String, Object>> of(List<Told> all) {
    List<Map<String, Object>> requests = new ArrayList<>();
    if (platform == SyncConfig.Platform.DOUYIN) {
      for (int i = 0; i < all.size(); i += DOUYIN_BATCH)
        requests.add(douyin(all.subList(i, Math.min(all.size(), i + DOUYIN_BATCH))));
      return requests;
    }
    for (Told told : all) {
      // the other interfaces know points only
      if (told.change() == 0) continue;
      requests.add(
          switch (platform) {
            case WECHAT_CARD -> wechatCard(told);
            case YOUZAN -> youzan(told);
            case TMALL -> tmall(told);
            case DOUYIN -> throw new IllegalStateException();
          });
    }
    return requests;
  }

  private Map<String, Object> douyin(List<Told> some) {
    List<Map<String, Object>> members = new ArrayList<>();
    for (Told told : some) {
      var member = new LinkedHashMap<String, Object>();
      member.put("open_id", told.shown());
      member.put("points_update_cent", Math.multiplyExact(told.change(), 100));
      member.put("points_amount_cent", Math.multiplyExact(told.points(), 100));
      member.put("user_level", Math.min(DOUYIN_LEVELS, told.level()));
      member.put("update_time", cut.getEpochSecond());
      members.add(member);
    }
    var request = new LinkedHashMap<String, Object>();
    request.put("account_id", house);
    request.put("members", members);
    return request;
  }

  /** {@code PATCH …/cards/{card_id}/codes/{code}/rights}: the first two are of its address. */
  private Map<String, Object> wechatCard(Told told) {
    var request = new LinkedHashMap<String, Object>();
    request.put("card_id", house);
    request.put("code", told.shown());
    request.put("out_request_no", requestNo(told));
    request.put("before_bonus_value", told.before());
    request.put("add_bonus_value", told.change());
    request.put("bonus_value", told.points());
    request.put("need_inform_bonus", false);
    return request;
  }

  private Map<String, Object> youzan(Told told) {
    var user = new LinkedHashMap<String, Object>();
    user.put("account_type", 5);
    user.put("account_id", told.shown());
    var params = new LinkedHashMap<String, Object>();
    params.put("user", user);
    params.put("points", Math.abs(told.change()));
    params.put("reason", "积分同步 " + night);
    params.put("biz_value", requestNo(told));
    var request = new LinkedHashMap<String, Object>();
    String what = told.change() > 0 ? "increase" : "decrease";
    request.put("api", "youzan.crm.customer.points." + what);
    request.put("version", "4.0.0");
    request.put("params", params);
    return request;
  }

  private Map<String, Object> tmall(Told told) {
    var request = new LinkedHashMap<String, Object>();
    request.put("method", "tmall.crm.member.point.change");
    request.put("type", told.change() > 0 ? "add" : "minus");
    request.put("point", Math.abs(told.change()));
    request.put("user_nick", told.shown());
    request.put("biz_code", requestNo(told));
    request.put("biz_detail", "积分同步 " + night);
    return request;
  }
}
