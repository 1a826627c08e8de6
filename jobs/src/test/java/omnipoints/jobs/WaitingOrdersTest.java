package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import omnipoints.jobs.extract.ReconciliationWorkbook;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders that wait for a buyer or for documents: one break for all that came to wait in a night.
 */
class WaitingOrdersTest {

  private static final String BINDING =
      "channel,order_no,platform_id,phone,card,unionid,bound_at,shop\n";

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

  private void orders(String file, String... rows) {
    home.drop("tmall/s1/" + file, Tmall.orders(rows), Tmall.GBK);
  }

  private void lines(String file, String... rows) {
    home.drop("tmall/s1/" + file, Tmall.lines(rows), Tmall.GBK);
  }

  private static String order(String no, String yuan) {
    return Tmall.completed(
        no, "小**", yuan, "0.00", 1, "2026-01-05 10:00:00", "2026-01-05 12:00:00");
  }

  private static String line(String no, String yuan) {
    return Tmall.line(no + "-1", no, "A", yuan, 1, yuan, "0");
  }

  private List<String> classes() {
    return home.rows(
        "select type || ' ' || channel || ' ' || shop || ' ' || key || ' ' || state || ': ' || detail from break"
            + " order by type, shop, key");
  }

  private List<String> history() {
    return home.rows(
        "select e.night || ' ' || b.type || ' ' || b.key || ' ' || e.event from break_event e"
            + " join break b on b.id = e.break_id order by e.night, b.type, b.key");
  }

  @Test
  void all_orders_that_came_to_wait_in_one_night_are_one_break_that_ends_with_the_last_of_them() {
    orders("o1.csv", order("11", "100.00"), order("12", "50.00"), order("13", "7.00"));
    lines("l1.csv", line("11", "100.00"), line("12", "50.00"));
    assertThat(home.night("2026-01-05").exit()).isZero();
    assertThat(classes())
        .containsExactly(
            "INCOMPLETE tmall s1 2026-01-05 OPEN: 1 order whose documents are not all there; would earn 7 points",
            "UNATTRIBUTED tmall s1 2026-01-05 OPEN: 2 orders without a known buyer; would earn 150 points");

    orders("o2.csv", order("14", "1.00"));
    lines("l2.csv", line("14", "1.00"), line("13", "7.00"));
    home.drop("program/b.csv", BINDING + "tmall,11,,,C1,,2026-01-06 09:00:00,\n");
    home.night("2026-01-06");
    assertThat(classes())
        .as("what waits since an earlier night keeps its age; the incomplete one waits anew")
        .containsExactly(
            "INCOMPLETE tmall s1 2026-01-05 CLOSED: 0 orders whose documents are not all there; would earn 0 points",
            "UNATTRIBUTED tmall s1 2026-01-05 OPEN: 1 order without a known buyer; would earn 50 points",
            "UNATTRIBUTED tmall s1 2026-01-06 OPEN: 2 orders without a known buyer; would earn 8 points");

    home.drop(
        "program/b2.csv",
        BINDING
            + "tmall,12,,,C1,,2026-01-07 09:00:00,\ntmall,13,,,C1,,2026-01-07 09:00:00,\n"
            + "tmall,14,,,C1,,2026-01-07 09:00:00,\n");
    home.night("2026-01-07");
    assertThat(home.breaks()).isEmpty();
    assertThat(home.balances()).containsExactly("158 0 0");
    assertThat(history())
        .containsExactly(
            "2026-01-05 INCOMPLETE 2026-01-05 OPENED",
            "2026-01-05 UNATTRIBUTED 2026-01-05 OPENED",
            "2026-01-06 INCOMPLETE 2026-01-05 CLOSED",
            "2026-01-06 UNATTRIBUTED 2026-01-05 CHANGED",
            "2026-01-06 UNATTRIBUTED 2026-01-06 OPENED",
            "2026-01-07 UNATTRIBUTED 2026-01-05 CLOSED",
            "2026-01-07 UNATTRIBUTED 2026-01-06 CLOSED");
  }

  @Test
  void a_till_ticket_without_any_buyer_is_counted_and_is_no_break() {
    home.program("7", "365d");
    String program = home.file("programs/base.yaml");
    home.write("programs/base.yaml", program.replace("claim: {days: 90}", "claim: {days: 2}"));
    home.drop(
        "pos/p1/a.csv",
        Pos.file(
            Pos.row("", "2026-01-05 10:00:00", "A", 30, "1", "1"),
            Pos.row("", "2026-01-05 11:00:00", "B", 20, "1", "2"),
            Pos.row("C1", "2026-01-05 12:00:00", "B", 20, "1", "3")));
    home.night("2026-01-05");
    assertThat(home.breaks()).isEmpty();
    assertThat(
            home.rows(
                "select class || ' ' || orders from order_class_total where night = '2026-01-05' order by 1"))
        .containsExactly("POSTED 1", "UNATTRIBUTED 2");
    // Bound too late for its points, it waits for a person: now somebody says whose it was.
    home.drop("program/b.csv", BINDING + "pos,20260105-1-2,,,C1,,2026-01-08 09:00:00,p1\n");
    home.night("2026-01-09");
    assertThat(home.rows("select detail from break where state = 'OPEN'"))
        .containsExactly("1 order without a known buyer; would earn 20 points");
  }

  @Test
  void a_sheet_of_the_workbook_that_is_full_goes_on_in_a_next_one() throws IOException {
    orders("o1.csv", order("11", "100.00"), order("12", "50.00"));
    lines("l1.csv", line("11", "100.00"));
    home.drop(
        "pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-05 10:00:00", "A", 30, 60, "1", "1")));
    home.night("2026-01-05");
    var out = new ByteArrayOutputStream();
    home.database
        .database()
        .transact(
            connection ->
                ReconciliationWorkbook.write(
                    connection,
                    new ReconciliationWorkbook.Of(LocalDate.parse("2026-01-05"), TestHome.ZONE, ""),
                    2,
                    dir,
                    out));
    var sheets = new ArrayList<String>();
    var remarks = new ArrayList<String>();
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      for (Sheet sheet : book)
        if (sheet.getSheetName().startsWith("差异")) {
          remarks.add(sheet.getRow(1).getCell(8).getStringCellValue());
          sheets.add(
              sheet.getSheetName()
                  + ": "
                  + sheet.getRow(0).getCell(1).getStringCellValue()
                  + " "
                  + sheet.getRow(1).getCell(1).getStringCellValue()
                  + " "
                  + sheet.getLastRowNum());
        }
    }
    assertThat(remarks)
        .as("one language per workbook")
        .hasSize(3)
        .allSatisfy(remark -> assertThat(remark).doesNotContainPattern("[a-z]{2,} [a-z]{2,}"));
    assertThat(sheets)
        .containsExactly(
            "差异: 类型 INCOMPLETE 1", "差异 2: 类型 POINTS_DIFF 1", "差异 3: 类型 UNATTRIBUTED 1");
  }
}
