package omnipoints.mappings;

import static omnipoints.mappings.Xlsx.number;
import static omnipoints.mappings.Xlsx.row;
import static omnipoints.mappings.Xlsx.rowAt;
import static omnipoints.mappings.Xlsx.text;
import static omnipoints.mappings.Xlsx.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.facts.FactRecord;
import omnipoints.facts.RejectReason;
import omnipoints.files.DeliveryOutcome;
import omnipoints.mappings.Recognition.Recognised;
import omnipoints.mappings.Recognition.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workbook may hold, rule by rule; the sheet is a sales file of the tills. */
class WorkbookTest {
  private static final String[] HEADER = {
    "kh", "dtime", "spbm", "sl", "sj", "je", "jf", "syjh", "djh"
  };
  private static final String AT = "2026-05-01 10:00:00";

  @TempDir Path folder;

  private Path write(byte[] bytes) throws IOException {
    // The name says nothing: what is in the file decides.
    Path file = folder.resolve("sales.csv");
    Files.write(file, bytes);
    return file;
  }

  /** One data row with the given card, time, sku, price and amount cells. */
  private List<FactRecord> read(String card, String time, String sku, String price, String amount)
      throws IOException {
    return read(new Xlsx(), card, time, sku, price, amount);
  }

  private List<FactRecord> read(
      Xlsx book, String card, String time, String sku, String price, String amount)
      throws IOException {
    String data =
        row(card, time, sku, number("1"), price, amount, text("0"), text("01"), text("7"));
    return Samples.read(write(book.sheet("s", row(texts(HEADER)), data).bytes()), "pos");
  }

  private static FactRecord.LineRecord line(List<FactRecord> records) {
    return (FactRecord.LineRecord)
        records.stream()
            .filter(FactRecord.LineRecord.class::isInstance)
            .findFirst()
            .orElseThrow(() -> new AssertionError(records.toString()));
  }

  private static FactRecord.Reject reject(List<FactRecord> records) {
    assertThat(records).hasSize(1).first().isInstanceOf(FactRecord.Reject.class);
    return (FactRecord.Reject) records.get(0);
  }

  private static String card(List<FactRecord> records) {
    FactRecord.OrderRecord order = (FactRecord.OrderRecord) records.get(0);
    return order.buyer().isEmpty() ? "" : order.buyer().get(0).value();
  }

  @Test
  void an_id_stored_as_a_number_is_read_while_all_its_digits_are_there() throws IOException {
    List<List<String>> table =
        List.of(
            List.of("123456789012345", "123456789012345"),
            List.of("1.23456789012345E14", "123456789012345"),
            List.of("8001.0", "8001"),
            List.of("8.001E3", "8001"),
            List.of("0", "0"));
    for (List<String> one : table) {
      List<FactRecord> records =
          read(number(one.get(0)), text(AT), text("A"), text("1.00"), text("1.00"));
      assertThat(card(records)).as(one.get(0)).isEqualTo(one.get(1));
    }
  }

  @Test
  void an_id_stored_as_a_number_of_more_than_fifteen_digits_is_rejected() throws IOException {
    for (String stored :
        List.of("1234567890123456", "2.5061234567890125E+18", "2506123456789012345", "1E15")) {
      FactRecord.Reject reject =
          reject(read(number(stored), text(AT), text("A"), text("1.00"), text("1.00")));
      assertThat(reject.reason()).as(stored).isEqualTo(RejectReason.ID_PRECISION_LOST);
      assertThat(reject.row()).isEqualTo(2);
      assertThat(reject.column()).isEqualTo("kh");
    }
  }

  @Test
  void an_id_shown_with_leading_zeros_keeps_them() throws IOException {
    assertThat(line(read(text(""), text(AT), number("4711", 3), text("1"), text("1"))).sku())
        .isEqualTo("00004711");
  }

  @Test
  void amounts_are_the_decimals_a_person_sees_there() throws IOException {
    List<List<Object>> table =
        List.of(
            List.of("199.99", 19999L),
            List.of("199.99000000000001", 19999L),
            List.of("0.30000000000000004", 30L),
            List.of("1E2", 10000L),
            List.of("1.0E-1", 10L),
            List.of("-12.5", -1250L),
            List.of("0", 0L));
    for (List<Object> one : table) {
      List<FactRecord> records =
          read(text(""), text(AT), text("A"), text("1.00"), number((String) one.get(0)));
      long fen =
          records.get(0) instanceof FactRecord.RefundRecord refund
              ? -refund.amountFen()
              : line(records).dueFen();
      assertThat(fen).as((String) one.get(0)).isEqualTo(one.get(1));
    }
    assertThat(reject(read(text(""), text(AT), text("A"), text("1"), number("1.999"))).reason())
        .isEqualTo(RejectReason.BAD_NUMBER);
    assertThat(reject(read(text(""), text(AT), text("A"), text("1"), number("1E20"))).reason())
        .isEqualTo(RejectReason.MONEY_LEFTOVER);
  }

