package omnipoints.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Rows of a statement to be pulled one by one, so that several sorted results can be merged in
 * step. Stays open inside its transaction until closed; memory is one fetch. Not thread-safe.
 */
public final class Cursor implements AutoCloseable {

  private final String name;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private boolean onRow;

  Cursor(String name, PreparedStatement statement, ResultSet rows) {
    this.name = name;
    this.statement = statement;
    this.rows = rows;
    advance();
  }

  /** True while there is a current row. A new cursor stands on its first row. */
  public boolean hasRow() {
    return onRow;
  }

  /** The current row; valid until {@link #advance()}. */
  public ResultSet row() {
    if (!onRow) throw new IllegalStateException(name + ": no row left");
    return rows;
  }

  /** Moves to the next row. */
  public void advance() {
    try {
      onRow = rows.next();
    } catch (SQLException e) {
      throw Failures.of(name, e);
    }
  }

  /** Takes one row. */
  public interface Taker {
    void take(ResultSet row) throws SQLException;
  }

  /**
   * Takes the rows of one key, of a cursor that is sorted by it and stands on the first of them, if
   * there is one.
   *
   * @param column that holds the key
   */
  public void take(String column, String key, Taker taker) throws SQLException {
    for (; onRow && rows.getString(column).equals(key); advance()) taker.take(rows);
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException e) {
      throw Failures.of(name, e);
    }
  }
}
