package omnipoints.console;

import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.Syncs;
import omnipoints.jobs.Syncs.Left;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code sync settle NUMBER --taken|--not-taken}: says what became of a request that a platform has
 * not answered.
 */
final class SyncSettleVerb implements Verb {
  @Override
  public String name() {
    return "sync settle";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "NUMBER", true, "sync-number"));
    spec.addOption(CommandTree.flag(words, "--taken"));
    spec.addOption(CommandTree.flag(words, "--not-taken"));
    spec.addOption(CommandTree.option(words, "--because", "TEXT"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
  }

  private record Told(
      String platform, String requestNo, boolean taken, String because, List<String> next) {}

  @Override
  public Answer answer(Call call) {
    String because = RejectFilter.text(call, "--because").strip();
    boolean taken = call.has("--taken");
    if (because.isEmpty() || taken == call.has("--not-taken")) throw call.usage("sync.settle");
    String number = call.operand(0);
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      List<String> platforms =
          Syncs.standings(home, database).stream()
              .flatMap(one -> one.left().stream())
              .filter(one -> one.requestNo().equals(number) && one.state().equals("SENT"))
              .map(Left::platform)
              .toList();
      String why = RejectFilter.actor(call) + ": " + because;
      if (platforms.isEmpty()
          || !Syncs.settle(database, call.around().clock(), platforms.get(0), number, taken, why))
        throw call.refused(
            "ANSWERED", List.of(call.command("sync", "status")), "sync.answered", number);
      List<String> next = List.of(call.command("sync", "send"));
      Told told = new Told(platforms.get(0), number, taken, because, next);
      return Answer.of(
          told, page -> page.say(taken ? "sync.taken" : "sync.not_taken", number).next(next));
    }
  }
}
