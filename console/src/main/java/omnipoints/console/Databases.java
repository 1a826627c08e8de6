package omnipoints.console;

import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.sql.Database;
import omnipoints.sql.ForeignSchema;
import omnipoints.sql.LocalDatabase;
import omnipoints.sql.Migrations;

/** Connects to the database of a home: the one the settings name, else the local one, which is started if needed. */
final class Databases {
  /** The tables of Spring Batch; the migrations of quartz come with the schedule. */
  private static final ForeignSchema BATCH =
      new ForeignSchema("batch", "org/springframework/batch/core/schema-postgresql.sql", "6.0");

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
    if (isLocal(home)) return LocalDatabase.in(home.dir());
    throw call.refused("DATABASE_NOT_LOCAL", List.of(call.command("db", "url")), "db.foreign");
  }

  /** As {@link #open}, with the schema of this program. */
  static Database openToWrite(Home home) {
    Database database = open(home);
    try {
      Migrations.apply(database, BATCH);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  static Database open(Home home) {
    if (isLocal(home)) return Database.open(LocalDatabase.in(home.dir()));
    return Database.open(home.config().database().url());
  }
}
