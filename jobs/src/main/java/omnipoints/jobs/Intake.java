package omnipoints.jobs;

import java.time.Duration;
import java.util.Map;
import omnipoints.routes.Arrival;
import omnipoints.routes.CollectorSettings;
import omnipoints.sql.Database;
import omnipoints.sql.Script;

/**
 * Where files come from and where they are written down: the same for the step collect and for
 * routes that stay.
 */
public final class Intake {

  private static final Script SQL = Night.script("collect");

  private Intake() {}

  /** What the routes of a home poll, and how patiently. */
  public static CollectorSettings settings(Home home) {
    HomeConfig.CollectConfig collect = home.config().collect();
    return new CollectorSettings(
        home.dir(), Sources.of(home), collect.polls(), Duration.ofSeconds(collect.pollSeconds()));
  }

  /**
   * Writes an arrival down, durably. It belongs to the next night whose input is frozen; the same
   * file registered twice before that is one arrival.
   *
   * @throws omnipoints.sql.DatabaseFailure nothing is written; the file must stay in its source
   */
  public static void register(Database database, Arrival arrival) {
    database.transact(
        connection ->
            SQL.statement("register")
                .run(
                    connection,
                    Map.of(
                        "channel", arrival.channel(),
                        "shop", arrival.shop() == null ? "" : arrival.shop(),
                        "file", arrival.fileName(),
                        "sha256", arrival.sha256(),
                        "bytes", arrival.bytes(),
                        "refused", arrival.refused() == null ? "" : arrival.refused().name(),
                        "message", arrival.message() == null ? "" : arrival.message())));
  }
}
