package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of money beside orders: they book nothing, and tell what the orders do not. */
@ManyNights
class SettlementNightTest {
  private static final String ORDER = "6930000000000000901";
  private static final String ORDERS =
      """
      主订单编号,子订单编号,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,订单提交时间,支付完成时间,订单完成时间,订单状态,售后状态
      6930000000000000901,6930000000000000902,1,360,SKU-1,300.00,258.00,8.00,2026-06-01 10:00:00,2026-06-01 10:00:10,2026-06-02 09:00:00,已完成,-
      """;
  private static final String BINDING =
      "channel,order_no,platform_id,phone,card,unionid,bound_at\ndouyin,"
          + ORDER
          + ",,,C1,,2026-06-01 12:00:00\n";
  private static final String STATEMENT_HEAD = "动账时间,动帐流水号,动账方向,动账金额,动账场景,子订单号,订单号,售后编号\n";
  private static final String PAYMENT =
      "2026-06-10 08:00:00,S1,入账,250.00,货款结算入账,'6930000000000000902,'6930000000000000901,\n";
  private static final String REFUND =
      "2026-06-12 08:00:00,R2,出账,100.00,退款-结算后退款-退用户,'6930000000000000902,'6930000000000000901,\n";

  @TempDir Path dir;

  private TestHome home() {
    TestHome home = new TestHome(dir, "  douyin: {}\n");
    home.drop("douyin/s1/orders.csv", ORDERS);
    home.drop("program/binding.csv", BINDING);
    home.night("2026-06-11");
    return home;
  }

  @Test
  void money_that_went_back_while_points_stayed_is_a_break_until_the_refund_comes() {
    try (TestHome home = home()) {
      home.drop("douyin/s1/statement.csv", STATEMENT_HEAD + PAYMENT + REFUND);
      NightOutcome outcome = home.night("2026-06-12");
      assertThat(home.ledger("2026-06-12")).isEmpty();
      assertThat(home.breaks()).containsExactly("SETTLED_REFUND_UNSEEN " + ORDER);
      assertThat(home.rows("select detail from break"))
          .containsExactly(
              "statements say 10000 fen went back to the buyer, no order and no refund document does:"
                  + " the points of that money stay");
      assertThat(home.rows("select points from break")).containsExactly("100");
      assertThat(outcome.exit()).isEqualTo(3);
      assertThat(workbook("2026-06-12"))
          .contains("结算核对: douyin|s1|2026-06-12|退款|退款-结算后退款-退用户|1|-100.00|0|0.00");
      assertThat(workbook("2026-06-11")).noneMatch(row -> row.startsWith("结算核对"));
      home.drop("douyin/s1/after.csv", afterSale("60.00"));
      home.night("2026-06-13");
      assertThat(home.breaks()).contains("SETTLEMENT_DIFF " + ORDER);
      assertThat(home.rows("select detail from break where type = 'SETTLEMENT_DIFF'"))
          .containsExactly(
              "statements say 10000 fen went back to the buyer, orders and refund documents know 6000");
      assertThat(home.rows("select state from break where type = 'SETTLED_REFUND_UNSEEN'"))
          .containsExactly("CLOSED");
      home.drop("douyin/s1/after-2.csv", afterSale("100.00"));
      home.night("2026-06-14");
      assertThat(home.rows("select state from break where type = 'SETTLEMENT_DIFF'"))
          .containsExactly("CLOSED");
    }
  }

  @Test
  void money_that_went_back_after_the_day_of_a_late_night_is_told_by_that_night() {
    try (TestHome home = new TestHome(dir, "  douyin: {}\n")) {
      home.drop("douyin/s1/orders.csv", ORDERS);
      home.drop("program/binding.csv", BINDING);
      home.drop("douyin/s1/statement.csv", STATEMENT_HEAD + PAYMENT + REFUND);
      home.night("2026-06-11");
      assertThat(home.breaks()).containsExactly("SETTLED_REFUND_UNSEEN " + ORDER);
      home.night("2026-06-12");
      assertThat(home.breaks()).containsExactly("SETTLED_REFUND_UNSEEN " + ORDER);
    }
  }

