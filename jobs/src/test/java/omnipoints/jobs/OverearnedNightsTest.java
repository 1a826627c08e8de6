package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.books.Books;
import omnipoints.books.Explanation;
import omnipoints.points.EntryKey;
import omnipoints.sql.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROGRAMME §5 {@code overearned: charge}, from files to ledger and tier extract. */
class OverearnedNightsTest {

  private static final String RULES =
      "rules: [{id: tier_rate, group: tier, times_by: {tier: {silver: 6/5, gold: 3/2}}}]\n";

  private static final String TIERS =
      """
      tiers:
        cycle: rolling
        measure: {days: 30}
        levels:
        - {id: base}
        - {id: silver, enter: {paid_net_fen: {gte: 200000}}}
        - {id: gold, enter: {paid_net_fen: {gte: 500000}}}
        keep: {last_purchase_days: 60, else: base}
        returns: immediate
        overearned: charge
      """;

  @TempDir Path dir;

  private TestHome home;

  @BeforeEach
  void open() {
    home = new TestHome(dir);
  }

  @AfterEach
  void close() {
    home.close();
  }

  private void programme(String scope, String rest) {
    home.write(
        "programs/base.yaml",
        """
        program: base
        version: 1
        effective_from: 2000-01-01
        hold: {days: 0, from: completed}
        expiry: {kind: rolling, length: 1y, start: available}
        """
            + "earn: {per_fen: 100, points: 1, "
            + scope
            + "}\n"
            + rest);
  }

  private static final String LINES = "mode: linear, rounding: floor, scope: line";

  /** Rows {@code card date fen sku}; negative fen return what the card bought of the SKU. */
  private void sold(String file, String... rows) {
    var text = new StringBuilder("kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n");
    for (int i = 0; i < rows.length; i++) {
      String[] w = rows[i].split(" ");
      long fen = Long.parseLong(w[2]);
      String amount = Math.abs(fen) / 100 + "." + String.format("%02d", Math.abs(fen) % 100);
      String time = w[1].contains("T") ? w[1].replace('T', ' ') : w[1] + " 10:00:00";
      text.append(
          String.join(
              ",",
              w[0],
              time,
              w[3],
              fen < 0 ? "-1" : "1",
              amount,
              (fen < 0 ? "-" : "") + amount,
              "商品",
              "0",
              file,
              w.length > 4 ? w[4] : String.valueOf(100 + i),
              "g1",
              "柜组"));
      text.append('\n');
    }
    home.drop("pos/p1/" + file + ".csv", text.toString());
  }

  /** {@code card KIND points effective date} of a night's entries. */
  private List<String> booked(String night) {
    return home.rows(
        "select t.shown || ' ' || e.kind || ' ' || e.points || ' '"
            + " || (e.effective_at at time zone 'Asia/Shanghai')::date from entry e join token t using (member_id)"
            + " where t.kind = 'card' and e.kind <> 'RELEASE' and e.night = '"
            + night
            + "' order by t.shown, e.n");
  }

  /** What is left, {@code card points}. */
  private List<String> balances() {
    return home.rows(
        "select t.shown || ' ' || b.pending + b.available - b.owed from balance b"
            + " join token t using (member_id) where t.kind = 'card' order by 1");
  }

  /** How explain says the first clawback of a card in a night came about. */
  private String arithmetic(String card, String night) throws SQLException {
    String[] key =
        home.rows(
                "select e.member_id || ' ' || min(e.n) from entry e join token t using (member_id)"
                    + " where t.kind = 'card' and t.shown = '"
                    + card
                    + "' and e.kind = 'CLAWBACK' and e.night = '"
                    + night
                    + "' group by e.member_id")
            .get(0)
            .split(" ");
    try (Books books =
        Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
      EntryKey entry = new EntryKey(LocalDate.parse(night), key[0], Integer.parseInt(key[1]));
      return Explanation.of(books, home.home().programs(), entry).orElseThrow().arithmetic();
    }
  }

  private String changes(String night) {
    return String.join(
        "; ",
        Stream.of(home.file("outbox/crm/" + night + "/tier_changes_" + night + ".csv").split("\n"))
            .skip(1)
            .map(row -> row.strip().replaceFirst("^[^,]*,", ""))
            .toList());
  }

