package omnipoints.files;

import java.nio.file.Path;
import java.util.List;

/** Several tables in one file. Close it after the sources it opened. */
public interface Workbook extends AutoCloseable {
  /** The sheets a person would see, in their order; hidden and very hidden ones are none. */
  List<Part> sheets();

  /** The rows of that sheet. Closing them leaves the workbook open. */
  RowSource rows(Part sheet);

  /** One sheet was read to its end and no other will be: looks at what its cells did not need. */
  default void finish() {}

  @Override
  void close();

  /** The rows of that sheet; closing them closes the workbook too. */
  default RowSource only(Part sheet) {
    try {
      return new OnlySheet(this, rows(sheet));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * The tables of a file of that format.
   *
   * @param encoding of a web page; workbooks say theirs themselves
   * @throws DeliveryRefused damaged, locked, or beyond a limit
   */
  static Workbook open(
      Part.Format format, Path file, String fileName, Encoding encoding, Limits limits) {
    return switch (format) {
      case XLSX -> XlsxWorkbook.open(file, fileName, limits);
      case XLS -> XlsWorkbook.open(file, fileName, limits);
      case HTML -> HtmlTables.open(file, fileName, encoding, limits);
      case TEXT, JSON -> throw new IllegalArgumentException("a text is one table");
    };
  }

  /** Whether a ZIP archive is a workbook of the 2007 format. */
  static boolean in(Path zip, String fileName, Limits limits) {
    try (GuardedZip members =
        GuardedZip.open(zip, fileName, new InflationBudget(fileName, limits))) {
      return members.workbook();
    }
  }
}
