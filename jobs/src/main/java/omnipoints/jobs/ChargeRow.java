package omnipoints.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import omnipoints.points.Charge;
import omnipoints.points.rules.Multiplier;

/**
 * What the rate of a line counts by since the tier it was paid in was lost, as a row of table
 * tier_charge; see {@link Charge}.
 *
 * @param lineKey empty for the order
 * @param night that found it
 */
record ChargeRow(
    UUID orderKey,
    String lineKey,
    LocalDate night,
    Instant at,
    String times,
    String formula,
    String rules,
    String variant) {

  static ChargeRow of(UUID order, String line, LocalDate night, Charge charge) {
    Multiplier times = charge.times();
    return new ChargeRow(
        order,
        line,
        night,
        charge.at(),
        times.times().toString(),
        times.formula(),
        String.join(" ", times.rules()),
        times.variant());
  }

  static Charge read(ResultSet row) throws SQLException {
    return new Charge(
        Columns.instant(row, "at"),
        Multiplier.kept(
            row.getString("times"),
            row.getString("formula"),
            row.getString("rules"),
            row.getString("variant")));
  }
}