  @Test
  void what_was_paid_in_a_tier_that_returned_money_held_counts_by_the_tier_that_was_due()
      throws SQLException {
    programme(LINES, RULES + TIERS);
    sold("a", "C1 2026-12-01 500000 big", "C2 2026-12-01 200000 own", "C2 2026-12-01 300000 big");
    home.night("2026-12-01");
    sold("b", "C1 2026-12-02 100000 x", "C2 2026-12-02 100000 x", "C1 2026-12-02 99 y");
    home.night("2026-12-02");
    assertThat(booked("2026-12-02"))
        .containsExactly(
            "C1 EARN 1500 2026-12-02", "C1 EARN 1 2026-12-02", "C2 EARN 1500 2026-12-02");
    sold("c", "C1 2026-12-04 -500000 big", "C2 2026-12-04 -300000 big");
    home.night("2026-12-04");
    assertThat(changes("2026-12-04"))
        .isEqualTo("gold,base,RETURN,2026-12-05,; gold,silver,RETURN,2026-12-05,");
    assertThat(booked("2026-12-04"))
        .as("what the return itself takes")
        .containsExactly("C1 CLAWBACK -5000 2026-12-04", "C2 CLAWBACK -3000 2026-12-04");
    home.night("2026-12-05");
    assertThat(booked("2026-12-05"))
        .as("C1 has spent ¥1000.99 in all, C2 ¥2000 before and ¥1000 as silver")
        .containsExactly(
            "C1 CLAWBACK -500 2026-12-05",
            "C1 CLAWBACK -1 2026-12-05",
            "C2 CLAWBACK -300 2026-12-05");
    assertThat(balances()).containsExactly("C1 1000", "C2 3200");
    assertThat(arithmetic("C1", "2026-12-05"))
        .isEqualTo("floor(100000/100*3/2) - floor(100000/100)*1");
    assertThat(arithmetic("C2", "2026-12-05"))
        .isEqualTo("floor(100000/100*3/2) - floor(100000/100*6/5)");
    home.night("2026-12-06");
    assertThat(booked("2026-12-06")).as("target minus posted").isEmpty();

    sold("d", "C1 2026-12-07 -40000 x", "C2 2026-12-07 -100000 x");
    home.night("2026-12-07");
    assertThat(booked("2026-12-07"))
        .as("what is kept counts by the tier that was due")
        .containsExactly("C1 CLAWBACK -400 2026-12-07", "C2 CLAWBACK -1200 2026-12-07");
    assertThat(arithmetic("C1", "2026-12-07"))
        .isEqualTo("floor(100000/100*3/2) - floor(60000/100)*1 - 500");
    assertThat(balances()).containsExactly("C1 600", "C2 2000");
    home.night("2026-12-09");
    assertThat(balances()).containsExactly("C1 600", "C2 2000");
  }

  @Test
  void
      a_return_of_the_order_that_made_the_tier_lowers_it_and_what_it_gave_stays_where_it_is_kept() {
    programme(LINES, RULES + TIERS.replace("overearned: charge", "overearned: keep"));
    sold("a", "C1 2026-12-01 500000 big");
    home.night("2026-12-01");
    sold("b", "C1 2026-12-02 100000 x");
    home.night("2026-12-02");
    sold("c", "C1 2026-12-03 -500000 big");
    home.night("2026-12-03");
    home.night("2026-12-05");
    assertThat(changes("2026-12-03")).isEqualTo("gold,base,RETURN,2026-12-04,");
    assertThat(balances()).containsExactly("C1 1500");
  }

  @Test
  void money_that_was_kept_lifts_in_its_own_night_and_what_follows_is_not_charged() {
    programme(LINES, RULES + TIERS);
    sold("a", "C1 2026-12-01 500000 big");
    home.night("2026-12-01");
    sold("b", "C1 2026-12-02 200000 own");
    home.night("2026-12-02");
    sold("c", "C1 2026-12-03 100000 x");
    home.night("2026-12-03");
    sold("d", "C1 2026-12-04 -500000 big");
    home.night("2026-12-04");
    home.night("2026-12-05");
    assertThat(booked("2026-12-05"))
        .as("¥2000 as of base, ¥1000 as of the silver that they make")
        .containsExactly("C1 CLAWBACK -1000 2026-12-05", "C1 CLAWBACK -300 2026-12-05");
    assertThat(balances()).containsExactly("C1 3200");
  }

