package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.Ledger;
import omnipoints.jobs.LedgerExport;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code ledger --date D [--csv]}: the entries of one closed night, byte for byte what its root was
 * made of.
 */
final class LedgerVerb implements Verb {
  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--date", "DATE"));
    spec.addOption(CommandTree.flag(words, "--csv"));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    LocalDate night = call.date("--date");
    if (night == null) throw call.usage("ledger.date");
    if (call.has("--csv") && call.json()) throw call.usage("usage.either", "--csv", "--json");
    try (Books books = HomeBooks.open(call)) {
      Ledger ledger =
          Ledger.of(books, HomeBooks.closed(books, night, call))
              .orElseThrow(() -> NightReport.unknown(call, night));
      if (call.has("--csv")) {
        LedgerExport export = new LedgerExport(call.around().out(), books.zone());
        Ledger.forEachEntry(books, night, export);
        export.flush();
        return Answer.written(Exit.OK);
      }
      return Answer.of(ledger, page -> print(page, ledger, call));
    }
  }

  private static void print(Page page, Ledger ledger, Call call) {
    TextTable table = page.words().table("kind", ">entries", ">points", ">moved");
    for (Ledger.OfKind of : ledger.kinds())
      table.row(page.words().kind(of.kind()), of.entries(), of.points(), of.moved());
    page.say("night.root", ledger.entryRoot(), ledger.entries())
        .table(null, table)
        .next(List.of(call.command("ledger", "--date", ledger.date().toString(), "--csv")));
  }
}