  @Test
  void a_date_is_read_from_its_serial_under_both_epochs() throws IOException {
    // 46143 is 2026-05-01 counted from 1900, 44681 counted from 1904.
    for (int style : new int[] {0, 1, 2, 4}) {
      assertThat(
              at(
                  read(
                      text(""),
                      number("46143.416666666664", style),
                      text("A"),
                      text("1"),
                      text("1"))))
          .isEqualTo("2026-05-01T10:00");
      assertThat(
              at(
                  read(
                      new Xlsx().epoch1904(),
                      text(""),
                      number("44681.416666666664", style),
                      text("A"),
                      text("1"),
                      text("1"))))
          .isEqualTo("2026-05-01T10:00");
    }
    assertThat(at(read(text(""), text("2026/5/1 10:00"), text("A"), text("1"), text("1"))))
        .isEqualTo("2026-05-01T10:00");
  }

  @Test
  void a_date_written_as_iso_says_is_what_its_serial_would_be_and_a_bare_one_its_midnight()
      throws IOException {
    Map<String, String> table =
        Map.of(
            "2026-05-01T10:00:00", "2026-05-01T10:00",
            "2026-05-01T10:00:00Z", "2026-05-01T10:00",
            "2026-05-01T23:59:59.987", "2026-05-01T23:59:59.987",
            "2026-05-01", "2026-05-01T00:00");
    for (Map.Entry<String, String> one : table.entrySet()) {
      String iso = "<c t='d'><v>" + one.getKey() + "</v></c>";
      for (Xlsx book : List.of(new Xlsx(), new Xlsx().epoch1904()))
        assertThat(at(read(book, text(""), iso, text("A"), text("1"), text("1"))))
            .as(one.getKey())
            .isEqualTo(one.getValue());
    }
    assertThat(at(read(text(""), text("2026-05-01"), text("A"), text("1"), text("1"))))
        .isEqualTo("2026-05-01T00:00");
    String code = "<c t='d'><v>2026-05-01</v></c>";
    assertThat(reject(read(text(""), text(AT), code, text("1"), text("1"))).reason())
        .isEqualTo(RejectReason.UNDECODABLE);
  }

  private static String at(List<FactRecord> records) {
    return LocalDateTime.ofInstant(line(records).at(), Samples.SHANGHAI).toString();
  }

  @Test
  void a_number_that_is_no_date_is_rejected_in_a_date_column() throws IOException {
    for (String stored : List.of("60", "0.5", "-3", "99999999", "0")) {
      FactRecord.Reject reject =
          reject(read(text(""), number(stored, 1), text("A"), text("1"), text("1")));
      assertThat(reject.reason()).as(stored).isEqualTo(RejectReason.BAD_DATE);
    }
  }

  @Test
  void a_code_the_spreadsheet_took_for_a_date_is_rejected() throws IOException {
    FactRecord.Reject reject =
        reject(read(text(""), text(AT), number("46143", 1), text("1"), text("1")));
    assertThat(reject.reason()).isEqualTo(RejectReason.UNDECODABLE);
    assertThat(reject.column()).isEqualTo("spbm");
  }

  @Test
  void of_a_formula_the_cached_value_counts_and_its_absence_is_no_blank() throws IOException {
    String cached = "<c><f>1+1</f><v>2</v></c>";
    String words = "<c t='str'><f>A1</f><v>A-1</v></c>";
    List<FactRecord> records = read(text(""), text(AT), words, cached, cached);
    assertThat(line(records).sku()).isEqualTo("A-1");
    assertThat(line(records).dueFen()).isEqualTo(200);
    for (String broken :
        List.of(
            "<c><f>1+1</f></c>",
            "<c><f>1+1</f><v></v></c>",
            "<c t='e'><v>#N/A</v></c>",
            "<c t='e'><f>1/0</f><v>#REF!</v></c>")) {
      // The card is optional, yet an error in it is not "no card".
      FactRecord.Reject reject = reject(read(broken, text(AT), text("A"), text("1"), text("1")));
      assertThat(reject.reason()).as(broken).isEqualTo(RejectReason.UNDECODABLE);
    }
  }

