package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import omnipoints.jobs.Home;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code nightly [--date D]}: runs yesterday's night, or that of D, and the missing ones before it.
 */
final class NightlyVerb implements Verb {
  @Override
  public String name() {
    return "nightly";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--date", "DATE"));
    spec.addOption(CommandTree.flag(words, NightRun.DRY_RUN));
    NightRun.declare(spec, words);
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    LocalDate date = call.date("--date");
    Home home = Home.open(call.home());
    // The clock chooses what to run, never what is decided.
    if (date == null)
      date = LocalDate.now(call.around().clock().withZone(home.config().zone())).minusDays(1);
    return NightRun.answer(call, home, date);
  }
}
