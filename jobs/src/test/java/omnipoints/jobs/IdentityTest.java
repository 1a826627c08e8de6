package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The decisions of the design about identity, each told by files in and entries out. */
class IdentityTest {

  private static final String BINDING =
      "channel,order_no,platform_id,phone,card,unionid,bound_at\n";
  private static final String MEMBER = "card,phone,birthday,join_date,home_shop\n";

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

  private void order(String order, String nick, String yuan, String paid) {
    home.drop(
        "tmall/s1/o" + order + ".csv",
        Tmall.orders(Tmall.completed(order, nick, yuan, "0.00", 1, paid, paid)),
        Tmall.GBK);
    home.drop(
        "tmall/s1/l" + order + ".csv",
        Tmall.lines(Tmall.line(order + "-1", order, "A", yuan, 1, yuan, "0")),
        Tmall.GBK);
  }

  private void bind(String name, String... rows) {
    home.drop("program/" + name, BINDING + String.join("\n", rows) + "\n");
  }

  private String owner(String order) {
    return home.rows(
            "select coalesce(m.merged_into, m.member_id, '-') from sales_order join verdict v using (order_key, first_night) left join member m on m.member_id = v.owner where order_no = '"
                + order
                + "'")
        .get(0);
  }

  @Test
  void A4_a_masked_buyer_is_unattributed_until_a_binding_claims_the_order() {
    order("1", "t***1", "80.00", "2026-01-01 10:00:00");
    home.night("2026-01-02");
    assertThat(home.orderClass("1")).isEqualTo("UNATTRIBUTED");
    assertThat(home.breaks()).containsExactly("UNATTRIBUTED 2026-01-02");
    assertThat(home.rows("select would_be_points::text from verdict")).containsExactly("80");
    bind("b.csv", "tmall,1,,13800000001,,,2026-01-03 12:00:00");
    home.night("2026-01-03");
    assertThat(home.ledger("2026-01-03")).containsExactly("EARN 80 2026-01-01 10:00:00 1/1-1");
    assertThat(home.breaks()).isEmpty();
    bind("b2.csv", "tmall,1,,13800000001,,,2026-01-03 12:00:00", "");
    home.night("2026-01-04");
    assertThat(home.ledger("2026-01-04")).as("bound again adds nothing").isEmpty();
  }

  @Test
  void a_binding_after_the_claim_days_leaves_the_order_unattributed() {
    order("1", "", "80.00", "2026-01-01 10:00:00");
    order("2", "", "70.00", "2026-01-01 10:00:01");
    bind(
        "b.csv",
        "tmall,1,,13800000001,,,2026-04-01 10:00:01",
        "tmall,2,,13800000001,,,2026-04-01 10:00:01");
    home.night("2026-04-01");
    assertThat(home.ledger("2026-04-01"))
        .containsExactly(
            "EARN 70 2026-01-01 10:00:01 2/2-1", "RELEASE 0 moved 70 2026-01-08 00:00:00 2/2-1");
    assertThat(home.orderClass("1")).isEqualTo("UNATTRIBUTED");
  }

