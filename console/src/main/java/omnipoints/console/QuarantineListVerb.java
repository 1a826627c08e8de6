package omnipoints.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.books.Books;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code quarantine list}: rows that could not be trusted and are still not used, one by one or by
 * reason; {@code --files} those files that were refused whole.
 */
final class QuarantineListVerb implements Verb {
  /** Refusals that another mapping may end; the others need another file. */
  private static final Set<Object> MENDED_BY_A_MAPPING =
      Set.of("NO_MAPPING", "AMBIGUOUS_MAPPING", "TOO_LARGE");

  @Override
  public String name() {
    return "quarantine list";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    RejectFilter.declareAll(spec, words);
    spec.addOption(CommandTree.flag(words, "--group"));
    spec.addOption(CommandTree.flag(words, "--files"));
    spec.addOption(CommandTree.flag(words, "--all"));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    if (call.has("--group") && call.has("--files"))
      throw call.usage("usage.either", "--group", "--files");
    try (Books books = HomeBooks.open(call)) {
      Map<String, Object> params = RejectFilter.params(call, books);
      if (call.has("--files")) return files(call, books, params);
      return call.has("--group") ? groups(call, books, params) : items(call, books, params);
    }
  }

  private static Answer items(Call call, Books books, Map<String, Object> params) {
    List<Map<String, Object>> items =
        HomeBooks.statement("quarantine", "items")
            .list(books.connection(), params, QuarantineListVerb::item);
    int refused = refusedFiles(books);
    List<String> next = new ArrayList<>();
    if (!items.isEmpty()) {
      next.add(call.command("quarantine", "show", (String) items.get(0).get("id")));
      next.add(call.command("quarantine", "list", "--group"));
    }
    if (refused > 0) next.add(call.command("quarantine", "list", "--files"));
    return Answer.of(
        Fields.of("items", items, "refused_files", refused, "next", next),
        page -> print(page, items, refused, next));
  }

  private static int refusedFiles(Books books) {
    Map<String, Object> params =
        Map.of(
            "until", books.lastClosedOrNever(),
            "all", false,
            "state", "OPEN",
            "reason", "",
            "channel", "",
            "file", "");
    return HomeBooks.statement("quarantine", "files")
        .list(books.connection(), params, row -> row.getString("sha256"))
        .size();
  }

  /**
   * One reject; {@code key} is the order it belongs to or, where that could not be read, file and
   * row. {@code again}: why its last replay was rejected again, else null.
   */
  static Map<String, Object> item(ResultSet row) throws SQLException {
    String order = row.getString("order_no");
    String place = row.getString("file") + ":" + row.getInt("row");
    String column = row.getString("column_name");
    String value = row.getString("value_masked");
    LocalDate again = row.getObject("again_night", LocalDate.class);
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
        "order", order,
        "replay_waits", row.getBoolean("waits"),
        "again",
            again == null
                ? null
                : Fields.of(
                    "night", again,
                    "reason", row.getString("again_reason"),
                    "column", row.getString("again_column"),
                    "value_masked", row.getString("again_value")));
  }

  private static void print(
      Page page, List<Map<String, Object>> items, int refused, List<String> next) {
    if (items.isEmpty()) page.say("quarantine.none");
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
                state(words, i)));
    if (!items.isEmpty()) page.say("quarantine.head", items.size()).table(null, table);
    if (refused > 0) page.blank().say("quarantine.files.some", refused);
    page.next(next);
  }

  /** OPEN alone would hide that something is under way, or was in vain. */
  private static String state(Words words, Map<String, Object> item) {
    String state = words.state((String) item.get("state"));
    if (!"OPEN".equals(item.get("state"))) return state;
    if (Boolean.TRUE.equals(item.get("replay_waits"))) return words.say("quarantine.waits", state);
    if (item.get("again") instanceof Map<?, ?> again)
      return words.say("quarantine.again", state, again.get("reason"));
    return state;
  }

  private static Answer groups(Call call, Books books, Map<String, Object> params) {
    List<Map<String, Object>> groups =
        HomeBooks.statement("quarantine", "groups")
            .list(
                books.connection(),
                params,
                row ->
                    Fields.of(
                        "reason", row.getString("reason"),
                        "channel", row.getString("channel"),
                        "document", row.getString("document"),
                        "column", row.getString("column_name"),
                        "rejects", row.getLong("rejects"),
                        "example", row.getString("example"),
                        "first_night", row.getObject("first_night", LocalDate.class),
                        "age_nights", row.getInt("age_nights")));
    List<String> next = new ArrayList<>();
    if (!groups.isEmpty()) {
      Map<String, Object> first = groups.get(0);
      next.add(call.command("quarantine", "show", (String) first.get("example")));
      next.add(
          call.command(
              "quarantine",
              "replay",
              "--reason",
              (String) first.get("reason"),
              "--channel",
              (String) first.get("channel"),
              "--dry-run"));
    }
    return Answer.of(
        Fields.of("groups", groups, "next", next),
        page -> {
          if (groups.isEmpty()) {
            page.say("quarantine.none");
            return;
          }
          Words words = page.words();
          TextTable table =
              words.table(
                  "reason",
                  "channel",
                  "document",
                  "column",
                  ">rejects",
                  "example",
                  "first_night",
                  ">age_nights");
          groups.forEach(
              g ->
                  table.row(
                      words.reason((String) g.get("reason")),
                      g.get("channel"),
                      g.get("document"),
                      g.get("column"),
                      g.get("rejects"),
                      g.get("example"),
                      g.get("first_night"),
                      g.get("age_nights")));
          page.table(null, table).next(next);
        });
  }

  private static Answer files(Call call, Books books, Map<String, Object> params) {
    List<Map<String, Object>> items =
        HomeBooks.statement("quarantine", "files")
            .list(
                books.connection(),
                params,
                row ->
                    Fields.of(
                        "id", row.getString("sha256"),
                        "reason", row.getString("outcome"),
                        "channel", row.getString("channel"),
                        "shop", row.getString("shop"),
                        "key", row.getString("file"),
                        "first_night", row.getObject("first_night", LocalDate.class),
                        "age_nights", row.getInt("age_nights"),
                        "state", row.getString("state"),
                        "detail", row.getString("message"),
                        "file", row.getString("file"),
                        "sha256", row.getString("sha256"),
                        "bytes", row.getLong("bytes")));
    List<String> next = new ArrayList<>();
    items.stream()
        .filter(item -> MENDED_BY_A_MAPPING.contains(item.get("reason")))
        .findFirst()
        .ifPresent(
            item ->
                next.add(
                    call.commandOn(
                        (String) item.get("file"),
                        "quarantine",
                        "replay",
                        "--file",
                        (String) item.get("sha256"),
                        "--dry-run")));
    items.stream()
        .filter(item -> !MENDED_BY_A_MAPPING.contains(item.get("reason")))
        .findFirst()
        .ifPresent(item -> next.add(call.words().say("quarantine.files.again", item.get("file"))));
    return Answer.of(
        Fields.of("items", items, "next", next),
        page -> {
          if (items.isEmpty()) {
            page.say("quarantine.files.none");
            return;
          }
          Words words = page.words();
          for (Map<String, Object> i : items) {
            page.say(
                "quarantine.file",
                i.get("file"),
                words.reason((String) i.get("reason")),
                i.get("channel"),
                i.get("shop"),
                i.get("first_night"),
                words.state((String) i.get("state")));
            page.say("quarantine.file.sha256", i.get("sha256"));
            for (String line : ((String) i.get("detail")).split("\n")) page.sentence("  " + line);
          }
          page.next(next);
        });
  }
}
