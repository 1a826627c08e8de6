package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.books.Books;
import omnipoints.jobs.BreakDecision;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code breaks show ID}: everything about one break: what disagrees, the rows it rests on, the
 * orders of a class, what nights and people did about it, what decides it.
 */
final class BreaksShowVerb implements Verb {
  private static final int SHOWN = 20;
  private static final int MOST = 1000;

  @Override
  public String name() {
    return "breaks show";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "ID", true));
    spec.addOption(CommandTree.flag(words, "--all", "all-orders"));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    try (Books books = HomeBooks.open(call)) {
      Map<String, Object> item =
          HomeBooks.statement("breaks", "one")
              .one(
                  books.connection(),
                  Map.of("until", books.lastClosedOrNever(), "id", call.operand(0)),
                  BreakItem::of)
              .orElseThrow(
                  () ->
                      call.refused(
                          "NO_SUCH_BREAK",
                          List.of(call.command("breaks", "list", "--all")),
                          "breaks.unknown",
                          call.operand(0)));
      String type = (String) item.get("type");
      boolean ofClass = item.containsKey("orders");
      item.put("meaning", call.words().sayOr("break.meaning." + type, ""));
      item.put("decided_by", call.words().sayOr("break.decides." + type, ""));
      item.put("evidence", ofClass ? List.of() : evidence(books, item));
      item.put("orders_listed", ofClass ? orders(books, item, call.has("--all")) : List.of());
      item.put("history", history(books, item));
      List<String> next = next(call, item);
      item.put("next", next);
      return Answer.of(item, page -> print(page, item, next));
    }
  }

  private static Map<String, Object> params(Map<String, Object> item, String... names) {
    Map<String, Object> params = new HashMap<>(item);
    params.put("since", item.get("first_night"));
    params.put("most", (long) MOST);
    params.keySet().retainAll(List.of(names));
    return params;
  }

  private static List<Map<String, Object>> evidence(Books books, Map<String, Object> item) {
    return HomeBooks.statement("breaks", "evidence")
        .list(
            books.connection(),
            params(item, "type", "channel", "shop", "key", "most"),
            row ->
                Fields.of(
                    "file", row.getString("file"),
                    "sha256", row.getString("source_sha256"),
                    "row", row.getInt("source_row")));
  }

  private static List<Map<String, Object>> orders(
      Books books, Map<String, Object> item, boolean all) {
    Map<String, Object> params = params(item, "type", "channel", "shop", "since", "most");
    if (all) params.put("most", Long.MAX_VALUE);
    return HomeBooks.statement("breaks", "orders")
        .list(
            books.connection(),
            params,
            row ->
                Fields.of(
                    "order", row.getString("order_no"),
                    "paid_at",
                        HomeBooks.shown(books, row.getObject("paid_at", OffsetDateTime.class)),
                    "points", row.getLong("would_be_points"),
                    "reason", row.getString("reason"),
                    "file", row.getString("file"),
                    "row", row.getInt("source_row")));
  }

  private static List<Map<String, Object>> history(Books books, Map<String, Object> item) {
    return HomeBooks.statement("breaks", "history")
        .list(
            books.connection(),
            Map.of("id", item.get("id"), "until", books.lastClosedOrNever()),
            row ->
                Fields.of(
                    "night", row.getObject("night", LocalDate.class),
                    "at", HomeBooks.shown(books, row.getObject("at", OffsetDateTime.class)),
                    "event", row.getString("event"),
                    "by", row.getString("actor"),
                    "because", row.getString("because"),
                    "detail", row.getString("detail")));
  }

  private static List<String> next(Call call, Map<String, Object> item) {
    String id = (String) item.get("id");
    if (!"OPEN".equals(item.get("state"))) return List.of(call.command("breaks", "list"));
    List<String> next = new ArrayList<>();
    if (BreakDecision.ACCEPTABLE.equals(item.get("type")))
      next.add(call.command("breaks", "resolve", id, "--accept", "--because", "TEXT"));
    next.add(call.command("breaks", "resolve", id, "--because", "TEXT"));
    return next;
  }

  private static void print(Page page, Map<String, Object> item, List<String> next) {
    Words words = page.words();
    BreakItem.print(page, item);
    if (!"".equals(item.get("meaning"))) page.wrapped("  " + item.get("meaning"), 2);
    for (Map<?, ?> row : rows(item, "evidence").stream().limit(SHOWN).toList())
      page.wrapped("  " + words.say("breaks.evidence", row.get("file"), row.get("row")), 4);
    printOrders(page, item);
    if (!rows(item, "history").isEmpty()) page.blank().say("breaks.history");
    for (Map<?, ?> row : rows(item, "history")) {
      boolean person = row.get("by") != null;
      String said =
          words.say(
              person ? "breaks.history.person" : "breaks.history.night",
              person ? row.get("at") : row.get("night"),
              words.say("break.event." + row.get("event")),
              person ? row.get("by") : row.get("detail"),
              row.get("because"));
      page.wrapped("  " + said, 4);
    }
    if ("OPEN".equals(item.get("state")) && !"".equals(item.get("decided_by"))) {
      page.blank().say("breaks.decides");
      page.wrapped("  " + item.get("decided_by"), 2);
    }
    page.next(next);
  }

  private static void printOrders(Page page, Map<String, Object> item) {
    List<Map<?, ?>> orders = rows(item, "orders_listed");
    TextTable table = page.words().table("order", "paid_at", ">points", "why");
    for (Map<?, ?> row : orders.stream().limit(SHOWN).toList()) {
      Object paid = row.get("paid_at");
      table.row(
          row.get("order"),
          paid == null ? "" : paid.toString().substring(0, 10),
          row.get("points"),
          page.words().say("break.order." + row.get("reason")));
    }
    page.table("breaks.orders", table);
    if (item.get("orders") instanceof Long all && all > SHOWN) page.say("more.later", all - SHOWN);
  }

  private static List<Map<?, ?>> rows(Map<String, Object> item, String name) {
    List<Map<?, ?>> rows = new ArrayList<>();
    for (Object row : (List<?>) item.get(name)) rows.add((Map<?, ?>) row);
    return rows;
  }
}
