package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A12: what platforms are told of points, each in its own shape, once for every change. */
class BalanceSyncTest {
  private static final LocalDate NIGHT = LocalDate.parse("2026-03-02");

  @TempDir Path dir;

  private static SyncRequests requests(SyncConfig.Platform platform) {
    return new SyncRequests(platform, "77", NIGHT, Instant.parse("2026-03-02T16:00:00Z"));
  }

  private static SyncRequests.Told told(String shown, int id, long before, long points, int level) {
    byte[] hash = new byte[32];
    hash[0] = (byte) id;
    return new SyncRequests.Told(shown, hash, before, points, level);
  }

  @Test
  void a12_douyin_takes_five_at_once_hundredths_and_levels_of_one_to_ten() {
    List<SyncRequests.Told> all = new ArrayList<>();
    for (int i = 1; i <= 6; i++) all.add(told("o" + i, i, 12, 14, i * 2));
    List<Map<String, Object>> requests = requests(SyncConfig.Platform.DOUYIN).of(all);
    assertThat(requests).hasSize(2);
    assertThat((List<?>) requests.get(0).get("members")).hasSize(5);
    assertThat(requests.get(1).toString())
        .isEqualTo(
            "{account_id=77, members=[{open_id=o6, points_update_cent=200, points_amount_cent=1400,"
                + " user_level=10, update_time=1772467200}]}");
  }

  @Test
  void a12_a_card_is_told_before_add_and_after_under_a_number_of_its_own() {
    List<Map<String, Object>> requests =
        requests(SyncConfig.Platform.WECHAT_CARD)
            .of(
                List.of(
                    told("C1", 1, 500, 600, 1), told("C2", 2, 7, 7, 2), told("C3", 3, 9, 4, 1)));
    assertThat(requests.toString())
        .isEqualTo(
            "[{card_id=77, code=C1, out_request_no=20260302-010000000000000000000000,"
                + " before_bonus_value=500, add_bonus_value=100, bonus_value=600, need_inform_bonus=false},"
                + " {card_id=77, code=C3, out_request_no=20260302-030000000000000000000000,"
                + " before_bonus_value=9, add_bonus_value=-5, bonus_value=4, need_inform_bonus=false}]");
    Set<Object> numbers = new HashSet<>();
    requests.forEach(request -> numbers.add(request.get("out_request_no")));
    assertThat(numbers).hasSize(2);
  }

  @Test
  void a12_youzan_and_tmall_are_told_how_much_more_or_less() {
    assertThat(requests(SyncConfig.Platform.YOUZAN).of(List.of(told("y", 1, 10, 4, 1))).toString())
        .isEqualTo(
            "[{api=youzan.crm.customer.points.decrease, version=4.0.0, params={user={account_type=5,"
                + " account_id=y}, points=6, reason=积分同步 2026-03-02,"
                + " biz_value=20260302-010000000000000000000000}}]");
    assertThat(requests(SyncConfig.Platform.TMALL).of(List.of(told("n", 1, 4, 10, 1))).toString())
        .isEqualTo(
            "[{method=tmall.crm.member.point.change, type=add, point=6, user_nick=n,"
                + " biz_code=20260302-010000000000000000000000, biz_detail=积分同步 2026-03-02}]");
  }

  @Test
  void a12_nights_tell_what_changed_and_a_night_told_again_says_the_same() {
    try (TestHome home =
        new TestHome(dir, "sync: {wechat_card: {card_id: K}, tmall: {}}\n").program("0", "1y")) {
      home.drop(
          "pos/s1/a.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 50, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 20, "1", "2")));
      home.drop(
          "program/bind.csv",
          "channel,order_no,platform_id,phone,card,unionid,bound_at\ntmall,,nick1,,C1,,2026-03-01 09:00:00\n");
      home.night("2026-03-01");
      assertThat(lines(home, "2026-03-01", "wechat_card"))
          .hasSize(2)
          .allMatch(
              line ->
                  line.contains("\"card_id\":\"K\"") && line.contains("\"before_bonus_value\":0"))
          .anyMatch(
              line -> line.contains("\"code\":\"C1\"") && line.contains("\"bonus_value\":50"));
      assertThat(lines(home, "2026-03-01", "tmall"))
          .singleElement()
          .asString()
          .contains("\"type\":\"add\",\"point\":50,\"user_nick\":\"nick1\"");
      home.drop("pos/s1/b.csv", Pos.file(Pos.row("C2", "2026-03-02 10:00:00", "A", -20, "1", "3")));
      // it dies when all is written and nobody knows: the same is told again
      try (DyingNight night = new DyingNight(home, "2026-03-02", "extract:kept")) {
        night.diesAt("extract:kept");
      }
      home.night("2026-03-02");
      assertThat(lines(home, "2026-03-02", "tmall")).isEmpty();
      assertThat(lines(home, "2026-03-02", "wechat_card"))
          .singleElement()
          .asString()
          .contains(
              "\"code\":\"C2\"",
              "\"before_bonus_value\":20,\"add_bonus_value\":-20,\"bonus_value\":0");
      home.night("2026-03-03");
      assertThat(lines(home, "2026-03-03", "wechat_card")).isEmpty();
    }
  }

  private static List<String> lines(TestHome home, String night, String platform) {
    return Stream.of(home.file("outbox/mall/" + night + "/sync_" + platform + ".jsonl").split("\n"))
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
