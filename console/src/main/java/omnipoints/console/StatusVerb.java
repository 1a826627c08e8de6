package omnipoints.console;

import java.sql.SQLException;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code status [RUN]}: what a night did, the last one unless told otherwise. Works while a night
 * runs.
 */
final class StatusVerb implements Verb {
  @Override
  public String name() {
    return "status";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.flag(words, "--calendar"));
    spec.addPositional(CommandTree.operand(words, "RUN", false, "run.last"));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    String run = call.operand(0);
    if (call.has("--calendar")) {
      if (run != null) throw call.usage("usage.either", "--calendar", "RUN");
      return CalendarPage.answer(call);
    }
    return NightReport.answer(call, run == null ? null : RunOperand.night(call, run));
  }
}
