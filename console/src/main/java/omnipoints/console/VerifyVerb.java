package omnipoints.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.jobs.Home;
import omnipoints.jobs.Verification;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code verify [--from D] [--to D] [--against DIR]}: proves that nothing that is kept was changed.
 */
final class VerifyVerb implements Verb {
  private static final LocalDate EVER = LocalDate.of(1, 1, 1);

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--from", "DATE", "verify.from"));
    spec.addOption(CommandTree.option(words, "--to", "DATE", "verify.to"));
    spec.addOption(CommandTree.option(words, "--against", "DIR"));
  }

  /**
   * @param state INTACT, or DIFFERS when anything was found
   */
  private record Told(String state, @JsonUnwrapped Verification verified, List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    LocalDate from = call.date("--from");
    LocalDate to = call.date("--to");
    if (from != null && to != null && to.isBefore(from)) throw call.usage("verify.range", from, to);
    String against = call.value("--against");
    Path acks = against == null ? null : call.around().directory().resolve(against);
    Home home = Home.open(call.home());
    LocalDate last;
    try (Books books = HomeBooks.open(call)) {
      last = books.lastClosed();
    }
    if (to == null) to = last == null ? EVER : last;
    try (Database database = Databases.open(home)) {
      Verification verified =
          Verification.run(home, database, from == null ? EVER : from, to, acks);
      boolean intact = verified.findings().isEmpty();
      List<String> next =
          intact
              ? List.of()
              : List.of(call.command("verify", "--json"), call.words().say("verify.next"));
      Told told = new Told(intact ? "INTACT" : "DIFFERS", verified, next);
      return new Answer(
          intact ? Exit.OK : Exit.CLOSED_WITH_FINDINGS, told, page -> print(page, told));
    }
  }

  private static void print(Page page, Told told) {
    Verification of = told.verified();
    page.say(
        told.state().equals("INTACT") ? "verify.intact" : "verify.differs", of.findings().size());
    page.say(
        "verify.looked",
        of.archiveFiles(),
        of.nights(),
        of.entries(),
        of.extracts(),
        of.checks(),
        of.acks());
    of.skipped().forEach(skipped -> page.say("verify.skipped", skipped));
    if (!of.findings().isEmpty()) page.blank();
    of.findings()
        .forEach(found -> page.say("verify.found", found.kind(), found.what(), found.detail()));
    page.next(told.next());
  }
}
