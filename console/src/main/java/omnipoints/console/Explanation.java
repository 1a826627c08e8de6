package omnipoints.console;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import omnipoints.books.Books;
import omnipoints.jobs.PinnedRules;
import omnipoints.points.EntryKey;
import omnipoints.points.PinnedRule;
import omnipoints.sql.Statement.RowMapper;

/** Everything that is known about one ledger entry. */
final class Explanation {
  private final Books books;
  private final Connection connection;
  private final Path programs;
  private final EntryKey key;
  private final Entry entry;
  private final Map<String, Object> params = new HashMap<>();

  private Explanation(
      Books books, Connection connection, Path programs, EntryKey key, Entry entry) {
    this.books = books;
    this.connection = connection;
    this.programs = programs;
    this.key = key;
    this.entry = entry;
  }

  /** A row of the ledger; order and line are null where no line caused it. */
  record Entry(
      String kind,
      long points,
      long moved,
      OffsetDateTime effectiveAt,
      String channel,
      String shop,
      UUID order,
      String line,
      String causeType,
      String causeKey,
      String program,
      int programVersion) {

    boolean ofMerge() {
      return causeType.equals("MERGE");
    }

    boolean ofOpening() {
      return causeType.equals("OPENING");
    }

    boolean ofReturn() {
      return causeType.equals("ORPHAN_RETURN");
    }
  }

  /** Empty if no closed night booked such an entry. */
  static Optional<Explanation> of(Books books, Connection connection, Path programs, EntryKey key) {
    if (key.night().isAfter(books.lastClosedOrNever())) return Optional.empty();
    Map<String, Object> params = new HashMap<>();
    params.put("night", key.night());
    params.put("member", key.member());
    params.put("n", key.n());
    return HomeBooks.statement("explain", "entry")
        .one(
            connection,
            params,
            row ->
                new Entry(
                    row.getString("kind"),
                    row.getLong("points"),
                    row.getLong("moved"),
                    row.getObject("effective_at", OffsetDateTime.class),
                    row.getString("channel"),
                    row.getString("shop"),
                    row.getObject("order_key", UUID.class),
                    row.getString("line_key"),
                    row.getString("cause_type"),
                    row.getString("cause_key"),
                    row.getString("program"),
                    row.getInt("program_version")))
        .map(entry -> new Explanation(books, connection, programs, key, entry));
  }

  Answer answer() {
    params.put("night", key.night());
    params.put("member", key.member());
    params.put("n", key.n());
    params.put("order_key", entry.order());
    params.put("line_key", entry.line());
    params.put("channel", entry.channel());
    params.put("zone", books.zone().getId());
    params.put("other", entry.ofMerge() ? entry.causeKey() : null);
    boolean line = entry.order() != null;
    Map<String, Object> source =
        !line ? null : one(entry.ofReturn() ? "return_source" : "line_source", Explanation::source);
    Map<String, Object> orderSource =
        !line || entry.ofReturn() ? null : one("order_source", Explanation::source);
    List<Map<String, Object>> took =
        list(
            "took",
            row ->
                Fields.of(
                    "line", row.getString("order_no") + "/" + row.getString("line_key"),
                    "points", row.getLong("points"),
                    "night", row.getObject("night", LocalDate.class),
                    "lot", key(row, "lot_night", "lot_member", "lot_n")));
    PinnedRule rule = line ? one("rule", PinnedRules::read) : null;

    List<Map<String, Object>> returns = returns();
    MergeEvidence merge =
        entry.ofMerge() ? MergeEvidence.of(books, connection, params) : MergeEvidence.UNKNOWN;
    Map<String, Object> bound = line ? one("order_evidence", this::bound) : null;
    OpeningBalance opening =
        entry.ofOpening() ? OpeningBalance.of(connection, params).orElse(null) : null;

    Map<String, Object> json = new LinkedHashMap<>();
    json.put("entry", key.toString());
    json.put("member_id", key.member());
    json.put("night", key.night());
    json.put("kind", entry.kind());
    json.put("points", entry.points());
    json.put("moved", entry.moved());
    json.put("effective_at", HomeBooks.shown(books, entry.effectiveAt()));
    json.put(
        "source",
        opening != null
            ? opening.source()
            : entry.ofMerge()
                ? merge.source()
                : cause(returns, source == null ? orderSource : source));
    json.put("line_source", source);
    json.put("order_source", orderSource);
    json.put("returns", returns);
    json.put("channel", entry.channel());
    json.put("shop", entry.shop());
    json.put("line", line ? entry.causeKey() : null);
    json.put("cause", Fields.of("type", entry.causeType(), "key", entry.causeKey()));
    json.put(
        "identity",
        line
            ? list("identity", Explanation::token)
            : opening != null
                ? opening.identity()
                : entry.ofMerge() ? list("merge_identity", Explanation::token) : List.of());
    json.put("evidence", bound != null ? bound : merge.proof());
    if (opening != null) json.put("opening", opening.json());
    json.put(
        "rule",
        Fields.of(
            "program", entry.program(),
            "version", rule == null ? entry.programVersion() : rule.programVersion(),
            "name", rule != null ? rule.rule() : ruleOf(entry)));
    json.put("arithmetic", opening != null ? opening.arithmetic() : arithmetic(rule, took));
    json.put(
        "consumed_by",
        list(
            consumedBy(),
            row ->
                Fields.of(
                    "entry", key(row, "debit_night", "debit_member", "debit_n"),
                    "points", row.getLong("points"),
                    "night", row.getObject("night", LocalDate.class))));
    json.put("took", took);
    return Answer.of(json, page -> print(page, json, merge));
  }

