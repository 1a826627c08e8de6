package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.Rerun;
import omnipoints.jobs.RunStop;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code stop RUN}: asks a running night to stop before its next step. */
final class StopVerb implements Verb {
  @Override
  public String name() {
    return "stop";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "RUN", true));
    spec.addOption(CommandTree.option(words, "--reason", "TEXT", "run.reason"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
    spec.addOption(CommandTree.flag(words, "--dry-run"));
  }

  private record Told(RunStop stop, boolean dryRun, List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    LocalDate date = RunOperand.night(call, call.operand(0));
    Home home = Home.open(call.home());
    boolean dryRun = call.has("--dry-run");
    try (Database database = Databases.openToWrite(home)) {
      RunStop stop =
          RunStop.ask(
              database,
              call.around().clock(),
              date,
              new Rerun.Asked(RejectFilter.actor(call), RejectFilter.text(call, "--reason")),
              !dryRun);
      List<String> next =
          List.of(
              call.command("status", date.toString()), call.command("restart", date.toString()));
      return Answer.of(
          new Told(stop, dryRun, next),
          page ->
              page.say(
                      dryRun ? "stop.would" : "stop.asked",
                      date,
                      stop.step().isEmpty() ? "-" : stop.step(),
                      stop.owner(),
                      stop.since())
                  .next(next));
    }
  }
}
