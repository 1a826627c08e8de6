package omnipoints.jobs;

import static omnipoints.jobs.Platforms.douyin;
import static omnipoints.jobs.Platforms.douyinAfterSale;
import static omnipoints.jobs.Platforms.file;
import static omnipoints.jobs.Platforms.jd;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the exports of the platforms mean to the books, each told by files in and entries out. */
@ManyNights
class PlatformsTest {

  @TempDir Path dir;
  private TestHome home;

  @BeforeEach
  void open() {
    home = new TestHome(dir, "  douyin: {}\n  jd: {}\n  wechat_store: {}\n  youzan: {}\n");
  }

  @AfterEach
  void close() {
    home.close();
  }

  private void bind(String name, String... rows) {
    home.drop(
        "program/" + name, file("channel,order_no,platform_id,phone,card,unionid,bound_at", rows));
  }

  private void douyinOrders(String name, String... rows) {
    home.drop("douyin/d1/" + name, file(Platforms.DOUYIN, rows));
  }

  private void afterSales(String name, String... rows) {
    home.drop("douyin/d1/" + name, file(Platforms.DOUYIN_AFTER_SALES, rows));
  }

  private void jdOrders(String name, String... rows) {
    home.drop("jd/j1/" + name, file(Platforms.JD, rows));
  }

  private String refundRows(String document) {
    return home.rows(
            "select concat_ws(' ', rows_in, merged, superseded, duplicate, rejected) from night_input"
                + " where document = '"
                + document
                + "' order by night desc, n desc")
        .get(0);
  }

  @Test
  void an_order_is_the_sum_of_its_sub_orders_and_waits_until_a_binding_names_its_buyer() {
    douyinOrders(
        "a.csv",
        douyin("D1", "L1", "30.50", "已完成", "-", "2026-01-05 10:00:00", "2026-01-06 12:00:00"),
        douyin("D1", "L2", "20.60", "已完成", "-", "2026-01-05 10:00:00", "2026-01-06 13:00:00"));
    home.night("2026-01-06");
    assertThat(home.orderClass("D1")).isEqualTo("UNATTRIBUTED");
    assertThat(home.breaks()).containsExactly("UNATTRIBUTED 2026-01-06");
    assertThat(home.rows("select would_be_points from verdict")).containsExactly("50");
    bind("b.csv", "douyin,D1,,13800000001,,,2026-01-07 09:00:00");
    home.night("2026-01-07");
    assertThat(home.ledger("2026-01-07"))
        .containsExactly("EARN 30 2026-01-05 10:00:00 D1/L1", "EARN 20 2026-01-05 10:00:00 D1/L2");
    assertThat(home.breaks()).isEmpty();
    home.night("2026-01-13");
    assertThat(home.ledger("2026-01-13"))
        .containsExactly(
            "RELEASE 0 moved 30 2026-01-13 00:00:00 D1/L1",
            "RELEASE 0 moved 20 2026-01-13 00:00:00 D1/L2");
  }

  @Test
  void a_binding_after_the_claim_days_credits_nothing() {
    douyinOrders("a.csv", douyin("D1", "L1", "30", "已发货", "-", "2026-01-05 10:00:00", "-"));
    bind("b.csv", "douyin,D1,,13800000001,,,2026-04-06 10:00:01");
    home.night("2026-04-06");
    assertThat(home.orderClass("D1")).isEqualTo("UNATTRIBUTED");
  }

  @Test
  void a_sub_order_that_closed_after_it_was_paid_books_earn_and_its_refund() {
    bind("b.csv", "douyin,D1,,13800000001,,,2026-01-05 09:00:00");
    douyinOrders(
        "a.csv",
        douyin("D1", "L1", "30", "已完成", "-", "2026-01-05 10:00:00", "2026-01-06 12:00:00"),
        douyin("D1", "L2", "20", "已关闭", "退款成功", "2026-01-05 10:00:00", "-"));
    home.night("2026-01-06");
    assertThat(home.rows("select state from sales_order")).containsExactly("5");
    assertThat(home.ledger("2026-01-06"))
        .containsExactly(
            "EARN 30 2026-01-05 10:00:00 D1/L1",
            "EARN 20 2026-01-05 10:00:00 D1/L2",
            "CLAWBACK -20 2026-01-06 23:59:59 D1/L2");
  }

