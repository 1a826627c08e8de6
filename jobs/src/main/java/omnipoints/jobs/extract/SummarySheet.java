package omnipoints.jobs.extract;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import omnipoints.sql.Script;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * 汇总: whose books, of which night and close; what the night did to the points, from opening to
 * closing; by kind, by channel and over the last 28 nights with charts; open breaks by age.
 */
final class SummarySheet {

  private static final int CHARACTER = 256;

  /** Charts stand to the right of their table, below its header. */
  private static final int CHART_COLUMN = 6;

  private static final int CHART_ROWS = 14;

  private final XSSFSheet sheet;
  private final WorkbookStyles styles;
  private final Connection connection;
  private final Script sql;
  private final ReconciliationWorkbook.Of of;
  private int at;

  private SummarySheet(
      XSSFSheet sheet,
      WorkbookStyles styles,
      Connection connection,
      Script sql,
      ReconciliationWorkbook.Of of) {
    this.sheet = sheet;
    this.styles = styles;
    this.connection = connection;
    this.sql = sql;
    this.of = of;
  }

  /** A figure people sign for. */
  record Figure(String name, long value) {}

  /** What a close says of itself. */
  record Head(
      String programme,
      int version,
      long entries,
      String closeHash,
      String entryRoot,
      List<Figure> figures) {

    static Head of(Connection connection, Script sql, ReconciliationWorkbook.Of of) {
      List<Figure> figures = new ArrayList<>();
      sql.statement("accounts")
          .forEachRow(
              connection,
              of.params(sql),
              row ->
                  figures.add(
                      new Figure("期末" + ChineseWords.of(row.getString(1)), row.getLong(11))));
      long open =
          sql.statement("ages").list(connection, of.params(sql), row -> row.getLong(7)).stream()
              .mapToLong(Long::longValue)
              .sum();
      figures.add(new Figure("未结差异", open));
      return sql.statement("head")
          .one(
              connection,
              of.params(sql),
              row ->
                  new Head(
                      row.getString(1),
                      row.getInt(2),
                      row.getLong(3),
                      row.getString(4),
                      row.getString(5),
                      figures))
          .orElseThrow(() -> new IllegalStateException(of.night() + " is not closed"));
    }

    /** Writes it below each other; returns the row behind it. */
    int write(Sheet sheet, WorkbookStyles styles, ReconciliationWorkbook.Of of, int from) {
      List<String[]> lines = new ArrayList<>();
      if (!of.company().isEmpty()) lines.add(new String[] {"公司", of.company()});
      lines.add(new String[] {"业务日期", of.night().toString() + "（" + of.zone() + "）"});
      lines.add(new String[] {"积分方案", programme + "，第 " + version + " 版"});
      lines.add(new String[] {"关账哈希", closeHash});
      lines.add(new String[] {"分录哈希", entryRoot});
      int row = from;
      for (String[] line : lines) {
        Row into = sheet.createRow(row++);
        WorkbookStyles.put(into, 0, styles.label, line[0]);
        WorkbookStyles.put(into, 1, styles.label, line[1]);
      }
      return row;
    }
  }

  static void write(
      XSSFWorkbook book,
      WorkbookStyles styles,
      Connection connection,
      Script sql,
      ReconciliationWorkbook.Of of,
      Head head) {
    XSSFSheet sheet = book.createSheet("汇总");
    WorkbookStyles.printed(sheet);
    sheet.createFreezePane(0, 1);
    sheet.setColumnWidth(0, 24 * CHARACTER);
    for (int i = 1; i <= 10; i++) sheet.setColumnWidth(i, 13 * CHARACTER);
    new SummarySheet(sheet, styles, connection, sql, of).write(head);
  }

  private void write(Head head) {
    Row title = sheet.createRow(at++);
    title.setHeightInPoints(26);
    WorkbookStyles.put(title, 0, styles.title, "积分对账表");
    at = head.write(sheet, styles, of, at) + 1;
    accounts(head);
    kinds();
    channels();
    nights();
    ages();
  }

