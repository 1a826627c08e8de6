package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.Rerun;
import omnipoints.jobs.RunResolve;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code resolve RUN}: ends a run whose end nobody knows, after both accounts of it are shown. */
final class ResolveVerb implements Verb {
  @Override
  public String name() {
    return "resolve";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "RUN", true));
    spec.addOption(CommandTree.option(words, "--reason", "TEXT", "run.reason"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
    spec.addOption(CommandTree.flag(words, "--dry-run"));
  }

  private record Told(RunResolve compared, boolean dryRun, List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    boolean dryRun = call.has("--dry-run");
    String reason = call.value("--reason");
    if (!dryRun && (reason == null || reason.isBlank())) throw call.usage("resolve.reason");
    LocalDate date = RunOperand.night(call, call.operand(0));
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      RunResolve compared =
          RunResolve.of(
              database,
              call.around().clock(),
              date,
              new Rerun.Asked(RejectFilter.actor(call), dryRun ? "" : reason.strip()),
              !dryRun);
      List<String> next =
          List.of(
              dryRun
                  ? call.command("resolve", date.toString(), "--reason", "TEXT")
                  : call.command("restart", date.toString()));
      return Answer.of(
          new Told(compared, dryRun, next), page -> print(page, compared, dryRun, next));
    }
  }

  private static void print(Page page, RunResolve compared, boolean dryRun, List<String> next) {
    Words words = page.words();
    page.say(
        dryRun ? "resolve.head" : "resolve.done", compared.date(), words.state(compared.state()));
    TextTable table = words.table("step", "claimed", "held", ">rows");
    for (RunResolve.Step step : compared.steps())
      table.row(step.name(), step.claimed(), step.held(), step.rows());
    page.table(null, table);
    page.blank().say("resolve.decides").next(next);
  }
}
