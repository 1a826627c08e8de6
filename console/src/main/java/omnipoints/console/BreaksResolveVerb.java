package omnipoints.console;

import java.util.List;
import java.util.Map;
import omnipoints.jobs.BreakDecision;
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
  }

  @Override
  public Answer answer(Call call) {
    String because = RejectFilter.text(call, "--because").strip();
    if (because.isEmpty()) throw call.usage("breaks.because");
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      BreakDecision decision =
          BreakDecision.take(
              database,
              call.around().clock(),
              call.operand(0),
              call.has("--accept"),
              RejectFilter.actor(call),
              because);
      List<String> next =
          List.of(decision.accepted() ? call.command("nightly") : call.command("breaks", "list"));
      Map<String, Object> json =
          Fields.of(
              "id", decision.id(),
              "type", decision.type(),
              "channel", decision.channel(),
              "shop", decision.shop(),
              "key", decision.key(),
              "state", "RESOLVED",
              "accepted", decision.accepted(),
              "because", because,
              "next", next);
      return Answer.of(
          json,
          page ->
              page.say(
                      decision.accepted() ? "breaks.accepted" : "breaks.resolved",
                      decision.id(),
                      decision.type(),
                      decision.key())
                  .next(next));
    }
  }
}
