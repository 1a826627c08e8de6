package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.books.Account;
import omnipoints.books.AsOf;
import omnipoints.books.Books;
import omnipoints.books.Explanation;
import omnipoints.books.Family;
import omnipoints.books.Members;
import omnipoints.points.EntryKey;
import omnipoints.sql.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One month of one shop, from files to ledger and hand-over, asked for the worked numbers of what a
 * programme promises. Each test is named after the row it holds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkedNumbersTest {

  private static final String PROGRAMME =
      """
      program: base
      version: 1
      effective_from: 2000-01-01
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 1, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      rules:
      - {id: tier_rate, group: tier, times_by: {tier: {vip: 3/2}}}
      - {id: card_post, group: card, when: {pass: free_post, sku: CARD}, times: 2}
      - {id: talk, on: activity, when: {type: [comment, photo]}, points: 5}
      tiers:
        cycle: rolling
        measure: {days: 30}
        levels:
        - {id: base}
        - {id: vip, enter: {paid_net_fen: {gte: 100000}}, benefits: [birthday_gift], passes: [free_post]}
      catalogue:
      - {item: cup, kind: goods, points: 50}
      - {item: socks, kind: goods, points: 100, cash_fen: 500}
      - {item: coupon, kind: coupon, points: 10, off: {fen: 1000, from_fen: 0}, valid: 30d}
      - {item: post, kind: pass, points: 80, pass: free_post, valid: 1d}
      - {item: spa, kind: service, points: 30}
      - {item: song, kind: virtual, points: 5}
      """;

  private TestHome home;

  @BeforeAll
  void a_month_of_a_shop(@TempDir Path dir) {
    home = new TestHome(dir);
    home.write("programs/base/1.yaml", PROGRAMME);
    home.write(
        "programs/base/2.yaml",
        PROGRAMME
            .replace("version: 1", "version: 2")
            .replace("effective_from: 2000-01-01", "effective_from: 2026-03-04")
            .replace("item: cup, kind: goods, points: 50", "item: cup, kind: goods, points: 40"));
    home.drop(
        "pos/s1/1.csv",
        Pos.file(
            Pos.row("C1", "2026-03-01 10:00:00", "A", 1000, "1", "1"),
            Pos.row("C2", "2026-03-01 10:00:00", "A", 600, "1", "2"),
            Pos.row("C3", "2026-03-01 10:00:00", "A", 200, "1", "3"),
            Pos.row("C3", "2026-03-01 11:00:00", "A", -200, "1", "4"),
            // a member price: nine tenths of 100.00
            "C4,2026-03-01 10:00:00,B,1,100.00,90.00,商品,90,1,5,g1,柜组"));
    home.night("2026-03-01");
    home.drop(
        "pos/s1/2.csv",
        Pos.file(
            Pos.row("C1", "2026-03-01 20:00:00", "A", 100, "1", "6"),
            Pos.row("C1", "2026-03-02 10:00:00", "A", 100, "1", "7")));
    home.drop(
        "program/activity.csv",
        "event_id,type,platform,member_kind,member_value,at,shop,channel,order_no,friend_kind,friend_value,makeup\n"
            + "e1,comment,tmall,card,C1,2026-03-02 12:00:00,,,,,,\n"
            + "e1,comment,TMALL ,card,C1,2026-03-02 12:00:00,,,,,,\n"
            + "e1,comment,jd,card,C1,2026-03-02 12:00:00,,,,,,\n"
            + "e1,photo,tmall,card,C1,2026-03-02 12:00:00,,,,,,\n"
            + "e2,visit,tmall,card,C1,2026-03-02 12:00:00,,,,,,\n");
    home.night("2026-03-02");
    home.drop("pos/s1/3.csv", Pos.file(Pos.row("C2", "2026-03-03 10:00:00", "S", 5, "1", "8")));
    home.drop(
        "program/redemption.csv",
        RedeemingNightsTest.REDEMPTION
            + RedeemingNightsTest.request("R1", "C2", "socks", "2026-03-03 10:00:00")
            + RedeemingNightsTest.request("R2", "C2", "coupon", "2026-03-03 10:01:00")
            + RedeemingNightsTest.request("R3", "C2", "post", "2026-03-03 10:02:00")
            + RedeemingNightsTest.request("R4", "C2", "spa", "2026-03-03 10:03:00")
            + RedeemingNightsTest.request("R5", "C2", "song", "2026-03-03 10:04:00")
            + "R6,requested,mall,,card,C1,cup,,,,,,2026-03-03 23:59:59,,ADDRESS-77\n");
    home.night("2026-03-03");
    home.drop(
        "program/redemption-2.csv",
        RedeemingNightsTest.REDEMPTION
            + RedeemingNightsTest.request("R7", "C1", "cup", "2026-03-04 00:00:00")
            + RedeemingNightsTest.request("R8", "C1", "cup", "2026-03-03 23:59:59"));
    home.drop(
        "program/event.csv",
        RedeemingNightsTest.EVENT
            + "R6,confirmed,2026-03-04 09:00:00,,,\n"
            + "R6,shipped,2026-03-04 10:00:00,,SF123,2026-03-06\n"
            + "R4,verified,2026-03-04 11:00:00,s1,,\n");
    home.drop(
        "pos/s1/4.csv", Pos.file(Pos.row("C1", "2026-03-04 10:00:00", "CARD", 300, "1", "9")));
    home.night("2026-03-04");
    home.night("2026-03-31");
    home.drop(
        "pos/s1/5.csv", Pos.file(Pos.row("C1", "2026-04-01 10:00:00", "CARD", 300, "1", "10")));
    home.night("2026-04-01");
  }

  @AfterAll
  void close() {
    home.close();
  }

  /** {@code <kind> <points> <cause>} of a card's entries of a night. */
  private List<String> booked(String card, String night) {
    return home.rows(
        "select e.kind || ' ' || e.points + e.moved || ' ' || split_part(e.cause_key, '/', 1) from entry e"
            + " join token t using (member_id) where t.kind = 'card' and t.shown = '"
            + card
            + "' and e.night = '"
            + night
            + "' order by e.n");
  }

  private String member(String card) {
    return home.rows("select member_id from token where kind = 'card' and shown = '" + card + "'")
        .get(0);
  }

  private List<String> redeemed(String... numbers) {
    return home.rows(
        "select request_no || ' ' || outcome || ' ' || redeemed from redeemed where request_no in ('"
            + String.join("', '", numbers)
            + "') order by 1");
  }

  @Test
  void B6_the_tier_in_force_when_it_was_paid_counts_whatever_night_brings_the_order() {
    assertThat(booked("C1", "2026-03-02"))
        .as("100.00 of the evening before vip 100, of the day after it 150")
        .contains("EARN 100 20260301-1-6", "EARN 150 20260302-1-7");
  }

  @Test
  void B15_an_event_counts_once_for_its_type_platform_and_number() {
    assertThat(booked("C1", "2026-03-02"))
        .filteredOn(row -> row.startsWith("EARN 5 "))
        .as("comment on tmall and on jd, a photo; the repeated one and a visit give nothing")
        .containsExactlyInAnyOrder("EARN 5 comment", "EARN 5 comment", "EARN 5 photo");
  }

  @Test
  void B21_I2_a_formula_of_one_line_makes_the_number_again() throws SQLException {
    String n =
        home.rows(
                "select n from entry where night = '2026-03-02' and points = 150 and kind = 'EARN'")
            .get(0);
    try (Books books = books()) {
      Explanation why =
          Explanation.of(
                  books,
                  home.dir.resolve("programs"),
                  new EntryKey(LocalDate.parse("2026-03-02"), member("C1"), Integer.parseInt(n)))
              .orElseThrow();
      assertThat(why.arithmetic()).isEqualTo("floor(10000/100*3/2)");
      assertThat(why.source().file()).isEqualTo("2.csv");
    }
  }

  @Test
  void D7_the_points_buy_and_the_cash_beside_them_earns() {
    assertThat(redeemed("R1")).containsExactly("R1 GRANTED 100");
    assertThat(booked("C2", "2026-03-03")).contains("EARN 5 20260303-1-8", "REDEEM -100 R1");
  }

  @Test
  void D8_D14_goods_coupons_passes_services_and_virtual_items_each_go_their_way() {
    assertThat(redeemed("R2", "R3", "R4", "R5"))
        .containsExactly("R2 GRANTED 10", "R3 GRANTED 80", "R4 GRANTED 30", "R5 GRANTED 5");
    assertThat(home.file("outbox/mall/2026-03-03/voucher_issued.csv"))
        .matches("(?s)request_no,code,item,valid_to,shops\nR2,\\w{16},coupon,2026-04-01,\n");
    assertThat(home.rows("select request_no || ' ' || pass from pass_given"))
        .containsExactly("R3 free_post");
  }

  @Test
  void D15_who_has_enough_of_what_is_told_of_every_item() {
    assertThat(home.file("outbox/mall/2026-03-02/eligible.csv"))
        .contains(member("C4") + ",cup\n", member("C4") + ",post\n", member("C2") + ",socks\n")
        .as("90 points do not buy socks")
        .doesNotContain(member("C4") + ",socks\n", member("C3"));
  }

  @Test
  void D16_an_address_goes_no_further_than_its_reference() {
    for (String file : List.of("redemption_result.csv", "catalogue.csv", "eligible.csv"))
      assertThat(home.file("outbox/mall/2026-03-03/" + file)).doesNotContain("ADDRESS-77");
    assertThat(home.file("outbox/crm/2026-03-03/member_profile_full_2026-03-03.csv"))
        .doesNotContain("ADDRESS-77");
  }

  @Test
  void D17_the_price_is_that_of_the_version_at_the_moment_of_asking() {
    assertThat(redeemed("R6", "R7", "R8"))
        .containsExactly("R6 GRANTED 50", "R7 GRANTED 40", "R8 GRANTED 50");
  }

  @Test
  void D21_what_was_paid_after_the_discount_earns() {
    assertThat(booked("C4", "2026-03-01")).containsExactly("EARN 90 20260301-1-5");
  }

  @Test
  void F6_points_that_go_back_before_they_arrive_are_never_seen() {
    assertThat(booked("C3", "2026-03-01"))
        .containsExactly("EARN 200 20260301-1-3", "CLAWBACK -200 20260301-1-3");
    assertThat(booked("C3", "2026-03-02")).isEmpty();
    assertThat(
            home.rows(
                "select pending || ' ' || available || ' ' || owed from balance where member_id = '"
                    + member("C3")
                    + "'"))
        .containsExactly("0 0 0");
  }

  @Test
  void G5_G7_tiers_rise_and_fall_by_themselves_and_their_pass_comes_and_goes_with_them() {
    assertThat(
            home.rows(
                "select tier_from || '>' || tier_to || ' ' || reason || ' ' || effective_on from tier_history"
                    + " where reason <> 'JOIN' and member_id = '"
                    + member("C1")
                    + "' order by night"))
        .containsExactly("base>vip UPGRADE 2026-03-02", "vip>base DOWNGRADE 2026-04-01");
    assertThat(booked("C1", "2026-03-04"))
        .as("300.00 at 3/2 of the tier and 2 of its pass")
        .contains("EARN 900 20260304-1-9");
    assertThat(booked("C1", "2026-04-01"))
        .as("neither of them any more")
        .contains("EARN 300 20260401-1-10");
  }

  @Test
  void I1_B21_a_statement_adds_up_from_its_rows_to_what_lots_hold_and_tells_how_each_came_about()
      throws SQLException {
    try (Books books = books()) {
      AsOf now = AsOf.now(books);
      Members.Known known =
          new Members(books, now, token -> null).member(member("C1")).orElseThrow();
      Account account =
          Account.of(books, known.memberId(), Family.of(books, known, now.night()), now)
              .explained(books, home.dir.resolve("programs"), 100);
      long sum = 0;
      for (Account.Entry row : account.statement()) {
        sum += row.points();
        assertThat(row.balanceAfter()).isEqualTo(sum);
      }
      assertThat(account.statement())
          .filteredOn(row -> row.kind().equals("EARN"))
          .extracting(Account.Entry::formula)
          .contains("floor(100000/100)*1", "floor(10000/100*3/2)", "floor(30000/100*2*3/2)");
      assertThat(sum).isEqualTo(account.pending() + account.available() - account.owed());
    }
  }

  @Test
  void I4_what_members_did_is_kept_also_where_it_gave_nothing() {
    assertThat(
            home.rows("select says ->> 'type' from own_row where document = 'activity' order by 1"))
        .contains("comment", "photo", "visit");
  }

  private Books books() throws SQLException {
    return Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow();
  }
}