  @Test
  void a_binding_of_two_members_merges_them_and_the_older_survives() {
    home.program("1", "30d");
    home.drop("pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-01 10:00:00", "A", 50, "1", "1")));
    home.night("2026-01-01");
    order("1", "nick1", "80.00", "2026-01-02 10:00:00");
    home.night("2026-01-02");
    bind("b.csv", "tmall,,nick1,,C1,,2026-01-03 12:00:00");
    home.night("2026-01-03");
    assertThat(
            home.rows(
                "select member_id || ' ' || kind || ' ' || points || ' ' || cause_key || ' ' || channel || shop from entry"
                    + " where night = '2026-01-03' and kind = 'MERGE' order by 1"))
        .containsExactly(
            "M00000000001 MERGE 80 M00000000002 ", "M00000000002 MERGE -80 M00000000001 ");
    assertThat(
            home.rows(
                "select member_id || ' ' || coalesce(merged_into, '') from member order by 1"))
        .containsExactly("M00000000001 ", "M00000000002 M00000000001");
    assertThat(home.balances()).containsExactly("0 130 0");
    assertThat(home.file("outbox/crm/2026-01-03/member_profile_delta_2026-01-03.csv"))
        .contains(
            "M00000000002,M00000000001,merged,merged,,,s1,tmall,2026-01-02,0,0,0,0,,,,0,0,0,0,0,0,0,0,0,,");
    order("2", "nick1", "20.00", "2026-01-04 10:00:00");
    home.night("2026-01-04");
    assertThat(
            home.rows("select member_id from entry where night = '2026-01-04' and kind = 'EARN'"))
        .containsExactly("M00000000001");
  }

  private List<String> mergeEvidence(String night) {
    return home.rows(
        "select e.member_id || ' is ' || e.joined || ' by ' || e.source || ' row ' || e.source_row || ' of ' || d.file"
            + " from merge_evidence e join delivery d on d.sha256 = e.source_sha256 where e.night = '"
            + night
            + "' order by 1");
  }

  @Test
  void members_that_merge_in_one_night_by_way_of_each_other_keep_the_evidence_of_each() {
    for (String card : List.of("C1", "C2", "C3", "C4")) {
      String date = "2026-01-0" + card.charAt(1);
      home.drop(
          "pos/p1/" + card + ".csv",
          Pos.file(Pos.row(card, date + " 10:00:00", "A", 50, "1", card.substring(1))));
      home.night(date);
    }
    order("1", "nick1", "80.00", "2026-01-05 10:00:00");
    home.night("2026-01-05");
    home.drop("program/m.csv", MEMBER + "C3,13800000001,,,\nC4,13800000001,,,\n");
    bind(
        "b.csv",
        "tmall,,nick1,,C2,,2026-01-06 12:00:00",
        "tmall,1,,,C3,,2026-01-06 13:00:00",
        "tmall,,nick1,,C1,,2026-01-06 14:00:00");
    home.night("2026-01-06");
    assertThat(mergeEvidence("2026-01-06"))
        .containsExactly(
            "M00000000002 is M00000000001 by BINDING row 4 of b.csv",
            "M00000000003 is M00000000002 by BINDING row 3 of b.csv",
            // of two member rows with one phone, the one whose key is larger unites
            "M00000000004 is M00000000003 by FACT row "
                + home.rows(
                        "select source_row::text from member_fact order by content desc limit 1")
                    .get(0)
                + " of m.csv",
            "M00000000005 is M00000000002 by BINDING row 2 of b.csv");
    assertThat(home.rows("select distinct merged_into from member where merged_into is not null"))
        .containsExactly("M00000000001");
    assertThat(
            home.rows(
                "select count(*)::text from entry e where e.kind = 'MERGE' and not exists ("
                    + "select 1 from merge_evidence p where p.night = e.night and p.member_id in (e.member_id, e.cause_key))"))
        .containsExactly("0");
  }

  @Test
  void an_order_with_the_tokens_of_two_members_proves_that_they_are_one() {
    home.drop("pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-01 10:00:00", "A", 50, "1", "1")));
    home.night("2026-01-01");
    order("1", "nick1", "80.00", "2026-01-02 10:00:00");
    home.night("2026-01-02");
    home.rows(
        "insert into order_token (order_key, kind, channel, hash, shown, night)"
            + " select order_key, 'card', '', (select hash from token where shown = 'C1'), 'C1', '2026-01-03'"
            + " from sales_order where order_no = '1' returning shown");
    home.rows(
        "insert into touched (night, order_key, cause)"
            + " select '2026-01-03', order_key, 'ROW' from sales_order where order_no = '1' returning cause");
    home.night("2026-01-03");
    assertThat(mergeEvidence("2026-01-03"))
        .containsExactly("M00000000002 is M00000000001 by ORDER row 2 of o1.csv");
  }

  @Test
  void a_merge_repays_the_survivors_debts_at_once() {
    home.program("1", "30d");
    home.drop(
        "pos/p1/a.csv",
        Pos.file(
            Pos.row("C1", "2026-01-01 10:00:00", "A", -40, "1", "1"),
            Pos.row("C2", "2026-01-01 11:00:00", "A", 70, "1", "2")));
    home.night("2026-01-02");
    assertThat(home.balances()).containsExactlyInAnyOrder("0 0 40", "0 70 0");
    home.drop("program/m.csv", MEMBER + "C1,13800000001,,,\nC2,13800000001,,,\n");
    home.night("2026-01-03");
    assertThat(home.balances()).containsExactly("0 30 0");
  }

  @Test
  void a_buyer_that_is_bound_to_somebody_else_follows_the_newer_binding_and_nothing_is_told() {
    bind("b1.csv", "tmall,,nick1,13800000001,,,2026-01-01 12:00:00");
    order("1", "nick1", "10.00", "2026-01-01 13:00:00");
    home.night("2026-01-01");
    bind("b2.csv", "tmall,,nick1,13800000002,,,2026-01-03 12:00:00");
    order("2", "nick1", "20.00", "2026-01-03 11:59:59");
    order("3", "nick1", "30.00", "2026-01-03 12:00:00");
    assertThat(home.night("2026-01-03").exit()).isZero();
    assertThat(home.breaks()).isEmpty();
    assertThat(owner("2")).isEqualTo(owner("1"));
    assertThat(owner("3")).isNotEqualTo(owner("1"));
    assertThat(home.rows("select count(*)::text from member where merged_into is not null"))
        .containsExactly("0");
  }

  @Test
  void contradicting_bindings_of_one_moment_and_of_one_order_merge_nobody_and_are_told() {
    order("1", "", "10.00", "2026-01-01 13:00:00");
    bind(
        "b1.csv",
        "tmall,,nick1,13800000001,,,2026-01-01 12:00:00",
        "tmall,,nick1,13800000002,,,2026-01-01 12:00:00",
        "tmall,1,,13800000001,,,2026-01-01 14:00:00",
        "tmall,1,,13800000002,,,2026-01-01 15:00:00");
    assertThat(home.night("2026-01-01").exit()).isEqualTo(3);
    assertThat(home.breaks()).containsExactly("IDENTITY_CONFLICT 1", "IDENTITY_CONFLICT nick1");
    String first = owner("1");
    assertThat(home.rows("select detail from break where key = '1'").get(0))
        .matches(
            "the order is bound to a member with other phones, and the earlier binding stands; "
                + "M00000000001 \\(.*\\) and M00000000002 \\(.*\\); "
                + "read in b1.csv row 5 \\(phone 138\\*{4}0002\\); look: ./omnipoints member M00000000001,"
                + " ./omnipoints member M00000000002, ./omnipoints breaks show ([0-9a-f]{12});"
                + " decide: a binding row of the order with an earlier bound_at in inbox/program,"
                + " or leave it so: ./omnipoints breaks resolve \\1 --because TEXT");
    assertThat(
            home.rows(
                "select shown from token join member m using (member_id) where member_id = '"
                    + first
                    + "' and kind = 'phone'"))
        .containsExactly("138****0001");
  }

  @Test
  void
      when_a_lines_owner_changes_the_old_account_goes_to_zero_and_the_new_one_uses_the_pinned_decision() {
    bind("b1.csv", "tmall,,nick1,13800000001,,,2026-01-01 12:00:00");
    order("1", "nick1", "10.00", "2026-01-04 13:00:00");
    home.night("2026-01-04");
    String before = owner("1");
    bind("b2.csv", "tmall,,nick1,13800000002,,,2026-01-03 12:00:00");
    home.night("2026-01-05");
    assertThat(owner("1")).isNotEqualTo(before);
    assertThat(home.ledger("2026-01-05"))
        .containsExactlyInAnyOrder(
            "EARN -10 2026-01-04 13:00:00 1/1-1", "EARN 10 2026-01-04 13:00:00 1/1-1");
    assertThat(home.balances()).containsExactly("0 0 0", "10 0 0");
  }

  @Test
  void early_evidence_waits_for_its_order_and_keeps_its_date() {
    bind("b.csv", "tmall,1,,13800000001,,,2026-01-01 12:00:00");
    home.night("2026-01-01");
    assertThat(home.rows("select waiting::text from night_input")).containsExactly("1");
    order("1", "t***", "80.00", "2026-01-02 10:00:00");
    home.night("2026-01-02");
    assertThat(home.ledger("2026-01-02")).containsExactly("EARN 80 2026-01-02 10:00:00 1/1-1");
  }

  @Test
  void bindings_at_or_after_the_cut_wait() {
    order("1", "", "80.00", "2026-01-01 10:00:00");
    bind("b.csv", "tmall,1,,13800000001,,,2026-01-02 00:00:00");
    home.night("2026-01-01");
    assertThat(home.ledger("2026-01-01")).isEmpty();
    assertThat(home.rows("select count(*)::text from member")).containsExactly("0");
    home.night("2026-01-02");
    assertThat(home.ledger("2026-01-02")).containsExactly("EARN 80 2026-01-01 10:00:00 1/1-1");
  }

  @Test
  void a_row_that_names_an_order_and_a_platform_id_is_accounted_once() {
    bind(
        "b.csv",
        "tmall,1,nick1,13800000001,,,2026-01-01 12:00:00",
        "tmall,1,nick1,13800000001,,,2026-01-01 12:00:00",
        "tmall,7,nick2,13800000002,,,2026-01-01 12:00:00");
    order("1", "nick1", "80.00", "2026-01-01 10:00:00");
    home.night("2026-01-01");
    assertThat(
            home.rows(
                "select rows_in || ' ' || merged || ' ' || duplicate || ' ' || waiting from night_input"
                    + " where document = 'binding'"))
        .containsExactly("3 1 1 1");
    assertThat(home.balances()).containsExactly("80 0 0");
  }

  @Test
  void unpaid_orders_make_no_member_and_returns_with_a_card_do() {
    home.drop(
        "tmall/s1/o.csv",
        Tmall.orders("=\"3\",n3,0.00,50.00,0.00,等待买家付款,2026-01-01 10:00:00,,1,旗舰店,0.00,"),
        Tmall.GBK);
    home.drop("pos/p1/a.csv", Pos.file(Pos.row("C9", "2026-01-01 10:00:00", "A", -5, "1", "1")));
    home.night("2026-01-01");
    assertThat(home.rows("select kind || ' ' || shown from token")).containsExactly("card C9");
  }

  @Test
  void members_are_numbered_in_the_order_of_the_smallest_token_of_their_component() {
    home.drop(
        "program/m.csv", MEMBER + "C1,13800000001,1990-02-03,2020-05-06,s7\nC2,,,,\nC3,,,,\n");
    bind(
        "b.csv",
        "tmall,,nick1,,C3,,2026-01-01 12:00:00",
        "tmall,,nick2,13800000001,,,2026-01-01 12:00:00");
    home.night("2026-01-01");
    assertThat(
            home.rows(
                "with t as (select member_id, min(kind || encode(hash, 'hex')) as smallest from token group by 1)"
                    + " select member_id from t order by smallest"))
        .containsExactly("M00000000001", "M00000000002", "M00000000003");
    assertThat(
            home.rows(
                "select string_agg(shown, ' ' order by kind, shown) from token group by member_id"))
        .containsExactlyInAnyOrder("C1 138****0001 nick2", "C2", "C3 nick1");
    assertThat(
            home.rows(
                "select home_shop || ' ' || birthday || ' ' || join_date from member where home_shop <> ''"))
        .containsExactly("s7 1990-02-03 2020-05-06");
  }

  @Test
  void an_order_number_that_exists_in_several_shops_binds_nobody() {
    home.drop("pos/p1/a.csv", Pos.file(Pos.row("", "2026-01-01 10:00:00", "A", 5, "1", "1")));
    home.drop("pos/p2/a.csv", Pos.file(Pos.row("", "2026-01-01 10:00:00", "A", 6, "1", "1")));
    bind("b.csv", "pos,20260101-1-1,,13800000001,,,2026-01-01 12:00:00");
    home.night("2026-01-01");
    assertThat(home.ledger("2026-01-01")).isEmpty();
    assertThat(home.breaks())
        .as("tickets without a card are nobody's; that a binding named one is told")
        .containsExactly("IDENTITY_CONFLICT 20260101-1-1");
  }

  @Test
  void no_plain_phone_is_in_the_database() {
    bind("b.csv", "tmall,,nick1,13812345678,,,2026-01-01 12:00:00");
    home.drop("program/bad.csv", BINDING + "tmall,,nick2,13812345678x,,,2026-01-01 12:00:00\n");
    home.night("2026-01-01");
    for (String table :
        home.rows(
            "select table_schema || '.' || table_name from information_schema.tables"
                + " where table_schema in ('public', 'batch') and table_type = 'BASE TABLE'")) {
      assertThat(
              home.rows("select t::text from " + table + " t where t::text like '%13812345678%'"))
          .as(table)
          .isEmpty();
    }
  }
}