  @Test
  void a_refund_whose_amount_nobody_tells_is_a_break_until_the_after_sale_export_tells_it() {
    bind("b.csv", "douyin,D1,,13800000001,,,2026-01-05 09:00:00");
    douyinOrders(
        "a.csv",
        douyin("D1", "L1", "30", "已完成", "退款成功", "2026-01-05 10:00:00", "2026-01-06 12:00:00"));
    home.night("2026-01-06");
    assertThat(home.ledger("2026-01-06")).containsExactly("EARN 30 2026-01-05 10:00:00 D1/L1");
    assertThat(home.breaks()).containsExactly("REFUND_MISMATCH D1");
    afterSales("r.csv", douyinAfterSale("S1", "D1", "L1", "12.5", "退款成功", "2026-01-06 18:00:00"));
    home.night("2026-01-07");
    assertThat(home.ledger("2026-01-07")).containsExactly("CLAWBACK -13 2026-01-06 18:00:00 D1/L1");
    assertThat(home.breaks()).isEmpty();
  }

  @Test
  void a_refund_document_counts_once_per_id_whatever_is_delivered_again() {
    bind("b.csv", "douyin,D1,,13800000001,,,2026-01-05 09:00:00");
    douyinOrders("a.csv", douyin("D1", "L1", "30", "已发货", "-", "2026-01-05 10:00:00", "-"));
    afterSales(
        "r1.csv",
        douyinAfterSale("S1", "D1", "L1", "10", "退款成功", "2026-01-05 18:00:00"),
        douyinAfterSale("S2", "D1", "L1", "5", "待退货", ""));
    home.night("2026-01-05");
    assertThat(home.balances()).containsExactly("20 0 0");
    assertThat(refundRows("after_sales")).isEqualTo("2 2 0 0 0");
    afterSales(
        "r2.csv",
        douyinAfterSale("S1", "D1", "L1", "10", "退款成功", "2026-01-05 18:00:00"),
        douyinAfterSale("S2", "D1", "L1", "5", "退款成功", "2026-01-06 08:00:00"));
    home.night("2026-01-06");
    assertThat(refundRows("after_sales")).isEqualTo("2 1 0 1 0");
    assertThat(home.ledger("2026-01-06")).containsExactly("CLAWBACK -5 2026-01-06 08:00:00 D1/L1");
    afterSales("r3.csv", douyinAfterSale("S2", "D1", "L1", "5", "待退货", ""));
    home.night("2026-01-07");
    assertThat(refundRows("after_sales")).isEqualTo("1 0 1 0 0");
    assertThat(home.balances()).containsExactly("15 0 0");
  }

  @Test
  void a_refund_that_comes_before_its_order_waits_for_it() {
    afterSales("r.csv", douyinAfterSale("S1", "D1", "L1", "10", "退款成功", "2026-01-05 18:00:00"));
    home.night("2026-01-05");
    assertThat(home.orderClass("D1")).isEqualTo("INCOMPLETE");
    bind("b.csv", "douyin,D1,,13800000001,,,2026-01-05 09:00:00");
    douyinOrders("a.csv", douyin("D1", "L1", "30", "已发货", "-", "2026-01-05 10:00:00", "-"));
    home.night("2026-01-06");
    assertThat(home.ledger("2026-01-06"))
        .containsExactly(
            "EARN 30 2026-01-05 10:00:00 D1/L1", "CLAWBACK -10 2026-01-05 18:00:00 D1/L1");
    assertThat(home.breaks()).isEmpty();
  }

  @Test
  void an_open_after_sale_case_holds_the_release_until_it_has_ended() {
    bind("b.csv", "douyin,D1,,13800000001,,,2026-01-05 09:00:00");
    douyinOrders(
        "a.csv",
        douyin("D1", "L1", "30", "已完成", "售后待处理", "2026-01-05 10:00:00", "2026-01-05 12:00:00"),
        douyin("D1", "L2", "20", "已完成", "-", "2026-01-05 10:00:00", "2026-01-05 12:00:00"));
    afterSales("r1.csv", douyinAfterSale("S1", "D1", "L1", "5", "售后待处理", ""));
    home.night("2026-01-12");
    assertThat(home.balances()).containsExactly("30 20 0");
    afterSales("r2.csv", douyinAfterSale("S1", "D1", "L1", "5", "售后关闭", ""));
    home.night("2026-01-14");
    assertThat(home.ledger("2026-01-14"))
        .containsExactly("RELEASE 0 moved 30 2026-01-12 00:00:00 D1/L1");
  }

