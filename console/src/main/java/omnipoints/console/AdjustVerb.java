package omnipoints.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.Times;
import omnipoints.jobs.Home;
import omnipoints.jobs.InboxDocument;
import omnipoints.jobs.Setup;
import omnipoints.jobs.Tokens;
import omnipoints.points.AdjustmentJudge;
import omnipoints.points.AdjustmentJudge.Asked;
import omnipoints.points.AdjustmentJudge.Judged;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code adjust}: gives or takes points by hand. Writes the document {@code adjustment} into the
 * inbox, so that the books have one way in; the next night books it.
 */
final class AdjustVerb implements Verb {
  @Override
  public String name() {
    return "adjust";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    Person.declare(spec, words);
    spec.addOption(CommandTree.option(words, "--points", "N", "adjust.points"));
    spec.addOption(CommandTree.option(words, "--reason", "TEXT", "because"));
    spec.addOption(CommandTree.option(words, "--requested-by", "NAME", "adjust.requested"));
    spec.addOption(CommandTree.option(words, "--approved-by", "NAMES", "adjust.approved"));
    spec.addOption(CommandTree.option(words, "--expires", "DATE", "adjust.expires"));
    spec.addOption(CommandTree.option(words, "--number", "NO", "adjust.number"));
  }

  private record Told(
      String adjustmentNo, String file, long points, String at, List<String> next) {}

  @Override
  public Answer answer(Call call) throws IOException {
    Home home = Home.open(call.home());
    Setup setup = Setup.load(home);
    Person person = Person.of(call, setup.channels());
    long points = points(call);
    for (String needed : List.of("--reason", "--requested-by", "--approved-by"))
      if (call.value(needed) == null || call.value(needed).isBlank())
        throw call.usage("adjust.needed", needed);
    LocalDate expires = call.date("--expires");
    ZoneId zone = home.config().zone();
    Instant at = call.around().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    String number = call.value("--number");
    if (number == null)
      number =
          "D"
              + Tokens.of(home)
                  .number(
                      person.kind(), person.value(), "" + points, call.value("--reason"), "" + at);
    Asked asked =
        new Asked(
            number,
            at,
            points,
            call.value("--requested-by"),
            call.value("--approved-by"),
            null,
            expires);
    refuse(call, home, setup, asked, LocalDate.ofInstant(at, zone));
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("adjustment_no", number);
    cells.put("member_kind", person.kind());
    cells.put("member_value", person.value());
    cells.put("points", Long.toString(points));
    cells.put("reason", call.value("--reason").strip());
    cells.put("requested_by", asked.requestedBy().strip());
    cells.put("approved_by", asked.approvedBy().strip());
    cells.put("expires", expires == null ? null : expires.toString());
    cells.put("at", Times.print(at, zone));
    Path file = InboxDocument.put(home, setup.channels(), "adjustment", number, cells);
    List<String> next = List.of(call.command("nightly"));
    var told = new Told(number, file.toString(), points, Times.print(at, zone), next);
    return Answer.of(
        told,
        page -> {
          page.say("adjust.done", told.adjustmentNo(), told.points(), told.file());
          page.next(next);
        });
  }

  private static long points(Call call) {
    try {
      long points = Long.parseLong(call.value("--points") == null ? "" : call.value("--points"));
      if (points != 0) return points;
    } catch (NumberFormatException e) {
      // falls through: told like 0
    }
    throw call.usage("adjust.points");
  }

  /** What the night would refuse anyway is not written; the limit of the day it alone can know. */
  private static void refuse(Call call, Home home, Setup setup, Asked asked, LocalDate today) {
    var judge =
        new AdjustmentJudge(
            home.config().staff().hq(),
            setup.programme().ofNight(today).limits().adjustPoints(),
            home.config().zone(),
            today);
    Judged judged = judge.judge(List.of(asked), Map.of()).get(0);
    if (judged.accepted()) return;
    String reasons = String.join(" ", judged.against().stream().map(Enum::name).toList());
    throw call.refused(
        "ADJUSTMENT_REFUSED", List.of(call.command("adjust", "--help")), "adjust.refused", reasons);
  }
}
