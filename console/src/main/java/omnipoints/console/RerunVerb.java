package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.Rerun;
import omnipoints.jobs.RerunPlan;
import omnipoints.jobs.Without;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code rerun RUN --from STEP|--only STEP}: does a part of a night again, its plan first. */
final class RerunVerb implements Verb {
  @Override
  public String name() {
    return "rerun";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "RUN", true));
    spec.addOption(CommandTree.option(words, "--from", "STEP", "rerun.from"));
    spec.addOption(CommandTree.option(words, "--only", "STEP", "rerun.only"));
    spec.addOption(CommandTree.option(words, "--reason", "TEXT", "run.reason"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
    spec.addOption(CommandTree.flag(words, "--dry-run"));
    NightRun.declareShared(spec, words);
  }

  private record Planned(RerunPlan plan, boolean dryRun, List<String> next) {}

  private record Again(RerunPlan plan, List<String> written, List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    String from = call.value("--from");
    String only = call.value("--only");
    if ((from == null) == (only == null)) throw call.usage("rerun.which");
    LocalDate date = RunOperand.night(call, call.operand(0));
    Home home = Home.open(call.home());
    RerunPlan plan;
    Rerun.Asked asked =
        new Rerun.Asked(RejectFilter.actor(call), RejectFilter.text(call, "--reason"));
    try (Database database = Databases.openToWrite(home)) {
      plan = Rerun.plan(database, date, from == null ? only : from, only != null);
      if (call.has("--dry-run")) return planned(call, plan);
      if (plan.closed()) return handOut(call, home, database, plan, asked);
      show(call, plan);
      Rerun.reopen(database, call.around().clock(), plan, asked);
    }
    return NightRun.answer(call, home, date, Without.NOTHING);
  }

  static Answer planned(Call call, RerunPlan plan) {
    List<String> next = List.of(call.words().say("quarantine.replay.for_real"));
    return Answer.of(
        new Planned(plan, true, next),
        page -> {
          PlanPage.print(page, plan);
          page.next(next);
        });
  }

  /** Before anything is done, and on stderr: stdout carries what came of it. */
  private static void show(Call call, RerunPlan plan) {
    if (call.quiet()) return;
    PlanPage.print(
        new Page(call.around().err(), call.around().screen().columns(), call.words()), plan);
  }

  private static Answer handOut(
      Call call, Home home, Database database, RerunPlan plan, Rerun.Asked asked)
      throws SQLException {
    List<String> written = Rerun.handOut(home, database, call.around().clock(), plan, asked);
    List<String> next = new ArrayList<>(List.of(call.command("status", plan.date().toString())));
    return Answer.of(
        new Again(plan, written, next),
        page -> {
          PlanPage.print(page, plan);
          if (written.isEmpty()) page.say("rerun.nothing");
          else page.list("rerun.written", written);
        });
  }
}
