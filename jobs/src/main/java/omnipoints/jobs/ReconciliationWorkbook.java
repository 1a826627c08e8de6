package omnipoints.jobs;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.util.DefaultTempFileCreationStrategy;
import org.apache.poi.util.TempFile;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * {@code reconciliation.xlsx}: 汇总 the night's points, 渠道核对 orders by class per channel and shop, 差异
 * the breaks.
 */
final class ReconciliationWorkbook {

  static {
    // The library's own folder below /tmp belongs to whoever came first; ours is this process's
    // alone.
    try {
      File own = Files.createTempDirectory("omnipoints-report").toFile();
      own.deleteOnExit();
      TempFile.setTempFileCreationStrategy(new DefaultTempFileCreationStrategy(own));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ReconciliationWorkbook() {}

  static byte[] of(Connection connection, Night night) {
    Map<String, Object> params = Extract.params(night, null);
    try (SXSSFWorkbook book = new SXSSFWorkbook(100);
        var out = new ByteArrayOutputStream()) {
      sheet(
          book,
          connection,
          params,
          "汇总",
          "points_totals",
          List.of("渠道", "店铺", "类型", "笔数", "积分", "到账"));
      sheet(book, connection, params, "渠道核对", "class_totals", List.of("渠道", "店铺", "状态", "订单数"));
      sheet(
          book,
          connection,
          params,
          "差异",
          "breaks",
          List.of("编号", "类型", "渠道", "店铺", "对象", "首次", "天数", "状态", "说明"));
      // The file says when its night ended, not when it was written: repeated, it is the same.
      book.getXSSFWorkbook().getProperties().getCoreProperties().setCreated(night.cut().toString());
      book.write(out);
      return out.toByteArray();
    } catch (InvalidFormatException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sheet(
      SXSSFWorkbook book,
      Connection connection,
      Map<String, Object> params,
      String name,
      String statement,
      List<String> header) {
    Sheet sheet = book.createSheet(name);
    sheet.createFreezePane(0, 1);
    write(sheet.createRow(0), new ArrayList<>(header));
    int[] at = {1};
    Extract.SQL
        .statement(statement)
        .forEachRow(
            connection,
            params,
            row -> {
              var cells = new ArrayList<Object>();
              for (int i = 1; i <= header.size(); i++) cells.add(row.getObject(i));
              write(sheet.createRow(at[0]++), cells);
            });
  }

  private static void write(Row row, List<Object> cells) {
    for (int i = 0; i < cells.size(); i++) {
      Object value = cells.get(i);
      if (value instanceof Number number) row.createCell(i).setCellValue(number.longValue());
      else if (value != null) row.createCell(i).setCellValue(value.toString());
    }
  }
}