  @Test
  void rows_that_name_several_sub_orders_give_way_to_the_sub_orders_themselves() {
    bind("b.csv", "douyin,D1,,13800000001,,,2026-01-05 09:00:00");
    douyinOrders("a.csv", douyin("D1", "L1;L2", "50", "已发货", "-", "2026-01-05 10:00:00", "-"));
    home.night("2026-01-05");
    assertThat(home.balances()).containsExactly("50 0 0");
    douyinOrders(
        "b.csv",
        douyin("D1", "L1", "30", "已发货", "-", "2026-01-05 10:00:00", "-"),
        douyin("D1", "L2", "20", "已发货", "-", "2026-01-05 10:00:00", "-"));
    home.night("2026-01-06");
    assertThat(home.ledger("2026-01-06"))
        .containsExactly(
            "EARN 30 2026-01-05 10:00:00 D1/L1",
            "EARN 20 2026-01-05 10:00:00 D1/L2",
            "EARN -50 2026-01-05 10:00:00 D1/SKU-L1;L2#0000005000#001");
    assertThat(home.balances()).containsExactly("50 0 0");
  }

  @Test
  void rows_of_one_refund_with_different_amounts_are_used_neither() {
    douyinOrders("a.csv", douyin("D1", "L1", "30", "已发货", "-", "2026-01-05 10:00:00", "-"));
    afterSales(
        "r.csv",
        douyinAfterSale("S1", "D1", "L1", "10", "退款成功", "2026-01-05 18:00:00"),
        douyinAfterSale("S1", "D1", "L1", "11", "退款成功", "2026-01-05 18:00:00"));
    home.night("2026-01-05");
    assertThat(refundRows("after_sales")).isEqualTo("2 0 0 0 2");
    assertThat(home.orderClass("D1")).isEqualTo("REJECTED_SIBLING");
  }

  @Test
  void amounts_that_stand_in_every_row_of_an_order_count_once() {
    jdOrders(
        "a.csv",
        jd(
            "1172900000",
            "A",
            "199",
            "20",
            "358",
            "完成",
            "",
            "2026-01-05 10:00:00",
            "2026-01-05 12:00:00"),
        jd(
            "1172900000",
            "B",
            "199",
            "20",
            "358",
            "完成",
            "",
            "2026-01-05 10:00:00",
            "2026-01-05 12:00:00"));
    home.night("2026-01-05");
    assertThat(home.ledger("2026-01-05"))
        .containsExactly(
            "EARN 189 2026-01-05 10:00:00 1172900000/15A#0000019900#001",
            "EARN 189 2026-01-05 10:00:00 1172900000/15B#0000019900#001");
    assertThat(home.rows("select concat_ws(' ', rows_in, merged) from night_input"))
        .containsExactly("2 2");
  }

  @Test
  void rows_of_one_order_that_state_different_amounts_are_used_neither() {
    jdOrders(
        "a.csv",
        jd("1172900000", "A", "199", "20", "358", "完成", "", "2026-01-05 10:00:00", ""),
        jd("1172900000", "B", "199", "20", "359", "完成", "", "2026-01-05 10:00:00", ""),
        jd("J2", "B", "199", "0", "199", "完成", "", "2026-01-05 10:00:00", ""));
    home.night("2026-01-05");
    assertThat(home.rows("select concat_ws(' ', rows_in, merged, rejected) from night_input"))
        .containsExactly("3 1 2");
    assertThat(home.orderClass("1172900000")).isEqualTo("REJECTED_SIBLING");
    assertThat(home.orderClass("J2")).isEqualTo("POSTED");
  }