  private void accounts(Head head) {
    section("一、期初至期末（分录 " + head.entries() + " 笔）");
    List<String> columns =
        List.of("账户", "期初", "发放", "到账", "扣回", "消费", "回补", "过期", "调整", "偿还欠分", "期末");
    Block rows = table(columns, "accounts");
    total(rows, columns.size());
    at++;
  }

  private void kinds() {
    section("二、按类型");
    Block rows = table(List.of("类型", "笔数", "积分", "到账"), "kinds");
    if (!rows.isEmpty())
      WorkbookCharts.columns(
          sheet, place(rows), "本夜积分（按类型）", rows.column(0), List.of(rows.column(2)));
    behindChart(rows);
  }

  private void channels() {
    section("三、按渠道");
    Block rows = table(List.of("渠道", "发放", "到账", "扣回", "其他"), "channels");
    if (!rows.isEmpty())
      WorkbookCharts.columns(
          sheet, place(rows), "本夜积分（按渠道）", rows.column(0), List.of(rows.column(1), rows.column(3)));
    behindChart(rows);
  }

  private void nights() {
    sheet.setRowBreak(at - 1);
    section("四、近 28 夜");
    Block rows = table(List.of("业务日期", "发放", "扣回", "过期", "期末积分"), "nights");
    WorkbookCharts.lines(
        sheet,
        place(rows),
        "近 28 夜的积分",
        rows.column(0),
        List.of(rows.column(1), rows.column(2), rows.column(3)));
    behindChart(rows);
  }

  private void ages() {
    section("五、未结差异的账龄（夜）");
    Block rows = table(List.of("类型", "0–1", "2–3", "4–7", "8–30", ">30", "合计", "无负责人"), "ages");
    if (rows.isEmpty()) WorkbookStyles.put(sheet.createRow(at++), 0, styles.text, "没有未结差异");
    else total(rows, 8);
  }

  private void section(String name) {
    WorkbookStyles.put(sheet.createRow(at++), 0, styles.section, name);
  }

  /** Where the rows of a table stand, its header just above. */
  record Block(int first, int behind) {
    boolean isEmpty() {
      return first == behind;
    }

    WorkbookCharts.Range column(int column) {
      return new WorkbookCharts.Range(first, behind - 1, column);
    }
  }

  private Block table(List<String> columns, String statement) {
    Row header = sheet.createRow(at++);
    for (int i = 0; i < columns.size(); i++)
      WorkbookStyles.put(header, i, styles.header, columns.get(i));
    int first = at;
    sql.statement(statement)
        .forEachRow(connection, of.params(sql), row -> put(sheet.createRow(at++), columns, row));
    return new Block(first, at);
  }

  private void put(Row into, List<String> columns, ResultSet row) throws SQLException {
    String name = row.getString(1);
    WorkbookStyles.put(into, 0, styles.text, name.isEmpty() ? "（不分渠道）" : ChineseWords.of(name));
    for (int i = 1; i < columns.size(); i++)
      WorkbookStyles.put(into, i, styles.number, row.getLong(i + 1));
  }

  private void total(Block rows, int columns) {
    Row into = sheet.createRow(at++);
    WorkbookStyles.put(into, 0, styles.totalLabel, "合计");
    for (int i = 1; i < columns; i++) {
      int column = i;
      double sum =
          IntStream.range(rows.first(), rows.behind())
              .mapToDouble(row -> sheet.getRow(row).getCell(column).getNumericCellValue())
              .sum();
      WorkbookStyles.put(into, i, styles.total, (long) sum);
    }
  }

  private WorkbookCharts.Place place(Block rows) {
    return new WorkbookCharts.Place(CHART_COLUMN, rows.first() - 1, CHART_ROWS);
  }

  private void behindChart(Block rows) {
    at = Math.max(at, rows.first() - 1 + CHART_ROWS) + 1;
  }
}
