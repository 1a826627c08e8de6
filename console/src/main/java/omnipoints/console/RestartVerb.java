package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import omnipoints.jobs.Home;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code restart RUN}: finishes a night that was interrupted; does nothing to one that is finished.
 */
final class RestartVerb implements Verb {
  private static final String RUN_ID = "nightly-";

  @Override
  public String name() {
    return "restart";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "RUN", true));
    NightRun.declare(spec, words);
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    String run = call.operand(0);
    LocalDate date = call.runDate(run.startsWith(RUN_ID) ? run.substring(RUN_ID.length()) : run);
    return NightRun.answer(call, Home.open(call.home()), date);
  }
}
