package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.Map;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * How a night ended.
 *
 * @param exit what it closed with: 0, 10 when an expected delivery is missing, or 3 when a delivery
 *     was refused or has too many rejects, or an error break opened
 * @param ran whether anything was done; false when the night had been finished before
 */
public record NightOutcome(LocalDate date, int exit, boolean ran) {

  private static final Script SQL = Statements.job("run").step("nights");

  /** The exit code of a night that is about to close. */
  static int ending(Connection connection, Night night) {
    return SQL.statement("ending")
        .one(
            connection,
            Map.of("night", night.date(), "reject_percent", night.home().config().rejectPercent()),
            row -> row.getInt(1))
        .orElseThrow();
  }

  /** How a closed night ended, whenever that was. */
  static NightOutcome of(Connection connection, LocalDate date, boolean ran) {
    int exit =
        SQL.statement("ended")
            .one(connection, Map.of("night", date), row -> row.getInt(1))
            .orElse(0);
    return new NightOutcome(date, exit, ran);
  }
}
