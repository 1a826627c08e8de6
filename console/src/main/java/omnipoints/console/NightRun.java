package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import omnipoints.jobs.CrashPoints;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightOutcome;
import omnipoints.jobs.NightRequest;
import omnipoints.jobs.Nightly;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What {@code nightly} and {@code restart} share: they run a date to its end and answer like {@code
 * status}.
 */
final class NightRun {
  static final String ACCEPT_VERSION = "--accept-version";
  static final String FUTURE = "--future";

  /**
   * System property that names the point where the process ends as in a power cut; for the demo and
   * for tests.
   */
  static final String CRASH_AT = "omnipoints.crash_at";

  private NightRun() {}

  static void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.flag(words, ACCEPT_VERSION));
    spec.addOption(CommandTree.flag(words, FUTURE));
  }

  static Answer answer(Call call, Home home, LocalDate date) throws SQLException {
    Stop stop = Stop.onSignal(call);
    NightOutcome outcome;
    try (Database database = Databases.openToWrite(home)) {
      outcome =
          Nightly.run(
              home,
              database,
              new NightRequest(
                  date,
                  call.has(ACCEPT_VERSION),
                  call.has(FUTURE),
                  ProgressBar.of(call),
                  crashPoints(),
                  call.around().clock(),
                  stop::asked));
    }
    Answer report = NightReport.answer(call, date);
    return new Answer(outcome.exit(), report.told(), report.text());
  }

  private static CrashPoints crashPoints() {
    String point = System.getProperty(CRASH_AT);
    return point == null ? CrashPoints.NONE : CrashPoints.at(point);
  }
}
