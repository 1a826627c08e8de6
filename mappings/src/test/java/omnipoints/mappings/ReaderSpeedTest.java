package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints rows per second of each reader, 25 columns of which nine are mapped. {@code
 * -Domnipoints.reader.rows=1000000} for a large run; a sheet ends at the limit of its format.
 */
class ReaderSpeedTest {
  private static final int ROWS = Integer.getInteger("omnipoints.reader.rows", 5000);
  private static final int COLUMNS = 25;
  private static final String[] HEADER = {
    "kh", "dtime", "spbm", "sl", "sj", "je", "jf", "syjh", "djh"
  };

  @TempDir Path folder;

  private static String cell(int row, int column) {
    return switch (column) {
      case 0 -> String.valueOf(8_000_000 + row % 300_000);
      case 1 -> "2026-05-01 10:00:" + (10 + row % 50);
      case 2 -> "SKU-" + row % 10_000;
      case 3 -> "1";
      case 4, 5 -> 1 + row % 500 + ".25";
      case 6 -> "1";
      case 7 -> "0" + row % 9;
      case 8 -> String.valueOf(row);
      default -> "商品备注" + row + "-" + column;
    };
  }

  private static String header(int column) {
    return column < HEADER.length ? HEADER[column] : "备注" + column;
  }

  private void measure(String format, Path file, int rows) throws IOException {
    System.gc();
    long start = System.nanoTime();
    Recognition.Recognised recognised = Samples.recognised(file, "pos");
    long[] records = new long[1];
    ReadSummary summary =
        RecordReader.read(recognised, file, "S1", Samples.SHANGHAI, record -> records[0]++);
    long nanos = System.nanoTime() - start;
    assertThat(summary.rows()).isEqualTo(rows);
    assertThat(summary.rejectedRows()).isZero();
    assertThat(records[0]).isEqualTo(2L * rows);
    System.out.printf(
        Locale.ROOT,
        "%s: %d rows, %d bytes, %d ms, %d rows/s, heap at most %d MiB%n",
        format,
        rows,
        Files.size(file),
        nanos / 1_000_000,
        rows * 1_000_000_000L / nanos,
        Runtime.getRuntime().maxMemory() >> 20);
  }

  @Test
  void csv() throws IOException {
    Path file = folder.resolve("f.csv");
    try (Writer out = Files.newBufferedWriter(file)) {
      for (int r = 0; r <= ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
          if (c > 0) out.write(',');
          out.write(r == 0 ? header(c) : cell(r, c));
        }
        out.write('\n');
      }
    }
    measure("CSV", file, ROWS);
  }

  /** The notes are all different, and shared strings: the worst a sheet can do to the heap. */
  @Test
  void xlsx() throws IOException {
    int rows = Math.min(ROWS, 300_000);
    Path file = folder.resolve("f.xlsx");
    byte[] frame = new Xlsx().sheet("s").bytes();
    try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (var member : Zips.members(frame).entrySet()) {
        if (member.getKey().contains("sheet1") || member.getKey().contains("shared")) continue;
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
        zip.closeEntry();
      }
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      write(zip, "<worksheet><sheetData>");
      int shared = 0;
      for (int r = 0; r <= rows; r++) {
        StringBuilder row = new StringBuilder("<row r=\"" + (r + 1) + "\">");
        for (int c = 0; c < COLUMNS; c++) {
          String at = " r=\"" + (char) ('A' + c) + (r + 1) + "\"";
          boolean number = r > 0 && (c == 0 || (c >= 3 && c <= 6));
          if (number) row.append("<c" + at + "><v>" + cell(r, c) + "</v></c>");
          else row.append("<c" + at + " t=\"s\"><v>" + shared++ + "</v></c>");
        }
        write(zip, row + "</row>");
      }
      write(zip, "</sheetData></worksheet>");
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
      write(zip, "<sst>");
      for (int r = 0; r <= rows; r++) {
        StringBuilder row = new StringBuilder();
        for (int c = 0; c < COLUMNS; c++) {
          boolean number = r > 0 && (c == 0 || (c >= 3 && c <= 6));
          if (!number) {
            row.append("<si><t>").append(r == 0 ? header(c) : cell(r, c)).append("</t></si>");
          }
        }
        write(zip, row.toString());
      }
      write(zip, "</sst>");
      zip.closeEntry();
    }
    measure("XLSX", file, rows);
  }

  private static void write(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A user model writes it, which itself needs more than the reader: at most 20,000 rows. */
  @Test
  void xls() throws IOException {
    int rows = Math.min(ROWS, Integer.getInteger("omnipoints.reader.xls.rows", 5000));
    Path file = folder.resolve("f.xls");
    try (HSSFWorkbook book = new HSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      Sheet sheet = book.createSheet("s");
      for (int r = 0; r <= rows; r++) {
        Row row = sheet.createRow(r);
        for (int c = 0; c < COLUMNS; c++) {
          row.createCell(c).setCellValue(r == 0 ? header(c) : cell(r, c));
        }
      }
      book.write(out);
    }
    measure("XLS", file, rows);
  }
}
