package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.Explanation;
import omnipoints.points.EntryKey;
import omnipoints.sql.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Factors with terms of their own that are given once for an order, from files to the ledger. */
class FactorsOfOrdersTest {

  private static final String RULES =
      """
      program: base
      version: 1
      effective_from: 2026-01-01
      earn: {per_fen: 10000, points: 1, mode: linear, rounding: floor, scope: %s}
      hold: {days: 2, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      rules:
      %s
      """;

  @TempDir Path dir;

  private static String row(String card, String time, String sku, int yuan, int receipt) {
    return Pos.row(card, "2026-05-" + time + ":00", sku, yuan, "9", "" + receipt);
  }

  /** {@code <kind> <points> <receipt>/<sku>[#rule]}, in the order of causes. */
  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select kind || ' ' || points + moved || ' ' || regexp_replace(replace(cause_key, '202605', ''), '#[0-9]+#[0-9]+', '')"
            + " from entry where night = '2026-05-"
            + night
            + "' order by cause_key collate \"C\", n");
  }

  private static List<String> bound(TestHome home, String night) {
    return home.file("reports/2026-05-" + night + "/awards.csv")
        .lines()
        .skip(1)
        .map(line -> line.replaceAll("^[^,]*,[^,]*,", "").replace("202605", ""))
        .toList();
  }

  /**
   * What the lines make of it is added up, each rounded by itself, whatever else they are worth.
   */
  @Test
  void B22_where_lines_are_rounded_it_is_the_sum_of_what_it_adds_to_them() throws Exception {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          RULES.formatted(
              "line",
              "- {id: vip, when: {sku: A}, times: 2}\n"
                  + "- {id: late, scope: order, window: {hours: \"18:00-24:00\"}, times: 3/2, campaign: autumn}"));
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              row("C1", "01 19:00", "A", 150, 1),
              row("C1", "01 19:00", "B", 150, 1),
              row("C1", "01 19:00", "C", 90, 1),
              row("C1", "01 10:00", "B", 150, 2)));
      home.night("2026-05-01");
      assertThat(booked(home, "01"))
          .as("4 - 3, 2 - 1 and 1 - 0")
          .containsExactly(
              "EARN 3 01-9-1/#late", "EARN 3 01-9-1/A", "EARN 1 01-9-1/B", "EARN 1 01-9-2/B");
      home.night("2026-05-03");
      assertThat(booked(home, "03"))
          .containsExactly(
              "RELEASE 3 01-9-1/#late",
              "RELEASE 3 01-9-1/A",
              "RELEASE 1 01-9-1/B",
              "RELEASE 1 01-9-2/B");
      home.drop("pos/S1/4.csv", Pos.file(row("C1", "04 10:00", "B", -150, 3)));
      home.night("2026-05-04");
      home.drop("pos/S1/5.csv", Pos.file(row("C1", "05 10:00", "A", -50, 4)));
      home.night("2026-05-05");
      home.drop(
          "pos/S1/6.csv",
          Pos.file(row("C1", "06 10:00", "A", -100, 5), row("C1", "06 10:00", "C", -90, 5)));
      home.night("2026-05-06");
      assertThat(booked(home, "04"))
          .as("the latest sale of the goods is that of 19:00")
          .containsExactly("CLAWBACK -1 01-9-1/#late", "CLAWBACK -1 01-9-1/B");
      assertThat(booked(home, "05")).as("3 - 2 stay of it").containsExactly("CLAWBACK -1 01-9-1/A");
      assertThat(booked(home, "06"))
          .containsExactly("CLAWBACK -2 01-9-1/#late", "CLAWBACK -2 01-9-1/A");
      assertThat(home.rows("select sum(points) from entry")).containsExactly("1");
      assertThat(explained(home, "01", "late"))
          .containsExactly(
              "floor(15000/10000*2*3/2)-floor(15000/10000*2) + floor(15000/10000*3/2)-floor(15000/10000)*1"
                  + " + floor(9000/10000*3/2)-floor(9000/10000)*1");
      assertThat(explained(home, "04", "late"))
          .containsExactly(
              "3 - (floor(15000/10000*2*3/2)-floor(15000/10000*2) + floor(9000/10000*3/2)-floor(9000/10000)*1)");
    }
  }

  private static List<String> explained(TestHome home, String night, String rule) throws Exception {
    var told = new ArrayList<String>();
    try (Books books =
        Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
      for (String one :
          home.rows(
              "select member_id || ' ' || n from entry where night = '2026-05-"
                  + night
                  + "' and kind <> 'RELEASE' and cause_key like '%#"
                  + rule
                  + "' order by 1")) {
        var key =
            new EntryKey(
                LocalDate.parse("2026-05-" + night),
                one.split(" ")[0],
                Integer.parseInt(one.split(" ")[1]));
        Explanation why = Explanation.of(books, home.dir.resolve("programs"), key).orElseThrow();
        assertThat(why.rule().name()).startsWith(rule);
        told.add(why.arithmetic());
      }
    }
    return told;
  }

  /** Limits and budgets ask an order once, for what it adds to the order. */
  @Test
  void B17_B22_where_orders_are_rounded_bounds_count_what_it_adds_to_the_order() throws Exception {
    String rules =
        RULES.formatted(
            "order",
            "- {id: once, times: 2, limit: {per: member_day, count: 1}}\n"
                + "- {id: pot, times: 3/2, budget: 4}");
    List<String> sold =
        List.of(
            row("C1", "01 10:00", "A", 150, 1),
            row("C1", "01 10:00", "B", 150, 1),
            row("C1", "01 11:00", "A", 160, 2),
            row("C1", "01 11:00", "B", 60, 2),
            row("C2", "01 12:00", "A", 550, 3),
            row("C2", "01 12:00", "B", 150, 3));
    try (TestHome home = new TestHome(dir.resolve("a"));
        TestHome other = new TestHome(dir.resolve("b"))) {
      for (TestHome one : List.of(home, other)) one.write("programs/base.yaml", rules);
      home.drop("pos/S1/1.csv", Pos.file(sold.toArray(String[]::new)));
      home.night("2026-05-01");
      assertThat(booked(home, "01"))
          .containsExactly(
              "EARN 3 01-9-1/",
              "EARN 3 01-9-1/#once",
              "EARN 1 01-9-1/#pot",
              "EARN 2 01-9-2/",
              "EARN 1 01-9-2/#pot",
              "EARN 7 01-9-3/",
              "EARN 7 01-9-3/#once",
              "EARN 2 01-9-3/#pot");
      assertThat(bound(home, "01"))
          .containsExactlyInAnyOrder(
              "once,ORDER,01-9-2/#once,2,0,LIMIT", "pot,ORDER,01-9-3/#pot,3,2,BUDGET");
      // rows the other way round, in two files
      var turned = new ArrayList<>(sold);
      Collections.reverse(turned);
      other.drop("pos/S1/x.csv", Pos.file(turned.subList(0, 3).toArray(String[]::new)));
      other.drop("pos/S1/y.csv", Pos.file(turned.subList(2, 6).toArray(String[]::new)));
      other.night("2026-05-01");
      assertThat(Snapshot.business(other, "2026-05-01"))
          .isEqualTo(Snapshot.business(home, "2026-05-01"));
      home.drop("pos/S1/2.csv", Pos.file(row("C2", "02 10:00", "B", -150, 4)));
      home.night("2026-05-02");
      assertThat(booked(home, "02"))
          .as("550 earn 5, twice 11, one and a half times 8")
          .containsExactly("CLAWBACK -2 01-9-3/", "CLAWBACK -1 01-9-3/#once");
      home.drop("pos/S1/3.csv", Pos.file(row("C2", "03 01:00", "A", -550, 5)));
      home.night("2026-05-03");
      assertThat(booked(home, "03").stream().filter(one -> one.startsWith("CLAWBACK")))
          .containsExactly(
              "CLAWBACK -5 01-9-3/", "CLAWBACK -6 01-9-3/#once", "CLAWBACK -2 01-9-3/#pot");
      assertThat(home.rows("select pending + available - owed from balance order by 1"))
          .containsExactly("0", "10");
    }
  }
}