  /** The binding of the order's number. */
  private Map<String, Object> bound(ResultSet row) throws SQLException {
    return Fields.of(
        "type", "BINDING",
        "channel", row.getString("channel"),
        "shop", row.getString("shop"),
        "order", row.getString("order_no"),
        "bound_at", HomeBooks.shown(books, row.getObject("bound_at", OffsetDateTime.class)),
        "source", source(row));
  }

  private List<Map<String, Object>> returns() {
    if (!entry.kind().equals("CLAWBACK") || entry.order() == null) return List.of();
    return list(
        "returns",
        row ->
            Fields.of(
                "file", row.getString("file"),
                "sha256", row.getString("source_sha256"),
                "row", row.getInt("source_row"),
                "amount_fen", row.getLong("amount_fen"),
                "at", HomeBooks.shown(books, row.getObject("at", OffsetDateTime.class))));
  }

  /**
   * The row that made the entry: of a clawback by a till return the return row of that moment, else
   * the line's own.
   */
  private Map<String, Object> cause(
      List<Map<String, Object>> returns, Map<String, Object> otherwise) {
    Object at = HomeBooks.shown(books, entry.effectiveAt());
    for (Map<String, Object> row : returns) {
      if (at.equals(row.get("at")))
        return Fields.of(
            "file", row.get("file"), "sha256", row.get("sha256"), "row", row.get("row"));
    }
    return otherwise;
  }

  private String consumedBy() {
    return entry.kind().equals("RELEASE") ? "released_consumed_by" : "consumed_by";
  }

  private <T> List<T> list(String name, RowMapper<T> mapper) {
    return HomeBooks.statement("explain", name).list(connection, params, mapper);
  }

  private <T> T one(String name, RowMapper<T> mapper) {
    return HomeBooks.statement("explain", name).one(connection, params, mapper).orElse(null);
  }

  private static Map<String, Object> token(ResultSet row) throws SQLException {
    return Fields.of(
        "kind", row.getString("kind"),
        "channel", row.getString("channel"),
        "masked", row.getString("shown"));
  }

  static Map<String, Object> source(ResultSet row) throws SQLException {
    return Fields.of(
        "file", row.getString("file"),
        "sha256", row.getString("source_sha256"),
        "row", row.getInt("source_row"),
        "document", row.getString("document"));
  }

  private static String key(ResultSet row, String night, String member, String n)
      throws SQLException {
    return new EntryKey(row.getObject(night, LocalDate.class), row.getString(member), row.getInt(n))
        .toString();
  }

  /** What decides where no earn rule does. */
  private static String ruleOf(Entry entry) {
    return switch (entry.causeType()) {
      case "EXPIRY" -> "expiry";
      case "MERGE" -> "merge";
      case "OPENING" -> "opening";
      case "ORPHAN_RETURN" -> "returns.unlinked";
      default -> null;
    };
  }

