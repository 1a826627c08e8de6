package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.jobs.CatchUp;
import omnipoints.jobs.CatchUp.Day;
import omnipoints.jobs.Home;
import omnipoints.jobs.Without;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code catch-up --from D [--to D]}: runs the nights of a range in order, its plan first. */
final class CatchUpVerb implements Verb {
  @Override
  public String name() {
    return "catch-up";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--from", "DATE", "catchup.from"));
    spec.addOption(CommandTree.option(words, "--to", "DATE", "catchup.to"));
    spec.addOption(CommandTree.flag(words, "--dry-run"));
    NightRun.declareShared(spec, words);
  }

  private record Told(CatchUp plan, boolean dryRun, List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    LocalDate from = call.date("--from");
    LocalDate to = call.date("--to");
    if (from == null) throw call.usage("catchup.needs");
    Home home = Home.open(call.home());
    if (to == null)
      to = LocalDate.now(call.around().clock().withZone(home.config().zone())).minusDays(1);
    if (to.isBefore(from)) throw call.usage("verify.range", from, to);
    CatchUp plan;
    try (Database database = Databases.openToWrite(home)) {
      plan = CatchUp.plan(database, from, to);
    }
    List<LocalDate> asked = plan.asked();
    if (call.has("--dry-run") || asked.isEmpty()) {
      List<String> next =
          asked.isEmpty()
              ? List.of(call.command("status", to.toString()))
              : List.of(call.words().say("quarantine.replay.for_real"));
      return Answer.of(
          new Told(plan, call.has("--dry-run"), next),
          page -> {
            print(page, plan);
            page.next(next);
          });
    }
    if (!call.quiet())
      print(new Page(call.around().err(), call.around().screen().columns(), call.words()), plan);
    Answer last = null;
    for (LocalDate date : asked) {
      last = NightRun.answer(call, home, date, Without.NOTHING);
      if (last.exit() == Exit.INPUT_MISSING && NightRun.waits(last)) return last;
    }
    return last;
  }

  private static void print(Page page, CatchUp plan) {
    Words words = page.words();
    page.say("catchup.head", plan.from(), plan.to());
    TextTable table = words.table("date", "state", "action", ">files");
    for (Day day : plan.days())
      table.row(
          day.date(),
          day.state().isEmpty() ? "-" : words.state(day.state()),
          words.sayOr("plan." + day.action(), day.action().name()),
          day.frozen());
    page.table(null, table);
    page.list("plan.files", plan.files());
  }
}
