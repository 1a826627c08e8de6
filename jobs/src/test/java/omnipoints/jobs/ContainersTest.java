package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks and bundles on their way through a night. */
class ContainersTest {
  private static final String INPUTS =
      "select concat_ws(' ', shop, document, file, outcome, rows_in) from night_input"
          + " where night = '%s' order by n";

  @TempDir Path dir;

  static byte[] workbook(Map<String, String> sheets) {
    var out = new ByteArrayOutputStream();
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      for (Map.Entry<String, String> sheet : sheets.entrySet()) {
        var rows = book.createSheet(sheet.getKey());
        String[] lines = sheet.getValue().split("\n");
        for (int r = 0; r < lines.length; r++) {
          Row row = rows.createRow(r);
          String[] cells = lines[r].split(",", -1);
          for (int c = 0; c < cells.length; c++) row.createCell(c).setCellValue(cells[c]);
        }
      }
      book.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] zip(Map<String, byte[]> members) {
    var out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] tmallBook() {
    Map<String, String> sheets = new LinkedHashMap<>();
    sheets.put(
        "订单报表",
        Tmall.orders(
            Tmall.completed(
                "9001",
                "nick1",
                "100.00",
                "0.00",
                1,
                "2026-01-01 10:00:00",
                "2026-01-02 09:00:00")));
    sheets.put("销售明细", Tmall.lines(Tmall.line("9001-1", "9001", "A", "100.00", 1, "100.00", "0")));
    sheets.put("发货报表", "运单号,物流公司\n1,2\n");
    return workbook(sheets);
  }

  @Test
  void one_workbook_is_a_delivery_for_each_of_its_documents() {
    try (TestHome home = new TestHome(dir)) {
      home.drop("tmall/s1/report.xlsx", tmallBook());
      assertThat(home.night("2026-01-02").exit()).isZero();
      assertThat(home.rows(INPUTS.formatted("2026-01-02")))
          .containsExactly(
              "s1 line_list report.xlsx ACCEPTED 1", "s1 order_list report.xlsx ACCEPTED 1");
      assertThat(home.ledger("2026-01-02"))
          .containsExactly("EARN 100 2026-01-01 10:00:00 9001/9001-1");
    }
  }

  @Test
  void every_member_of_a_bundle_is_an_input_of_its_own() throws IOException {
    try (TestHome home = new TestHome(dir)) {
      Files.writeString(
          dir.resolve("mappings/pos.yaml"),
          mapping().replace("exclusions: []", "exclusions: []\nskip_members: [\"*汇总*\"]"));
      String may = Pos.file(Pos.row("C1", "2026-01-01 10:00:00", "A", 30, "1", "1"));
      String june = Pos.file(Pos.row("C2", "2026-01-01 11:00:00", "A", 20, "1", "2"));
      Map<String, byte[]> members = new LinkedHashMap<>();
      members.put("may.csv", bytes(may));
      members.put("sub/june.csv", bytes(june));
      members.put("汇总.csv", bytes(may));
      members.put("../evil.csv", bytes(may));
      members.put("notes.txt", bytes("nothing to read"));
      home.drop("pos/p1/bundle.zip", zip(members));
      home.night("2026-01-01");
      assertThat(home.rows(INPUTS.formatted("2026-01-01")))
          .containsExactlyInAnyOrder(
              "p1  bundle.zip/../evil.csv EVIL_NAME 0",
              "p1  bundle.zip/notes.txt NO_MAPPING 0",
              "p1  bundle.zip/汇总.csv EMPTY 0",
              "p1 store_sales bundle.zip/may.csv ACCEPTED 1",
              "p1 store_sales bundle.zip/sub/june.csv ACCEPTED 1");
      assertThat(home.ledger("2026-01-01")).hasSize(2);
      // The member alone, and the member in another bundle, are the delivery that came before.
      home.drop("pos/p1/may.csv", bytes(may));
      home.drop("pos/p1/other.zip", zip(Map.of("renamed.csv", bytes(june))));
      home.night("2026-01-02");
      assertThat(home.rows(INPUTS.formatted("2026-01-02")))
          .containsExactlyInAnyOrder(
              "p1 store_sales may.csv DUPLICATE 1",
              "p1 store_sales other.zip/renamed.csv DUPLICATE 1");
    }
  }

  @Test
  void a_bundle_that_is_torn_or_empty_is_refused_as_a_whole() {
    try (TestHome home = new TestHome(dir)) {
      byte[] whole = zip(Map.of("a.csv", bytes(Pos.file())));
      home.drop("pos/p1/torn.zip", java.util.Arrays.copyOf(whole, whole.length - 30));
      home.drop("pos/p1/none.zip", zip(Map.of()));
      home.night("2026-01-01");
      assertThat(home.rows(INPUTS.formatted("2026-01-01")))
          .containsExactlyInAnyOrder("p1  torn.zip TRUNCATED 0", "p1  none.zip EMPTY 0");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String mapping() throws IOException {
    try (var in = ContainersTest.class.getClassLoader().getResourceAsStream("channels/pos.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void the_members_lie_in_the_archive_under_their_own_hashes() {
    try (TestHome home = new TestHome(dir)) {
      home.drop(
          "pos/p1/b.zip",
          zip(
              Map.of(
                  "a.csv",
                  bytes(Pos.file(Pos.row("C1", "2026-01-01 10:00:00", "A", 30, "1", "1"))))));
      home.night("2026-01-01");
      List<String> hashes = home.rows("select sha256 from night_input");
      assertThat(hashes).hasSize(1);
      String hash = hashes.get(0);
      assertThat(dir.resolve("archive").resolve(hash.substring(0, 2)).resolve(hash)).exists();
      assertThat(home.rows("select sha256 from arrival")).doesNotContain(hash);
    }
  }
}
