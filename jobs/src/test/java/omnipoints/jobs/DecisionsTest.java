package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The decisions of the design about a night and its targets, each told by files in and entries out.
 */
class DecisionsTest {

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

  private void orders(String name, String... rows) {
    home.drop("tmall/s1/" + name, Tmall.orders(rows), Tmall.GBK);
  }

  private void lines(String name, String... rows) {
    home.drop("tmall/s1/" + name, Tmall.lines(rows), Tmall.GBK);
  }

  private void pos(String name, String... rows) {
    home.drop("pos/p1/" + name, Pos.file(rows));
  }

  @Test
  void cut_facts_dated_at_or_after_it_wait_for_the_night_of_their_date() {
    pos(
        "a.csv",
        Pos.row("C1", "2026-01-05 23:59:59", "A", 10, "1", "1"),
        Pos.row("C1", "2026-01-06 00:00:00", "A", 20, "1", "2"));
    home.night("2026-01-05");
    assertThat(home.ledger("2026-01-05"))
        .containsExactly("EARN 10 2026-01-05 23:59:59 20260105-1-1/A#0000001000#001");
    assertThat(home.orderClass("20260106-1-2")).isEqualTo("PENDING");
    home.night("2026-01-06");
    assertThat(home.ledger("2026-01-06"))
        .containsExactly("EARN 20 2026-01-06 00:00:00 20260106-1-2/A#0000002000#001");
  }

  @Test
  void a_return_in_its_orders_own_night_still_books_both_entries() {
    pos(
        "a.csv",
        Pos.row("C1", "2026-01-05 10:00:00", "A", 50, "1", "1"),
        Pos.row("C1", "2026-01-05 12:00:00", "A", -50, "1", "2"));
    home.night("2026-01-05");
    assertThat(home.ledger("2026-01-05"))
        .containsExactly(
            "EARN 50 2026-01-05 10:00:00 20260105-1-1/A#0000005000#001",
            "CLAWBACK -50 2026-01-05 12:00:00 20260105-1-1/A#0000005000#001");
    assertThat(home.balances()).containsExactly("0 0 0");
  }