  @Test
  void a_cancelled_order_that_was_paid_ends_at_nothing() {
    jdOrders(
        "a.csv",
        jd("1172900000", "A", "100", "0", "100", "已取消", "", "2026-01-05 10:00:00", ""),
        jd("J2", "A", "100", "0", "100", "(删除)等待出库", "", "2026-01-05 10:00:00", ""),
        jd("J3", "A", "100", "0", "100", "已取消", "", "", ""));
    home.night("2026-01-05");
    assertThat(home.balances()).containsExactly("0 0 0");
    assertThat(home.orderClass("J3")).isEqualTo("CANCELLED");
  }

  @Test
  void a_split_order_is_replaced_by_its_children_which_inherit_payment_and_decision()
      throws IOException {
    jdOrders(
        "a.csv", jd("1172900000", "A", "300", "0", "300", "等待出库", "", "2026-01-05 10:00:00", ""));
    home.night("2026-01-05");
    assertThat(home.balances()).containsExactly("300 0 0");
    Files.writeString(
        dir.resolve("programs/base.yaml"),
        Files.readString(Path.of("../points/programs/base.yaml"))
            .replace("version: 1", "version: 2")
            .replace("effective_from: 2000-01-01", "effective_from: 2026-01-06")
            .replace("points: 1", "points: 2"));
    jdOrders(
        "b.csv",
        jd(
            "1172900000",
            "A",
            "300",
            "0",
            "300",
            "(删除)等待出库",
            "订单拆分为  1172900011    1172900012",
            "2026-01-05 10:00:00",
            ""),
        jd("1172900011", "A", "100", "0", "100", "等待出库", "", "", ""),
        jd("1172900012", "A", "200", "0", "200", "等待出库", "", "2026-01-05 10:00:00", ""),
        jd("J9", "A", "7", "0", "7", "等待出库", "", "2026-01-06 11:00:00", ""));
    home.night("2026-01-06");
    assertThat(home.ledger("2026-01-06"))
        .containsExactly(
            "EARN -300 2026-01-05 10:00:00 1172900000/15A#0000030000#001",
            "EARN 100 2026-01-05 10:00:00 1172900011/15A#0000010000#001",
            "EARN 200 2026-01-05 10:00:00 1172900012/15A#0000020000#001",
            "EARN 14 2026-01-06 11:00:00 J9/15A#0000000700#001");
    assertThat(home.orderClass("1172900000")).isEqualTo("EXCLUDED");
    assertThat(home.balances()).containsExactly("314 0 0");
  }

  @Test
  void a_split_of_a_split_told_in_one_night_hands_payment_and_decision_on() {
    jdOrders(
        "a.csv", jd("1172900000", "A", "60", "0", "60", "等待出库", "", "2026-01-05 10:00:00", ""));
    home.night("2026-01-05");
    jdOrders(
        "b.csv",
        jd(
            "1172900000",
            "A",
            "60",
            "0",
            "60",
            "(删除)等待出库",
            "订单拆分为 1172900011 1172900012",
            "2026-01-05 10:00:00",
            ""),
        jd("1172900011", "A", "10", "0", "10", "等待出库", "", "", ""),
        jd("1172900012", "A", "50", "0", "50", "(删除)等待出库", "订单拆分为 1172900013 1172900014", "", ""),
        jd("1172900013", "A", "20", "0", "20", "等待出库", "", "", ""));
    home.night("2026-01-06");
    assertThat(home.balances()).containsExactly("30 0 0");
    jdOrders("c.csv", jd("1172900014", "A", "30", "0", "30", "等待出库", "", "", ""));
    home.night("2026-01-07");
    assertThat(home.balances()).containsExactly("60 0 0");
    assertThat(home.ledger("2026-01-07"))
        .containsExactly("EARN 30 2026-01-05 10:00:00 1172900014/15A#0000003000#001");
  }

  @Test
  void children_that_come_before_the_split_is_told_are_paid_by_it_afterwards() {
    jdOrders("a.csv", jd("1172900011", "A", "100", "0", "100", "等待出库", "", "", ""));
    home.night("2026-01-05");
    assertThat(home.orderClass("1172900011")).isEqualTo("UNPAID");
    jdOrders(
        "b.csv",
        jd(
            "1172900000",
            "A",
            "100",
            "0",
            "100",
            "(删除)等待出库",
            "订单拆分为 1172900011",
            "2026-01-05 10:00:00",
            ""));
    home.night("2026-01-06");
    assertThat(home.ledger("2026-01-06"))
        .containsExactly("EARN 100 2026-01-05 10:00:00 1172900011/15A#0000010000#001");
  }

