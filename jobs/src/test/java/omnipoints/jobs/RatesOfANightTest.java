package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that multiply, from files to the ledger; tests carry the ids of the promises. */
class RatesOfANightTest {

  private static final String HEAD =
      """
      program: base
      version: 1
      effective_from: 2026-01-01
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 7, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      """;

  @TempDir Path dir;

  private TestHome ruled(String rules) {
    return ruled(rules, "");
  }

  private TestHome ruled(String rules, String settings) {
    TestHome home = new TestHome(dir, settings);
    home.write("programs/base.yaml", HEAD + rules);
    return home;
  }

  /**
   * Runs a night with a file of sales and returns and expects what each of them gave. Rows:
   * receipt, card, time, SKU, yuan, {@code <kind> <points> <order>}.
   */
  private static void gives(TestHome home, String night, String shop, String table) {
    List<String[]> rows = table.lines().map(line -> line.strip().split(" *\\| *")).toList();
    home.drop(
        "pos/" + shop + "/" + night + ".csv",
        Pos.file(
            rows.stream()
                .map(r -> Pos.row(r[1], r[2], r[3], Integer.parseInt(r[4]), "1", r[0]))
                .toArray(String[]::new)));
    home.night(night);
    assertThat(
            home.rows(
                "select kind || ' ' || points || ' ' || split_part(cause_key, '/', 1)"
                    + " from entry where kind <> 'RELEASE' and night = '"
                    + night
                    + "'"))
        .containsExactlyInAnyOrderElementsOf(rows.stream().map(row -> row[5]).toList());
  }

  /** {@code <order> <formula> <rules>} of all that was pinned. */
  private static List<String> pinned(TestHome home) {
    return home.rows(
        "select o.order_no || ' ' || n.formula || ' ' || n.rules from posting p join pin n using (pin)"
            + " join sales_order o using (order_key) order by 1");
  }

  @Test
  void B7_the_double_week_ends_at_midnight_whatever_night_the_file_arrives_in() {
    try (TestHome home =
        ruled(
            "rules: [{id: double_week, window: {from: 2026-11-02, to: 2026-11-08}, times: 2}]\n")) {
      gives(
          home,
          "2026-11-09",
          "S1",
          """
          1 | C1 | 2026-11-08 23:59:59 | A | 100 | EARN 200 20261108-1-1
          2 | C1 | 2026-11-09 00:00:00 | B | 100 | EARN 100 20261109-1-2
          """);
      assertThat(pinned(home)).containsExactly("20261108-1-1 2 double_week", "20261109-1-2  ");
      // a file of the week that comes when it is over
      gives(
          home,
          "2026-11-11",
          "S1",
          """
          3 | C1 | 2026-11-02 00:00:00 | C | 100 | EARN 200 20261102-1-3
          """);
    }
  }

  /** 18 November 2026 is a Wednesday. */
  @Test
  void B9_B10_the_eighteenth_and_every_wednesday_double_and_both_multiply() {
    try (TestHome home =
        ruled(
            """
            rules:
            - {id: member_day, group: campaign, window: {month_days: [18]}, times: 2}
            - {id: wednesday, window: {weekdays: [WED]}, times: 2}
            """)) {
      gives(
          home,
          "2026-11-18",
          "S1",
          """
          1 | C1 | 2026-11-11 10:00:00 | A | 100 | EARN 200 20261111-1-1
          2 | C1 | 2026-11-17 10:00:00 | A | 100 | EARN 100 20261117-1-2
          3 | C1 | 2026-11-18 10:00:00 | A | 100 | EARN 400 20261118-1-3
          """);
    }
  }

