package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Profiles are moved by what changed and by the clock. After each night they are also made from
 * nothing and compared: {@link TestHome#night}.
 */
class RunningProfilesTest {

  @TempDir Path dir;

  @Test
  void what_is_older_than_a_year_leaves_by_the_clock_and_is_remembered() {
    try (TestHome home = new TestHome(dir)) {
      home.drop(
          "pos/p1/a.csv",
          Pos.file(
              Pos.row("C1", "2025-01-07 10:00:00", "A", 100, "1", "1"),
              Pos.row("C1", "2026-01-05 10:00:00", "A", 20, "1", "2"),
              Pos.row("C2", "2025-01-07 10:00:00", "A", 50, "1", "3"),
              Pos.row("C3", "2025-01-06 10:00:00", "A", 70, "1", "4")));
      home.night("2026-01-05");
      assertThat(profiles(home, "2026-01-05"))
          .containsExactlyInAnyOrder(
              "2 12000 0 2026-01-05 pos", "1 5000 0 2025-01-07 pos", "1 7000 0 2025-01-06 pos");
      home.night("2026-01-06");
      assertThat(profiles(home, "2026-01-06"))
          .containsExactlyInAnyOrder(
              "2 12000 0 2026-01-05 pos", "1 5000 0 2025-01-07 pos", "0 0 0 2025-01-06 pos");
      home.drop(
          "pos/p1/b.csv", Pos.file(Pos.row("C1", "2026-01-06 09:00:00", "A", -100, "1", "5")));
      home.night("2026-01-07");
      assertThat(profiles(home, "2026-01-07"))
          .as("a return of what has left takes nothing away")
          .containsExactlyInAnyOrder(
              "1 2000 2000 2026-01-05 pos", "0 0 0 2025-01-07 pos", "0 0 0 2025-01-06 pos");
      assertThat(changed(home, "2026-01-07")).containsExactly("changed", "changed");
    }
  }

  @Test
  void an_order_that_goes_to_another_member_takes_its_date_and_channel_with_it() {
    try (TestHome home = new TestHome(dir)) {
      home.drop("pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-04 10:00:00", "A", 30, "1", "1")));
      home.drop(
          "tmall/s1/o.csv",
          Tmall.orders(
              Tmall.completed(
                  "1", "n1", "100.00", "0.00", 1, "2026-01-05 10:00:00", "2026-01-05 12:00:00")),
          Tmall.GBK);
      home.drop(
          "tmall/s1/l.csv",
          Tmall.lines(Tmall.line("1-1", "1", "A", "100.00", 1, "100.00", "0")),
          Tmall.GBK);
      home.night("2026-01-05");
      assertThat(profiles(home, "2026-01-05"))
          .containsExactlyInAnyOrder("1 3000 0 2026-01-04 pos", "1 10000 0 2026-01-05 tmall");
      home.drop(
          "program/b.csv",
          "channel,order_no,platform_id,phone,card,unionid,bound_at\n"
              + "tmall,,n1,,C1,,2026-01-06 08:00:00\n");
      home.night("2026-01-06");
      assertThat(profiles(home, "2026-01-06"))
          .as("members that merge")
          .containsExactlyInAnyOrder("2 13000 0 2026-01-05 pos|tmall", "0 0 0  ");
    }
  }

  @Test
  void who_lost_his_only_order_has_no_purchases_when_its_date_leaves_the_year_either() {
    try (TestHome home = new TestHome(dir)) {
      bind(home, "a.csv", "13800000001", "2025-01-01 12:00:00");
      home.drop(
          "tmall/s1/o.csv",
          Tmall.orders(
              Tmall.completed(
                  "1", "n1", "100.00", "0.00", 1, "2025-01-07 10:00:00", "2025-01-07 12:00:00")),
          Tmall.GBK);
      home.drop(
          "tmall/s1/l.csv",
          Tmall.lines(Tmall.line("1-1", "1", "A", "100.00", 1, "100.00", "0")),
          Tmall.GBK);
      home.night("2026-01-05");
      assertThat(profiles(home, "2026-01-05")).containsExactly("1 10000 0 2025-01-07 tmall");
      bind(home, "b.csv", "13800000002", "2025-01-06 12:00:00");
      home.night("2026-01-06");
      assertThat(profiles(home, "2026-01-06"))
          .containsExactly("0 0 0  ", "1 10000 0 2025-01-07 tmall");
      home.night("2026-01-07");
      assertThat(profiles(home, "2026-01-07")).containsExactly("0 0 0  ", "0 0 0 2025-01-07 tmall");
      assertThat(home.rows("select count(*) from profile")).containsExactly("1");
    }
  }

  @Test
  void points_come_within_thirty_days_of_their_last_day_by_the_clock() {
    try (TestHome home = new TestHome(dir)) {
      home.program("1", "32d");
      home.drop("pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1")));
      home.night("2026-01-05");
      assertThat(cells(home, "2026-01-05", 12, 13, 14)).containsExactly("0  ");
      home.night("2026-01-06");
      assertThat(cells(home, "2026-01-06", 12, 13, 14)).containsExactly("0 2026-02-06 30");
      home.night("2026-01-07");
      assertThat(cells(home, "2026-01-07", 12, 13, 14)).containsExactly("30 2026-02-06 30");
      assertThat(changed(home, "2026-01-07")).containsExactly("changed");
      home.night("2026-01-08");
      assertThat(changed(home, "2026-01-08")).isEmpty();
      assertThat(home.rows("select count(*) from profile_sent"))
          .as("one row of each member is kept, however many nights changed him")
          .containsExactly("1");
    }
  }

  private static void bind(TestHome home, String name, String phone, String at) {
    home.drop(
        "program/" + name,
        "channel,order_no,platform_id,phone,card,unionid,bound_at\ntmall,,n1,"
            + phone
            + ",,,"
            + at
            + "\n");
  }

  /** Orders, spend, refunds, last payment, channels. */
  private static List<String> profiles(TestHome home, String date) {
    return cells(home, date, 22, 23, 24, 25, 26);
  }

  private static List<String> cells(TestHome home, String date, int... columns) {
    return home.file("outbox/crm/" + date + "/member_profile_full_" + date + ".csv")
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cell -> Arrays.stream(columns).mapToObj(c -> cell[c]).collect(Collectors.joining(" ")))
        .toList();
  }

  private static List<String> changed(TestHome home, String date) {
    return home.file("outbox/crm/" + date + "/member_profile_delta_" + date + ".csv")
        .lines()
        .skip(1)
        .map(line -> line.split(",")[3])
        .toList();
  }
}
