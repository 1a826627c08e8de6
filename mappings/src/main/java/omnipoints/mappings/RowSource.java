package omnipoints.mappings;

/**
 * Rows of cells, whatever holds them: a CSV file today, a sheet of a workbook or a member of an
 * archive later. It knows nothing of columns and types; {@link RecordReader} knows nothing of
 * files.
 */
interface RowSource extends AutoCloseable {
  /**
   * The next row, blank ones included, or null at the end. Throws {@link DeliveryRefused} for
   * damaged structure.
   */
  Row next();

  /** Whether the source ends where a row ends; false when its last row may be torn. */
  boolean endsClean();

  @Override
  void close();
}
