package omnipoints.jobs;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * A person lets go what is held because it went too fast; the next night judges it anew.
 *
 * @param what REDEMPTION or TRANSFER
 */
public record HoldRelease(String number, String what) {

  private static final Script SQL = Statements.job("breaks").step("release");

  /**
   * Lets it go.
   *
   * @throws NightRefused 8: nothing of that number is held, or it was let go before
   */
  public static HoldRelease of(
      Database database, Clock clock, String number, String actor, String because) {
    return database.inTransaction(
        connection -> {
          String what =
              SQL.statement("held")
                  .one(connection, Map.of("number", number), row -> row.getString(1))
                  .orElseThrow(() -> refused(number, "nothing of that number is held"));
          long released =
              SQL.statement("release")
                  .run(
                      connection,
                      Map.of(
                          "number",
                          number,
                          "actor",
                          actor,
                          "because",
                          because,
                          "at",
                          clock.instant()));
          if (released == 0) throw refused(number, "it was let go already");
          return new HoldRelease(number, what);
        });
  }

  private static NightRefused refused(String number, String why) {
    return new NightRefused(
        8, "NOT_HELD", number + ": " + why, List.of("./omnipoints breaks list"));
  }
}
