package omnipoints.console;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.Pulls;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pull backfill --from D --to D}: has the changes of these days asked for once more. */
final class PullBackfillVerb implements Verb {
  @Override
  public String name() {
    return "pull backfill";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--from", "D", "pull-from"));
    spec.addOption(CommandTree.option(words, "--to", "D", "pull-to"));
    spec.addOption(CommandTree.option(words, "--channel", "CODE"));
  }

  private record Told(LocalDate from, LocalDate to, String channel, List<String> next) {}

  @Override
  public Answer answer(Call call) {
    LocalDate from = call.date("--from");
    LocalDate to = call.date("--to");
    if (from == null || to == null || to.isBefore(from)) throw call.usage("pull.days");
    Home home = Home.open(call.home());
    ZoneId zone = home.config().zone();
    Instant now = call.around().clock().instant();
    Instant start = from.atStartOfDay(zone).toInstant();
    Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
    if (end.isAfter(now)) end = now;
    if (!start.isBefore(end)) throw call.usage("pull.future", from);
    try (Database database = Databases.openToWrite(home)) {
      Pulls.backfill(home, database, call.around().clock(), call.value("--channel"), start, end);
    }
    List<String> next = List.of(call.command("nightly"), call.command("pull", "status"));
    Told told = new Told(from, to, call.value("--channel"), next);
    return Answer.of(told, page -> page.say("pull.planned", from, to).next(next));
  }
}