  @Test
  void what_stays_after_partial_returns_is_what_the_kept_amount_would_have_earned() {
    home.program("3", "1y");
    lines("l.csv", Tmall.line("1-1", "1", "A", "10.99", 1, "10.99", "0"));
    orders(
        "o1.csv",
        Tmall.completed(
            "1", "n1", "10.99", "0.00", 1, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    home.night("2026-01-02");
    orders(
        "o2.csv",
        Tmall.completed(
            "1", "n1", "10.99", "3.50", 1, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    home.night("2026-01-03");
    orders(
        "o3.csv",
        Tmall.completed(
            "1", "n1", "10.99", "10.99", 1, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    home.night("2026-01-04");
    assertThat(home.ledger("2026-01-02")).containsExactly("EARN 10 2026-01-01 10:00:00 1/1-1");
    assertThat(home.ledger("2026-01-03")).containsExactly("CLAWBACK -3 2026-01-03 23:59:59 1/1-1");
    assertThat(home.ledger("2026-01-04")).containsExactly("CLAWBACK -7 2026-01-04 23:59:59 1/1-1");
    home.night("2026-01-05");
    assertThat(home.ledger("2026-01-05"))
        .as("a lot emptied while pending gets no release")
        .isEmpty();
  }

  @Test
  void refund_evidence_of_order_and_line_is_one_fact_and_is_never_added() {
    lines(
        "l.csv",
        Tmall.line("1-1", "1", "A", "60.00", 1, "60.00", "20.00"),
        Tmall.line("1-2", "1", "B", "40.00", 1, "40.00", "0"));
    orders(
        "o.csv",
        Tmall.completed(
            "1", "n1", "100.00", "20.00", 2, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    home.night("2026-01-02");
    assertThat(home.ledger("2026-01-02"))
        .containsExactly(
            "EARN 60 2026-01-01 10:00:00 1/1-1",
            "EARN 40 2026-01-01 10:00:00 1/1-2",
            "CLAWBACK -20 2026-01-02 23:59:59 1/1-1");
    assertThat(home.breaks()).isEmpty();
  }

  @Test
  void an_incomplete_order_waits_and_both_arrival_orders_end_alike() {
    orders(
        "o.csv",
        Tmall.completed(
            "1", "n1", "100.00", "0.00", 2, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    lines("l2.csv", Tmall.line("2-1", "2", "A", "30.00", 1, "30.00", "0"));
    home.night("2026-01-02");
    assertThat(home.ledger("2026-01-02")).isEmpty();
    assertThat(home.breaks()).containsExactly("INCOMPLETE 2026-01-02");
    lines(
        "l.csv",
        Tmall.line("1-1", "1", "A", "60.00", 1, "60.00", "0"),
        Tmall.line("1-2", "1", "B", "40.00", 1, "40.00", "0"));
    orders(
        "o2.csv",
        Tmall.completed(
            "2", "n2", "30.00", "0.00", 1, "2026-01-01 11:00:00", "2026-01-02 09:00:00"));
    home.night("2026-01-03");
    assertThat(home.ledger("2026-01-03"))
        .containsExactlyInAnyOrder(
            "EARN 60 2026-01-01 10:00:00 1/1-1",
            "EARN 40 2026-01-01 10:00:00 1/1-2",
            "EARN 30 2026-01-01 11:00:00 2/2-1");
    assertThat(home.breaks()).isEmpty();
  }

  @Test
  void a_half_delivered_line_list_is_not_complete() {
    orders(
        "o.csv",
        Tmall.completed(
            "1", "n1", "100.00", "0.00", 3, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    lines("l.csv", Tmall.line("1-1", "1", "A", "60.00", 2, "60.00", "0"));
    home.night("2026-01-02");
    assertThat(home.orderClass("1")).isEqualTo("INCOMPLETE");
  }

  @Test
  void an_order_whose_lines_have_not_come_counts_with_its_own_base_and_refund() {
    orders(
        "o.csv",
        "=\"1\",n1,6.00,106.00,86.00,交易成功,2026-01-01 10:00:00,2026-01-01 10:00:00,2,旗舰店,20.00,2026-01-02 09:00:00");
    home.night("2026-01-02");
    assertThat(
            home.rows(
                "select class || ' ' || base_fen || ' ' || goods_refund_fen || ' ' || would_be_points from verdict"))
        .containsExactly("INCOMPLETE 10000 2000 80");
    assertThat(home.file("outbox/crm/2026-01-02/member_profile_full_2026-01-02.csv"))
        .contains(",1,10000,2000,2026-01-01,tmall");
  }

  @Test
  void platform_line_ids_beat_generated_keys() {
    String row =
        Tmall.completed(
            "1", "n1", "100.00", "0.00", 2, "2026-01-01 10:00:00", "2026-01-02 09:00:00");
    orders("o.csv", row);
    home.drop(
        "tmall/s1/l2017.csv",
        "\"订单编号\",\"标题\",\"价格\",\"购买数量\",\"外部系统编号\",\"商品属性\",\"套餐信息\",\"备注\",\"订单状态\",\"商家编码\"\n"
            + "=\"1\",\"甲\",\"50.00\",\"1\",\"A\",\"\",\"\",\"\",\"交易成功\",\"A\",\n"
            + "=\"1\",\"甲\",\"50.00\",\"1\",\"A\",\"\",\"\",\"\",\"交易成功\",\"A\",\n",
        Tmall.GBK);
    home.night("2026-01-02");
    assertThat(home.ledger("2026-01-02"))
        .containsExactly(
            "EARN 50 2026-01-01 10:00:00 1/A#0000005000#001",
            "EARN 50 2026-01-01 10:00:00 1/A#0000005000#002");
    lines(
        "l.csv",
        Tmall.line("1-1", "1", "A", "50.00", 1, "50.00", "0"),
        Tmall.line("1-2", "1", "A", "50.00", 1, "50.00", "0"));
    home.night("2026-01-03");
    assertThat(home.ledger("2026-01-03"))
        .containsExactlyInAnyOrder(
            "EARN 50 2026-01-01 10:00:00 1/1-1", "EARN 50 2026-01-01 10:00:00 1/1-2",
            "EARN -50 2026-01-01 10:00:00 1/A#0000005000#001",
                "EARN -50 2026-01-01 10:00:00 1/A#0000005000#002");
    assertThat(home.balances()).containsExactly("100 0 0");
  }

  @Test
  void the_occurrence_count_of_generated_keys_is_the_maximum_over_deliveries() {
    pos(
        "a.csv",
        Pos.row("C1", "2026-01-05 10:00:00", "A", 10, "1", "1"),
        Pos.row("C1", "2026-01-05 11:00:00", "B", 5, "1", "2"),
        Pos.row("C1", "2026-01-05 10:00:00", "A", 10, "1", "1"));
    pos(
        "b.csv",
        Pos.row("C1", "2026-01-05 10:00:00", "A", 10, "1", "1"),
        Pos.row("C1", "2026-01-05 10:00:00", "A", 10, "1", "1"),
        Pos.row("C1", "2026-01-05 11:00:00", "B", 5, "1", "2"));
    home.night("2026-01-05");
    assertThat(home.balances()).containsExactly("25 0 0");
    assertThat(home.rows("select sum(merged) || ' ' || sum(duplicate) from night_input"))
        .containsExactly("3 3");
  }

  @Test
  void the_merge_is_a_lattice_so_an_older_export_never_regresses_an_order() {
    lines("l.csv", Tmall.line("1-1", "1", "A", "100.00", 1, "100.00", "0"));
    orders(
        "new.csv",
        Tmall.completed(
            "1", "n1", "100.00", "30.00", 1, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    home.night("2026-01-02");
    orders(
        "old.csv",
        "=\"1\",n1,0.00,100.00,100.00,卖家已发货，等待买家确认,2026-01-01 09:00:00,2026-01-01 10:00:00,1,旗舰店,0.00,");
    home.night("2026-01-03");
    assertThat(home.ledger("2026-01-03")).isEmpty();
    assertThat(home.rows("select superseded::text from night_input where night = '2026-01-03'"))
        .containsExactly("1");
  }

  @Test
  void two_rows_of_one_key_with_different_amounts_are_conflicting_and_park_the_order() {
    lines("l.csv", Tmall.line("1-1", "1", "A", "100.00", 1, "100.00", "0"));
    orders(
        "o.csv",
        Tmall.completed(
            "1", "n1", "100.00", "0.00", 1, "2026-01-01 10:00:00", "2026-01-02 09:00:00"),
        Tmall.completed(
            "1", "n1", "90.00", "0.00", 1, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    assertThat(home.night("2026-01-02").exit()).isEqualTo(3);
    assertThat(home.ledger("2026-01-02")).isEmpty();
    assertThat(home.orderClass("1")).isEqualTo("REJECTED_SIBLING");
    assertThat(home.rows("select reason from quarantine"))
        .containsExactly("CONFLICTING_ROWS", "CONFLICTING_ROWS");
    orders(
        "o2.csv",
        Tmall.completed(
            "1", "n1", "100.00", "0.00", 1, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    home.night("2026-01-03");
    assertThat(home.ledger("2026-01-03")).containsExactly("EARN 100 2026-01-01 10:00:00 1/1-1");
  }

  @Test
  void a_reject_inside_an_order_parks_it_and_never_stops_the_night() {
    orders(
        "o.csv",
        Tmall.completed(
            "1", "n1", "100.00", "0.00", 2, "2026-01-01 10:00:00", "2026-01-02 09:00:00"),
        Tmall.completed(
            "2", "n2", "30.00", "0.00", 1, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    lines(
        "l.csv",
        Tmall.line("1-1", "1", "A", "60.00", 1, "60.00", "0"),
        Tmall.line("1-2", "1", "B", "4x.00", 1, "40.00", "0"),
        Tmall.line("2-1", "2", "B", "30.00", 1, "30.00", "0"));
    assertThat(home.night("2026-01-02").exit()).isEqualTo(3);
    assertThat(home.ledger("2026-01-02")).containsExactly("EARN 30 2026-01-01 10:00:00 2/2-1");
    assertThat(home.orderClass("1")).isEqualTo("REJECTED_SIBLING");
  }

  @Test
  void freight_earns_nothing_and_the_base_is_spread_with_largest_remainder() {
    orders(
        "o.csv",
        "=\"1\",n1,6.00,106.00,106.00,交易成功,2026-01-01 10:00:00,2026-01-01 10:00:00,3,旗舰店,0.00,2026-01-02 09:00:00");
    lines(
        "l.csv",
        Tmall.line("1-1", "1", "A", "40.00", 1, "40.00", "0"),
        Tmall.line("1-2", "1", "B", "40.00", 1, "40.00", "0"),
        Tmall.line("1-3", "1", "C", "40.00", 1, "40.00", "0"));
    home.night("2026-01-02");
    assertThat(home.rows("select l.line_key || ' ' || l.points from lot l order by 1"))
        .containsExactly("1-1 33", "1-2 33", "1-3 33");
    assertThat(home.rows("select base_fen::text from verdict")).containsExactly("10000");
  }

  @Test
  void closed_without_payment_is_cancelled_and_closed_with_payment_books_both() {
    orders(
        "o.csv",
        "=\"1\",n1,0.00,50.00,0.00,交易关闭,2026-01-01 10:00:00,,1,旗舰店,0.00,",
        "=\"2\",n1,0.00,50.00,0.00,交易关闭,2026-01-01 10:00:00,2026-01-01 10:01:00,1,旗舰店,50.00,",
        "=\"3\",n1,0.00,50.00,0.00,等待买家付款,2026-01-01 10:00:00,,1,旗舰店,0.00,");
    lines(
        "l.csv",
        Tmall.line("1-1", "1", "A", "50.00", 1, "50.00", "0"),
        Tmall.line("2-1", "2", "A", "50.00", 1, "50.00", "0"),
        Tmall.line("3-1", "3", "A", "50.00", 1, "50.00", "0"));
    home.night("2026-01-02");
    assertThat(home.ledger("2026-01-02"))
        .containsExactly(
            "EARN 50 2026-01-01 10:01:00 2/2-1", "CLAWBACK -50 2026-01-02 23:59:59 2/2-1");
    assertThat(
            home.rows(
                "select order_no || ' ' || class from sales_order join verdict using (order_key, first_night) order by 1"))
        .containsExactly("1 CANCELLED", "2 POSTED", "3 UNPAID");
  }

  @Test
  void a_till_return_takes_the_latest_sale_that_is_not_fully_returned_then_the_next() {
    pos(
        "a.csv",
        Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1"),
        Pos.row("C1", "2026-01-06 10:00:00", "A", 20, "1", "2"),
        Pos.row("C1", "2026-01-07 10:00:00", "A", 40, "1", "3"));
    home.night("2026-01-07");
    pos("b.csv", Pos.row("C1", "2026-01-06 18:00:00", "A", -25, "1", "9"));
    home.night("2026-01-08");
    assertThat(home.ledger("2026-01-08"))
        .containsExactly(
            "CLAWBACK -5 2026-01-06 18:00:00 20260105-1-1/A#0000003000#001",
            "CLAWBACK -20 2026-01-06 18:00:00 20260106-1-2/A#0000002000#001");
  }

  @Test
  void a_return_without_a_sale_is_an_orphan_break_and_an_unlinked_clawback_until_the_sale_comes() {
    home.program("3", "1y");
    pos("a.csv", Pos.row("C1", "2026-01-05 10:00:00", "A", -25, "1", "9"));
    home.night("2026-01-05");
    assertThat(home.ledger("2026-01-05"))
        .containsExactly("CLAWBACK -25 2026-01-05 10:00:00 20260105-1-9/A#0000002500#R001");
    assertThat(home.balances()).containsExactly("0 0 25");
    assertThat(home.breaks()).containsExactly("ORPHAN_RETURN 20260105-1-9/A#0000002500#R001");
    pos("b.csv", Pos.row("C1", "2026-01-04 10:00:00", "A", 25, "1", "8"));
    home.night("2026-01-06");
    assertThat(home.ledger("2026-01-06"))
        .as("its sale has come")
        .containsExactly(
            "EARN 25 2026-01-04 10:00:00 20260104-1-8/A#0000002500#001",
            "CLAWBACK -25 2026-01-05 10:00:00 20260104-1-8/A#0000002500#001",
            "CLAWBACK 25 2026-01-05 10:00:00 20260105-1-9/A#0000002500#R001");
    assertThat(home.breaks()).isEmpty();
    home.night("2026-01-07");
    assertThat(home.ledger("2026-01-07")).isEmpty();
    assertThat(home.balances()).containsExactly("0 0 0");
  }

  @Test
  void an_open_after_sale_holds_the_release_but_does_not_move_its_date() {
    home.program("1", "1y");
    orders(
        "o.csv",
        Tmall.completed(
            "1", "n1", "100.00", "0.00", 1, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    String open = "1-1,1,商品,100.00,1,A,交易成功,A,100.00,100.00,买家已经申请退款，等待卖家同意,100.00";
    lines("l1.csv", open);
    home.night("2026-01-02");
    home.night("2026-01-03");
    assertThat(home.balances()).containsExactly("100 0 0");
    lines("l2.csv", open.replace("买家已经申请退款，等待卖家同意", "退款关闭"));
    home.night("2026-01-04");
    assertThat(home.ledger("2026-01-04"))
        .containsExactly("RELEASE 0 moved 100 2026-01-03 00:00:00 1/1-1");
    assertThat(home.rows("select expires_on::text from lot")).containsExactly("2027-01-02");
  }

  @Test
  void points_expire_once_on_their_last_day_and_late_input_books_with_its_own_dates() {
    home.program("1", "2d");
    pos("a.csv", Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1"));
    home.night("2026-01-05");
    home.night("2026-01-07");
    assertThat(home.ledger("2026-01-06"))
        .containsExactly("RELEASE 0 moved 30 2026-01-06 00:00:00 20260105-1-1/A#0000003000#001");
    assertThat(home.ledger("2026-01-07"))
        .containsExactly("EXPIRE -30 2026-01-07 23:59:59 2026-01-07");
    pos("b.csv", Pos.row("C1", "2026-01-03 10:00:00", "A", 12, "1", "2"));
    home.night("2026-01-08");
    assertThat(home.ledger("2026-01-08"))
        .containsExactly(
            "EARN 12 2026-01-03 10:00:00 20260103-1-2/A#0000001200#001",
            "RELEASE 0 moved 12 2026-01-04 00:00:00 20260103-1-2/A#0000001200#001",
            "EXPIRE -12 2026-01-05 23:59:59 2026-01-05");
    pos("c.csv", Pos.row("C1", "2026-01-06 10:00:00", "A", -30, "1", "3"));
    home.night("2026-01-09");
    assertThat(home.ledger("2026-01-09"))
        .containsExactly(
            "CLAWBACK -30 2026-01-06 10:00:00 20260105-1-1/A#0000003000#001",
            "EXPIRE 30 2026-01-07 23:59:59 2026-01-07");
    assertThat(home.balances()).containsExactly("0 0 0");
  }

  @Test
  void tills_whose_own_points_differ_open_a_break_that_warns() {
    pos("a.csv", Pos.row("C1", "2026-01-05 10:00:00", "A", 30, 60, "1", "1"));
    assertThat(home.night("2026-01-05").exit()).isZero();
    assertThat(home.breaks()).containsExactly("POINTS_DIFF 20260105-1-1/A#0000003000#001");
  }

  @Test
  void amounts_of_one_order_that_contradict_each_other_are_a_refund_mismatch() {
    orders(
        "o.csv",
        "=\"1\",n1,0.00,100.00,80.00,交易成功,2026-01-01 10:00:00,2026-01-01 10:00:00,1,旗舰店,0.00,2026-01-02 09:00:00");
    lines("l.csv", Tmall.line("1-1", "1", "A", "100.00", 1, "100.00", "0"));
    home.night("2026-01-02");
    assertThat(home.breaks()).containsExactly("REFUND_MISMATCH 1");
    assertThat(home.balances()).containsExactly("100 0 0");
  }

  @Test
  void a_closed_night_never_changes() {
    pos("a.csv", Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1"));
    home.night("2026-01-05");
    byte[] ledger = home.ledgerCsv("2026-01-05");
    pos("b.csv", Pos.row("C1", "2026-01-05 11:00:00", "A", 40, "1", "2"));
    assertThat(home.night("2026-01-05").ran()).isFalse();
    assertThat(home.ledgerCsv("2026-01-05")).isEqualTo(ledger);
    home.night("2026-01-06");
    assertThat(home.ledger("2026-01-06"))
        .containsExactly("EARN 40 2026-01-05 11:00:00 20260105-1-2/A#0000004000#001");
  }

  @Test
  void refunds_of_unknown_line_go_first_to_closed_lines_then_in_proportion() {
    orders(
        "o.csv",
        Tmall.completed(
            "1", "n1", "100.00", "50.00", 3, "2026-01-01 10:00:00", "2026-01-02 09:00:00"));
    String closed = Tmall.line("1-2", "1", "B", "40.00", 1, "40.00", "0").replace("交易成功", "交易关闭");
    lines(
        "l.csv",
        Tmall.line("1-1", "1", "A", "30.00", 1, "30.00", "0"),
        closed,
        Tmall.line("1-3", "1", "C", "30.00", 1, "30.00", "0"));
    home.night("2026-01-02");
    assertThat(home.ledger("2026-01-02"))
        .containsExactlyInAnyOrder(
            "EARN 30 2026-01-01 10:00:00 1/1-1",
            "EARN 40 2026-01-01 10:00:00 1/1-2",
            "EARN 30 2026-01-01 10:00:00 1/1-3",
            "CLAWBACK -5 2026-01-02 23:59:59 1/1-1",
            "CLAWBACK -40 2026-01-02 23:59:59 1/1-2",
            "CLAWBACK -5 2026-01-02 23:59:59 1/1-3");
  }
}
