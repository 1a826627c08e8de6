package omnipoints.console;

import java.time.LocalDate;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.Syncs;
import omnipoints.jobs.Syncs.Sent;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code sync send [DATE]}: tells platforms over HTTP what the last night says. */
final class SyncSendVerb implements Verb {
  @Override
  public String name() {
    return "sync send";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "DATE", false, "sync-date"));
    spec.addOption(CommandTree.option(words, "--platform", "NAME"));
    spec.addOption(CommandTree.flag(words, "--dry-run"));
  }

  private record Told(boolean dryRun, LocalDate date, List<Sent> items, List<String> next) {}

  @Override
  public Answer answer(Call call) {
    Home home = Home.open(call.home());
    String typed = call.operand(0);
    LocalDate date = typed == null ? null : call.dateOf("DATE", typed);
    try (Database database = Databases.openToWrite(home)) {
      LocalDate last = Syncs.lastNight(database);
      if (last == null)
        throw call.refused("NO_NIGHT", List.of(call.command("nightly")), "sync.no_night");
      // An earlier night would tell what is not true any more.
      if (date != null && !date.equals(last))
        throw call.refused(
            "NOT_LAST_NIGHT",
            List.of(call.command("sync", "send", last.toString())),
            "sync.not_last",
            date,
            last);
      boolean dryRun = call.has("--dry-run");
      String platform = call.value("--platform");
      List<Sent> items =
          dryRun
              ? Syncs.wouldSend(home, database, call.around().clock(), platform)
              : Syncs.send(home, database, call.around().clock(), platform);
      List<String> next =
          dryRun
              ? List.of(call.command("sync", "send", last.toString()))
              : List.of(call.command("sync", "status"));
      Told told = new Told(dryRun, last, items, next);
      return Answer.of(told, page -> print(page, told));
    }
  }

  private static void print(Page page, Told told) {
    page.say(told.dryRun() ? "sync.would" : "sync.sent", told.date());
    TextTable table = page.words().table("platform", ">due", ">taken", ">refused", ">unanswered");
    for (Sent one : told.items())
      table.row(one.platform(), one.due(), one.taken(), one.refused(), one.unanswered());
    page.table(null, table);
    for (Sent one : told.items())
      if (!one.stopped().isEmpty()) page.say("sync.stopped", one.platform(), one.stopped());
    page.next(told.next());
  }
}
