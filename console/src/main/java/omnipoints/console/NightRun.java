package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.jobs.CrashPoints;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.NightRequest;
import omnipoints.jobs.Nightly;
import omnipoints.jobs.Without;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What {@code nightly} and {@code restart} share: they run a date to its end and answer like {@code
 * status}.
 */
final class NightRun {
  static final String ACCEPT_VERSION = "--accept-version";
  static final String FUTURE = "--future";
  static final String DRY_RUN = "--dry-run";
  private static final String WITHOUT = "--without";
  private static final String REASON = "--reason";

  /**
   * System property that names the point where the process ends as in a power cut; for the demo and
   * for tests.
   */
  static final String CRASH_AT = "omnipoints.crash_at";

  private NightRun() {}

  /** What every verb takes that runs nights. */
  static void declareShared(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.flag(words, ACCEPT_VERSION));
    spec.addOption(CommandTree.flag(words, FUTURE));
  }

  static void declare(CommandSpec spec, Words words) {
    declareShared(spec, words);
    spec.addOption(CommandTree.options(words, WITHOUT, "CHANNEL"));
    spec.addOption(CommandTree.option(words, REASON, "TEXT", "without.reason"));
  }

  /** Runs a date as the options of {@code nightly} say. */
  static Answer answer(Call call, Home home, LocalDate date) throws SQLException {
    return answer(call, home, date, without(call, home));
  }

  /** Runs a date to its end. */
  static Answer answer(Call call, Home home, LocalDate date, Without without) throws SQLException {
    Stop stop = Stop.onSignal(call);
    NightRequest request =
        new NightRequest(
                date,
                call.has(ACCEPT_VERSION),
                call.has(FUTURE),
                ProgressBar.of(call),
                crashPoints(),
                call.around().clock(),
                stop::asked)
            .without(without);
    if (call.has(DRY_RUN)) return DryRunPage.answer(call, home, request);
    Database opened = Databases.open(home);
    try (Database database =
        call.has(ACCEPT_VERSION)
            ? Databases.migratedMidNight(opened, call.around().clock())
            : Databases.migrated(opened)) {
      return reported(call, date, Nightly.run(home, database, request).exit());
    } catch (NightRefused e) {
      // A night that waits has not failed, and it is the last one begun.
      if (e.code().equals(NightRefused.WAITING)) return reported(call, null, e.exit());
      // People get the picture of the figures; programs the error, as of every refusal.
      if (e.code().equals(NightRefused.OUT_OF_BAND) && !call.json())
        return reported(call, null, e.exit());
      throw e;
    }
  }

  /** Whether an answer is that of a night that goes on waiting. */
  static boolean waits(Answer answer) {
    return answer.told() instanceof NightReport report && report.night().state().equals("WAITING");
  }

  private static Answer reported(Call call, LocalDate date, int exit) throws SQLException {
    Answer report = NightReport.answer(call, date);
    return new Answer(exit, report.told(), report.text());
  }

  /**
   * The channels to close without.
   *
   * @throws Refusal USAGE: a channel that the home has not, or no reason
   */
  private static Without without(Call call, Home home) {
    List<String> channels = call.values(WITHOUT).stream().distinct().sorted().toList();
    String reason = call.value(REASON);
    if (channels.isEmpty()) {
      if (reason != null) throw call.usage("without.reason.alone");
      return Without.NOTHING;
    }
    for (String channel : channels)
      if (!home.config().channels().containsKey(channel))
        throw call.usage(
            "check.nochannel", channel, String.join(" ", home.config().channels().keySet()));
    if (reason == null || reason.isBlank()) throw call.usage("without.reason");
    return new Without(channels, reason.strip());
  }

  private static CrashPoints crashPoints() {
    String point = System.getProperty(CRASH_AT);
    return point == null ? CrashPoints.NONE : CrashPoints.at(point);
  }
}
