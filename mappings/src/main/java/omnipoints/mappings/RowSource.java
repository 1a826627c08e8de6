package omnipoints.mappings;

import java.nio.file.Path;

/**
 * Rows of cells, whatever holds them: a text file, a sheet of a workbook, a table of a web page. It
 * knows nothing of columns and types; {@link RecordReader} knows nothing of files.
 */
interface RowSource extends AutoCloseable {
  /**
   * The next row, or null at the end. Rows that a source does not store (below the last row, or
   * gaps of a sheet) are skipped, but counted. Throws {@link DeliveryRefused} for damaged
   * structure.
   */
  Row next();

  /** Whether the source ends where a row ends; false when its last row may be torn. */
  boolean endsClean();

  /**
   * Whether every cell has an address of its own: then a row cannot shift, blank cells may be
   * absent, and what stands beside the table is no part of it.
   */
  default boolean grid() {
    return false;
  }

  /** Whether the serial dates of a workbook count from 1904 instead of 1900. */
  default boolean epoch1904() {
    return false;
  }

  /**
   * Bytes of the file behind the rows given so far, up to a buffer; 0 where the source cannot tell.
   */
  default long position() {
    return 0;
  }

  @Override
  void close();

  /** Opens what was recognised, strictly. */
  static RowSource open(Recognition.Recognised recognised, Path file) {
    String name = recognised.fileName();
    Channel.Limits limits = recognised.channel().limits();
    Part part = recognised.part();
    return switch (part.format()) {
      case TEXT ->
          CsvRowSource.open(file, name, recognised.encoding(), part.separator(), limits, true);
      case XLSX -> XlsxWorkbook.open(file, name, limits).only(part);
      case XLS -> XlsWorkbook.open(file, name, limits).only(part);
      case HTML -> HtmlTables.open(file, name, recognised.encoding(), limits).only(part);
    };
  }
}
