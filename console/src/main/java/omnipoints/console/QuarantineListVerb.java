package omnipoints.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code quarantine list}: rows that could not be trusted and are still not used. */
final class QuarantineListVerb implements Verb {
  @Override
  public String name() {
    return "quarantine list";
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
          Books.statement("quarantine", "items")
              .list(books.connection(), params, QuarantineListVerb::item);
      List<String> next =
          items.isEmpty()
              ? List.of()
              : List.of(call.command("quarantine", "show", (String) items.get(0).get("id")));
      return Answer.of(Fields.of("items", items, "next", next), page -> print(page, items, next));
    }
  }

  /**
   * One reject; {@code key} is the order it belongs to or, where that could not be read, file and
   * row.
   */
  static Map<String, Object> item(ResultSet row) throws SQLException {
    String order = row.getString("order_no");
    String place = row.getString("file") + ":" + row.getInt("row");
    String column = row.getString("column_name");
    String value = row.getString("value_masked");
    return Fields.of(
        "id", row.getString("id"),
        "reason", row.getString("reason"),
        "channel", row.getString("channel"),
        "shop", row.getString("shop"),
        "key", order == null ? place : order,
        "first_night", row.getObject("first_night", LocalDate.class),
        "age_nights", row.getInt("age_nights"),
        "state", row.getString("state"),
        "detail",
            place + (column.isEmpty() ? "" : " " + column) + (value.isEmpty() ? "" : ": " + value),
        "document", row.getString("document"),
        "file", row.getString("file"),
        "sha256", row.getString("sha256"),
        "row", row.getInt("row"),
        "column", column,
        "value_masked", value,
        "order", order);
  }

  private static void print(Page page, List<Map<String, Object>> items, List<String> next) {
    if (items.isEmpty()) {
      page.say("quarantine.none");
      return;
    }
    Words words = page.words();
    TextTable table =
        words.table(
            "id",
            "reason",
            "channel",
            "shop",
            "key",
            "column",
            "value",
            "first_night",
            ">age_nights",
            "state");
    items.forEach(
        i ->
            table.row(
                i.get("id"),
                words.reason((String) i.get("reason")),
                i.get("channel"),
                i.get("shop"),
                i.get("key"),
                i.get("column"),
                i.get("value_masked"),
                i.get("first_night"),
                i.get("age_nights"),
                words.state((String) i.get("state"))));
    page.say("quarantine.head", items.size()).table(null, table).next(next);
  }
}
