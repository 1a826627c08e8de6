package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import omnipoints.files.Limits;
import omnipoints.files.Part;
import omnipoints.files.Row;
import omnipoints.files.RowSource;
import omnipoints.files.Workbook;
import omnipoints.jobs.extract.ReconciliationWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * The workbook that finance signs, as other programs than the one that wrote it see it: our own
 * reader of workbooks, and the XML of its parts.
 */
class ReconciliationWorkbookTest {

  private static final String NIGHT = ThreeNights.SECOND;
  private static final Limits LIMITS = new Limits(1 << 24, 1 << 20, 1 << 20, 1 << 28, 1000);

  @TempDir static Path dir;
  private static TestHome home;
  private static Path workbook;
  private static Map<String, List<List<String>>> sheets;

  @BeforeAll
  static void two_nights() {
    home = ThreeNights.home(dir.resolve("home"));
    home.write("omnipoints.yaml", "company: 示例贸易有限公司\n" + home.file("omnipoints.yaml"));
    for (String night : List.of(ThreeNights.FIRST, NIGHT)) {
      ThreeNights.of(night).forEach(export -> export.dropInto(home));
      home.night(night);
    }
    workbook = home.dir.resolve("reports/" + NIGHT + "/reconciliation.xlsx");
    sheets = read(workbook);
  }

  @AfterAll
  static void drop() {
    home.close();
  }

  private static Map<String, List<List<String>>> read(Path file) {
    var all = new LinkedHashMap<String, List<List<String>>>();
    try (Workbook book =
        Workbook.open(Part.Format.XLSX, file, "reconciliation.xlsx", null, LIMITS)) {
      for (Part sheet : book.sheets()) {
        var rows = new ArrayList<List<String>>();
        try (RowSource source = book.rows(sheet)) {
          for (Row row = source.next(); row != null; row = source.next()) {
            var cells = new ArrayList<String>();
            for (int i = 0; i < row.size(); i++) cells.add(row.text(i));
            rows.add(cells);
          }
        }
        all.put(sheet.sheet(), rows);
      }
    }
    return all;
  }

  private static String one(String sql) {
    return home.rows(sql).get(0);
  }

  private static List<String> row(String sheet, String first) {
    return sheets.get(sheet).stream()
        .filter(row -> !row.isEmpty() && row.get(0).equals(first))
        .findFirst()
        .orElseThrow(() -> new AssertionError(first + " stands nowhere in " + sheet));
  }

  @Test
  void it_says_whose_books_of_which_night_close_and_programme_it_shows() {
    assertThat(sheets.keySet()).containsExactly("汇总", "渠道核对", "订单状态", "积分明细", "差异", "签字");
    String close = one("select close_hash from close where night = '" + NIGHT + "'");
    for (String sheet : List.of("汇总", "签字")) {
      assertThat(row(sheet, "公司")).contains("示例贸易有限公司");
      assertThat(row(sheet, "业务日期").get(1)).startsWith(NIGHT);
      assertThat(row(sheet, "积分方案")).contains("base，第 2 版");
      assertThat(row(sheet, "关账哈希")).contains(close);
    }
    assertThat(row("签字", "职责")).containsExactly("职责", "姓名", "签字", "日期", "意见");
    assertThat(row("签字", "未结差异").get(1))
        .isEqualTo(one("select count(*) from break where state = 'OPEN'"));
  }

  @Test
  void it_goes_from_opening_to_closing_as_the_liability_does() {
    for (String[] account :
        new String[][] {{"pending", "在途"}, {"available", "可用"}, {"owed", "欠分"}}) {
      String total =
          home.file("reports/" + NIGHT + "/liability.csv")
              .lines()
              .filter(line -> line.startsWith("TOTAL,," + account[0] + ","))
              .findFirst()
              .orElseThrow();
      List<String> figures = List.of(total.split(",")).subList(3, 13);
      assertThat(row("汇总", account[1]).subList(1, 11)).isEqualTo(figures);
    }
  }

  @Test
  void sales_and_points_stand_beside_what_channels_and_tills_say() {
    List<List<String>> rows = sheets.get("渠道核对");
    List<String> header = rows.get(0);
    long orders = 0;
    double paid = 0;
    for (List<String> shop : rows.subList(1, rows.size())) {
      orders += Long.parseLong(shop.get(header.indexOf("累计订单")));
      paid += Double.parseDouble(shop.get(header.indexOf("累计实付(元)")));
    }
    assertThat(orders).isEqualTo(Long.parseLong(one("select count(*) from verdict")));
    assertThat(Math.round(paid * 100))
        .isEqualTo(Long.parseLong(one("select sum(base_fen) from verdict")))
        .isPositive();
    List<String> till =
        rows.stream().filter(row -> row.get(0).equals("pos")).findFirst().orElseThrow();
    String place = "channel = 'pos' and shop = '" + till.get(1) + "' and night = '" + NIGHT + "'";
    assertThat(till.get(header.indexOf("收银积分")))
        .isEqualTo(one("select till_points from till_total where " + place));
    assertThat(Long.parseLong(till.get(header.indexOf("积分差"))))
        .isEqualTo(
            Long.parseLong(
                one("select till_points - ledger_points from till_total where " + place)));
  }

