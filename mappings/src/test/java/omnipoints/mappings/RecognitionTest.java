package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import omnipoints.files.DeliveryOutcome;
import omnipoints.mappings.Recognition.Recognised;
import omnipoints.mappings.Recognition.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecognitionTest {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final String LINES = "订单编号,标题,价格,购买数量,外部系统编号,订单状态,商家编码\n9001,锅,1.00,1,,交易成功,A\n";

  @TempDir Path folder;

  private Recognition recognise(byte[] bytes, String channel) throws IOException {
    Path file = folder.resolve("f.csv");
    Files.write(file, bytes);
    return Samples.CHANNELS.recognise(file, channel, "f.csv");
  }

  private Recognition recognise(String text, String channel) throws IOException {
    return recognise(text.getBytes(StandardCharsets.UTF_8), channel);
  }

  private static Refused refused(Recognition recognition) {
    assertThat(recognition).isInstanceOf(Refused.class);
    return (Refused) recognition;
  }

  @Test
  void every_accepted_sample_is_recognised_among_all_channels_as_one_document() {
    for (Path sample : Samples.all()) {
      if (!(Samples.recognise(sample, Samples.channel(sample)) instanceof Recognised expected))
        continue;
      Recognition free = Samples.recognise(sample, null);
      assertThat(free).as(sample.toString()).isInstanceOf(Recognised.class);
      assertThat(((Recognised) free).document()).isEqualTo(expected.document());
    }
  }

  @Test
  void the_encoding_is_found_by_strict_decoding() throws IOException {
    byte[] utf8 = LINES.getBytes(StandardCharsets.UTF_8);
    byte[] bom = new byte[utf8.length + 3];
    System.arraycopy(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, 0, bom, 0, 3);
    System.arraycopy(utf8, 0, bom, 3, utf8.length);
    assertThat(((Recognised) recognise(utf8, "tmall")).encoding().name()).isEqualTo("utf-8");
    assertThat(((Recognised) recognise(bom, "tmall")).encoding().name())
        .isEqualTo("utf-8 with BOM");
    assertThat(((Recognised) recognise(LINES.getBytes(GB18030), "tmall")).encoding().name())
        .isEqualTo("gb18030");
  }

  @Test
  void the_header_is_found_below_a_preamble() throws IOException {
    Recognised found = (Recognised) recognise("#导出时间：[2026年]\n\n" + LINES, "tmall");
    assertThat(found.headerRow()).isEqualTo(3);
  }

  @Test
  void headers_are_compared_without_blanks_case_and_width() throws IOException {
    String text =
        LINES.replace("订单编号", "订单 编号 ").replace("价格", "\u3000商品价格").replace("标题", "\"标\n题\"");
    Recognised found = (Recognised) recognise(text, "tmall");
    assertThat(found.document().name()).isEqualTo("line_list");
    assertThat(Headers.normalise("收入金额（+元）")).isEqualTo(Headers.normalise(" 收入金额(+元) "));
    assertThat(Headers.normalise("入帐时间")).isEqualTo("入账时间");
    assertThat(Headers.normalise("商品 ＩＤ")).isEqualTo("商品id");
  }

  @Test
  void a_file_of_zero_bytes_or_blanks_is_empty() throws IOException {
    assertThat(refused(recognise("", "tmall")).outcome()).isEqualTo(DeliveryOutcome.EMPTY);
    assertThat(refused(recognise("\ufeff", "tmall")).outcome()).isEqualTo(DeliveryOutcome.EMPTY);
    Refused blank = refused(recognise("\n , \n\n", "tmall"));
    assertThat(blank.outcome()).isEqualTo(DeliveryOutcome.EMPTY);
    assertThat(blank.message()).isEqualTo("f.csv: the file holds nothing but blank rows");
  }

  @Test
  void an_unknown_header_is_answered_with_what_the_nearest_documents_miss() throws IOException {
    Refused refused = refused(recognise(LINES.replace("购买数量", "件数").replace("价格", "单价"), "tmall"));
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.NO_MAPPING);
    assertThat(refused.message())
        .isEqualTo(
            """
            f.csv: no mapping recognises this file (read as utf-8)
              tmall/line_list: row 1 lacks 购买数量, 价格 (or 商品价格)
              tmall/order_list: row 1 lacks 订单创建时间, 订单付款时间, 总金额, 买家应付邮费, \
            买家实际支付金额 (or 买家实付金额), 退款金额
              tmall/refunds: row 1 lacks 退款编号, 退款状态, 买家退款金额, 退款完结时间 (or 完结时间)
              … and 4 less like it; channel check --all""");
    assertThat(refused.next())
        .containsExactly(
            "export the file again with the missing columns",
            "or, if a column was renamed, add its new name as an alias in mappings/<channel>.yaml of the home",
            "./omnipoints channel new FILE");
  }

  @Test
  void a_header_that_is_nearly_known_is_answered_with_what_was_renamed() throws IOException {
    Refused refused = refused(recognise(LINES.replace("购买数量", "购买的数量"), "tmall"));
    assertThat(refused.message())
        .contains("\n  nearest is tmall/line_list: ")
        .endsWith("; 购买的数量 may be 购买数量");
    assertThat(refused.next())
        .contains(
            "if 购买的数量 is 购买数量, add it to the aliases of field qty of document line_list in"
                + " mappings/tmall.yaml of the home");
  }

  @Test
  void a_template_says_how_to_complete_it() throws IOException {
    Refused refused = refused(recognise(LINES, "vipshop"));
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.NO_MAPPING);
    assertThat(refused.message())
        .isEqualTo("f.csv: the mapping of vipshop is a template: it has no document yet");
    assertThat(refused.next()).containsExactly("./omnipoints channel new FILE --channel vipshop");
  }

  @Test
  void two_columns_that_mean_the_same_are_never_chosen_between() throws IOException {
    Refused refused = refused(recognise(LINES.replace("外部系统编号", "商品价格"), "tmall"));
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.NO_MAPPING);
    assertThat(refused.message())
        .contains(
            "tmall/line_list: row 1 is ambiguous: 价格 (column 3) and 商品价格 (column 5) both mean price");
    assertThat(refused(recognise(LINES.replace("标题", "购买数量"), "tmall")).message())
        .contains("购买数量 (column 2) and 购买数量 (column 4) both mean qty");
  }

  @Test
  void a_file_two_documents_claim_is_ambiguous() throws IOException {
    String twin =
        Files.readString(Path.of("channels/pos.yaml")).replace("channel: pos", "channel: pos2");
    Files.writeString(folder.resolve("pos2.yaml"), twin);
    Path file = Samples.FOLDER.resolve("pos/store_sales_utf8.csv");
    Refused refused = refused(Channels.load(folder).recognise(file, null, "sales.csv"));
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.AMBIGUOUS_MAPPING);
    assertThat(refused.message())
        .isEqualTo("sales.csv: both pos/store_sales and pos2/store_sales recognise this file");
  }

  @Test
  void bytes_that_are_no_text_are_refused_with_their_place() throws IOException {
    byte[] bytes = LINES.getBytes(StandardCharsets.UTF_8);
    int at = LINES.substring(0, LINES.indexOf("锅")).getBytes(StandardCharsets.UTF_8).length;
    bytes[at] = (byte) 0xff;
    Refused refused = refused(recognise(bytes, "tmall"));
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(refused.message())
        .startsWith("f.csv: the bytes are no text: utf-8 fails at byte " + at);
  }

  @Test
  void damaged_utf8_is_not_read_as_gb18030_nonsense() throws IOException {
    byte[] bytes = LINES.getBytes(StandardCharsets.UTF_8);
    int at = LINES.substring(0, LINES.indexOf("锅")).getBytes(StandardCharsets.UTF_8).length;
    byte[] without = new byte[bytes.length - 1];
    System.arraycopy(bytes, 0, without, 0, at);
    System.arraycopy(bytes, at + 1, without, at, bytes.length - at - 1);
    assertThat(refused(recognise(without, "tmall")).outcome())
        .isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
  }

  @Test
  void a_file_that_ends_inside_a_character_is_torn() throws IOException {
    byte[] utf8 = LINES.replace(",A\n", ",A,尾").getBytes(StandardCharsets.UTF_8);
    assertThat(refused(recognise(Arrays.copyOf(utf8, utf8.length - 1), "tmall")).outcome())
        .isEqualTo(DeliveryOutcome.TRUNCATED);
    byte[] gbk = LINES.replace(",A\n", ",A,尾").getBytes(GB18030);
    Refused refused = refused(recognise(Arrays.copyOf(gbk, gbk.length - 1), "tmall"));
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.TRUNCATED);
    assertThat(refused.message())
        .isEqualTo("f.csv: the file ends inside a character of gb18030: it is torn");
  }

  @Test
  void nul_bytes_are_refused() throws IOException {
    Refused refused = refused(recognise(LINES.replace("锅", "\0"), "tmall"));
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(refused.message()).contains("is NUL: this is no text file");
  }

  @Test
  void other_containers_are_named() throws IOException {
    assertThat(refused(recognise("%PDF-1.7 ", "tmall")).message())
        .isEqualTo("f.csv: the file is a PDF, no mapping reads that");
    assertThat(refused(recognise("Rar!\u001a\u0007\u0000", "tmall")).message())
        .isEqualTo("f.csv: the file is a RAR archive, no mapping reads that");
    Refused xml =
        refused(
            recognise(
                "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                "tmall"));
    assertThat(xml.outcome()).isEqualTo(DeliveryOutcome.NO_MAPPING);
    assertThat(xml.message())
        .isEqualTo("f.csv: the file is an XML Spreadsheet of 2003, no mapping reads that");
  }

  @Test
  void an_archive_without_its_directory_is_torn() throws IOException {
    Refused refused = refused(recognise(new byte[] {'P', 'K', 3, 4, 0, 0}, "tmall"));
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.TRUNCATED);
    assertThat(refused.message())
        .isEqualTo(
            "f.csv: the archive has no readable directory at its end; it is torn or damaged");
  }

  @Test
  void a_file_beyond_the_limit_is_too_large() throws IOException {
    String small =
        Files.readString(Path.of("channels/pos.yaml")).replace("file_mib: 4096", "file_mib: 1");
    Path home = Files.createDirectory(folder.resolve("mappings"));
    Files.writeString(home.resolve("pos.yaml"), small);
    Path file = folder.resolve("big.csv");
    Files.write(file, new byte[(1 << 20) + 1]);
    Refused refused = refused(Channels.load(home).recognise(file, "pos", "big.csv"));
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.TOO_LARGE);
    assertThat(refused.message())
        .isEqualTo("big.csv: the file has 1048577 bytes, the mapping allows 1048576");
  }
}
