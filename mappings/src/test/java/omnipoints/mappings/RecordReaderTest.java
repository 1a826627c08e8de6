package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.FactRecord;
import omnipoints.facts.FactRecord.BindingRecord;
import omnipoints.facts.FactRecord.LineRecord;
import omnipoints.facts.FactRecord.OrderRecord;
import omnipoints.facts.FactRecord.RefundRecord;
import omnipoints.facts.FactRecord.Reject;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {
  private static final String LINES = "主订单编号,子订单编号,价格,购买数量,商家编码,退款状态,备注\n";
  private static final String ORDERS =
      "订单编号,买家会员名,总金额,买家应付邮费,买家实际支付金额,订单状态,订单创建时间,订单付款时间,退款金额,店铺名称,收货人姓名\n";
  private static final String SALES = "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n";

  @TempDir Path folder;
  private ReadSummary summary;

  private List<FactRecord> read(String channel, String shop, String text) throws IOException {
    Path file = folder.resolve("f.csv");
    Files.writeString(file, text);
    List<FactRecord> records = new ArrayList<>();
    summary =
        RecordReader.read(
            Samples.recognised(file, channel), file, shop, Samples.SHANGHAI, records::add);
    return records;
  }

  private DeliveryRefused refused(String text) {
    return catchThrowableOfType(DeliveryRefused.class, () -> read("tmall", "S1", text));
  }

  private static Reject reject(FactRecord record) {
    assertThat(record).isInstanceOf(Reject.class);
    return (Reject) record;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "=\"9001\"|9001",
        "'9001|9001",
        "`9001|9001",
        "\"\t9001\"|9001",
        "\"9001\t\"|9001",
        " 9001 |9001",
        "\"=\"\"9001\"\"\"|9001",
        "\u30009001\u00a0|9001",
        "9001.0|9001",
        "123456789012345.00|123456789012345",
        "A-9001|A-9001",
        "9001.5|9001.5"
      })
  void an_id_loses_its_wrappers_and_nothing_else(String cell, String id) throws IOException {
    FactRecord record = read("tmall", "S1", LINES + cell + ",1,1.00,1,A,,\n").get(0);
    assertThat(((LineRecord) record).order()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({"5.12E+18", "5.12e18", "5E18", "1234567890123456.0", "-1.5E+3", "'6.9E+17"})
  void an_id_that_lost_digits_is_rejected_never_rounded(String cell) throws IOException {
    Reject reject = reject(read("tmall", "S1", LINES + cell + ",1,1.00,1,A,,\n").get(0));
    assertThat(reject.reason()).isEqualTo(RejectReason.ID_PRECISION_LOST);
    assertThat(reject.column()).isEqualTo("主订单编号");
    assertThat(reject.value()).isEqualTo(cell);
    assertThat(reject.order()).isNull();
    assertThat(reject.shop()).isEqualTo("S1");
  }

  @Test
  void a_row_tells_all_its_faults_and_counts_once() throws IOException {
    List<FactRecord> records =
        read("tmall", "S1", LINES + "9001,1,1.00起,x,A,退款中,\n9002,2,1.00,1,A,退款成功,\n");
    assertThat(records.subList(0, 3))
        .extracting(
            record ->
                reject(record).reason()
                    + " "
                    + reject(record).column()
                    + " "
                    + reject(record).order())
        .containsExactly(
            "MONEY_LEFTOVER 价格 9001", "BAD_NUMBER 购买数量 9001", "UNKNOWN_STATUS 退款状态 9001");
    assertThat(((LineRecord) records.get(3)).refundState()).isEqualTo(RefundState.REFUNDED);
    assertThat(summary.rows()).isEqualTo(2);
    assertThat(summary.rejectedRows()).isEqualTo(1);
  }

  @Test
  void a_reject_shows_no_person_and_no_phone() throws IOException {
    String row = "9001,买家甲乙,10元起,0,13925130165,交易成功,2021-01-01 00:00:00,13925130165,0,旗舰店,张三丰\n";
    for (FactRecord record : read("tmall", "S1", ORDERS + row)) {
      Reject reject = reject(record);
      assertThat(reject.rowMasked())
          .isEqualTo("9001,***,10元起,0,139****0165,交易成功,2021-01-01 00:00:00,139****0165,0,旗舰店,***");
      assertThat(reject.value()).doesNotContain("13925130165");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "买家已付款，等待卖家发货|PAID", "买家已付款,等待卖家发货|PAID", " 买家已付款， 等待卖家发货 |PAID", "等待买家付款|UNPAID",
        "卖家部分发货|SHIPPED", "卖家已发货，等待买家确认|SHIPPED", "交易成功|COMPLETED", "交易关闭|CLOSED"
      })
  void a_status_is_recognised_whatever_its_commas(String word, OrderState state)
      throws IOException {
    String row = "9001,n,10,0,10,\"" + word + "\",2021-01-01 00:00:00,2021-01-01 00:00:00,0,旗舰店,\n";
    assertThat(((OrderRecord) read("tmall", null, ORDERS + row).get(0)).state()).isEqualTo(state);
  }

  @Test
  void the_folder_names_the_shop_before_the_column_does() throws IOException {
    String row = "9001,n,10,0,10,交易成功,2021-01-01 00:00:00,2021-01-01 00:00:00,0,旗舰店,\n";
    assertThat(((OrderRecord) read("tmall", "S1", ORDERS + row).get(0)).shop()).isEqualTo("S1");
    assertThat(((OrderRecord) read("tmall", null, ORDERS + row).get(0)).shop()).isEqualTo("旗舰店");
    Reject none = reject(read("tmall", null, ORDERS + row.replace("旗舰店", "")).get(0));
    assertThat(none.reason()).isEqualTo(RejectReason.NO_SHOP);
    assertThat(none.order()).isEqualTo("9001");
  }

  @ParameterizedTest
  @CsvSource({"t**1", "张＊", "##密文", "$$密文", "''"})
  void a_masked_or_empty_nick_is_no_token(String nick) throws IOException {
    String row = "9001," + nick + ",10,0,10,交易成功,2021-01-01 00:00:00,2021-01-01 00:00:00,0,旗舰店,\n";
    assertThat(((OrderRecord) read("tmall", null, ORDERS + row).get(0)).buyer()).isEmpty();
  }

  @Test
  void a_quoted_message_may_have_line_breaks_commas_and_quotes() throws IOException {
    List<FactRecord> records =
        read("tmall", "S1", LINES + "9001,1,1.00,1,A,,\"一,\r\n\"\"二\"\"\n三\"\n9002,2,1.00,1,A,,\n");
    assertThat(records).extracting(FactRecord::row).containsExactly(2, 3);
  }

  @Test
  void blank_rows_and_a_repeated_header_are_no_data_but_count_as_rows_of_the_file()
      throws IOException {
    String first = "\n9001,1,1.00,1,A,,\n,,,,,,\n";
    List<FactRecord> records = read("tmall", "S1", LINES + first + LINES + "9002,2,1.00,1,A,,\n\n");
    assertThat(records).extracting(FactRecord::row).containsExactly(3, 6);
    assertThat(summary.rows()).isEqualTo(2);
  }

  @Test
  void surplus_cells_are_allowed_only_when_empty() throws IOException {
    List<FactRecord> records =
        read("tmall", "S1", LINES + "9001,1,1.00,1,A,,,,\n9002,2,1.00,1,A,,,,x\n");
    assertThat(records.get(0)).isInstanceOf(LineRecord.class);
    Reject reject = reject(records.get(1));
    assertThat(reject.reason()).isEqualTo(RejectReason.SURPLUS_CELL);
    assertThat(reject.column()).isEqualTo("#9");
    assertThat(reject.order()).isEqualTo("9002");
  }

  @Test
  void a_short_row_is_rejected_at_the_first_missing_column() throws IOException {
    Reject reject =
        reject(read("tmall", "S1", LINES + "9001,1,1.00,1\n9002,2,1.00,1,A,,\n").get(0));
    assertThat(reject.reason()).isEqualTo(RejectReason.MISSING_REQUIRED);
    assertThat(reject.column()).isEqualTo("商家编码");
  }

  @Test
  void a_quote_inside_an_unquoted_cell_makes_the_row_suspect() throws IOException {
    Reject reject = reject(read("tmall", "S1", LINES + "9001,1,1.00,1,A,,abc\"\n").get(0));
    assertThat(reject.reason()).isEqualTo(RejectReason.UNDECODABLE);
    assertThat(reject.column()).isEqualTo("备注");
  }

  @Test
  void an_unclosed_quote_refuses_the_whole_file() {
    DeliveryRefused refused =
        refused(LINES + "9001,1,1.00,1,A,,x\n9002,2,1.00,1,A,,\"x\n9003,3,1.00,1,A,,\n");
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(refused)
        .hasMessage(
            "f.csv:3: a quote opens in the record that starts here and never closes,"
                + " so it swallows the rest of the file");
    assertThat(refused.next())
        .containsExactly(
            "fetch or export the file again and deliver it anew; nothing of this one was used");
  }

  @Test
  void text_after_a_closing_quote_refuses_the_whole_file() {
    DeliveryRefused refused = refused(LINES + "9000,0,1.00,1,A,,x\n9001,1,1.00,1,A,,\"x\"y\n");
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(refused)
        .hasMessage("f.csv:3: text follows the closing quote of a cell; quotes do not pair");
  }

  @Test
  void a_cell_beyond_the_limit_refuses_the_whole_file() {
    DeliveryRefused refused =
        refused(LINES + "9000,0,1.00,1,A,,x\n9001,1,1.00,1,A,,\"" + "x".repeat(300_000) + "\"\n");
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(refused).hasMessageContaining("a cell is longer than 262144 characters");
  }

  @Test
  void a_torn_last_row_refuses_the_whole_file() {
    DeliveryRefused refused = refused(LINES + "9001,1,1.00,1,A,,\n9002,2,1.0");
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.TRUNCATED);
    assertThat(refused)
        .hasMessage(
            "f.csv:3: row 3: the file ends in the middle of a row: 3 of 7 cells and no line end");
    DeliveryRefused inQuotes = refused(LINES + "9001,1,1.00,1,A,,\n9002,2,1.00,1,A,,\"x");
    assertThat(inQuotes.outcome()).isEqualTo(DeliveryOutcome.TRUNCATED);
    assertThat(inQuotes)
        .hasMessage("f.csv:3: the file ends inside a quoted cell of the record that starts here");
  }

  @Test
  void a_last_amount_without_line_end_may_have_lost_digits() throws IOException {
    String header = "主订单编号,购买数量,价格\n";
    DeliveryRefused refused = refused(header + "9001,1,12.5");
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.TRUNCATED);
    assertThat(refused)
        .hasMessage(
            "f.csv:2: row 2: the file ends without a line end after the cell 价格, whose last signs may be missing");
    assertThat(read("tmall", "S1", header + "9001,1,12.5\n")).hasSize(1);
    assertThat(read("tmall", "S1", header + "9001,1,\"12.5\"")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2021-11-01 09:00:00, true",
    "2021-11-01 09:00, false",
    "2021/11/1 9:00, false",
    "2021-11-01 09:00:00.5, false",
    "2021-11-01 09:00:0, false"
  })
  void a_last_time_without_line_end_counts_only_at_full_width(String time, boolean readable)
      throws IOException {
    String header = "订单编号,总金额,买家应付邮费,买家实际支付金额,订单状态,订单创建时间,退款金额,订单付款时间\n";
    String text = header + "9001,10,0,10,交易成功,2021-11-01 09:00:00,0," + time;
    if (readable) assertThat(read("tmall", "S1", text)).hasOnlyElementsOfType(OrderRecord.class);
    else assertThat(refused(text).outcome()).isEqualTo(DeliveryOutcome.TRUNCATED);
  }

  @Test
  void a_header_alone_is_recognised_and_has_no_rows() throws IOException {
    assertThat(read("tmall", "S1", LINES)).isEmpty();
    assertThat(summary.rows()).isZero();
  }

  @Test
  void a_receipt_is_told_once_per_run_of_rows_and_a_return_is_a_refund() throws IOException {
    String at = "2018-01-03 21:20:24.783";
    List<FactRecord> records =
        read(
            "pos",
            "S1",
            SALES
                + "C1,"
                + at
                + ",A,1,2.00,2.00,x,2,03,0012,G,g\n"
                + "C1,"
                + at
                + ",B,2,1.50,3.00,x,3.7,03,0012,G,g\n"
                + "C1,"
                + at
                + ",A,-1,2.00,-2.00,x,-2,03,0012,G,g\n"
                + ","
                + at
                + ",C,1,9.00,9.00,x,0,03,0013,G,g\n"
                + "C1,"
                + at
                + ",GIFT,-1,0,0,x,0,03,0014,G,g\n");
    assertThat(records)
        .extracting(record -> record.getClass().getSimpleName() + record.row())
        .containsExactly(
            "OrderRecord2",
            "LineRecord2",
            "LineRecord3",
            "RefundRecord4",
            "OrderRecord5",
            "LineRecord5");
    OrderRecord order = (OrderRecord) records.get(0);
    assertThat(order.order()).isEqualTo("20180103-03-0012");
    assertThat(order.buyer()).containsExactly(new Token("card", "", "C1"));
    assertThat(order.grossFen()).isNull();
    assertThat(order.state()).isEqualTo(OrderState.COMPLETED);
    LineRecord line = (LineRecord) records.get(2);
    assertThat(line.dueFen()).isEqualTo(300);
    assertThat(line.tillPoints()).isEqualTo(3);
    RefundRecord refund = (RefundRecord) records.get(3);
    assertThat(refund.refund()).isNull();
    assertThat(refund.amountFen()).isEqualTo(200);
    assertThat(refund.qty()).isEqualByComparingTo("1");
    assertThat(refund.tillPoints()).isEqualTo(-2);
    assertThat(((OrderRecord) records.get(4)).buyer()).isEmpty();
    assertThat(summary.filteredRows()).isEqualTo(1);
    assertThat(summary.rows()).isEqualTo(5);
  }

  @Test
  void a_binding_names_the_token_kind_of_its_channel() throws IOException {
    List<FactRecord> records =
        read(
            "program",
            null,
            "channel,order_no,platform_id,phone,card,unionid,bound_at\n"
                + "tmall,,示例昵称,138 0000 0001,,,2021-11-20 10:00:00\n"
                + "pos,,C1,,C2,,2021-11-20 10:00:00\n"
                + "tmall,9001,,,,u1,2021-11-20 10:00:00\n");
    assertThat(((BindingRecord) records.get(0)).platform())
        .isEqualTo(new Token("tmall_nick", "tmall", "示例昵称"));
    assertThat(((BindingRecord) records.get(0)).person())
        .containsExactly(new Token("phone", "", "+8613800000001"));
    assertThat(((BindingRecord) records.get(1)).platform()).isEqualTo(new Token("card", "", "C1"));
    assertThat(((BindingRecord) records.get(2)).orderNo()).isEqualTo("9001");
    assertThat(((BindingRecord) records.get(2)).platform()).isNull();
  }

  @Test
  void an_excluded_sku_is_marked() throws IOException {
    String tmall = Files.readString(Path.of("channels/tmall.yaml"));
    Path home = Files.createDirectory(folder.resolve("mappings"));
    Files.writeString(
        home.resolve("tmall.yaml"), tmall.replace("exclusions: []", "exclusions: [邮费]"));
    Path file = folder.resolve("lines.csv");
    Files.writeString(file, LINES + "9001,1,1.00,1,A,,\n9001,2,1.00,1,邮费,,\n");
    Channels channels = Channels.load(home);
    List<FactRecord> records = new ArrayList<>();
    Recognition recognition = channels.recognise(file, "tmall", "lines.csv");
    RecordReader.read(
        (Recognition.Recognised) recognition, file, "S1", Samples.SHANGHAI, records::add);
    assertThat(records)
        .extracting(record -> ((LineRecord) record).excluded())
        .containsExactly(false, true);
  }
}
