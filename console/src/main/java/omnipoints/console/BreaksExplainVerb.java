package omnipoints.console;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import omnipoints.jobs.BreakDecision;
import omnipoints.jobs.Home;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code breaks explain ID --cause CODE --because TEXT}: why a break is there; it stays open. */
final class BreaksExplainVerb implements Verb {
  /** Where a disagreement comes from. */
  private static final Set<String> CAUSES =
      new TreeSet<>(
          Set.of(
              "TIMING",
              "PLATFORM",
              "TILL",
              "EXPORT",
              "SETUP",
              "CUSTOMER_SERVICE",
              "FRAUD",
              "OTHER"));

  @Override
  public String name() {
    return "breaks explain";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "ID", true));
    spec.addOption(CommandTree.option(words, "--cause", "CODE"));
    spec.addOption(CommandTree.option(words, "--because", "TEXT"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
  }

  private record Told(String id, String cause, String because, List<String> next) {}

  @Override
  public Answer answer(Call call) {
    String cause = call.value("--cause");
    cause = cause == null ? "" : cause.toUpperCase(Locale.ROOT);
    if (!CAUSES.contains(cause)) throw call.usage("breaks.cause.which", String.join(", ", CAUSES));
    String because = RejectFilter.text(call, "--because").strip();
    if (because.isEmpty()) throw call.usage("breaks.explain.because");
    String id = call.operand(0);
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      BreakDecision.explain(
          database, call.around().clock(), id, cause, RejectFilter.actor(call), because);
    }
    List<String> next = List.of(call.command("breaks", "resolve", id, "--because", "TEXT"));
    Told told = new Told(id, cause, because, next);
    return Answer.of(told, page -> page.say("breaks.explained", id, told.cause()).next(next));
  }
}
