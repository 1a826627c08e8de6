package omnipoints.jobs;

import java.sql.Connection;
import java.util.Map;
import omnipoints.sql.Script;

/**
 * What a home ever told of spending, so that nights of homes that never did ask nothing more.
 *
 * @param paid points paid a part of an order
 * @param given documents told of points that one member gives to another
 * @param released somebody let go what was held, since a night last looked
 * @param stated documents froze, let go or closed an account
 * @param writtenOff something that was owed was written off
 * @param exchanged documents told of orders that took the place of others
 */
record Ever(
    boolean paid,
    boolean stated,
    boolean given,
    boolean released,
    boolean writtenOff,
    boolean exchanged) {

  private static final Script SQL = Night.script("redeem");

  static Ever ask(Night night, Connection connection) {
    return SQL.statement("ever")
        .one(
            connection,
            Map.of("night", night.date()),
            row ->
                new Ever(
                    row.getBoolean("paid"),
                    row.getBoolean("stated"),
                    row.getBoolean("given"),
                    row.getBoolean("released"),
                    row.getBoolean("written_off"),
                    row.getBoolean("exchanged")))
        .orElseThrow();
  }
}
