package omnipoints.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.points.EntryKey;
import omnipoints.sql.Statement.RowMapper;

/**
 * One member's account as of a closed night, with the lots and tokens of all who were merged into
 * it.
 */
final class Account {
  private static final int STATEMENT_SHOWN = 40;
  private static final int LOTS_SHOWN = 40;

  private final Books books;
  private final MemberFinder.Found found;
  private final LocalDate asOf;
  private final boolean past;
  private final Map<String, Object> params = new HashMap<>();

  Account(Books books, MemberFinder.Found found, LocalDate asOf, boolean past) {
    this.books = books;
    this.found = found;
    this.asOf = asOf;
    this.past = past;
  }

  Answer answer() {
    String survivor = found.family().survivor();
    params.put("member", survivor);
    params.put("as_of", asOf);
    params.put("at", books.moment(asOf, past));
    params.put("members", found.family().members());
    List<Map<String, Object>> lots = list(past ? "lots_as_of" : "lots", this::lot);
    long available = sum(lots, true);
    long pending = sum(lots, false);
    long worth = list("worth", row -> row.getLong("points")).get(0);

    Map<String, Object> json = new LinkedHashMap<>();
    json.put("member_id", survivor);
    json.put("asked_for", found.asked());
    json.put(
        "merged", found.family().members().stream().filter(id -> !id.equals(survivor)).toList());
    json.put("as_of", books.lastClosed() == null ? null : asOf);
    json.put("tier", null);
    json.put("available", available);
    json.put("pending", pending);
    // What was not covered by lots is owed: entries say what the account is worth, lots what is
    // there.
    json.put("owed", available + pending - worth);
    json.put("lots", lots);
    json.put("statement", list("statement", this::entry));
    json.put(
        "identities",
        list(
            "identities",
            row ->
                Fields.of(
                    "kind",
                    row.getString("kind"),
                    "channel",
                    row.getString("channel"),
                    "masked",
                    row.getString("shown"))));
    return Answer.of(json, page -> print(page, json));
  }

  private <T> List<T> list(String name, RowMapper<T> mapper) {
    return Books.statement("member", name).list(books.connection(), params, mapper);
  }

  private Map<String, Object> lot(ResultSet row) throws SQLException {
    return Fields.of(
        "line", row.getString("order_no") + "/" + row.getString("line_key"),
        "points", row.getLong("points"),
        "remaining", row.getLong("remaining"),
        "available_on", row.getObject("available_on", LocalDate.class),
        "expires_on", row.getObject("expires_on", LocalDate.class),
        "entry",
            key(
                row.getObject("night", LocalDate.class),
                row.getString("member_id"),
                row.getInt("n")),
        "channel", row.getString("channel"),
        "shop", row.getString("shop"));
  }

  private Map<String, Object> entry(ResultSet row) throws SQLException {
    LocalDate night = row.getObject("night", LocalDate.class);
    return Fields.of(
        "entry", key(night, found.family().survivor(), row.getInt("n")),
        "night", night,
        "effective_at", books.shown(row.getObject("effective_at", OffsetDateTime.class)),
        "kind", row.getString("kind"),
        "points", row.getLong("points"),
        "moved", row.getLong("moved"),
        "balance_after", row.getLong("balance_after"),
        "cause", row.getString("cause_key"),
        "cause_type", row.getString("cause_type"),
        "channel", row.getString("channel"),
        "shop", row.getString("shop"));
  }

  private static String key(LocalDate night, String member, int n) {
    return new EntryKey(night, member, n).toString();
  }

  private static long sum(List<Map<String, Object>> lots, boolean released) {
    return lots.stream()
        .filter(lot -> (lot.get("available_on") != null) == released)
        .mapToLong(lot -> (Long) lot.get("remaining"))
        .sum();
  }

  private void print(Page page, Map<String, Object> json) {
    Words words = page.words();
    if (!found.family().survivor().equals(found.asked())) {
      page.say(
          "member.merged", found.asked(), found.family().survivor(), found.family().mergedNight());
    }
    page.say("member.head", found.family().survivor(), books.lastClosed() == null ? "-" : asOf)
        .say("member.balance", json.get("available"), json.get("pending"), json.get("owed"));
    TextTable tokens = words.table("kind", "channel", "value");
    rows(json, "identities")
        .forEach(i -> tokens.row(i.get("kind"), i.get("channel"), i.get("masked")));
    page.table("member.identities", tokens);

    TextTable lots =
        words.table("line", "shop", ">points", ">remaining", "available_on", "expires_on");
    List<Map<String, Object>> open =
        rows(json, "lots").stream().filter(lot -> (Long) lot.get("remaining") > 0).toList();
    open.stream()
        .limit(LOTS_SHOWN)
        .forEach(
            lot ->
                lots.row(
                    lot.get("line"),
                    lot.get("shop"),
                    lot.get("points"),
                    lot.get("remaining"),
                    lot.get("available_on"),
                    lot.get("expires_on")));
    page.table("member.lots", lots);
    if (open.size() > LOTS_SHOWN) page.say("more.later", open.size() - LOTS_SHOWN);

    TextTable statement =
        words.table(
            "entry", "effective_at", "kind", ">points", ">moved", ">balance_after", "cause");
    List<Map<String, Object>> entries = rows(json, "statement");
    int skipped = Math.max(0, entries.size() - STATEMENT_SHOWN);
    entries.stream()
        .skip(skipped)
        .forEach(
            e ->
                statement.row(
                    e.get("entry"),
                    e.get("effective_at"),
                    words.kind((String) e.get("kind")),
                    e.get("points"),
                    (Long) e.get("moved") == 0 ? "" : e.get("moved"),
                    e.get("balance_after"),
                    e.get("cause")));
    page.table("member.statement", statement);
    if (skipped > 0) page.say("more.earlier", skipped);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rows(Map<String, Object> json, String field) {
    return (List<Map<String, Object>>) json.get(field);
  }
}
