package omnipoints.console;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.backup.Backup;
import omnipoints.jobs.backup.Contents;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code backup --to DIR}: a copy of database, secrets and settings. */
final class BackupVerb implements Verb {
  @Override
  public String name() {
    return "backup";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--to", "DIR", "backup.to"));
  }

  private record Told(
      String folder,
      String lastClosed,
      String closeHash,
      int tables,
      long rows,
      int files,
      int archiveListed,
      List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    String to = call.value("--to");
    if (to == null) throw call.usage("backup.needs");
    Path folder = call.around().directory().resolve(to);
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      Contents contents = Backup.make(home, database, call.around().clock(), folder);
      List<String> next =
          List.of(
              call.words().say("backup.archive", home.archive()),
              "./omnipoints restore --from " + to + " --home DIR");
      Told told =
          new Told(
              folder.toString(),
              contents.lastClosed(),
              contents.closeHash(),
              contents.tables().size(),
              contents.tables().stream().mapToLong(Contents.Table::rows).sum(),
              contents.files().size(),
              contents.archive().size(),
              next);
      return Answer.of(
          told,
          page ->
              page.say(
                      "backup.done",
                      folder,
                      told.tables(),
                      told.rows(),
                      told.files(),
                      told.lastClosed() == null ? "-" : told.lastClosed())
                  .say("backup.secrets")
                  .next(next));
    }
  }
}
