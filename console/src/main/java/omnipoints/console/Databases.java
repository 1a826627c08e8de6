package omnipoints.console;

import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.sql.Database;
import omnipoints.sql.LocalDatabase;

/** Connects to the database of a home: the one the settings name, else the local one, which is started if needed. */
final class Databases {
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

  static Database open(Home home) {
    if (isLocal(home)) return Database.open(LocalDatabase.in(home.dir()));
    return Database.open(home.config().database().url());
  }
}
