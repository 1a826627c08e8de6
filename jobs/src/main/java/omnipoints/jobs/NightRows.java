package omnipoints.jobs;

import omnipoints.sql.Rows;

/**
 * COPY of records into one of the night's own tables: the components of the record are its columns.
 *
 * @param <T> the record
 */
final class NightRows<T extends Record> implements AutoCloseable {

  private final NightCopy copy;
  private final Rows<T> rows;

  private NightRows(NightCopy copy, Rows<T> rows) {
    this.copy = copy;
    this.rows = rows;
  }

  /** Opens {@code <table>_n<yyyyMMdd>} and empties it; see {@link NightCopy#own}. */
  static <T extends Record> NightRows<T> own(Night night, String table, Class<T> type) {
    Rows<T> rows = Rows.of(type);
    return new NightRows<>(
        NightCopy.own(night, table, rows.columns().toArray(String[]::new)), rows);
  }

  void put(T row) {
    rows.put(copy.rows(), row);
  }

  /** Ends the copy and commits it; returns the number of rows. */
  long finish() {
    return copy.finish();
  }

  @Override
  public void close() {
    copy.close();
  }
}
