package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import omnipoints.jobs.Home;
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
    NightRun.declare(spec, words);
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    LocalDate date = RunOperand.night(call, call.operand(0));
    return NightRun.answer(call, Home.open(call.home()), date);
  }
}
