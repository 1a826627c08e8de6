package omnipoints.files;

import java.nio.file.Path;

/**
 * Rows of cells, whatever holds them: a text file, a sheet of a workbook, a table of a web page. It
 * knows nothing of columns and types; who gives them meaning knows nothing of files.
 */
public interface RowSource extends AutoCloseable {
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

  /**
   * The rows of one part of a file, decoded strictly. Close it.
   *
   * @param fileName name for messages: the file itself may lie in the archive under its hash
   * @throws DeliveryRefused damaged structure, or beyond a limit
   */
  static RowSource open(Path file, String fileName, Part part, Encoding encoding, Limits limits) {
    return part.format() == Part.Format.TEXT
        ? CsvRowSource.open(file, fileName, encoding, part.separator(), limits, true)
        : Workbook.open(part.format(), file, fileName, encoding, limits).only(part);
  }

  /** The rows of a text, with what cannot be decoded replaced: only for looking at a header. */
  static RowSource glance(Path file, String fileName, Part part, Encoding encoding, Limits limits) {
    return CsvRowSource.open(file, fileName, encoding, part.separator(), limits, false);
  }
}