  /** The rate is that of the last closed night: a return of tonight binds tomorrow's purchase. */
  @Test
  void B23_who_returns_much_is_bound_from_the_next_night_on() {
    try (TestHome home =
        ruled(
            "rules: [{id: double, times: 2}]\ncaps: [{when: {return_rate: {gte: 3/10}}, max_times: 1}]\n")) {
      gives(
          home,
          "2026-05-01",
          "S1",
          """
          1 | C1 | 2026-05-01 10:00:00 | A | 100 | EARN 200 20260501-1-1
          2 | C2 | 2026-05-01 10:00:00 | A | 100 | EARN 200 20260501-1-2
          9 | C1 | 2026-05-01 11:00:00 | A | -50 | CLAWBACK -100 20260501-1-1
          """);
      gives(
          home,
          "2026-05-02",
          "S1",
          """
          3 | C1 | 2026-05-02 10:00:00 | B | 100 | EARN 100 20260502-1-3
          4 | C2 | 2026-05-02 10:00:00 | B | 100 | EARN 200 20260502-1-4
          """);
      assertThat(home.file("reports/2026-05-02/awards.csv").lines().skip(1))
          .singleElement()
          .asString()
          .endsWith(",200,100,CAP");
    }
  }

  @Test
  void B24_a_bound_is_told_of_orders_that_are_rounded_once_and_of_factors_of_their_own() {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          HEAD.replace("scope: line", "scope: order")
              + "stack: {across: multiply, max_times: 3}\n"
              + "rules: [{id: double, times: 2}, {id: extra, when: {order_fen: {gte: 20000}}, times: 2, campaign: c},"
              + " {id: high, when: {sku: B}, times: 4}]\n");
      gives(
          home,
          "2026-05-01",
          "S1",
          """
          2 | C2 | 2026-05-01 10:00:00 | B | 100 | EARN 300 20260501-1-2
          4 | C4 | 2026-05-01 10:00:00 | A | 100 | EARN 200 20260501-1-4
          """);
      home.drop(
          "pos/S1/more.csv",
          Pos.file(
              Pos.row("C1", "2026-05-02 10:00:00", "A", 200, "1", "1"),
              Pos.row("C3", "2026-05-02 10:00:00", "B", 200, "1", "3")));
      home.night("2026-05-02");
      assertThat(
              Stream.of("2026-05-01", "2026-05-02")
                  .flatMap(night -> home.file("reports/" + night + "/awards.csv").lines().skip(1))
                  .map(row -> row.replaceFirst(",M\\d+", "")))
          .containsExactlyInAnyOrder(
              "2026-05-01,base,ORDER,20260501-1-2/,800,300,CAP",
              "2026-05-02,extra,ORDER,20260502-1-1/#extra,400,200,CAP",
              "2026-05-02,base,ORDER,20260502-1-3/,1600,600,CAP");
    }
  }

  @Test
  void B11_the_birthday_is_that_of_the_member_row() {
    try (TestHome home = ruled("rules: [{id: birthday, window: {birthday: day}, times: 2}]\n")) {
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,,1990-05-20,,S1\nC2,,2000-02-29,,S1\n");
      gives(
          home,
          "2026-05-21",
          "S1",
          """
          1 | C1 | 2026-05-20 10:00:00 | A | 100 | EARN 200 20260520-1-1
          2 | C1 | 2026-05-21 10:00:00 | A | 100 | EARN 100 20260521-1-2
          3 | C2 | 2026-02-28 10:00:00 | A | 100 | EARN 200 20260228-1-3
          4 | C2 | 2026-03-01 10:00:00 | A | 100 | EARN 100 20260301-1-4
          5 | C3 | 2026-05-20 10:00:00 | A | 100 | EARN 100 20260520-1-5
          """);
    }
  }

  @Test
  void B13_B23_F1_F4_baskets_and_bounds_are_pinned_and_returns_take_back_at_their_rate() {
    try (TestHome home =
        ruled(
            """
            rules: [{id: over_500, when: {order_fen: {gte: 50000}}, times: 2}]
            caps: [{when: {sku: D}, max_times: 1/2}]
            """)) {
      gives(
          home,
          "2026-05-01",
          "S1",
          """
          1 | C1 | 2026-05-01 10:00:00 | A | 300 | EARN 600 20260501-1-1
          1 | C1 | 2026-05-01 10:00:00 | B | 200 | EARN 400 20260501-1-1
          2 | C1 | 2026-05-01 11:00:00 | C | 499 | EARN 499 20260501-1-2
          3 | C1 | 2026-05-01 12:00:00 | D | 100 | EARN 50 20260501-1-3
          """);
      assertThat(pinned(home)).contains("20260501-1-3 min(1,1/2) ");
      // rule and bound are gone by then; what was pinned is taken back, in parts too
      home.write(
          "programs/base/2.yaml",
          HEAD.replace("version: 1", "version: 2").replace("2026-01-01", "2026-05-02"));
      gives(
          home,
          "2026-05-03",
          "S1",
          """
          9 | C1 | 2026-05-03 12:00:00 | B | -200 | CLAWBACK -400 20260501-1-1
          9 | C1 | 2026-05-03 12:00:00 | D | -40 | CLAWBACK -20 20260501-1-3
          """);
      gives(
          home,
          "2026-05-04",
          "S1",
          """
          9 | C1 | 2026-05-04 12:00:00 | A | -300 | CLAWBACK -600 20260501-1-1
          9 | C1 | 2026-05-04 12:00:00 | D | -60 | CLAWBACK -30 20260501-1-3
          """);
    }
  }

  @Test
  void B14_away_from_home_in_a_partner_shop_in_the_festival() {
    try (TestHome home =
        ruled(
            """
            rules:
            - id: spring
              window: {calendar: spring_festival}
              when: {shop: {in: partners, not: home_shop}}
              times: 2
            """)) {
      home.write("programs/calendars/spring_festival.csv", "date\n2026-02-17\n");
      home.write("programs/sets/partners.csv", "value\nS2\nS3\n");
      home.drop(
          "program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,,,,S1\nC2,,,,S2\n");
      gives(
          home,
          "2026-02-18",
          "S2",
          """
          1 | C1 | 2026-02-17 10:00:00 | A | 100 | EARN 200 20260217-1-1
          2 | C2 | 2026-02-17 10:00:00 | A | 100 | EARN 100 20260217-1-2
          3 | C1 | 2026-02-18 00:00:00 | A | 100 | EARN 100 20260218-1-3
          """);
      // the lists belong to the version that has booked
      home.write("programs/sets/partners.csv", "value\nS2\n");
      NightRefused refused =
          catchThrowableOfType(NightRefused.class, () -> home.night("2026-02-19"));
      assertThat(refused.code()).isEqualTo("RULES_CHANGED");
      home.write("programs/sets/partners.csv", "value\nS2\nS3\n");
      home.night("2026-02-19");
    }
  }

  /** What documents say counts as read up to tonight, for the time of the purchase. */
  @Test
  void B11_B12_B14_passes_tags_and_products_come_by_documents() {
    try (TestHome home =
        ruled(
            """
            rules:
            - {id: birthday, window: {birthday: day}, when: {pass: birthday_double}, times: 2}
            - {id: beauty, window: {hours: "09:00-12:00"}, when: {category: {in: beauty}}, times: 3/2}
            - {id: spring, when: {tag: traveller, shop: {not: home_shop}}, times: 2}
            """,
            "staff: {hq: [Ana, Éva]}\n")) {
      home.write("programs/sets/beauty.csv", "value\nface\n");
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,,1990-05-20,,S1\nC2,,1990-05-20,,S2\n");
      home.drop(
          "program/products.csv", "sku,category,brand,excluded\nCREAM,face,Bee,no\nBAG,,,yes\n");
      String standing =
          "member_kind,member_value,what,name,from,to,uses,reason,requested_by,approved_by\n";
      home.drop(
          "program/standing.csv",
          standing
              + "card,C1,pass,birthday_double,2026-05-01,2026-05-31,,card,ana,ÉVA\n"
              + "card,C2,pass,birthday_double,2026-05-01,2026-05-31,,card,Ana,Ana\n"
              + "card,C2,tag,traveller,2026-05-20,2026-05-20,,,,\n");
      gives(
          home,
          "2026-05-21",
          "S1",
          """
          1 | C1 | 2026-05-20 13:00:00 | A | 100 | EARN 200 20260520-1-1
          2 | C1 | 2026-05-21 09:00:00 | CREAM | 100 | EARN 150 20260521-1-2
          3 | C1 | 2026-05-21 12:00:00 | CREAM | 100 | EARN 100 20260521-1-3
          4 | C1 | 2026-05-21 09:00:00 | SHOE | 100 | EARN 100 20260521-1-4
          5 | C2 | 2026-05-20 23:59:59 | A | 100 | EARN 200 20260520-1-5
          6 | C2 | 2026-05-21 00:00:00 | A | 100 | EARN 100 20260521-1-6
          7 | C1 | 2026-05-21 00:00:01 | A | 100 | EARN 100 20260521-1-7
          """);
      // one person signed for two
      assertThat(
              home.rows(
                  "select type || ' ' || key || ' ' || detail from break where channel = 'program'"))
          .containsExactly(
              "ADJUSTMENT_REFUSED standing.csv row 3 pass birthday_double, standing.csv row 3, is not"
                  + " given by two of the head office, and does not count");
      // what a document excludes earns nothing, and has no entry
      home.drop(
          "pos/S1/2.csv", Pos.file(Pos.row("C1", "2026-05-22 10:00:00", "BAG", 500, "1", "9")));
      home.night("2026-05-22");
      assertThat(home.rows("select count(*) from entry where night = '2026-05-22'"))
          .containsExactly("0");
    }
  }

  @Test
  void E4_a_life_that_begins_with_the_award_may_be_over_when_the_points_arrive() {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          HEAD.replace("length: 1y, start: available", "length: 9d, start: award"));
      gives(
          home,
          "2026-05-01",
          "S1",
          """
          1 | C1 | 2026-05-01 10:00:00 | A | 100 | EARN 100 20260501-1-1
          """);
      home.night("2026-05-08");
      assertThat(home.rows("select available_on || ' ' || expires_on from lot"))
          .containsExactly("2026-05-08 2026-05-09");
      home.write(
          "programs/base/2.yaml",
          HEAD.replace("version: 1", "version: 2")
              .replace("2026-01-01", "2026-05-09")
              .replace("length: 1y, start: available", "length: 3d, start: award"));
      home.drop("pos/S1/2.csv", Pos.file(Pos.row("C1", "2026-05-09 10:00:00", "A", 50, "1", "2")));
      home.night("2026-05-09");
      assertThat(booked(home, "2026-05-09")).containsExactly("EARN 50 0", "EXPIRE -100 0");
      home.night("2026-05-16");
      assertThat(booked(home, "2026-05-16")).containsExactly("RELEASE 0 50", "EXPIRE -50 0");
    }
  }

  /** {@code <kind> <points> <moved>} of a night, in the order of booking. */
  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select kind || ' ' || points || ' ' || moved from entry where night = '"
            + night
            + "' order by n");
  }

  @Test
  void a_rule_that_matches_nothing_changes_no_byte() {
    String sale = Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 199, "1", "1"));
    List<String> plain;
    try (TestHome home = new TestHome(dir.resolve("plain"))) {
      home.write("programs/base.yaml", HEAD);
      home.drop("pos/S1/1.csv", sale);
      home.night("2026-05-08");
      plain = home.rows("select entry_root from night");
    }
    try (TestHome home = new TestHome(dir.resolve("ruled"))) {
      home.write("programs/base.yaml", HEAD + "rules: [{id: no, when: {sku: none}, times: 9}]\n");
      home.drop("pos/S1/1.csv", sale);
      home.night("2026-05-08");
      assertThat(home.rows("select entry_root from night")).isEqualTo(plain);
    }
  }

  @Test
  void what_no_programme_says_is_refused_before_anything_is_read() {
    try (TestHome home = ruled("tiers: {cycle: join, levels: [{id: base}], overearned: maybe}\n")) {
      NightRefused refused =
          catchThrowableOfType(NightRefused.class, () -> home.night("2026-05-01"));
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused).hasMessageContaining("base.yaml:7: tiers.overearned: maybe");
    }
  }
}
