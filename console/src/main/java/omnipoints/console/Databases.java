package omnipoints.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import omnipoints.jobs.Batch;
import omnipoints.jobs.Home;
import omnipoints.jobs.HomeConfig.DatabaseUrl;
import omnipoints.jobs.Upgrade;
import omnipoints.schedules.QuartzTables;
import omnipoints.sql.Database;
import omnipoints.sql.ForeignSchema;
import omnipoints.sql.LocalDatabase;

/**
 * Connects to the database of a home: the one the settings name, else the local one, which is
 * started if needed.
 */
final class Databases {
  static final ForeignSchema[] SCHEMAS = {Batch.SCHEMA, QuartzTables.SCHEMA};

  private Databases() {}

  static boolean isLocal(Home home) {
    return home.config().database().url() == null;
  }

  /**
   * The local database of a home.
   *
   * @throws Refusal the settings name another one, which is not ours to start and stop
   */
  static LocalDatabase local(Home home, Call call) {
    if (isLocal(home)) return own(home);
    throw call.refused("DATABASE_NOT_LOCAL", List.of(call.command("db", "url")), "db.foreign");
  }

  private static LocalDatabase own(Home home) {
    LocalDatabase local = LocalDatabase.in(home.dir());
    return home.config().database().replicas() ? local.withReplicas() : local;
  }

  /** As {@link #open}, with the schema of this program. */
  static Database openToWrite(Home home) {
    return migrated(open(home));
  }

  /** The database, with the schema of this program; refused while a night is unfinished. */
  static Database migrated(Database database) {
    return migrated(database, () -> Upgrade.apply(database, SCHEMAS));
  }

  /** The same, also while a night is unfinished. */
  static Database migratedMidNight(Database database, Clock clock) {
    return migrated(database, () -> Upgrade.applyMidNight(database, clock, SCHEMAS));
  }

  private interface Step {
    void run() throws SQLException;
  }

  private static Database migrated(Database database, Step upgrade) {
    try {
      upgrade.run();
      return database;
    } catch (SQLException e) {
      database.close();
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  static Database open(Home home) {
    return Database.open(urlOf(home));
  }

  /** The JDBC URL of the home's database, which is started if it is the local one. */
  static String urlOf(Home home) {
    return isLocal(home) ? own(home).url() : url(home);
  }

  /** The JDBC URL of the settings, with user and password as they name them. */
  static String url(Home home) {
    DatabaseUrl database = home.config().database();
    StringBuilder url = new StringBuilder(database.url());
    if (database.user() != null) add(url, "user", database.user());
    if (database.passwordFile() != null)
      add(url, "password", password(home.dir().resolve(database.passwordFile())));
    return url.toString();
  }

  private static String password(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(StringBuilder url, String name, String value) {
    url.append(url.indexOf("?") < 0 ? '?' : '&').append(name).append('=');
    url.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