  @Test
  void strings_may_be_shared_rich_escaped_or_inline() throws IOException {
    Xlsx book = new Xlsx();
    String rich = book.shared("<si><r><t>A</t></r><r><rPr/><t>-1</t></r><rPh><t>x</t></rPh></si>");
    String plain = book.shared("<si><t xml:space='preserve'> 1.00_x000D_</t></si>");
    String blank = book.shared("<si><t/></si>");
    List<FactRecord> records = read(book, blank, text(AT), rich, plain, plain);
    assertThat(line(records).sku()).isEqualTo("A-1");
    assertThat(line(records).dueFen()).isEqualTo(100);
    assertThat(card(records)).isEmpty();
  }

  @Test
  void booleans_are_words() throws IOException {
    assertThat(line(read(text(""), text(AT), "<c t='b'><v>1</v></c>", text("1"), text("1"))).sku())
        .isEqualTo("TRUE");
  }

  private static String[] sale(int receipt) {
    return new String[] {
      texts("", AT, "A", "1", "1.00", "1.00", "0", "01", String.valueOf(receipt))
    };
  }

  @Test
  void rows_keep_their_numbers_and_empty_ones_count() throws IOException {
    byte[] book =
        new Xlsx()
            .sheet(
                "s",
                rowAt(3, texts(HEADER)),
                rowAt(4, "<c r='A4' s='1'/><c r='B4' s='1'/>"),
                "<row r='7' hidden='1'>" + sale(1)[0] + "</row>",
                rowAt(9, sale(2)),
                rowAt(1000, "<c s='1'/>", text("  ")))
            .bytes();
    Path file = write(book);
    assertThat(Samples.recognised(file, "pos").headerRow()).isEqualTo(3);
    assertThat(Samples.read(file, "pos").stream().map(FactRecord::row).distinct())
        .containsExactly(7, 9);
  }

  @Test
  void hidden_sheets_are_no_candidates() throws IOException {
    String[] rows = {row(texts(HEADER)), row(sale(1))};
    Path file =
        write(
            new Xlsx()
                .sheet("old", "hidden", rows)
                .sheet("older", "veryHidden", rows)
                .sheet("说明", row(texts("how to read this")))
                .sheet("销售", rows)
                .bytes());
    Recognised found = Samples.recognised(file, "pos");
    assertThat(found.part().sheet()).isEqualTo("销售");
    assertThat(found.encoding().name()).isEqualTo("xlsx");
    assertThat(Samples.read(file, "pos")).hasSize(2);
  }

