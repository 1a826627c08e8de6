package omnipoints.jobs.extract;

import static omnipoints.jobs.extract.ListSheet.Column.code;
import static omnipoints.jobs.extract.ListSheet.Column.date;
import static omnipoints.jobs.extract.ListSheet.Column.money;
import static omnipoints.jobs.extract.ListSheet.Column.number;
import static omnipoints.jobs.extract.ListSheet.Column.text;
import static omnipoints.jobs.extract.ListSheet.Column.word;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.routes.OwnerOnly;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;
import org.apache.poi.ooxml.POIXMLProperties.CoreProperties;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.util.TempFile;
import org.apache.poi.util.TempFileCreationStrategy;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * {@code reconciliation.xlsx}, which people of finance sign: 汇总 what the night did to the points,
 * with charts; 渠道核对 ours beside what each channel and till says; 订单状态 and 积分明细 in full; 差异 the
 * breaks with ages and owners, of many alike some and how many more there are; 结算核对 what the
 * night's statements of money say, if there are any; 签字 the page that is signed. Sums and breaks
 * only: an order has no row. All of it is in Chinese, and the same books give the same bytes.
 */
public final class ReconciliationWorkbook {

  /** Rows of a sheet, the header among them. */
  private static final int SHEET_ROWS = SpreadsheetVersion.EXCEL2007.getMaxRows();

  /** Breaks of one type in one shop that stand there one by one: more is read by nobody. */
  private static final long ALIKE = 200;

  private static final Script SQL = Statements.job("export").step("reconciliation");
  private static final Script SETTLEMENT = Statements.job("export").step("settlement");

  private static final List<ListSheet.Column> SHOPS =
      List.of(
          text("渠道", 12),
          text("店铺", 12),
          number("本夜订单"),
          money("本夜实付(元)"),
          money("本夜退款(元)"),
          number("累计订单"),
          money("累计实付(元)"),
          money("累计退款(元)"),
          number("接口自报单数"),
          number("接口实取单数"),
          number("单数差"),
          number("结算单订单数"),
          money("结算单收款(元)"),
          money("同单我方实付(元)"),
          money("收款差(元)"),
          money("结算单退款(元)"),
          money("同单我方退款(元)"),
          money("退款差(元)"),
          number("收银行数"),
          number("收银积分"),
          number("同行总账积分"),
          number("积分差"),
          number("未结差异"));
  private static final List<ListSheet.Column> CLASSES =
      List.of(
          text("渠道", 12),
          text("店铺", 12),
          word("状态", 12),
          number("订单数"),
          money("实付(元)"),
          money("退款(元)"),
          number("本夜订单"),
          money("本夜实付(元)"),
          money("本夜退款(元)"));
  private static final List<ListSheet.Column> POINTS =
      List.of(
          text("渠道", 12), text("店铺", 12), word("类型", 10), number("笔数"), number("积分"), number("到账"));
  private static final List<ListSheet.Column> BREAKS =
      List.of(
          code("编号", 14),
          code("类型", 22),
          text("渠道", 12),
          text("店铺", 12),
          text("对象", 42),
          date("首次"),
          number("天数"),
          word("状态", 8),
          text("说明", 46),
          text("账龄", 8),
          text("负责人", 12),
          date("处理期限"),
          word("原因", 10),
          number("订单数"),
          number("积分"));
  private static final List<ListSheet.Column> SETTLEMENTS =
      List.of(
          text("渠道", 12),
          text("店铺", 12),
          text("日期", 12),
          word("类别", 8),
          text("名目", 30),
          number("笔数"),
          money("金额(元)"),
          number("未关联笔数"),
          money("未关联金额(元)"));

  private ReconciliationWorkbook() {}

  /**
   * Whose books, and of which night.
   *
   * @param company empty if nobody said so
   */
  public record Of(LocalDate night, ZoneId zone, String company) {
    /** The moment the workbook gives for its own: when its night ended, not when it was written. */
    Instant cut() {
      return night.plusDays(1).atStartOfDay(zone).toInstant();
    }

    Map<String, Object> params(Script script) {
      Map<String, Object> params =
          new HashMap<>(Map.of("night", night, "zone", zone.getId(), "most", ALIKE));
      params.keySet().retainAll(script.parameters());
      return params;
    }
  }

  /**
   * Writes the workbook of a closed night.
   *
   * @param folder takes what does not fit into memory, as {@code .part} files that are gone at the
   *     end
   */
  public static void write(Connection connection, Of of, Path folder, OutputStream out) {
    write(connection, of, SHEET_ROWS, folder, out);
  }

  /**
   * The same, given how many rows a sheet takes: what does not fit goes on in a next sheet of that
   * name, under the same header.
   */
  public static void write(
      Connection connection, Of of, int sheetRows, Path folder, OutputStream out) {
    try {
      Path stamped = part(folder, "workbook", "");
      try {
        TempFile.withStrategy(
            new PartsIn(folder),
            () -> {
              fill(connection, of, sheetRows, stamped);
              return null;
            });
        SameMoment.copy(stamped, of.cut().atZone(of.zone()).toLocalDateTime(), out);
      } finally {
        Files.deleteIfExists(stamped);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The library's own folder below /tmp belongs to whoever came first, and stays.
  private record PartsIn(Path folder) implements TempFileCreationStrategy {
    @Override
    public File createTempFile(String prefix, String suffix) throws IOException {
      return part(folder, prefix, suffix).toFile();
    }

    @Override
    public File createTempDirectory(String prefix) {
      throw new UnsupportedOperationException("a workbook needs files only");
    }
  }

  private static Path part(Path folder, String prefix, String suffix) throws IOException {
    return Files.createTempFile(folder, prefix, suffix + ".part", OwnerOnly.FILE);
  }

  private static void fill(Connection connection, Of of, int sheetRows, Path file) {
    var summary = new XSSFWorkbook();
    var styles = new WorkbookStyles(summary);
    var head = SummarySheet.Head.of(connection, SQL, of);
    SummarySheet.write(summary, styles, connection, SQL, of, head);
    try (SXSSFWorkbook book = new SXSSFWorkbook(summary, 100);
        OutputStream out = Files.newOutputStream(file)) {
      var lists = new ListSheet(book, styles, sheetRows, connection, of);
      lists.write("渠道核对", SHOPS, SQL, "shops");
      lists.write("订单状态", CLASSES, SQL, "classes");
      lists.write("积分明细", POINTS, SQL, "points");
      lists.write("差异", BREAKS, SQL, "breaks");
      if (settled(connection, of))
        lists.write("结算核对", SETTLEMENTS, SETTLEMENT, "settlement_totals");
      SignatureSheet.write(book, styles, of, head);
      CoreProperties about = book.getXSSFWorkbook().getProperties().getCoreProperties();
      about.setCreator("OmniPoints");
      about.setTitle("积分对账表 " + of.night());
      about.setCreated(of.cut().toString());
      about.setModified(of.cut().toString());
      book.write(out);
    } catch (InvalidFormatException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean settled(Connection connection, Of of) {
    return SETTLEMENT
        .statement("any_settlement")
        .one(connection, Map.of("night", of.night()), row -> true)
        .orElse(false);
  }
}