  @Test
  void order_cells_of_the_first_row_hold_for_the_rows_below_and_lines_tell_their_refunds() {
    bind("b.csv", "wechat_store,W1,,13800000001,,,2026-01-05 09:00:00");
    home.drop(
        "wechat_store/w1/a.csv",
        file(
            Platforms.WECHAT,
            "W1,2026-01-05 09:00:00,2026-01-05 12:00:00,已完成,¥105.00,¥5.00,2026-01-05 10:00:00,1,S-1,¥70.00,¥60.00,1,¥0.00",
            ",,,,,,,2,S-2,¥50.00,¥40.00,1,¥10.00"));
    home.night("2026-01-05");
    assertThat(home.ledger("2026-01-05"))
        .containsExactly(
            "EARN 60 2026-01-05 10:00:00 W1/S-1#0000007000#001",
            "EARN 40 2026-01-05 10:00:00 W1/S-2#0000005000#001",
            "CLAWBACK -10 2026-01-05 23:59:59 W1/S-2#0000005000#001");
    assertThat(
            home.rows(
                "select concat_ws(' ', rows_in, merged) from night_input where grain <> 'binding'"))
        .containsExactly("2 2");
  }

  @Test
  void an_order_without_lines_posts_on_its_pseudo_line_until_its_lines_are_there() {
    String order =
        "E1,示例店,交易完成,2026-01-05 09:00:00,2026-01-05 10:00:00,2026-01-06 10:00:00,0.00,100.00,13800000001,";
    home.drop("youzan/a.csv", file(Platforms.YOUZAN, order + "0.00"));
    home.night("2026-01-06");
    assertThat(home.ledger("2026-01-06")).containsExactly("EARN 100 2026-01-05 10:00:00 E1/*");
    home.drop("youzan/b.csv", file(Platforms.YOUZAN, order + "30.00"));
    home.night("2026-01-07");
    assertThat(home.ledger("2026-01-07")).containsExactly("CLAWBACK -30 2026-01-07 23:59:59 E1/*");
    home.drop(
        "youzan/c.csv",
        file(Platforms.YOUZAN_LINES, order + "30.00,CAKE,70,1,30", order + "30.00,TEA,30,1,0"));
    home.night("2026-01-08");
    assertThat(home.ledger("2026-01-08"))
        .containsExactly(
            "CLAWBACK 30 2026-01-08 23:59:59 E1/*",
            "EARN -100 2026-01-05 10:00:00 E1/*",
            "EARN 70 2026-01-05 10:00:00 E1/CAKE#0000007000#001",
            "EARN 30 2026-01-05 10:00:00 E1/TEA#0000003000#001",
            "CLAWBACK -30 2026-01-07 23:59:59 E1/CAKE#0000007000#001");
    assertThat(home.balances()).containsExactly("70 0 0");
  }

  @Test
  void an_incomplete_order_posts_after_as_many_nights_as_its_mapping_says() throws IOException {
    String tmall = Files.readString(Path.of("../mappings/channels/tmall.yaml"));
    Files.writeString(
        dir.resolve("mappings/tmall.yaml"),
        tmall.replace("exclusions: []", "exclusions: []\npost_incomplete_after_nights: 2"));
    home.drop(
        "tmall/s1/o.csv",
        Tmall.orders(
            Tmall.completed(
                "T1", "nick", "100.00", "0.00", 2, "2026-01-05 10:00:00", "2026-01-05 12:00:00")),
        Tmall.GBK);
    home.night("2026-01-05");
    home.night("2026-01-06");
    assertThat(home.orderClass("T1")).isEqualTo("INCOMPLETE");
    home.night("2026-01-07");
    assertThat(home.ledger("2026-01-07")).containsExactly("EARN 100 2026-01-05 10:00:00 T1/*");
    home.drop(
        "tmall/s1/l.csv",
        Tmall.lines(
            Tmall.line("L1", "T1", "A", "60", 1, "60", "0"),
            Tmall.line("L2", "T1", "B", "40", 1, "40", "0")),
        Tmall.GBK);
    home.night("2026-01-08");
    assertThat(home.ledger("2026-01-08"))
        .containsExactly(
            "EARN -100 2026-01-05 10:00:00 T1/*",
            "EARN 60 2026-01-05 10:00:00 T1/L1",
            "EARN 40 2026-01-05 10:00:00 T1/L2");
  }