  @Test
  void money_of_such_days_that_is_known_later_gives_back_what_was_charged_too_much() {
    programme(LINES, RULES + TIERS);
    sold("a", "C1 2026-12-01 500000 big");
    home.night("2026-12-01");
    sold("b", "C1 2026-12-03 100000 x");
    home.night("2026-12-03");
    sold("c", "C1 2026-12-04 -500000 big");
    home.night("2026-12-04");
    home.night("2026-12-05");
    assertThat(booked("2026-12-05")).containsExactly("C1 CLAWBACK -500 2026-12-05");
    sold("d", "C1 2026-12-02 200000 late");
    home.night("2026-12-06");
    assertThat(booked("2026-12-06")).containsExactly("C1 EARN 2000 2026-12-02");
    home.night("2026-12-07");
    assertThat(booked("2026-12-07"))
        .as("¥2000 of the day before made silver")
        .containsExactly("C1 CLAWBACK 200 2026-12-07");
    home.night("2026-12-08");
    assertThat(balances()).containsExactly("C1 3200");
  }

  @Test
  void an_order_of_such_a_day_that_arrives_later_earns_by_the_tier_that_was_due() {
    programme(LINES, RULES + TIERS);
    sold("a", "C1 2026-12-01 500000 big");
    home.night("2026-12-01");
    sold("b", "C1 2026-12-03 -500000 big");
    home.night("2026-12-03");
    sold("c", "C1 2026-12-03T23:59:59 100000 x", "C1 2026-12-02T00:00:00 10000 y");
    home.night("2026-12-04");
    assertThat(booked("2026-12-04"))
        .containsExactly("C1 EARN 100 2026-12-02", "C1 EARN 1000 2026-12-03");
    home.night("2026-12-06");
    assertThat(balances()).containsExactly("C1 1100");
  }

  @Test
  void two_returns_in_two_nights_charge_what_both_in_one_night_do() {
    programme(LINES, RULES + TIERS);
    for (String card : List.of("C1", "C2"))
      sold("a" + card, card + " 2026-12-01 300000 one", card + " 2026-12-01 200000 two");
    home.night("2026-12-01");
    for (String card : List.of("C1", "C2")) sold("b" + card, card + " 2026-12-02 100000 x");
    home.night("2026-12-02");
    sold(
        "c", "C1 2026-12-03 -300000 one", "C1 2026-12-03 -200000 two", "C2 2026-12-03 -300000 one");
    home.night("2026-12-03");
    sold("d", "C2 2026-12-04 -200000 two");
    home.night("2026-12-04");
    assertThat(booked("2026-12-04"))
        .containsExactly(
            "C1 CLAWBACK -500 2026-12-04",
            "C2 CLAWBACK -300 2026-12-04",
            "C2 CLAWBACK -2000 2026-12-04");
    home.night("2026-12-06");
    assertThat(booked("2026-12-05")).containsExactly("C2 CLAWBACK -200 2026-12-05");
    assertThat(balances()).containsExactly("C1 1000", "C2 1000");
  }

  @Test
  void an_order_that_is_rounded_once_is_charged_once() {
    for (String mode : List.of("linear", "step")) {
      if (mode.equals("step")) {
        home.close();
        home = new TestHome(dir);
      }
      programme("mode: " + mode + ", rounding: floor, scope: order", RULES + TIERS);
      sold("a" + mode, "C1 2026-12-01 500000 big");
      home.night("2026-12-01");
      sold("b" + mode, "C1 2026-12-02 10050 x 7", "C1 2026-12-02 10050 y 7");
      home.night("2026-12-02");
      sold("c" + mode, "C1 2026-12-03 -500000 big");
      home.night("2026-12-03");
      home.night("2026-12-04");
      assertThat(booked("2026-12-04")).as(mode).hasSize(1);
      assertThat(balances()).as(mode).containsExactly("C1 201");
      sold("d" + mode, "C1 2026-12-05 -10050 x");
      home.night("2026-12-05");
      assertThat(balances()).as(mode).containsExactly("C1 100");
    }
  }
}
