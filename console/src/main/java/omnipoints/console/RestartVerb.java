package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import omnipoints.jobs.Home;
import omnipoints.jobs.Rerun;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code restart RUN}: finishes a night that was interrupted; does nothing to one that is finished.
 */
final class RestartVerb implements Verb {
  @Override
  public String name() {
    return "restart";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "RUN", true));
    spec.addOption(CommandTree.flag(words, "--dry-run"));
    NightRun.declare(spec, words);
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    LocalDate date = RunOperand.night(call, call.operand(0));
    Home home = Home.open(call.home());
    if (!call.has("--dry-run")) return NightRun.answer(call, home, date);
    try (Database database = Databases.openToWrite(home)) {
      return RerunVerb.planned(call, Rerun.planOfRestart(database, date));
    }
  }
}