  /** Rows of a night's workbook, each behind the name of its sheet. */
  private List<String> workbook(String night) {
    try (XSSFWorkbook book =
        new XSSFWorkbook(dir.resolve("reports/" + night + "/reconciliation.xlsx").toFile())) {
      List<String> rows = new ArrayList<>();
      for (Sheet sheet : book)
        for (Row row : sheet) {
          List<String> cells = new ArrayList<>();
          for (Cell cell : row) cells.add(new DataFormatter().formatCellValue(cell));
          rows.add(sheet.getSheetName() + ": " + String.join("|", cells));
        }
      return rows;
    } catch (IOException | InvalidFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String afterSale(String yuan) {
    return "售后单号,订单号,商品单号,商家编码,退商品金额（元）,售后状态,商家退款时间,用户到账时间\n"
        + "7010000000000000001,"
        + ORDER
        + ",6930000000000000902,,"
        + yuan
        + ",退款成功,-,2026-06-12 09:00:00\n";
  }

  @Test
  void movements_are_counted_once_whatever_statements_show_them() {
    try (TestHome home = home()) {
      home.drop("douyin/s1/a.csv", STATEMENT_HEAD + PAYMENT + PAYMENT);
      home.drop("douyin/s1/b.csv", STATEMENT_HEAD + PAYMENT + REFUND.replace("100.00", "0.00"));
      home.night("2026-06-12");
      home.drop("douyin/s1/c.csv", STATEMENT_HEAD + PAYMENT);
      home.night("2026-06-13");
      assertThat(home.rows("select flow || ' ' || amount_fen from settlement order by 1"))
          .containsExactly("R2 0", "S1 25000");
      assertThat(
              home.rows(
                  "select file || ' ' || rows_in || ' ' || merged || ' ' || duplicate from night_input"
                      + " where document = 'fund_flow' order by 1"))
          .hasSize(3)
          .contains("c.csv 1 0 1");
      assertThat(
              home.rows(
                  "select sum(merged) || ' ' || sum(duplicate) from night_input where document = 'fund_flow'"))
          .containsExactly("2 3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-06-01", "2026-06-02", "2026-06-11"})
  void an_order_is_due_by_the_day_of_its_completion_whatever_night_sees_it(String night) {
    try (TestHome home = new TestHome(dir, "  douyin: {settled_within_days: 10}\n")) {
      home.drop("douyin/s1/orders.csv", ORDERS);
      home.drop("program/binding.csv", BINDING);
      home.night(night);
      assertThat(home.rows("select due_on from unsettled")).containsExactly("2026-06-12");
    }
  }

  @Test
  void a_completed_order_that_no_statement_shows_in_time_is_told_until_one_does() {
    try (TestHome home = new TestHome(dir, "  douyin: {settled_within_days: 10}\n")) {
      home.drop("douyin/s1/orders.csv", ORDERS);
      home.drop("program/binding.csv", BINDING);
      home.night("2026-06-11");
      assertThat(home.rows("select due_on from unsettled")).containsExactly("2026-06-12");
      home.night("2026-06-12");
      assertThat(home.breaks()).isEmpty();
      home.night("2026-06-13");
      assertThat(home.breaks()).containsExactly("UNSETTLED 2026-06-12");
      assertThat(home.rows("select detail from break"))
          .containsExactly(
              "1 order was completed and in no statement until 2026-06-12, such as " + ORDER);
      assertThat(home.rows("select points from break")).containsExactly("250");
      home.drop("douyin/s1/statement.csv", STATEMENT_HEAD + PAYMENT);
      home.night("2026-06-14");
      assertThat(home.breaks()).isEmpty();
      assertThat(home.rows("select order_no from unsettled")).isEmpty();
    }
  }

  @Test
  void orders_that_never_came_and_fees_without_a_meaning_are_told() {
    try (TestHome home = home()) {
      home.drop(
          "douyin/s1/statement.csv",
          STATEMENT_HEAD
              + PAYMENT.replace(ORDER, "6930000000000000777")
              + PAYMENT.replace("货款结算入账", "新出现的费用").replace("S1", "S9"));
      home.night("2026-06-12");
      assertThat(home.rows("select type || ' ' || key || ': ' || detail from break order by 1"))
          .containsExactly(
              "FEE_UNKNOWN 新出现的费用: 1 row of statements, 25000 fen, is called so, and no vocabulary lists it",
              "ORDER_UNKNOWN 2026-06-12: 1 order of statements is in no delivery (25000 fen), such as"
                  + " 6930000000000000777");
      home.drop("douyin/s1/late.csv", ORDERS.replace("0901", "0777").replace("0902", "0778"));
      home.night("2026-06-13");
      assertThat(home.breaks())
          .contains("FEE_UNKNOWN 新出现的费用")
          .doesNotContain("ORDER_UNKNOWN 2026-06-12");
    }
  }

  private static final String TAKEN =
      "2026-06-14 08:00:00,T3,出账,100.00,追缴-售后退款,'6930000000000000902,'6930000000000000901,\n";

  @Test
  void what_the_platform_takes_for_a_refund_it_paid_ahead_is_that_refund_and_no_second_one() {
    try (TestHome home = home()) {
      home.drop("douyin/s1/statement.csv", STATEMENT_HEAD + PAYMENT + TAKEN);
      home.night("2026-06-14");
      assertThat(home.breaks()).containsExactly("SETTLED_REFUND_UNSEEN " + ORDER);
      home.drop("douyin/s1/after.csv", afterSale("100.00"));
      home.night("2026-06-15");
      assertThat(home.breaks()).isEmpty();
      home.drop("douyin/s1/later.csv", STATEMENT_HEAD + REFUND);
      home.night("2026-06-16");
      assertThat(
              home.rows(
                  "select type || ' ' || key || ': ' || detail || ' ' || points from break where state = 'OPEN'"))
          .containsExactly(
              "SETTLEMENT_DIFF "
                  + ORDER
                  + ": statements say 10000 fen were taken from the shop after 10000 fen had gone back to"
                  + " the buyer, orders and refund documents know 10000 100");
      home.drop("douyin/s1/after-2.csv", afterSale("200.00"));
      home.night("2026-06-17");
      assertThat(home.breaks()).isEmpty();
    }
  }

  @Test
  void points_that_were_taken_for_money_no_statement_shows_going_back_are_told_in_time() {
    try (TestHome home = new TestHome(dir, "  douyin: {settled_within_days: 3}\n")) {
      home.drop("douyin/s1/orders.csv", ORDERS);
      home.drop("program/binding.csv", BINDING);
      home.drop("douyin/s1/after.csv", afterSale("100.00"));
      home.night("2026-06-12");
      home.drop("douyin/s1/statement.csv", STATEMENT_HEAD + PAYMENT);
      home.night("2026-06-15");
      assertThat(home.breaks()).isEmpty();
      home.night("2026-06-16");
      assertThat(
              home.rows(
                  "select type || ' ' || key || ': ' || detail || ' ' || points from break where state = 'OPEN'"))
          .containsExactly(
              "SETTLEMENT_DIFF refund 2026-06-15: 10000 fen that orders say went back to buyers are in no"
                  + " statement until 2026-06-15: 1 order, such as "
                  + ORDER
                  + " 100");
      home.drop("douyin/s1/part.csv", STATEMENT_HEAD + REFUND.replace("100.00", "40.00"));
      home.night("2026-06-17");
      assertThat(home.rows("select detail from break where state = 'OPEN'"))
          .containsExactly(
              "6000 fen that orders say went back to buyers are in no statement until 2026-06-15: 1 order,"
                  + " such as "
                  + ORDER);
      home.drop(
          "douyin/s1/rest.csv",
          STATEMENT_HEAD + REFUND.replace("100.00", "60.00").replace("R2", "R3"));
      home.night("2026-06-18");
      assertThat(home.breaks()).isEmpty();
      assertThat(home.rows("select order_no from unpaid_refund")).isEmpty();
    }
  }

  @Test
  void money_back_from_before_the_shop_was_paid_is_asked_of_no_statement() {
    try (TestHome home = new TestHome(dir, "  douyin: {settled_within_days: 3}\n")) {
      home.drop("douyin/s1/orders.csv", ORDERS);
      home.drop("program/binding.csv", BINDING);
      home.drop("douyin/s1/after.csv", afterSale("258.00"));
      home.night("2026-06-12");
      home.night("2026-06-16");
      assertThat(home.breaks()).isEmpty();
      assertThat(home.rows("select fen from unpaid_refund")).containsExactly("25000");
      home.night("2026-07-16");
      assertThat(home.rows("select fen from unpaid_refund")).isEmpty();
    }
  }

  @Test
  void what_the_platform_paid_and_an_order_counts_as_its_buyers_money_is_told() {
    try (TestHome home = new TestHome(dir, "  jd: {}\n")) {
      home.drop(
          "jd/s1/orders.csv",
          """
          订单号,商品ID,订购数量,下单时间,京东价,应付金额,订单状态,付款确认时间,订单完成时间,商家备注
          355300000001,9001,1,2026-06-01 10:00:00,200.00,200.00,已完成,2026-06-01 10:01:00,2026-06-02 10:00:00,
          355300000002,9001,1,2026-06-01 10:00:00,200.00,150.00,已完成,2026-06-01 10:01:00,2026-06-02 10:00:00,
          """);
      home.drop(
          "program/binding.csv",
          BINDING.replace("douyin," + ORDER, "jd,355300000001")
              + "jd,355300000002,,,C1,,2026-06-01 12:00:00\n");
      home.night("2026-06-11");
      home.drop(
          "jd/s1/bill.csv",
          """
          商户订单号,订单编号,费用结算时间,费用项,金额,收支方向
          J1,355300000001,2026-06-12 08:00:00,货款,150.00,收入
          J2,355300000001,2026-06-12 08:00:00,平台券价保补贴,50.00,收入
          J3,355300000002,2026-06-12 08:00:00,货款,150.00,收入
          J4,355300000002,2026-06-12 08:00:00,平台券价保补贴,50.00,收入
          """);
      home.night("2026-06-12");
      String told =
          "SETTLEMENT_DIFF subsidy 2026-06-12: 5000 fen of 1 order came from the platform and earn as if"
              + " buyers had paid them, such as 355300000001 50";
      assertThat(
              home.rows(
                  "select type || ' ' || key || ': ' || detail || ' ' || points from break where state = 'OPEN'"))
          .containsExactly(told);
      home.night("2026-06-13");
      assertThat(
              home.rows(
                  "select type || ' ' || key || ': ' || detail || ' ' || points from break where state = 'OPEN'"))
          .containsExactly(told);
    }
  }

  @Test
  void balances_that_do_not_follow_from_one_another_are_told_until_what_is_missing_comes() {
    String head = "流水单号,记账时间,动帐类型,收支类型,收支金额,账户余额,关联订单号,关联售后单号\n";
    String first = "F1,2026-06-11 08:00:00,提现,支出,-10.00,90.00,,\n";
    String second = "F2,2026-06-11 09:00:00,提现,支出,-20.00,70.00,,\n";
    String third = "F3,2026-06-11 09:00:00,提现,支出,-30.00,40.00,,\n";
    try (TestHome home = new TestHome(dir, "  wechat_store: {}\n")) {
      home.drop("wechat_store/s1/a.csv", head + third + first);
      home.night("2026-06-12");
      assertThat(home.rows("select type || ' ' || key || ': ' || detail from break"))
          .containsExactly(
              "SETTLEMENT_DIFF balance fund_flow 2026-06-11: balances of 2026-06-11 do not follow from one"
                  + " another in 1 place: opening and movements (-4000 fen) do not make the closing");
      assertThat(workbook("2026-06-12"))
          .anyMatch(row -> row.contains("2026-06-11 的余额有 1 处前后不接：期初加各笔（-4000 分币）不等于期末|"));
      home.drop("wechat_store/s1/b.csv", head + third + second);
      home.night("2026-06-13");
      assertThat(home.breaks()).isEmpty();
    }
  }

  private static final String SECOND_REFUND = REFUND.replace("R2", "R3").replace("08:00", "09:00");
  private static final String PAYOUT = "2026-06-12 10:00:00,X1,出账,50.00,提现,,,\n";
  private static final String BILL =
      """
      结算时间,订单号,子订单号,结算金额,结算账户,结算单类型
       , , ,收入+支出, ,\s
      2026-06-10 08:00:00,'6930000000000000901,'6930000000000000902,250.00,聚合账户,已结算
      2026-06-12 08:00:00,'6930000000000000901,'6930000000000000902,-100.00,聚合账户,结算后退款-非原路退回
      2026-06-12 09:00:00,'6930000000000000901,'6930000000000000902,-100.00,聚合账户,结算后退款-非原路退回
      """;
  private static final String FLOW_HEAD = "动账流水号,关联订单号,关联子订单号,动账时间,账户方向,动账金额(元),动账场景,账户余额(元),备注\n";
  private static final String FLOW =
      """
      `S1,`6930000000000000901,`6930000000000000902,2026-06-10 08:00:01,入账,250.00,货款结算入账,350.00,
      `R2,`6930000000000000901,`6930000000000000902,2026-06-12 08:00:01,出账,100.00,退款-结算后退款-退用户,250.00,
      """;
  private static final String REST_OF_FLOW =
      """
      `R3,`6930000000000000901,`6930000000000000902,2026-06-12 09:00:01,出账,100.00,退款-结算后退款-退用户,150.00,
      `X1,-,-,2026-06-12 10:00:01,出账,50.00,提现,100.00,
      """;

  private static List<String> counted(TestHome home) {
    return home.rows(
        "select kind || ' ' || count(*) || ' ' || sum(amount_fen) from settlement where not retold group by kind order by 1");
  }

  private static String unseen(TestHome home) {
    return String.join("; ", home.rows("select detail from break where state = 'OPEN'"));
  }

  @Test
  void layouts_that_tell_the_same_money_in_one_night_count_it_once() {
    try (TestHome home = home()) {
      home.drop("douyin/s1/bill.csv", BILL);
      home.drop("douyin/s1/flow.csv", FLOW_HEAD + FLOW + REST_OF_FLOW);
      home.drop(
          "douyin/s1/statement.csv", STATEMENT_HEAD + PAYMENT + REFUND + SECOND_REFUND + PAYOUT);
      home.night("2026-06-13");
      assertThat(counted(home))
          .containsExactly("PAYMENT 1 25000", "REFUND 2 -20000", "TRANSFER 1 -5000");
      assertThat(home.rows("select distinct document from settlement where not retold"))
          .containsExactly("fund_flow");
      assertThat(unseen(home)).startsWith("statements say 20000 fen went back to the buyer");
      assertThat(workbook("2026-06-13"))
          .contains(
              "结算核对: douyin|s1|2026-06-12|退款|退款-结算后退款-退用户|2|-200.00|0|0.00",
              "结算核对: douyin|s1|2026-06-12|重复（不计）|settlement_bill|2|0.00|0|0.00",
              "结算核对: douyin|s1|2026-06-12|重复（不计）|account_flow|3|0.00|0|0.00",
              "结算核对: douyin|s1|2026-06-12|划转|提现|1|-50.00|1|-50.00")
          .noneMatch(row -> row.contains("结算后退款-非原路退回"));
    }
  }

  @Test
  void of_layouts_that_come_night_after_night_only_what_is_new_counts() {
    try (TestHome home = home()) {
      home.drop("douyin/s1/flow.csv", FLOW_HEAD + FLOW);
      home.night("2026-06-12");
      assertThat(counted(home)).containsExactly("PAYMENT 1 25000", "REFUND 1 -10000");
      assertThat(unseen(home)).startsWith("statements say 10000 fen went back to the buyer");
      // Tells one refund more than what came before.
      home.drop("douyin/s1/bill.csv", BILL);
      home.night("2026-06-13");
      assertThat(counted(home)).containsExactly("PAYMENT 1 25000", "REFUND 2 -20000");
      assertThat(unseen(home)).startsWith("statements say 20000 fen went back to the buyer");
      home.drop(
          "douyin/s1/statement.csv", STATEMENT_HEAD + PAYMENT + REFUND + SECOND_REFUND + PAYOUT);
      home.night("2026-06-14");
      home.drop("douyin/s1/rest.csv", FLOW_HEAD + REST_OF_FLOW);
      home.night("2026-06-15");
      assertThat(counted(home))
          .containsExactly("PAYMENT 1 25000", "REFUND 2 -20000", "TRANSFER 1 -5000");
      assertThat(home.breaks()).containsExactly("SETTLED_REFUND_UNSEEN " + ORDER);
      assertThat(
              home.rows(
                  "select night || ' ' || rows_in || ' ' || merged || ' ' || duplicate from night_input"
                      + " where document in ('fund_flow', 'settlement_bill', 'account_flow') order by 1"))
          .containsExactly(
              "2026-06-12 2 2 0", "2026-06-13 3 3 0", "2026-06-14 4 4 0", "2026-06-15 2 2 0");
    }
  }

  @Test
  void what_jds_wallet_moved_is_kept_and_never_counts_beside_what_was_settled() {
    try (TestHome home = new TestHome(dir, "  jd: {}\n")) {
      home.drop(
          "jd/s1/wallet.csv",
          """
          商户号,账户代码,账户名称,日期,商户订单号,账户余额(元),收入金额(元),支出金额(元),交易备注,账单日期
          1,A,示例,2026-06-12 08:00:00,J1,200.00,145.00,0.00,货款,20260612
          """);
      home.night("2026-06-12");
      assertThat(counted(home)).isEmpty();
      home.drop(
          "jd/s1/bill.csv",
          """
          商户订单号,订单编号,费用结算时间,费用项,金额,收支方向
          J1,355300000001,2026-06-12 08:00:00,货款,150.00,收入
          J1,355300000001,2026-06-12 08:00:00,佣金,-5.00,支出
          """);
      home.drop(
          "jd/s1/may.csv",
          """
          订单编号,售后服务单号,费用名称,应结金额,收支方向,账单生成时间,商户订单号
          355300000001,,货款,150.00,收入,2026-06-12 08:00:01,J1
          355300000001,,佣金,-5.00,支出,2026-06-12 08:00:01,J1
          """);
      home.night("2026-06-13");
      assertThat(counted(home)).containsExactly("FEE 1 -500", "PAYMENT 1 15000");
      assertThat(home.breaks()).containsExactly("ORDER_UNKNOWN 2026-06-13");
    }
  }

  @Test
  void what_wechat_pay_keeps_of_a_payment_is_a_movement_of_its_own() {
    String head = "交易时间,微信订单号,商户订单号,交易状态,应结订单金额,微信退款单号,商户退款单号,退款金额,手续费\n";
    String rows =
        """
        `2026-06-10 10:00:00,`42001,`20260610-1-1,`SUCCESS,`199.99,`0,`0,`0.00,`1.20000
        `2026-06-10 12:00:00,`42001,`20260610-1-1,`REFUND,`0.00,`50301,`R1,`50.00,`-0.30000
        `2026-06-10 13:00:00,`42002,`MINI,`SUCCESS,`10.00,`0,`0,`0.00,`0.00000
        """;
    String totals = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额\n`3,`209.99,`50.00,`0.00,`0.90000\n";
    try (TestHome home = new TestHome(dir)) {
      home.drop("pos/s1/bill.csv", head + rows + totals);
      home.night("2026-06-12");
      assertThat(counted(home)).containsExactly("FEE 2 -90", "PAYMENT 2 20999", "REFUND 1 -5000");
      assertThat(workbook("2026-06-12")).contains("结算核对: pos|s1|2026-06-10|费用|手续费|2|-0.90|0|0.00");
      home.drop("pos/s1/again.csv", head + rows + totals + "\n");
      home.drop("pos/s1/wrong.csv", head + rows + totals.replace("0.90000", "0.95000"));
      home.night("2026-06-13");
      assertThat(
              home.rows(
                  "select file || ' ' || outcome || ' ' || rows_in || ' ' || merged || ' ' || duplicate"
                      + " from night_input where document = 'wechat_pay_bill' order by night, file"))
          .containsExactly(
              "bill.csv ACCEPTED 3 3 0",
              "again.csv ACCEPTED 3 0 3",
              "wrong.csv TOTALS_DIFFER 0 0 0");
    }
  }
}
