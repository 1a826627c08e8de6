package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code breaks list}: disagreements that reconciliation found and nobody has settled. */
final class BreaksListVerb implements Verb {
  @Override
  public String name() {
    return "breaks list";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.flag(words, "--all"));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    try (Books books = Books.open(call)) {
      Map<String, Object> params =
          Map.of("until", books.lastClosedOrNever(), "all", call.has("--all"));
      List<Map<String, Object>> items =
          Books.statement("breaks", "breaks")
              .list(
                  books.connection(),
                  params,
                  row ->
                      Fields.of(
                          "id", row.getString("id"),
                          "type", row.getString("type"),
                          "channel", row.getString("channel"),
                          "shop", row.getString("shop"),
                          "key", row.getString("key"),
                          "first_night", row.getObject("first_night", LocalDate.class),
                          "age_nights", row.getInt("age_nights"),
                          "state", row.getString("state"),
                          "closed_night", row.getObject("closed_night", LocalDate.class),
                          "detail", row.getString("detail")));
      return Answer.of(Fields.of("items", items), page -> print(page, items));
    }
  }

  private static void print(Page page, List<Map<String, Object>> items) {
    if (items.isEmpty()) {
      page.say("breaks.none");
      return;
    }
    Words words = page.words();
    TextTable table =
        words.table(
            "type", "channel", "shop", "key", "first_night", ">age_nights", "state", "detail");
    items.forEach(
        i ->
            table.row(
                i.get("type"),
                i.get("channel"),
                i.get("shop"),
                i.get("key"),
                i.get("first_night"),
                i.get("age_nights"),
                words.state((String) i.get("state")),
                i.get("detail")));
    page.say("breaks.head", items.size()).table(null, table);
  }
}