  @Test
  void two_sheets_of_one_document_are_ambiguous_and_both_are_named() throws IOException {
    String[] rows = {row(texts(HEADER)), row(sale(1))};
    Path file = write(new Xlsx().sheet("May", "", rows).sheet("June", "", rows).bytes());
    Refused refused = (Refused) Samples.recognise(file, "pos");
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.AMBIGUOUS_MAPPING);
    assertThat(refused.message())
        .isEqualTo("sales.csv: both sheets May and June are pos/store_sales");
  }

  @Test
  void a_workbook_of_several_documents_gives_a_part_for_each() throws IOException {
    Path file = write(TmallBook.bytes());
    Recognition recognition = Samples.recognise(file, "tmall");
    assertThat(recognition.parts())
        .extracting(part -> part.part().sheet() + " " + part.document().name())
        .containsExactly("订单报表 order_list", "销售明细 line_list");
    List<FactRecord> records = new ArrayList<>();
    for (Recognised part : recognition.parts()) {
      RecordReader.read(part, file, "S1", Samples.SHANGHAI, records::add);
    }
    assertThat(records)
        .extracting(record -> record.getClass().getSimpleName())
        .containsExactly("OrderRecord", "LineRecord");
    List<CheckReport> reports =
        CheckReport.all(Samples.CHANNELS, file, "tmall", "S1", Samples.SHANGHAI, record -> {});
    assertThat(reports).extracting(CheckReport::sheet).containsExactly("订单报表", "销售明细");
  }

  @Test
  void a_workbook_nobody_knows_tells_why_sheet_by_sheet() throws IOException {
    Path file =
        write(new Xlsx().sheet("a", row(texts("kh", "je"))).sheet("b", row(texts("x"))).bytes());
    Refused refused = (Refused) Samples.recognise(file, "pos");
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.NO_MAPPING);
    assertThat(refused.message())
        .startsWith("sales.csv: no mapping recognises this file (read as xlsx)\n sheet a:\n  pos/")
        .contains("row 1 lacks dtime")
        .contains("\n sheet b:\n");
    Path empty = write(new Xlsx().sheet("a").bytes());
    assertThat(((Refused) Samples.recognise(empty, "pos")).outcome())
        .isEqualTo(DeliveryOutcome.EMPTY);
  }

  @Test
  void a_header_of_two_levels_takes_from_the_upper_one_what_the_lower_one_lacks()
      throws IOException {
    String upper = row(texts("kh", "dtime", "商品", null, null, "金额", null, "syjh", "djh"));
    String lower = row(texts(null, "", "spbm", "sl", "sj", "je", "jf"));
    Path file = write(new Xlsx().sheet("s", upper, lower, row(sale(5))).bytes());
    Recognised found = Samples.recognised(file, "pos");
    assertThat(found.headerRow()).isEqualTo(2);
    assertThat(found.headers())
        .containsExactly("kh", "dtime", "spbm", "sl", "sj", "je", "jf", "syjh", "djh");
    assertThat(line(Samples.read(file, "pos")).order()).isEqualTo("20260501-01-5");
  }

  @Test
  void what_stands_beside_the_table_is_no_part_of_it() throws IOException {
    String header = row(texts(HEADER), "<c/>", texts("行标签", "je"));
    String first = row(sale(1)[0], text("a note"), texts("01", "99.00"));
    String pivotOnly = row("<c/><c/><c/><c/><c/><c/><c/><c/><c/><c/>", texts("总计", "99.00"));
    Path file = write(new Xlsx().sheet("s", header, first, pivotOnly, row(sale(2))).bytes());
    List<FactRecord> records = Samples.read(file, "pos");
    assertThat(records).noneMatch(FactRecord.Reject.class::isInstance);
    assertThat(records.stream().map(FactRecord::row).distinct()).containsExactly(2, 4);
    assertThat(line(records).dueFen()).isEqualTo(100);
  }

  @Test
  void a_row_with_data_in_the_table_is_never_taken_for_a_note() throws IOException {
    Path file =
        write(
            new Xlsx()
                .sheet("s", row(texts(HEADER)), row(texts("", "", "合计", "", "", "99.00")))
                .bytes());
    assertThat(Samples.read(file, "pos"))
        .isNotEmpty()
        .allMatch(FactRecord.Reject.class::isInstance);
  }

  @Test
  void a_workbook_whose_parts_contradict_each_other_is_refused() throws IOException {
    List<String> sheets =
        List.of(
            rowAt(2, texts(HEADER)) + rowAt(2, sale(1)),
            rowAt(2, texts(HEADER)) + rowAt(1, sale(1)),
            row(texts(HEADER)) + "<row><c r='B2'><v>1</v></c><c r='A2'><v>1</v></c></row>",
            row(texts(HEADER)) + "<row><c t='s'><v>0</v></c></row>",
            row(texts(HEADER)) + "<row><c t='s'><v>x</v></c></row>",
            row(texts(HEADER)) + "<row><c t='zz'><v>1</v></c></row>",
            row(texts(HEADER)) + "<row><c r='A9'><v>1</v></c></row>",
            row(texts(HEADER)) + "<row r='99999999'/>");
    for (String rows : sheets) {
      Path file = write(new Xlsx().sheet("s", rows).bytes());
      assertThat(refusal(file).outcome()).as(rows).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    }
  }

  private static Refused refusal(Path file) {
    CheckReport report =
        Samples.check(Samples.CHANNELS, file, "pos", "S1", Samples.SHANGHAI, record -> {});
    assertThat(report.refusal()).as("counts " + report.counts()).isNotNull();
    return report.refusal();
  }

  @Test
  void an_entity_declared_in_a_sheet_is_refused() throws IOException {
    byte[] book = new Xlsx().sheet("s", row(texts(HEADER)), row(texts("&bomb;"))).bytes();
    String xml =
        "<!DOCTYPE x [<!ENTITY bomb \"lol\">]><worksheet><sheetData>"
            + row(texts(HEADER))
            + "<row><c t='inlineStr'><is><t>&bomb;</t></is></c></row></sheetData></worksheet>";
    Path file = write(Zips.replaced(book, "xl/worksheets/sheet1.xml", xml));
    assertThat(refusal(file).outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
  }
}