  @Test
  void the_order_report_takes_its_state_from_the_lines_and_its_buyer_from_a_binding() {
    home.drop(
        "tmall/s1/o.csv",
        file(
            Platforms.TMALL_REPORT,
            "T1,P1,5.00,105.00,105.00,2026-01-05 09:00:00,2026-01-05 10:00:00,0.00"));
    home.drop(
        "tmall/s1/l.csv",
        Tmall.lines(Tmall.line("L1", "T1", "A", "100", 1, "100", "0")),
        Tmall.GBK);
    home.night("2026-01-05");
    assertThat(home.orderClass("T1")).isEqualTo("UNATTRIBUTED");
    bind("b.csv", "tmall,T1,,13800000001,,,2026-01-06 09:00:00");
    home.night("2026-01-12");
    assertThat(home.ledger("2026-01-12"))
        .containsExactly(
            "EARN 100 2026-01-05 10:00:00 T1/L1", "RELEASE 0 moved 100 2026-01-12 00:00:00 T1/L1");
  }

  @Test
  void refund_documents_and_the_amount_of_the_order_are_one_fact() {
    home.drop(
        "tmall/s1/o.csv",
        Tmall.orders(
            Tmall.completed(
                "T1", "nick", "100.00", "30.00", 2, "2026-01-05 10:00:00", "2026-01-05 12:00:00")),
        Tmall.GBK);
    home.drop(
        "tmall/s1/l.csv",
        Tmall.lines(
            Tmall.line("L1", "T1", "A", "60", 1, "60", "0"),
            Tmall.line("L2", "T1", "B", "40", 1, "40", "30.00")),
        Tmall.GBK);
    home.drop(
        "tmall/s1/r.csv", file(Platforms.TMALL_REFUNDS, "T1,R1,B,2026-01-05 15:00:00,30.00,退款成功"));
    home.night("2026-01-05");
    assertThat(home.balances()).containsExactly("70 0 0");
    assertThat(home.breaks()).isEmpty();
    home.drop(
        "tmall/s1/r2.csv", file(Platforms.TMALL_REFUNDS, "T1,R2,A,2026-01-06 15:00:00,20.00,退款成功"));
    home.night("2026-01-06");
    assertThat(home.breaks()).containsExactly("REFUND_MISMATCH T1");
    assertThat(home.ledger("2026-01-06")).containsExactly("CLAWBACK -20 2026-01-06 15:00:00 T1/L1");
    home.drop(
        "tmall/s1/o2.csv",
        Tmall.orders(
            Tmall.completed(
                "T1", "nick", "100.00", "50.00", 2, "2026-01-05 10:00:00", "2026-01-05 12:00:00")),
        Tmall.GBK);
    home.night("2026-01-07");
    assertThat(home.breaks()).isEmpty();
    assertThat(home.balances()).containsExactly("50 0 0");
  }

  @Test
  void a_row_that_knows_when_it_was_paid_beats_one_that_does_not() {
    String head = ",P1,0.00,100.00,";
    var unpaid = new String[10];
    var paid = new String[10];
    var lines = new String[10];
    for (int n = 0; n < 10; n++) {
      unpaid[n] = "T" + n + head + "0.00,2026-01-05 09:00:00,,0.00";
      paid[n] = "T" + n + head + "100.00,2026-01-05 09:00:00,2026-01-06 10:00:00,0.00";
      lines[n] = Tmall.line("L" + n, "T" + n, "A", "100", 1, "100", "0");
    }
    home.drop("tmall/s1/o1.csv", file(Platforms.TMALL_REPORT, unpaid));
    home.drop("tmall/s1/l1.csv", Tmall.lines(lines), Tmall.GBK);
    bind("b.csv", "tmall,T0,,13800000001,,,2026-01-06 09:00:00");
    home.night("2026-01-05");
    home.drop("tmall/s1/o2.csv", file(Platforms.TMALL_REPORT, paid));
    home.night("2026-01-06");
    assertThat(home.rows("select class || ' ' || count(*) from verdict group by class order by 1"))
        .containsExactly("POSTED 1", "UNATTRIBUTED 9");
    home.drop("tmall/s1/o3.csv", file(Platforms.TMALL_REPORT, unpaid) + "\n");
    home.night("2026-01-07");
    assertThat(home.rows("select count(*) from sales_order where paid_at is null"))
        .containsExactly("0");
  }

