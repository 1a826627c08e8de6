package omnipoints.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import omnipoints.points.Award;

/** What a grant pinned for itself, as postings and targets keep it. */
final class Awards {
  private Awards() {}

  /** Of columns {@code granted} and {@code award_fen}; null of a rate. */
  static Award read(ResultSet row) throws SQLException {
    Long granted = Columns.number(row, "granted");
    return granted == null ? null : new Award(granted, row.getLong("award_fen"));
  }
}
