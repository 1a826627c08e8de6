package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days in a row of which some are borne by an activity that names an order, from files to the
 * ledger.
 */
class LadderNightsTest {

  private static final String RULES =
      """
      program: base
      version: 1
      effective_from: 2026-01-01
      earn: {per_fen: 100000, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 2, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      rules:
      - {id: row, on: activity, when: {type: [visit, review]}, ladder: {1: 1, 3: 3, 4: 5, 5: 8}, restart: 5, accept_late: 7d}
      """;

  /**
   * What files tell, night by night: a visit {@code <no> <card> <day> <hour>}, a review with the
   * receipt it names, a sale {@code sale <receipt> <card> <day> <yuan>}, its return, two who are
   * one.
   */
  private static final Map<String, List<String>> TOLD =
      new TreeMap<>(
          Map.of(
              "03",
              List.of(
                  "sale 1 C1 02 300",
                  "sale 2 C2 02 300",
                  "1 C1 01 09",
                  "2 C1 02 12 review 02-9-1",
                  "3 C1 03 09",
                  "4 C2 02 12 review 02-9-1"),
              "04",
              List.of("5 C1 04 09 review 04-9-3"),
              "05",
              List.of("6 C1 05 09", "7 C1 05 08 review 02-9-2"),
              // the order that 5 names is told late; a part of the other one comes back
              "06",
              List.of("sale 3 C1 04 200", "back 1 C1 06 100"),
              "08",
              List.of("back 1 C1 08 200"),
              // a file that comes late bears the day anew
              "09",
              List.of("8 C1 02 20", "9 C2 07 09"),
              "10",
              List.of("one C1 C2", "10 C1 06 10"),
              "12",
              List.of("back 3 C1 12 200")));

  private static final Map<String, List<String>> EXPECTED =
      Map.of(
          "03",
              List.of(
                  "EARN 1 visit/1 05-01 09",
                  "RELEASE 1 visit/1 05-01 09",
                  "EARN 1 review/2 05-02 12",
                  "EARN 3 visit/3 05-03 09",
                  "RELEASE 3 visit/3 05-03 09"),
          "04", List.of("RELEASE 1 review/2 05-04 00"),
          "05", List.of("EARN 1 visit/6 05-05 09", "RELEASE 1 visit/6 05-05 09"),
          "06",
              List.of(
                  "EARN 5 review/5 05-04 09",
                  "EARN 7 visit/6 05-05 09",
                  "RELEASE 7 visit/6 05-05 09",
                  "RELEASE 5 review/5 05-06 00"),
          "08",
              List.of(
                  "EARN -2 visit/3 05-03 09",
                  "EARN -4 review/5 05-04 09",
                  "EARN -5 visit/6 05-05 09",
                  "CLAWBACK -1 review/2 05-08 12"),
          "09",
              List.of(
                  "EARN 2 visit/3 05-03 09",
                  "RELEASE 2 visit/3 05-03 09",
                  "EARN 4 review/5 05-04 09",
                  "EARN 5 visit/6 05-05 09",
                  "RELEASE 5 visit/6 05-05 09",
                  "RELEASE 4 review/5 05-06 00",
                  "EARN 1 visit/9 05-07 09",
                  "RELEASE 1 visit/9 05-07 09",
                  "CLAWBACK 1 review/2 05-09 23"),
          "10", List.of("EARN 1 visit/10 05-06 10", "RELEASE 1 visit/10 05-06 10"),
          "12",
              List.of(
                  "EARN -7 visit/6 05-05 09",
                  "EARN 2 visit/9 05-07 09",
                  "RELEASE 2 visit/9 05-07 09",
                  "CLAWBACK -5 review/5 05-12 12"));

  @TempDir Path dir;

  private static void drop(TestHome home, String night, List<String> told, String name) {
    var sold = new ArrayList<String>();
    var acts =
        new StringBuilder("event_id,type,platform,member_kind,member_value,at,channel,order_no\n");
    for (String one : told) {
      String[] part = one.split(" ");
      switch (part[0]) {
        case "sale", "back" -> {
          boolean back = part[0].equals("back");
          int yuan = Integer.parseInt(part[4]);
          sold.add(
              Pos.row(
                  part[2],
                  "2026-05-" + part[3] + (back ? " 12:00:00" : " 10:00:00"),
                  "G" + part[1],
                  back ? -yuan : yuan,
                  "9",
                  back ? "1" + night : part[1]));
        }
        case "one" ->
            home.drop(
                "program/" + name + "one.csv",
                "card,phone,birthday,join_date,home_shop\n"
                    + part[1]
                    + ",13800000001,,,S1\n"
                    + part[2]
                    + ",13800000001,,,S1\n");
        default ->
            acts.append(part[0])
                .append(part.length > 4 ? ",review" : ",visit")
                .append(",app,card,")
                .append(part[1])
                .append(",2026-05-" + part[2] + " " + part[3] + ":00:00,")
                .append(part.length > 4 ? "pos,202605" + part[5] : ",")
                .append('\n');
      }
    }
    if (!sold.isEmpty())
      home.drop("pos/S1/" + name + night + ".csv", Pos.file(sold.toArray(String[]::new)));
    home.drop("program/" + name + night + ".csv", acts.toString());
  }

  private static TestHome begun(Path dir) {
    var home = new TestHome(dir);
    home.write("programs/base.yaml", RULES);
    home.drop(
        "program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,,,,S1\nC2,,,,S1\n");
    return home;
  }

  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select kind || ' ' || points + moved || ' ' || replace(replace(cause_key, '/app', ''), '#row', '') || ' '"
            + " || to_char(effective_at at time zone 'Asia/Shanghai', 'MM-DD HH24')"
            + " from entry where cause_type = 'ACTIVITY' and night = '2026-05-"
            + night
            + "' order by effective_at, n, cause_key");
  }

  /**
   * The day goes with the order that bears it, dated as the return; days after it are counted anew
   * on their own entries, down and up again.
   */
  @Test
  void B16_B20_a_row_of_days_follows_the_orders_that_its_activities_name() {
    try (TestHome home = begun(dir)) {
      TOLD.forEach(
          (night, told) -> {
            drop(home, night, told, "a");
            home.night("2026-05-" + night);
            assertThat(booked(home, night))
                .as(night)
                .containsExactlyInAnyOrderElementsOf(EXPECTED.get(night));
          });
      assertThat(home.rows("select night || ' ' || cause_key || ' ' || reason from awarded"))
          .as("of a day that was paid before both were one")
          .containsExactly("2026-05-10 review/app/7#row LIMIT");
      assertThat(home.rows("select sum(pending + available - owed) from balance"))
          .as("1st to 3rd, 5th to 7th")
          .containsExactly("10");
    }
  }

  /** Rows in any order, in files of any name, twice: the same books. */
  @Test
  void B16_B20_rows_in_another_order_and_told_again_make_the_same_books() {
    try (TestHome one = begun(dir.resolve("one"));
        TestHome other = begun(dir.resolve("other"))) {
      TOLD.forEach(
          (night, told) -> {
            drop(one, night, told, "a");
            one.night("2026-05-" + night);
            var turned = new ArrayList<>(told);
            Collections.reverse(turned);
            drop(other, night, turned, "z");
            drop(other, night, told, "b");
            other.night("2026-05-" + night);
            assertThat(Snapshot.business(other, "2026-05-" + night))
                .as(night)
                .isEqualTo(Snapshot.business(one, "2026-05-" + night));
          });
      assertThat(Snapshot.table(other, "named_order"))
          .isEqualTo(Snapshot.table(one, "named_order"));
    }
  }
}
