package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
    try (Books books = Books.open(call)) {
      NightReport report = NightReport.read(books, books.closed(night, call), call);
      if (call.has("--csv")) {
        LedgerExport.write(books.connection(), night, books.zone(), call.around().out());
        return Answer.written(Exit.OK);
      }
      List<Map<String, Object>> kinds =
          Books.statement("ledger", "ledger")
              .list(
                  books.connection(),
                  Map.of("night", night),
                  row ->
                      Fields.of(
                          "kind", row.getString("kind"),
                          "entries", row.getLong("entries"),
                          "points", row.getLong("points"),
                          "moved", row.getLong("moved")));
      Map<String, Object> json =
          Fields.of(
              "date",
              night,
              "entries",
              report.json().get("entries"),
              "entry_root",
              report.json().get("entry_root"),
              "kinds",
              kinds);
      return Answer.of(
          json,
          page -> {
            TextTable table = page.words().table("kind", ">entries", ">points", ">moved");
            kinds.forEach(
                k ->
                    table.row(
                        page.words().kind((String) k.get("kind")),
                        k.get("entries"),
                        k.get("points"),
                        k.get("moved")));
            page.say("night.root", json.get("entry_root"), json.get("entries"))
                .table(null, table)
                .next(List.of(call.command("ledger", "--date", night.toString(), "--csv")));
          });
    }
  }
}
