package omnipoints.console;

import java.time.LocalDate;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.quarantine.Reject;
import omnipoints.jobs.quarantine.Waive;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code quarantine waive}: rejected rows are given up, and their orders decided without them by
 * the next open night.
 */
final class QuarantineWaiveVerb implements Verb {
  @Override
  public String name() {
    return "quarantine waive";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operands(words, "IDS"));
    RejectFilter.declare(spec, words);
    spec.addOption(CommandTree.option(words, "--because", "TEXT"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
    spec.addOption(CommandTree.flag(words, "--dry-run"));
  }

  private record Told(
      boolean dryRun,
      List<String> waived,
      List<String> letIn,
      List<String> settledBefore,
      List<String> unparked,
      List<String> stillParked,
      int withheldRows,
      LocalDate night,
      List<String> next) {}

  @Override
  public Answer answer(Call call) {
    Reject.Selection selection = RejectFilter.selection(call);
    String because = RejectFilter.text(call, "--because").strip();
    if (because.isEmpty()) throw call.usage("quarantine.because");
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      if (call.has("--dry-run")) {
        List<String> ids = Waive.plan(database, selection).stream().map(Reject::id).toList();
        return answer(
            call,
            new Waive.Outcome(ids, List.of(), List.of(), List.of(), List.of(), 0, null),
            true);
      }
      return answer(
          call,
          Waive.run(
              home, database, call.around().clock(), selection, RejectFilter.actor(call), because),
          false);
    }
  }

  private static Answer answer(Call call, Waive.Outcome outcome, boolean dry) {
    List<String> next =
        List.of(
            dry
                ? call.words().say("quarantine.replay.for_real")
                : outcome.unparked().isEmpty()
                        && outcome.letIn().isEmpty()
                        && outcome.withheld() == 0
                    ? call.command("quarantine", "list")
                    : call.command("nightly"));
    Told told =
        new Told(
            dry,
            outcome.waived(),
            outcome.letIn(),
            outcome.settled(),
            outcome.unparked(),
            outcome.parked(),
            outcome.withheld(),
            outcome.night(),
            next);
    return Answer.of(
        told,
        page -> {
          page.say(
              dry ? "quarantine.waive.would" : "quarantine.waive.done",
              outcome.waived().size(),
              ReplayAnswer.shortened(outcome.waived()));
          if (!outcome.letIn().isEmpty())
            page.say("quarantine.waive.let_in", ReplayAnswer.shortened(outcome.letIn()));
          if (!outcome.settled().isEmpty())
            page.say("quarantine.waive.settled", ReplayAnswer.shortened(outcome.settled()));
          if (!outcome.unparked().isEmpty())
            page.say(
                "quarantine.waive.unparked",
                outcome.night(),
                ReplayAnswer.shortened(outcome.unparked()));
          if (outcome.withheld() > 0) page.say("quarantine.waive.withheld", outcome.withheld());
          if (!outcome.parked().isEmpty())
            page.say("quarantine.waive.parked", ReplayAnswer.shortened(outcome.parked()));
          page.next(next);
        });
  }
}
