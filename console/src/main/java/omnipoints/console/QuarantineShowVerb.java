package omnipoints.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.books.Books;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code quarantine show ID}: everything about one rejected row, persons masked: where it stands,
 * what is wrong with it, what waits for it, what was done about it, what to type next.
 */
final class QuarantineShowVerb implements Verb {
  @Override
  public String name() {
    return "quarantine show";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "ID", true));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    String id = call.operand(0);
    try (Books books = HomeBooks.open(call)) {
      Map<String, Object> item =
          HomeBooks.statement("quarantine", "one")
              .one(
                  books.connection(),
                  Map.of("until", books.lastClosedOrNever(), "id", id),
                  row -> fields(row, call.words()))
              .orElseThrow(
                  () ->
                      call.refused(
                          "NO_SUCH_ITEM",
                          List.of(call.command("quarantine", "list")),
                          "quarantine.unknown",
                          id));
      String root = (String) item.get("id");
      item.put("siblings", siblings(books, root));
      item.put("history", history(books, root));
      List<String> next = next(call, item);
      item.put("next", next);
      return Answer.of(item, page -> print(page, item, next));
    }
  }

  private static Map<String, Object> fields(ResultSet row, Words words) throws SQLException {
    Map<String, Object> fields = QuarantineListVerb.item(row);
    fields.put("record_masked", row.getString("record_masked"));
    fields.put("meaning", words.say("meaning." + row.getString("reason")));
    boolean known = row.getObject("parked") != null;
    fields.put(
        "parks",
        known
            ? Fields.of(
                "order", row.getString("order_no"),
                "parked", row.getBoolean("parked"),
                "class", row.getString("class"),
                "lines", row.getLong("lines"))
            : null);
    return fields;
  }

  private static List<Map<String, Object>> siblings(Books books, String id) {
    return HomeBooks.statement("quarantine", "siblings")
        .list(
            books.connection(),
            Map.of("id", id),
            row ->
                Fields.of(
                    "id", row.getString("id"),
                    "file", row.getString("file"),
                    "row", row.getInt("row"),
                    "column", row.getString("column_name"),
                    "reason", row.getString("reason"),
                    "state", row.getString("state")));
  }

  private static List<Map<String, Object>> history(Books books, String id) {
    return HomeBooks.statement("quarantine", "history")
        .list(
            books.connection(),
            Map.of("id", id),
            row ->
                Fields.of(
                    "at", HomeBooks.shown(books, row.getObject("at", OffsetDateTime.class)),
                    "by", row.getString("actor"),
                    "action", row.getString("action"),
                    "because", row.getString("because"),
                    "before_masked", row.getString("before_masked"),
                    "after_masked", row.getString("after_masked"),
                    "sha256", row.getString("sha256"),
                    "row", row.getInt("row"),
                    "night", row.getObject("night", LocalDate.class),
                    "rejected", row.getString("rejected")));
  }

  private static List<String> next(Call call, Map<String, Object> item) {
    String id = (String) item.get("id");
    String column = (String) item.get("column");
    if (!"OPEN".equals(item.get("state"))) return List.of(call.command("quarantine", "list"));
    if (Boolean.TRUE.equals(item.get("replay_waits")))
      return List.of(call.command("nightly"), call.command("quarantine", "list"));
    List<String> next = new ArrayList<>();
    String cell = (column.isEmpty() ? "COLUMN" : column) + "=VALUE";
    next.add(call.command("quarantine", "replay", id, "--set", cell, "--dry-run"));
    next.add(call.command("quarantine", "replay", id, "--dry-run"));
    next.add(call.command("quarantine", "waive", id, "--because", "TEXT"));
    return next;
  }

  private static void print(Page page, Map<String, Object> item, List<String> next) {
    item.forEach(
        (name, value) -> {
          if (value instanceof List<?> || value instanceof Map<?, ?>) return;
          page.sentence(page.words().label(name) + ": " + (value == null ? "" : value));
        });
    if (item.get("again") instanceof Map<?, ?> again)
      page.say(
          "quarantine.show.again",
          again.get("night"),
          page.words().reason(String.valueOf(again.get("reason"))),
          again.get("column"),
          again.get("value_masked"));
    if (item.get("parks") instanceof Map<?, ?> parks)
      page.say(
          Boolean.TRUE.equals(parks.get("parked")) ? "quarantine.parks" : "quarantine.parks.not",
          parks.get("order"),
          parks.get("lines"),
          parks.get("class"));
    Words words = page.words();
    TextTable siblings = words.table("id", "file", ">row", "column", "reason", "state");
    for (Object each : (List<?>) item.get("siblings")) {
      Map<?, ?> s = (Map<?, ?>) each;
      siblings.row(
          s.get("id"),
          s.get("file"),
          s.get("row"),
          s.get("column"),
          words.reason(String.valueOf(s.get("reason"))),
          words.state(String.valueOf(s.get("state"))));
    }
    page.table("quarantine.siblings", siblings);
    for (Object each : (List<?>) item.get("history")) {
      Map<?, ?> h = (Map<?, ?>) each;
      page.blank()
          .say(
              "quarantine.history",
              h.get("at"),
              h.get("by"),
              words.say("action." + h.get("action")),
              h.get("because"));
      if ("WAIVE".equals(h.get("action"))) continue;
      page.say("quarantine.history.before", h.get("before_masked"));
      page.say("quarantine.history.after", h.get("after_masked"));
      page.say("quarantine.history.delivery", h.get("sha256"), h.get("row"));
      if (h.get("night") == null) page.say("quarantine.history.waits");
      else if (h.get("rejected") == null) page.say("quarantine.history.read", h.get("night"));
      else page.say("quarantine.history.rejected", h.get("night"), h.get("rejected"));
    }
    page.next(next);
  }
}