  @Test
  void every_break_has_its_age_and_its_owner() throws IOException {
    String id = one("select min(id) from break where state = 'OPEN'");
    home.execute("update break set owner = '王芳', due_on = '2026-03-09' where id = '" + id + "'");
    try {
      Path again = Files.write(dir.resolve("owned.xlsx"), write());
      List<List<String>> rows = read(again).get("差异");
      List<String> header = rows.get(0);
      assertThat(rows).hasSizeGreaterThan(3);
      List<String> owned =
          rows.stream().filter(row -> row.get(0).equals(id)).findFirst().orElseThrow();
      assertThat(owned.get(header.indexOf("负责人"))).isEqualTo("王芳");
      assertThat(owned.get(header.indexOf("账龄"))).isEqualTo("0–1");
      assertThat(owned.get(header.indexOf("状态"))).isEqualTo("未结");
    } finally {
      home.execute("update break set owner = '', due_on = null where id = '" + id + "'");
    }
  }

  @Test
  void of_many_breaks_alike_the_newest_stand_there_those_somebody_looks_after_and_how_many_more()
      throws IOException {
    home.execute(
        "insert into break (id, type, channel, shop, key, first_night, state, detail, points, owner)"
            + " select 'many' || i, 'POINTS_DIFF', 'pos', 'MANY', 'T' || lpad(i::text, 3, '0') || '/1',"
            + " case when i <= 10 then date '2026-02-20' else date '"
            + NIGHT
            + "' end, 'OPEN', 'the till gave 1 points, the ledger 2', 5,"
            + " case i when 3 then '王芳' else '' end from generate_series(1, 215) as i");
    try {
      List<List<String>> rows = read(Files.write(dir.resolve("many.xlsx"), write())).get("差异");
      List<String> header = rows.get(0);
      List<List<String>> many =
          rows.stream().filter(row -> row.get(header.indexOf("店铺")).equals("MANY")).toList();
      List<String> keys = many.stream().map(row -> row.get(header.indexOf("对象"))).toList();
      List<String> expected = new ArrayList<>(List.of("T003/1"));
      for (int i = 11; i <= 209; i++) expected.add("T%03d/1".formatted(i));
      expected.add("");
      assertThat(keys).isEqualTo(expected);
      List<String> rest = many.get(many.size() - 1);
      assertThat(rest.get(header.indexOf("说明"))).isEqualTo("另有 15 项，见 ./omnipoints breaks list");
      assertThat(rest.get(header.indexOf("积分"))).isEqualTo("75");
      assertThat(rest.get(header.indexOf("天数"))).isEqualTo("10");
    } finally {
      home.execute("delete from break where shop = 'MANY'");
    }
  }

  private static byte[] write() {
    var out = new ByteArrayOutputStream();
    home.database
        .database()
        .transact(
            connection ->
                ReconciliationWorkbook.write(
                    connection,
                    new ReconciliationWorkbook.Of(
                        LocalDate.parse(NIGHT), TestHome.ZONE, "示例贸易有限公司"),
                    dir,
                    out));
    return out.toByteArray();
  }

  @Test
  void its_charts_are_drawn_from_cells_that_hold_what_the_charts_remember() throws Exception {
    var titles = new ArrayList<String>();
    try (ZipFile zip = new ZipFile(workbook.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (!entry.getName().startsWith("xl/charts/chart")) continue;
        Document chart = xml(zip.getInputStream(entry));
        titles.add(chart.getElementsByTagName("a:t").item(0).getTextContent());
        NodeList numbers = chart.getElementsByTagName("c:numRef");
        assertThat(numbers.getLength()).isPositive();
        for (int i = 0; i < numbers.getLength(); i++) {
          String[] parts = numbers.item(i).getTextContent().strip().split("\\s+|General", 2);
          assertThat(parts[0]).startsWith("汇总!$");
        }
      }
    }
    assertThat(titles).containsExactly("本夜积分（按类型）", "本夜积分（按渠道）", "近 28 夜的积分");
  }

  private static Document xml(InputStream in) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
  }

  @Test
  void the_same_books_give_the_same_bytes_which_the_manifest_names_and_only_the_owner_reads()
      throws IOException {
    byte[] bytes = Files.readAllBytes(workbook);
    assertThat(write()).isEqualTo(bytes);
    assertThat(home.file("reports/" + NIGHT + "/manifest.json"))
        .contains("reconciliation.xlsx", omnipoints.facts.Sha256.hex(bytes))
        .contains(one("select close_hash from close where night = '" + NIGHT + "'"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workbook)))
        .isEqualTo("rw-------");
    try (ZipFile zip = new ZipFile(workbook.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getTimeLocal))
          .allMatch(LocalDate.parse("2026-03-03").atStartOfDay()::equals);
    }
  }
}
