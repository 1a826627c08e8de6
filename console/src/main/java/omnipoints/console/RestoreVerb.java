package omnipoints.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import omnipoints.jobs.backup.Restore;
import picocli.CommandLine.Model.CommandSpec;

/** {@code restore --from DIR --home NEW}: an installation again, from a backup. */
final class RestoreVerb implements Verb {
  private static final int SHOWN = 5;

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--from", "DIR", "restore.from"));
  }

  private record Told(
      String home,
      String lastClosed,
      String closeHash,
      int tables,
      long rows,
      List<String> archiveMissing,
      List<String> next) {}

  @Override
  public Answer answer(Call call) {
    String from = call.value("--from");
    if (from == null) throw call.usage("restore.needs");
    Path folder = call.around().directory().resolve(from);
    Restore restored =
        Restore.from(folder, call.home().toAbsolutePath().normalize(), Databases::openToWrite);
    List<String> missing = restored.archiveMissing();
    var next = new ArrayList<String>();
    if (!missing.isEmpty())
      next.add(call.words().say("restore.archive", call.home().resolve("archive")));
    next.add(call.command("verify"));
    Told told =
        new Told(
            call.home().toString(),
            restored.contents().lastClosed(),
            restored.contents().closeHash(),
            restored.contents().tables().size(),
            restored.rows(),
            missing,
            next);
    return new Answer(
        missing.isEmpty() ? Exit.OK : Exit.CLOSED_WITH_FINDINGS,
        told,
        page -> {
          page.say(
              "restore.done",
              call.home(),
              told.tables(),
              told.rows(),
              told.lastClosed() == null ? "-" : told.lastClosed());
          if (!missing.isEmpty()) {
            page.blank().say("restore.missing", missing.size());
            missing.stream().limit(SHOWN).forEach(name -> page.line("  archive/" + name));
            if (missing.size() > SHOWN) page.say("more.later", missing.size() - SHOWN);
          }
          page.next(next);
        });
  }
}
