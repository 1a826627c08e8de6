package omnipoints.jobs.extract;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.routes.OwnerOnly;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.util.TempFile;
import org.apache.poi.util.TempFileCreationStrategy;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * {@code reconciliation.xlsx}: 汇总 the night's points, 渠道核对 orders by class per channel and shop, 差异
 * the breaks; 结算核对 what the night's statements of money say, if there are any.
 */
public final class ReconciliationWorkbook {

  /** Rows of a sheet, the header among them. */
  private static final int SHEET_ROWS = SpreadsheetVersion.EXCEL2007.getMaxRows();

  private static final Script SQL = Statements.job("export").step("extract");
  private static final Script SETTLEMENT = Statements.job("export").step("settlement");

  private ReconciliationWorkbook() {}

  /**
   * Writes the workbook of a closed night.
   *
   * @param params of the statements; they say the night
   * @param created the moment the workbook gives for its own
   * @param folder takes what does not fit into memory, as {@code .part} files that are gone at the
   *     end
   */
  public static void write(
      Connection connection,
      Map<String, Object> params,
      Instant created,
      Path folder,
      OutputStream out) {
    write(connection, params, created, SHEET_ROWS, folder, out);
  }

  /**
   * The same, given how many rows a sheet takes: what does not fit goes on in a next sheet of that
   * name, under the same header.
   */
  public static void write(
      Connection connection,
      Map<String, Object> params,
      Instant created,
      int sheetRows,
      Path folder,
      OutputStream out) {
    TempFile.withStrategy(
        new PartsIn(folder),
        () -> {
          fill(connection, params, created, sheetRows, out);
          return null;
        });
  }

  // The library's own folder below /tmp belongs to whoever came first, and stays.
  private record PartsIn(Path folder) implements TempFileCreationStrategy {
    @Override
    public File createTempFile(String prefix, String suffix) throws IOException {
      return Files.createTempFile(folder, prefix, suffix + ".part", OwnerOnly.FILE).toFile();
    }

    @Override
    public File createTempDirectory(String prefix) {
      throw new UnsupportedOperationException("a workbook needs files only");
    }
  }

  private static void fill(
      Connection connection,
      Map<String, Object> params,
      Instant created,
      int sheetRows,
      OutputStream out) {
    try (SXSSFWorkbook book = new SXSSFWorkbook(100)) {
      sheet(
          book,
          sheetRows,
          connection,
          SQL,
          params,
          "汇总",
          "points_totals",
          List.of("渠道", "店铺", "类型", "笔数", "积分", "到账"));
      sheet(
          book,
          sheetRows,
          connection,
          SQL,
          params,
          "渠道核对",
          "class_totals",
          List.of("渠道", "店铺", "状态", "订单数"));
      sheet(
          book,
          sheetRows,
          connection,
          SQL,
          params,
          "差异",
          "breaks",
          List.of("编号", "类型", "渠道", "店铺", "对象", "首次", "天数", "状态", "说明"));
      if (settled(connection, params))
        sheet(
            book,
            sheetRows,
            connection,
            SETTLEMENT,
            params,
            "结算核对",
            "settlement_totals",
            List.of("渠道", "店铺", "日期", "类别", "名目", "笔数", "金额(分币)", "未关联笔数", "未关联金额(分币)"));
      // The file says when its night ended, not when it was written: repeated, it is the same.
      book.getXSSFWorkbook().getProperties().getCoreProperties().setCreated(created.toString());
      book.write(out);
    } catch (InvalidFormatException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean settled(Connection connection, Map<String, Object> params) {
    return SETTLEMENT
        .statement("any_settlement")
        .one(connection, Map.of("night", params.get("night")), row -> true)
        .orElse(false);
  }

  private static Map<String, Object> of(Script script, Map<String, Object> params) {
    Map<String, Object> own = new HashMap<>(params);
    own.keySet().retainAll(script.parameters());
    return own;
  }

  private static void sheet(
      SXSSFWorkbook book,
      int sheetRows,
      Connection connection,
      Script script,
      Map<String, Object> params,
      String name,
      String statement,
      List<String> header) {
    var sheets = new ArrayList<>(List.of(sheet(book, name, header)));
    int[] at = {1};
    script
        .statement(statement)
        .forEachRow(
            connection,
            of(script, params),
            row -> {
              if (at[0] == sheetRows) {
                sheets.add(sheet(book, name + " " + (sheets.size() + 1), header));
                at[0] = 1;
              }
              var cells = new ArrayList<Object>();
              for (int i = 1; i <= header.size(); i++) cells.add(row.getObject(i));
              write(sheets.get(sheets.size() - 1).createRow(at[0]++), cells);
            });
  }

  private static Sheet sheet(SXSSFWorkbook book, String name, List<String> header) {
    Sheet sheet = book.createSheet(name);
    sheet.createFreezePane(0, 1);
    write(sheet.createRow(0), new ArrayList<>(header));
    return sheet;
  }

  private static void write(Row row, List<Object> cells) {
    for (int i = 0; i < cells.size(); i++) {
      Object value = cells.get(i);
      if (value instanceof Number number) row.createCell(i).setCellValue(number.longValue());
      else if (value != null) row.createCell(i).setCellValue(ChineseRemarks.of(value.toString()));
    }
  }
}
