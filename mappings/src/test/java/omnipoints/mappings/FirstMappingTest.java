package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.facts.FactRecord;
import omnipoints.facts.RejectReason;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.yaml.SetupFailed;
import omnipoints.mappings.Recognition.Recognised;
import omnipoints.mappings.draft.FirstMapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstMappingTest {
  @TempDir Path folder;

  private static FirstMapping of(Path file, String code) {
    Channels others = Samples.CHANNELS.without(code);
    return FirstMapping.of(others, file, file.getFileName().toString(), code, code);
  }

  private static FirstMapping sample(String sample) {
    Path file = Samples.FOLDER.resolve(sample);
    return of(file, Samples.channel(file));
  }

  private FirstMapping text(String text) throws IOException {
    Path file = folder.resolve("f.csv");
    Files.writeString(file, text);
    return of(file, "shop_x");
  }

  private Channels loaded(FirstMapping first) throws IOException {
    Path mappings = folder.resolve("mappings");
    Files.createDirectories(mappings);
    Files.writeString(mappings.resolve(first.code() + ".yaml"), first.yaml());
    return Channels.load(mappings);
  }

  /**
   * A day that a sheet holds as a serial looks like a moment: only a person sees that it is half of
   * one.
   */
  private static final String DATE_AND_TIME_APART = "quirk_19_date_and_time_in_two_cells.xlsx";

  /** Neither what an API answers nor statements of money are. */
  private static boolean drafted(Path sample) {
    return Samples.recognise(sample, Samples.channel(sample)).parts().stream()
            .noneMatch(
                part ->
                    part.document().ofJson()
                        || part.document().grain() == Grain.SETTLEMENT
                        || part.document().grain() == Grain.ACK
                        || part.document().grain().own() != null)
        && !sample.toString().endsWith(".json")
        && !sample.endsWith("alipay_flow_totals_differ.csv");
  }

  @Test
  void every_sample_of_every_channel_gets_a_mapping_that_loads_and_recognises_it()
      throws IOException {
    List<String> failed = new ArrayList<>();
    for (Path sample : Samples.shipped()) {
      if (sample.endsWith(DATE_AND_TIME_APART) || !drafted(sample)) continue;
      String code = Samples.channel(sample);
      boolean damaged = Samples.recognise(sample, code) instanceof Recognition.Refused;
      try {
        FirstMapping first = of(sample, code);
        Recognition own = loaded(first).recognise(sample, code, "f");
        if (own instanceof Recognition.Refused && !damaged) failed.add(sample + ": " + own);
      } catch (DeliveryRefused e) {
        if (!damaged) failed.add(sample + ": " + e.getMessage());
      } catch (SetupFailed e) {
        failed.add(sample + ": " + e.getMessage());
      }
    }
    assertThat(failed).isEmpty();
  }

  @Test
  void the_order_list_of_tmall_is_guessed_right() {
    FirstMapping first = sample("tmall/order_list_net_of_refund.csv");
    assertThat(first.grain()).isEqualTo(Grain.ORDER);
    assertThat(first.fields())
        .containsAllEntriesOf(
            Map.of(
                "order", "订单编号",
                "state", "订单状态",
                "gross", "总金额",
                "paid", "买家实际支付金额",
                "refunded", "退款金额",
                "freight", "买家应付邮费",
                "created_at", "订单创建时间",
                "paid_at", "订单付款时间",
                "completed_at", "确认收货时间"));
    assertThat(first.yaml()).contains("paid_is_net_of_refund: true");
    assertThat(sample("tmall/order_list_2017_gbk.csv").fields())
        .containsEntry("gross", "总金额")
        .containsEntry("paid_at", "订单付款时间")
        .containsEntry("state", "订单状态");
  }

  @Test
  void the_lines_of_tmall_are_guessed_right() {
    FirstMapping old = sample("tmall/line_list_2017_gbk_trailing_comma.csv");
    assertThat(old.grain()).isEqualTo(Grain.LINE);
    assertThat(old.fields())
        .containsAllEntriesOf(Map.of("order", "订单编号", "qty", "购买数量", "price", "价格", "sku", "商家编码"));
    assertThat(sample("tmall/line_list_2021_gbk.csv").fields())
        .containsAllEntriesOf(Map.of("order", "主订单编号", "line", "子订单编号", "paid_at", "订单付款时间"));
  }

  @Test
  void tills_are_guessed_right() {
    Map<String, String> right =
        Map.ofEntries(
            Map.entry("card", "kh"),
            Map.entry("at", "dtime"),
            Map.entry("sku", "spbm"),
            Map.entry("qty", "sl"),
            Map.entry("price", "sj"),
            Map.entry("amount", "je"),
            Map.entry("till_points", "jf"),
            Map.entry("till", "syjh"),
            Map.entry("receipt", "djh"));
    FirstMapping first = sample("pos/store_sales_utf8.csv");
    assertThat(first.grain()).isEqualTo(Grain.RECEIPT_LINE);
    assertThat(first.fields()).containsExactlyInAnyOrderEntriesOf(right);
    assertThat(sample("pos/store_sales_chinese_headers_gbk.csv").fields())
        .containsEntry("card", "会员卡号")
        .containsEntry("amount", "消费金额")
        .containsEntry("receipt", "单据号");
  }

  @Test
  void the_orders_of_youzan_douyin_and_jd_are_guessed_right() {
    FirstMapping youzan = sample("youzan/orders_60_columns_duplicate_header.csv");
    assertThat(youzan.grain()).isEqualTo(Grain.ORDER);
    assertThat(youzan.fields())
        .containsAllEntriesOf(
            Map.of(
                "order", "订单号",
                "state", "订单状态",
                "gross", "订单实付金额",
                "paid_at", "买家付款时间",
                "phone", "买家手机号",
                "refunded", "订单已退款金额"));
    FirstMapping douyin = sample("douyin/orders_73_columns_utf8_bom.csv");
    assertThat(douyin.grain()).isEqualTo(Grain.ORDER_LINE);
    assertThat(douyin.fields())
        .containsAllEntriesOf(
            Map.of(
                "order", "主订单编号",
                "line", "子订单编号",
                "line_state", "订单状态",
                "due", "订单应付金额",
                "qty", "商品数量",
                "paid_at", "支付完成时间"));
    FirstMapping jd = sample("jd/orders_2015_gbk_ragged_split.csv");
    assertThat(jd.grain()).isEqualTo(Grain.ORDER_LINE);
    assertThat(jd.fields())
        .containsAllEntriesOf(
            Map.of("order", "订单号", "gross", "应付金额", "qty", "订购数量", "paid_at", "付款确认时间"));
    assertThat(jd.yaml()).contains("ragged: true");
  }

  @Test
  void balances_of_points_are_guessed_right() {
    FirstMapping first = sample("youzan/customers_points_balance.csv");
    assertThat(first.grain()).isEqualTo(Grain.BALANCE);
    assertThat(first.fields())
        .containsExactlyInAnyOrderEntriesOf(Map.of("phone", "客户手机号", "points", "客户积分"));
  }

  @Test
  void words_that_no_mapping_knows_are_listed_and_not_guessed() throws IOException {
    FirstMapping first =
        text(
            """
            订单号,状态,总金额,付款时间,备注
            20260501000001,交易成功,12.00,2026-05-01 10:00:00,
            20260501000002,等待核销,13.00,2026-05-01 10:00:00,x
            """);
    assertThat(first.unknownWords()).containsExactly("等待核销");
    assertThat(first.yaml())
        .contains("    交易成功: COMPLETED\n    # 待确认: 等待核销: UNPAID|PAID|SHIPPED|COMPLETED|CLOSED\n")
        .contains("known_columns: [备注]");
    List<FactRecord> records = new ArrayList<>();
    CheckReport report =
        Samples.check(
            loaded(first), folder.resolve("f.csv"), "shop_x", "S1", Samples.SHANGHAI, records::add);
    assertThat(report.counts()).isEqualTo(Map.of("order", 1L, "reject", 1L));
    assertThat(report.rejects().get(0).reason()).isEqualTo(RejectReason.UNKNOWN_STATUS);
    assertThat(report.drift().isEmpty()).isTrue();
  }

  @Test
  void a_vocabulary_of_unknown_words_only_loads_and_rejects_every_row() throws IOException {
    FirstMapping first = text("订单号,状态,总金额,付款时间\n1000000001,甲态,12.00,2026-05-01 10:00:00\n");
    assertThat(first.refusal()).isNull();
    assertThat(first.yaml()).contains("\"(待确认)\": UNKNOWN");
    assertThat(loaded(first).codes()).contains("shop_x");
  }

  @Test
  void paid_amounts_are_mapped_only_where_the_rows_prove_what_they_are() throws IOException {
    String kept = "订单号,状态,总金额,实付金额,退款金额\n1000000001,已完成,12.00,12.00,5.00\n";
    assertThat(text(kept).yaml()).contains("paid_is_net_of_refund: false").contains("paid:");
    assertThat(text(kept.replace("12.00,5", "7.00,5")).yaml())
        .contains("paid_is_net_of_refund: true");
    FirstMapping unproven = text(kept.replace("5.00", "0.00"));
    assertThat(unproven.fields()).containsEntry("gross", "总金额").doesNotContainKey("paid");
    FirstMapping discount = text(kept.replace("12.00,12.00", "12.00,9.00"));
    assertThat(discount.fields()).containsEntry("gross", "实付金额").doesNotContainKey("paid");
  }

  @Test
  void names_of_any_kind_are_written_so_that_they_are_read_again() throws IOException {
    FirstMapping first =
        text(
            "订单号,\"a: \"\"b\"\" #1\",\"x\ny\",- z,null,状态,总金额,备注,备注\n"
                + "1000000001,,,,,已完成,12.00,,\n");
    assertThat(first.unread()).containsExactly("a: \"b\" #1", "x\ny", "- z", "null", "备注");
    assertThat(loaded(first).channel("shop_x").documents().get(0).knownColumns())
        .containsExactlyElementsOf(first.unread());
  }

  @Test
  void a_preamble_a_separator_and_an_encoding_are_found() throws IOException {
    Path file = folder.resolve("f.csv");
    Files.writeString(
        file,
        "导出：2026年5月\n\n单据号;会员卡号;销售时间;商品编码;销售数量;单价;实收金额\n" + "R1;'C1;2026/5/1 9:00;A;2;1.00;2.00\n",
        Charset.forName("GB18030"));
    FirstMapping first = of(file, "shop_x");
    assertThat(first.headerRow()).isEqualTo(3);
    assertThat(first.encoding().name()).isEqualTo("gb18030");
    assertThat(first.fields()).containsEntry("at", "销售时间").containsEntry("amount", "实收金额");
    assertThat(first.yaml()).contains("yyyy/M/d H:mm").contains("seen around values: apostrophe");
    assertThat(loaded(first).recognise(file, "shop_x", "f")).isInstanceOf(Recognised.class);
  }

  @Test
  void a_workbook_and_an_archive_are_read_like_a_text() throws IOException {
    Path book = folder.resolve("book.xlsx");
    Files.write(book, TmallBook.bytes());
    FirstMapping first = of(book, "tmall");
    assertThat(first.sheet()).isEqualTo("订单报表");
    assertThat(first.fields()).containsEntry("paid_at", "订单付款时间");
    assertThat(first.look()).contains("another table is not mapped: book.xlsx [销售明细]");
    assertThat(loaded(first).recognise(book, "tmall", "book.xlsx").parts()).isNotEmpty();
    Path archive = folder.resolve("all.zip");
    byte[] sales = Files.readAllBytes(Samples.FOLDER.resolve("pos/store_sales_utf8.csv"));
    Files.write(archive, Xlsx.Zip.ofBytes(Map.of("sales.csv", sales)));
    assertThat(of(archive, "pos").fields()).containsEntry("receipt", "djh");
  }

  @Test
  void a_file_whose_rows_nobody_understands_is_refused_with_its_header() throws IOException {
    assertThatThrownBy(() -> text("甲,乙\n1,2\n"))
        .isInstanceOf(DeliveryRefused.class)
        .hasMessageContaining("nobody can tell from the header")
        .hasMessageContaining("甲, 乙");
    assertThatThrownBy(() -> text("1,2\n")).isInstanceOf(DeliveryRefused.class);
  }
}
