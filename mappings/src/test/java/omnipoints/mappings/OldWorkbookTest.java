package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import omnipoints.facts.Contents;
import omnipoints.facts.FactRecord;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.Part;
import omnipoints.mappings.Recognition.Recognised;
import omnipoints.mappings.Recognition.Refused;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks of both formats as POI writes them, web pages called .xls, and what is locked. */
class OldWorkbookTest {
  private static final String[] HEADER = {
    "kh", "dtime", "spbm", "sl", "sj", "je", "jf", "syjh", "djh"
  };
  private static final String CSV =
      "kh,dtime,spbm,sl,sj,je,jf,syjh,djh\n8001,2026-05-01 10:00:00,A,1,1.00,1.00,1,01,7\n";

  @TempDir Path folder;

  private Path write(byte[] bytes) throws IOException {
    Path file = folder.resolve("sales.xls");
    Files.write(file, bytes);
    return file;
  }

  private static byte[] bytes(org.apache.poi.ss.usermodel.Workbook book) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (book) {
      book.write(out);
    }
    return out.toByteArray();
  }

  private static void texts(Row row, String... texts) {
    for (int i = 0; i < texts.length; i++) row.createCell(i).setCellValue(texts[i]);
  }

  /** A sheet with every kind of cell; the same for both formats. */
  private static void fill(org.apache.poi.ss.usermodel.Workbook book) {
    Sheet hidden = book.createSheet("old");
    texts(hidden.createRow(0), HEADER);
    book.setSheetVisibility(0, SheetVisibility.VERY_HIDDEN);
    Sheet sheet = book.createSheet("销售");
    book.setActiveSheet(1);
    texts(sheet.createRow(0), "门店销售明细");
    sheet.addMergedRegion(new CellRangeAddress(0, 0, 0, 8));
    texts(sheet.createRow(2), HEADER);
    CellStyle date = book.createCellStyle();
    date.setDataFormat(book.createDataFormat().getFormat("yyyy-mm-dd hh:mm:ss"));
    sale(sheet.createRow(3), date, "7");
    Row second = sale(sheet.createRow(6), date, "8");
    second.getCell(0).setCellValue(8001);
    second.getCell(5).setCellValue(0.1 + 0.2);
    second.setZeroHeight(true);
    Row lost = sale(sheet.createRow(7), date, "9");
    lost.getCell(0).setCellValue(2506123456789012345d);
    Row error = sale(sheet.createRow(8), date, "10");
    error.getCell(2).setCellErrorValue(FormulaError.NA.getCode());
    Row formula = sale(sheet.createRow(9), date, "11");
    formula.getCell(5).setCellFormula("1.5+1");
    formula.getCell(2).setCellFormula("\"A\"&\"-2\"");
    formula.getCell(3).setCellValue(1);
    book.getCreationHelper().createFormulaEvaluator().evaluateAll();
    Row wide = sheet.createRow(10);
    for (int i = 0; i < 40; i++) wide.createCell(i).setCellStyle(date);
  }

  private static Row sale(Row row, CellStyle date, String receipt) {
    texts(row, "", "", "A-1", "", "1.00", "", "1", "01", receipt);
    Cell at = row.getCell(1);
    at.setCellValue(LocalDateTime.of(2026, 5, 1, 10, 0, 1));
    at.setCellStyle(date);
    row.getCell(3).setCellValue(1);
    row.getCell(5).setCellValue(199.99);
    return row;
  }

  @Test
  void both_formats_say_the_same() throws IOException {
    HSSFWorkbook xls = new HSSFWorkbook();
    fill(xls);
    XSSFWorkbook xlsx = new XSSFWorkbook();
    fill(xlsx);
    List<FactRecord> old = Samples.read(write(bytes(xls)), "pos");
    Recognised found = Samples.recognised(folder.resolve("sales.xls"), "pos");
    assertThat(found.encoding().name()).isEqualTo("xls");
    assertThat(found.part().sheet()).isEqualTo("销售");
    assertThat(found.headerRow()).isEqualTo(3);
    List<FactRecord> now = Samples.read(write(bytes(xlsx)), "pos");
    assertThat(old).isEqualTo(now);
    RecordJson json = new RecordJson(Samples.SHANGHAI);
    assertThat(now.stream().map(json::line))
        .containsExactly(
            order(4, "20260501-01-7", ""),
            line(4, "20260501-01-7", "A-1", 19999),
            order(7, "20260501-01-8", "{\"kind\":\"card\",\"value\":\"8001\"}"),
            line(7, "20260501-01-8", "A-1", 30),
            "{\"record\":\"reject\",\"reason\":\"ID_PRECISION_LOST\",\"row\":8,\"column\":\"kh\",\"value\":\"2.5061234567890125E18\"}",
            "{\"record\":\"reject\",\"reason\":\"UNDECODABLE\",\"row\":9,\"column\":\"spbm\",\"value\":\"#N/A\"}",
            order(10, "20260501-01-11", ""),
            line(10, "20260501-01-11", "A-2", 250));
  }

  private static String order(int row, String order, String buyer) {
    String at = "\"2026-05-01T10:00:01+08:00\"";
    return "{\"record\":\"order\",\"channel\":\"pos\",\"shop\":\"S1\",\"order\":\""
        + order
        + "\",\"buyer\":["
        + buyer
        + "],\"state\":\"COMPLETED\",\"created_at\":"
        + at
        + ",\"paid_at\":"
        + at
        + ",\"completed_at\":"
        + at
        + ",\"gross_fen\":null,\"freight_fen\":null,\"refunded_fen\":null,\"net_fen\":null,\"row\":"
        + row
        + "}";
  }

  private static String line(int row, String order, String sku, int fen) {
    return "{\"record\":\"line\",\"order\":\""
        + order
        + "\",\"line\":null,\"sku\":\""
        + sku
        + "\",\"qty\":\"1\",\"price_fen\":100,\"paid_fen\":"
        + fen
        + ",\"refund_state\":\"NONE\",\"refunded_fen\":null,\"row\":"
        + row
        + "}";
  }

  @Test
  void the_epoch_of_1904_is_read_from_an_old_workbook_too() throws IOException {
    HSSFWorkbook book = new HSSFWorkbook();
    book.getInternalWorkbook().getRecords().stream()
        .filter(org.apache.poi.hssf.record.DateWindow1904Record.class::isInstance)
        .map(org.apache.poi.hssf.record.DateWindow1904Record.class::cast)
        .forEach(window -> window.setWindowing((short) 1));
    Sheet sheet = book.createSheet("s");
    texts(sheet.createRow(0), HEADER);
    texts(sheet.createRow(1), "", "", "A", "1", "1.00", "1.00", "1", "01", "7");
    sheet.getRow(1).getCell(1).setCellValue(44681.5);
    FactRecord.OrderRecord order =
        (FactRecord.OrderRecord) Samples.read(write(bytes(book)), "pos").get(0);
    assertThat(order.createdAt()).hasToString("2026-05-01T04:00:00Z");
  }

  private static Refused refused(Path file) {
    return (Refused) Samples.recognise(file, "pos");
  }

  @Test
  void a_workbook_under_a_password_is_refused_with_what_to_do() throws Exception {
    EncryptionInfo info = new EncryptionInfo(EncryptionMode.agile);
    Encryptor encryptor = info.getEncryptor();
    encryptor.confirmPassword("secret");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (POIFSFileSystem container = new POIFSFileSystem()) {
      try (OutputStream packed = encryptor.getDataStream(container)) {
        packed.write(new Xlsx().sheet("s").bytes());
      }
      container.writeFilesystem(out);
    }
    Refused locked = refused(write(out.toByteArray()));
    assertThat(locked.outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(locked.message())
        .isEqualTo("sales.xls: the workbook is password-protected, and no password is known here");
    assertThat(locked.next().get(0)).contains("save it without one");

    HSSFWorkbook book = new HSSFWorkbook();
    fill(book);
    Biff8EncryptionKey.setCurrentUserPassword("secret");
    byte[] old;
    try {
      old = bytes(book);
    } finally {
      Biff8EncryptionKey.setCurrentUserPassword(null);
    }
    assertThat(refused(write(old)).message())
        .isEqualTo("sales.xls: the workbook is password-protected, and no password is known here");
  }

  @Test
  void a_text_called_xls_is_read_as_the_text_it_is() throws IOException {
    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
      for (char separator : new char[] {',', '\t', ';'}) {
        String text = CSV.replace(',', separator);
        Path file = write(text.getBytes(charset));
        assertThat(Samples.recognised(file, "pos").part().separator()).isEqualTo(separator);
        assertThat(Samples.read(file, "pos"))
            .hasSize(2)
            .noneMatch(FactRecord.Reject.class::isInstance);
      }
    }
  }

  @Test
  void utf16_is_read_by_its_byte_order_mark_and_without_one_only_when_it_can_be_nothing_else()
      throws IOException {
    List<FactRecord> expected = Samples.read(write(CSV.getBytes(StandardCharsets.UTF_8)), "pos");
    String text = CSV.replace(',', '\t');
    String marked = "\ufeff" + text;
    List<List<Object>> table =
        List.of(
            List.of(marked.getBytes(StandardCharsets.UTF_16LE), "utf-16le with BOM"),
            List.of(marked.getBytes(StandardCharsets.UTF_16BE), "utf-16be with BOM"),
            List.of(text.getBytes(StandardCharsets.UTF_16LE), "utf-16le"));
    for (List<Object> one : table) {
      Path file = write((byte[]) one.get(0));
      assertThat(Samples.recognised(file, "pos").encoding().name()).isEqualTo(one.get(1));
      assertThat(Samples.read(file, "pos")).isEqualTo(expected);
    }
    byte[] torn = marked.getBytes(StandardCharsets.UTF_16LE);
    assertThat(refused(write(java.util.Arrays.copyOf(torn, torn.length - 1))).outcome())
        .isEqualTo(DeliveryOutcome.TRUNCATED);
    byte[] broken = marked.getBytes(StandardCharsets.UTF_16LE);
    broken[broken.length - 9] = (byte) 0xd8;
    assertThat(refused(write(broken)).outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    byte[] nul = ("\ufeff" + text.replace("A", "\0")).getBytes(StandardCharsets.UTF_16LE);
    assertThat(refused(write(nul)).message()).contains("is NUL: this is no text file");
    assertThat(refused(write("\ufeff".getBytes(StandardCharsets.UTF_16LE))).outcome())
        .isEqualTo(DeliveryOutcome.EMPTY);
  }

  private static String page(String rows) {
    return "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=gbk></head><body>"
        + "<table><tr><td colspan=9>门店销售 &amp; 退货</td></tr><tr><th>"
        + String.join("</th><th>", HEADER)
        + "</th></tr>"
        + rows
        + "</table></body></html>";
  }

  private static String cells(String... cells) {
    return "<tr><td>" + String.join("</td><td>", cells) + "</td></tr>";
  }

  @Test
  void a_web_page_called_xls_is_read_by_its_table() throws IOException {
    String row = cells("8001", "2026-05-01 10:00:00", "A", "1", "1.00", "1.00", "1", "01", "7");
    List<FactRecord> expected = Samples.read(write(CSV.getBytes(StandardCharsets.UTF_8)), "pos");
    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
      Path file = write(page(row).getBytes(charset));
      Recognised found = Samples.recognised(file, "pos");
      assertThat(found.part()).isEqualTo(new Part(Part.Format.HTML, "table 1", 0, (char) 0));
      assertThat(found.headerRow()).isEqualTo(2);
      List<FactRecord> read = Samples.read(file, "pos");
      Contents contents = new Contents();
      assertThat(read.stream().map(contents::hash).toList())
          .usingElementComparator(java.util.Arrays::compare)
          .containsExactlyElementsOf(expected.stream().map(contents::hash).toList());
    }
  }

  @Test
  void cells_of_a_web_page_span_rows_as_blanks() throws IOException {
    String first =
        cells("8001", "2026-05-01 10:00:00", "A", "1", "1.00", "1.00", "1", "01", "7")
            .replaceFirst("<td>", "<td rowspan=\"2\">");
    String second = cells("2026-05-01 10:00:00", "B", "1", "2.00", "2.00", "1", "01", "8");
    List<FactRecord> records =
        Samples.read(write(page(first + second).getBytes(StandardCharsets.UTF_8)), "pos");
    assertThat(((FactRecord.OrderRecord) records.get(2)).buyer()).isEmpty();
    assertThat(((FactRecord.LineRecord) records.get(3)).sku()).isEqualTo("B");
  }

  @Test
  void a_web_page_that_is_torn_is_not_mended() throws IOException {
    String row = cells("8001", "2026-05-01 10:00:00", "A", "1", "1.00", "1.00", "1", "01", "7");
    String page = page(row);
    for (int length = page.indexOf("<table") + 1; length < page.length() - 1; length += 3) {
      byte[] bytes = page.substring(0, length).getBytes(StandardCharsets.UTF_8);
      assertThat(refused(write(bytes)).outcome())
          .as("cut at " + length)
          .isIn(DeliveryOutcome.TRUNCATED, DeliveryOutcome.STRUCTURE_BROKEN);
    }
    String joined = page.replace("</td><td>1.00</td>", "</td>1.00</td>");
    assertThat(refused(write(joined.getBytes(StandardCharsets.UTF_8))).outcome())
        .isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    String shorter = page.replace("<td>1.00</td>", "");
    assertThat(Samples.read(write(shorter.getBytes(StandardCharsets.UTF_8)), "pos"))
        .allMatch(FactRecord.Reject.class::isInstance);
  }
}