  private String arithmetic(PinnedRule rule, List<Map<String, Object>> took) {
    return switch (entry.kind()) {
      case "RELEASE" -> entry.moved() + " pending -> available";
      case "EXPIRE" ->
          took.isEmpty()
              ? Long.toString(-entry.points())
              : took.stream()
                  .map(t -> t.get("points").toString())
                  .collect(Collectors.joining(" + "));
      case "EARN", "CLAWBACK" ->
          entry.ofReturn()
              ? OrphanArithmetic.formula(
                  programs,
                  entry.program(),
                  entry.effectiveAt().atZoneSameInstant(books.zone()).toLocalDate(),
                  entry.points(),
                  one("return_source", row -> row.getLong("orphan_fen")))
              : rule == null || entry.order() == null
                  ? Long.toString(entry.points())
                  : LineArithmetic.formula(
                      entry.kind(),
                      entry.points(),
                      rule,
                      postedBefore(),
                      OrderAmounts.of(connection, params));
      default -> Long.toString(entry.points());
    };
  }

  private long postedBefore() {
    Map<String, Long> before = new HashMap<>();
    list("posted_before", row -> before.put(row.getString("kind"), row.getLong("points")));
    return before.getOrDefault(entry.kind(), 0L);
  }

  private void print(Page page, Map<String, Object> json, MergeEvidence merge) {
    page.say(
        "explain.head",
        key,
        page.words().kind(entry.kind()),
        entry.points(),
        json.get("effective_at"));
    if (json.get("line") != null)
      page.say("explain.line", json.get("line"), entry.channel(), entry.shop());
    else page.say("explain.cause", entry.causeType(), entry.causeKey());
    if (entry.ofMerge()) merge.print(page);
    else if (json.get("evidence") instanceof Map<?, ?> e) {
      page.say("explain.evidence.BINDING", e.get("channel"), e.get("order"), "", e.get("bound_at"));
      if (e.get("source") instanceof Map<?, ?> s)
        page.say("explain.evidence.row", s.get("file"), s.get("row"), s.get("sha256"));
    }
    Object line = json.get("line_source") != null ? json.get("line_source") : json.get("source");
    if (json.get("opening") instanceof Map<?, ?> o) {
      for (Object row : (List<?>) o.get("customers")) {
        Map<?, ?> c = (Map<?, ?>) row;
        page.say("explain.customer", c.get("file"), c.get("row"), c.get("points"), c.get("sha256"));
      }
      page.say("explain.opening", o.get("combine"), o.get("theirs"), o.get("ours"));
    } else if (line instanceof Map<?, ?> s) {
      page.say("explain.source", s.get("file"), s.get("row"), s.get("sha256"));
    }
    if (json.get("order_source") instanceof Map<?, ?> s && !s.equals(line)) {
      page.say("explain.order", s.get("file"), s.get("row"));
    }
    for (Object row : (List<?>) json.get("returns")) {
      Map<?, ?> r = (Map<?, ?>) row;
      page.say(
          "explain.return",
          r.get("file"),
          r.get("row"),
          yuan((Long) r.get("amount_fen")),
          r.get("at"));
    }
    for (Object token : (List<?>) json.get("identity")) {
      Map<?, ?> t = (Map<?, ?>) token;
      page.say("explain.identity", t.get("kind"), t.get("masked"));
    }
    Map<?, ?> rule = (Map<?, ?>) json.get("rule");
    Object name = rule.get("name") == null ? "-" : rule.get("name");
    page.say("explain.rule", rule.get("program"), rule.get("version"), name);
    page.say("explain.arithmetic", json.get("arithmetic"));
    TextTable consumed = page.words().table("entry", ">points", "night");
    for (Object use : (List<?>) json.get("consumed_by")) {
      Map<?, ?> u = (Map<?, ?>) use;
      consumed.row(u.get("entry"), u.get("points"), u.get("night"));
    }
    page.table("explain.consumed", consumed);
    TextTable took = page.words().table("lot", "line", ">points", "night");
    for (Object use : (List<?>) json.get("took")) {
      Map<?, ?> u = (Map<?, ?>) use;
      took.row(u.get("lot"), u.get("line"), u.get("points"), u.get("night"));
    }
    page.table("explain.took", took);
  }

  /** Money for people. */
  private static String yuan(long fen) {
    return "¥" + BigDecimal.valueOf(fen, 2).toPlainString();
  }
}
