package omnipoints.console;

import java.util.List;
import omnipoints.jobs.HoldRelease;
import omnipoints.jobs.Home;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code release-hold}: lets a redemption or a transfer go that is held because it went too fast;
 * the next night judges it anew.
 */
final class ReleaseHoldVerb implements Verb {
  @Override
  public String name() {
    return "release-hold";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "NO", true));
    spec.addOption(CommandTree.option(words, "--because", "TEXT"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
  }

  private record Told(String number, String what, String because, List<String> next) {}

  @Override
  public Answer answer(Call call) {
    String because = RejectFilter.text(call, "--because").strip();
    if (because.isEmpty()) throw call.usage("breaks.because");
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      HoldRelease release =
          HoldRelease.of(
              database, call.around().clock(), call.operand(0), RejectFilter.actor(call), because);
      List<String> next = List.of(call.command("nightly"));
      var told = new Told(release.number(), release.what(), because, next);
      return Answer.of(told, page -> page.say("hold.released", told.number()).next(next));
    }
  }
}
