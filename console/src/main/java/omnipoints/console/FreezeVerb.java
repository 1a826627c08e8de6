package omnipoints.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import omnipoints.facts.SignedNames;
import omnipoints.facts.Times;
import omnipoints.jobs.Home;
import omnipoints.jobs.InboxDocument;
import omnipoints.jobs.Setup;
import omnipoints.jobs.Tokens;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code freeze}: freezes an account, lets it go again, or closes it. Writes the document {@code
 * account_state} into the inbox, so that the books have one way in; it counts from the next night.
 */
final class FreezeVerb implements Verb {
  private static final Set<String> STATES = Set.of("frozen", "active", "closed");

  @Override
  public String name() {
    return "freeze";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    Person.declare(spec, words);
    spec.addOption(CommandTree.option(words, "--state", "STATE", "freeze.state"));
    spec.addOption(CommandTree.option(words, "--reason", "TEXT", "because"));
    spec.addOption(CommandTree.option(words, "--requested-by", "NAME", "adjust.requested"));
    spec.addOption(CommandTree.option(words, "--approved-by", "NAME", "adjust.approved"));
  }

  private record Told(String state, String file, String at, List<String> next) {}

  @Override
  public Answer answer(Call call) throws IOException {
    Home home = Home.open(call.home());
    Setup setup = Setup.load(home);
    Person person = Person.of(call, setup.channels());
    String state =
        call.value("--state") == null
            ? "frozen"
            : call.value("--state").strip().toLowerCase(Locale.ROOT);
    if (!STATES.contains(state)) throw call.usage("freeze.state");
    for (String needed : List.of("--reason", "--requested-by", "--approved-by"))
      if (call.value(needed) == null || call.value(needed).isBlank())
        throw call.usage("freeze.needed", needed);
    refuse(call, home);
    Instant at = call.around().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    String printed = Times.print(at, home.config().zone());
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("member_kind", person.kind());
    cells.put("member_value", person.value());
    cells.put("state", state);
    cells.put("reason", call.value("--reason").strip());
    cells.put("requested_by", call.value("--requested-by").strip());
    cells.put("approved_by", call.value("--approved-by").strip());
    cells.put("at", printed);
    String number = Tokens.of(home).number(person.kind(), person.value(), state, printed);
    Path file = InboxDocument.put(home, setup.channels(), "account_state", number, cells);
    List<String> next = List.of(call.command("nightly"));
    var told = new Told(state, file.toString(), printed, next);
    return Answer.of(
        told,
        page -> {
          page.say("freeze.done", told.state(), told.at(), told.file());
          page.next(next);
        });
  }

  /** What the night would not count is not written. */
  private static void refuse(Call call, Home home) {
    Set<String> hq = home.config().staff().hq();
    String requested = SignedNames.folded(call.value("--requested-by"));
    String approved = SignedNames.folded(call.value("--approved-by"));
    if (hq.contains(requested) && hq.contains(approved) && !requested.equals(approved)) return;
    throw call.refused(
        "ADJUSTMENT_REFUSED", List.of(call.command("freeze", "--help")), "freeze.refused");
  }
}