  @Test
  void a_row_that_knows_when_it_was_completed_beats_one_that_does_not() {
    var early = new String[8];
    var late = new String[8];
    for (int n = 0; n < 8; n++) {
      early[n] = jd("J" + n, "A", "100", "0", "100", "完成", "", "2026-01-05 10:00:00", "");
      late[n] =
          jd(
              "J" + n,
              "A",
              "100",
              "0",
              "100",
              "完成",
              "",
              "2026-01-05 10:00:00",
              "2026-01-05 12:00:00");
    }
    jdOrders("a.csv", early);
    home.night("2026-01-06");
    jdOrders("b.csv", late);
    home.night("2026-01-12");
    assertThat(home.balances()).containsExactly("0 800 0");
  }

  @Test
  void the_children_of_an_order_that_a_binding_named_belong_to_whom_it_named() {
    String unknown =
        jd("1172900000", "A", "300", "0", "300", "等待出库", "", "2026-01-05 10:00:00", "");
    jdOrders("a.csv", unknown.replace("jd_pin_1", "jd***1"));
    bind("b.csv", "jd,1172900000,,13800000001,,,2026-01-05 11:00:00");
    home.night("2026-01-05");
    assertThat(home.balances()).containsExactly("300 0 0");
    String split =
        jd(
            "1172900000",
            "A",
            "300",
            "0",
            "300",
            "(删除)等待出库",
            "订单拆分为 1172900011 1172900012",
            "2026-01-05 10:00:00",
            "");
    String child = jd("1172900011", "A", "100", "0", "100", "等待出库", "", "", "");
    String other = jd("1172900012", "A", "200", "0", "200", "等待出库", "", "", "");
    jdOrders("c.csv", (split + "\n" + child + "\n" + other).replace("jd_pin_1", "jd***1"));
    home.night("2026-01-06");
    assertThat(home.orderClass("1172900011")).isEqualTo("POSTED");
    assertThat(home.balances()).containsExactly("300 0 0");
  }

  @Test
  void a_case_that_ended_before_says_nothing_of_one_that_opens_later() {
    bind("b.csv", "douyin,D1,,13800000001,,,2026-01-05 09:00:00");
    douyinOrders("a.csv", douyin("D1", "L1", "30", "已发货", "-", "2026-01-05 10:00:00", "-"));
    afterSales("r.csv", douyinAfterSale("S1", "D1", "L1", "5", "售后关闭", ""));
    home.night("2026-01-05");
    douyinOrders(
        "b.csv",
        douyin("D1", "L1", "30", "已完成", "售后待处理", "2026-01-05 10:00:00", "2026-01-05 12:00:00"));
    home.night("2026-01-12");
    assertThat(home.balances()).containsExactly("30 0 0");
    afterSales("s.csv", douyinAfterSale("S2", "D1", "L1", "5", "售后关闭", ""));
    home.night("2026-01-13");
    assertThat(home.balances()).containsExactly("0 30 0");
  }

  @Test
  void scans_of_a_scale_are_receipts_of_their_own_and_belong_to_nobody() {
    home.drop(
        "pos/m1/a.csv",
        file(
            Platforms.SCANS,
            "2026-01-05,09:15:07.924,102900005117056,0.396,7.60,销售,否",
            "2026-01-05,09:17:27.295,102900005115960,0.849,3.20,销售,否",
            "2026-01-05,09:20:00.000,102900005115960,-0.849,3.20,退货,否"));
    home.night("2026-01-05");
    assertThat(
            home.rows(
                "select order_no || ' ' || class || ' ' || base_fen from sales_order join verdict using (order_key, first_night) order by 1"))
        .containsExactly(
            "20260105--091507924 UNATTRIBUTED 301", "20260105--091727295 UNATTRIBUTED 272");
    assertThat(home.rows("select concat_ws(' ', rows_in, merged) from night_input"))
        .containsExactly("3 3");
  }
}
