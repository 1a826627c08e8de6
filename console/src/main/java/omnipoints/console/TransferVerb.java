package omnipoints.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.Times;
import omnipoints.jobs.Home;
import omnipoints.jobs.InboxDocument;
import omnipoints.jobs.Setup;
import omnipoints.jobs.Tokens;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code transfer}: points of one member for another. Writes the document {@code transfer} into the
 * inbox, so that the books have one way in; the next night judges it.
 */
final class TransferVerb implements Verb {
  @Override
  public String name() {
    return "transfer";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    Person.declare(spec, words);
    spec.addOption(CommandTree.option(words, "--to", "KIND:VALUE", "transfer.to"));
    spec.addOption(CommandTree.option(words, "--points", "N", "transfer.points"));
    spec.addOption(CommandTree.option(words, "--number", "NO", "transfer.number"));
  }

  private record Told(String transferNo, String file, long points, String at, List<String> next) {}

  @Override
  public Answer answer(Call call) throws IOException {
    Home home = Home.open(call.home());
    Setup setup = Setup.load(home);
    Person giver = Person.of(call, setup.channels());
    String to = call.value("--to") == null ? "" : call.value("--to").strip();
    int colon = to.indexOf(':');
    if (colon <= 0 || colon == to.length() - 1 || to.startsWith("phone:"))
      throw call.usage("transfer.to");
    long points = points(call);
    Instant at = call.around().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    String printed = Times.print(at, home.config().zone());
    String number = call.value("--number");
    if (number == null)
      number = "D" + Tokens.of(home).number(giver.kind(), giver.value(), to, "" + points, printed);
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("transfer_no", number);
    cells.put("from_kind", giver.kind());
    cells.put("from_value", giver.value());
    cells.put("to_kind", to.substring(0, colon));
    cells.put("to_value", to.substring(colon + 1));
    cells.put("points", Long.toString(points));
    cells.put("at", printed);
    Path file = InboxDocument.put(home, setup.channels(), "transfer", number, cells);
    List<String> next = List.of(call.command("nightly"));
    var told = new Told(number, file.toString(), points, printed, next);
    return Answer.of(
        told,
        page -> {
          page.say("transfer.done", told.transferNo(), told.points(), told.file());
          page.next(next);
        });
  }

  private static long points(Call call) {
    try {
      long points = Long.parseLong(call.value("--points") == null ? "" : call.value("--points"));
      if (points > 0) return points;
    } catch (NumberFormatException e) {
      // falls through: told like 0
    }
    throw call.usage("transfer.points");
  }
}
