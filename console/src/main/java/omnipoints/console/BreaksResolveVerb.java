package omnipoints.console;

import java.util.List;
import omnipoints.jobs.BreakDecision;
import omnipoints.jobs.BreakDecision.Ending;
import omnipoints.jobs.Home;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code breaks resolve ID}: a person ends a break, or accepts what it warns of. */
final class BreaksResolveVerb implements Verb {
  @Override
  public String name() {
    return "breaks resolve";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "ID", true));
    spec.addOption(CommandTree.option(words, "--because", "TEXT"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
    spec.addOption(CommandTree.flag(words, "--accept"));
    spec.addOption(CommandTree.flag(words, "--waive"));
  }

  private record Told(
      String id,
      String type,
      String channel,
      String shop,
      String key,
      String state,
      boolean accepted,
      String because,
      List<String> next) {}

  @Override
  public Answer answer(Call call) {
    String because = RejectFilter.text(call, "--because").strip();
    if (because.isEmpty()) throw call.usage("breaks.because");
    if (call.has("--accept") && call.has("--waive"))
      throw call.usage("usage.either", "--accept", "--waive");
    Ending ending =
        call.has("--accept") ? Ending.ACCEPT : call.has("--waive") ? Ending.WAIVE : Ending.RESOLVE;
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      BreakDecision decision =
          BreakDecision.end(
              database,
              call.around().clock(),
              call.operand(0),
              ending,
              RejectFilter.actor(call),
              because);
      List<String> next =
          List.of(decision.accepted() ? call.command("nightly") : call.command("breaks", "list"));
      Told told =
          new Told(
              decision.id(),
              decision.type(),
              decision.channel(),
              decision.shop(),
              decision.key(),
              ending == Ending.WAIVE ? "WAIVED" : "RESOLVED",
              decision.accepted(),
              because,
              next);
      return Answer.of(
          told,
          page ->
              page.say(
                      decision.accepted()
                          ? "breaks.accepted"
                          : ending == Ending.WAIVE ? "breaks.waived" : "breaks.resolved",
                      decision.id(),
                      decision.type(),
                      decision.key())
                  .next(next));
    }
  }
}
