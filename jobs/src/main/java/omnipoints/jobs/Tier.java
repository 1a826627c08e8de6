package omnipoints.jobs;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import omnipoints.facts.Sha256;
import omnipoints.points.tiers.Measure;
import omnipoints.points.tiers.Tiers;
import omnipoints.sql.Script;

/**
 * Step tier: who moves to another tier from D+1. It looks at members with new money, a return, a
 * merge, or a date that is due, and at everybody in the first night under new terms; in a programme
 * without tiers at nobody.
 */
final class Tier implements NightStep {

  private static final Script SQL = Night.script("tier");

  /** The night's tables, as they are closed: changes become a partition, the rest is applied. */
  static final String HISTORY = "tier_history";

  @Override
  public String name() {
    return "tier";
  }

  /** Whether the version in force tonight has tiers. */
  static boolean asked(Night night) {
    return !night.rules().tiers().isEmpty();
  }

  @Override
  public Counts prepare(Night night) throws SQLException {
    if (!asked(night)) return Counts.NOTHING;
    Map<String, Object> params = new HashMap<>();
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              params.putAll(params(night, connection));
              night.run(connection, SQL, "drop");
              night.runAll(connection, SQL, "create_");
              SQL.statement("due").run(connection, params);
              SQL.statement("accounts").run(connection, params);
              night.run(connection, SQL, "analyze");
            });
    Counts counts = TierPass.run(night, params);
    night.crash().reached("tier:members");
    return counts;
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) {
    if (!asked(night)) return Counts.NOTHING;
    night.run(connection, SQL, "key_history");
    night.run(connection, SQL, "analyze_night");
    return prepared;
  }

  /** What the night decided is what is so, in the transaction of close. */
  static void close(Night night, Connection connection) {
    Map<String, Object> params = night.params(SQL);
    params.put("hash", hash(night.rules().tiers()));
    for (String statement : SQL.names())
      if (statement.startsWith("close_")) SQL.statement(statement).run(connection, params);
  }

  private static Map<String, Object> params(Night night, Connection connection) {
    Tiers tiers = night.rules().tiers();
    String before =
        SQL.statement("terms").one(connection, Map.of(), row -> row.getString("hash")).orElse("");
    Map<String, Object> params = night.params(SQL);
    params.put("since", tiers.since(night.date()));
    params.put("anew", !before.equals(hash(tiers)));
    params.put("points", tiers.measures(Measure.POINTS_EARNED));
    params.put("activities", tiers.measures(Measure.ACTIVE_DAYS));
    return params;
  }

  private static String hash(Tiers tiers) {
    return Sha256.hex(tiers.toString().getBytes(StandardCharsets.UTF_8));
  }
}
