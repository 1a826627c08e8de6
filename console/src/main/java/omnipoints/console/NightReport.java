package omnipoints.console;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import omnipoints.sql.Statement.RowMapper;

/**
 * What a night did, as far as it got: the answer of {@code status}, {@code nightly} and {@code
 * restart}.
 */
final class NightReport {
  private static final List<String> POINTS =
      List.of("earned", "released", "clawed_back", "redeemed", "restored", "expired", "adjusted");

  private static final int LEFT_SHOWN = 20;

  private final Map<String, Object> night;
  private final List<Map<String, Object>> steps;
  private final List<Map<String, Object>> deliveries;
  private final List<Map<String, Object>> left;
  private final Map<String, Object> points;
  private final Map<String, Long> breaks;
  private final List<Map<String, Object>> classes;
  private final List<String> next;

  private NightReport(
      Map<String, Object> night,
      List<Map<String, Object>> steps,
      List<Map<String, Object>> deliveries,
      List<Map<String, Object>> left,
      Map<String, Object> points,
      Map<String, Long> breaks,
      List<Map<String, Object>> classes,
      List<String> next) {
    this.night = night;
    this.steps = steps;
    this.deliveries = deliveries;
    this.left = left;
    this.points = points;
    this.breaks = breaks;
    this.classes = classes;
    this.next = next;
  }

  /** Reads a night that was begun. */
  static NightReport read(Books books, LocalDate date, Call call) {
    Map<String, Object> night =
        one(
                books,
                "night",
                date,
                row ->
                    Fields.of(
                        "run", row.getString("run"),
                        "state", row.getString("state"),
                        "message", row.getString("message"),
                        "program", row.getString("program"),
                        "program_version", row.getInt("program_version"),
                        "entries", row.getObject("entries", Long.class),
                        "entry_root", row.getString("entry_root"),
                        "close_hash", row.getString("close_hash"),
                        "evidence_hash", row.getString("evidence_hash")))
            .orElseThrow(() -> unknown(call, date));
    night.put("date", date.toString());
    if ("RUNNING".equals(night.get("state")) && !books.someoneRuns()) {
      // Its process is gone without a word: killed, or the machine went down.
      night.put("state", "FAILED");
      night.put("message", call.words().say("night.interrupted"));
    }
    Map<String, Long> breaks = new TreeMap<>();
    list(books, "breaks", date, row -> breaks.put(row.getString("type"), row.getLong("opened")));
    List<Map<String, Object>> deliveries = deliveries(books, date);
    List<Map<String, Object>> steps =
        list(
            books,
            "steps",
            date,
            row ->
                Fields.of(
                    "name", row.getString("step"),
                    "state", row.getString("state"),
                    "read", row.getLong("read"),
                    "written", row.getLong("written"),
                    "rejected", row.getLong("rejected"),
                    "seconds", row.getBigDecimal("seconds"),
                    "message", row.getString("message")));
    return new NightReport(
        night,
        steps,
        deliveries,
        left(books, date),
        points(books, date),
        breaks,
        list(
            books,
            "classes",
            date,
            row ->
                Fields.of(
                    "channel", row.getString("channel"),
                    "shop", row.getString("shop"),
                    "class", row.getString("class"),
                    "orders", row.getLong("orders"))),
        next((String) night.get("state"), date, steps, !breaks.isEmpty(), deliveries, call));
  }

  /** The last night that was begun. */
  private static LocalDate last(Books books, Call call) {
    return Books.statement("status", "last")
        .one(books.connection(), Map.of(), row -> row.getObject("night", LocalDate.class))
        .orElseThrow(() -> Books.noNight(call));
  }

  private static Refusal unknown(Call call, LocalDate date) {
    return call.refused("NO_SUCH_RUN", List.of(call.command("status")), "night.unknown", date);
  }

  private static List<Map<String, Object>> deliveries(Books books, LocalDate date) {
    return list(
        books,
        "deliveries",
        date,
        row ->
            Fields.of(
                "channel", row.getString("channel"),
                "shop", row.getString("shop"),
                "document", row.getString("document"),
                "file", row.getString("file"),
                "sha256", row.getString("sha256"),
                "outcome", row.getString("outcome"),
                "message", row.getString("message"),
                "rows",
                    Fields.of(
                        "in", row.getLong("rows_in"),
                        "merged", row.getLong("merged"),
                        "superseded", row.getLong("superseded"),
                        "duplicate", row.getLong("duplicate"),
                        "rejected", row.getLong("rejected"),
                        "filtered", row.getLong("filtered"),
                        "waiting", row.getLong("waiting"))));
  }

  private static List<Map<String, Object>> left(Books books, LocalDate date) {
    return list(
        books,
        "left",
        date,
        row ->
            Fields.of(
                "file", row.getString("file"),
                "reason", row.getString("reason"),
                "since", row.getObject("since", LocalDate.class).toString(),
                "kind", row.getString("kind")));
  }

  /** Kinds that move points by hand or by import. */
  private static final List<String> ADJUSTING =
      List.of("ADJUST", "OPENING", "WRITE_OFF", "FORFEIT");

  /**
   * Points are told as positive numbers; clawed back and expired net of what was booked back,
   * adjusted with its sign.
   */
  private static Map<String, Object> points(Books books, LocalDate date) {
    Map<String, Long> byKind = new HashMap<>();
    list(
        books,
        "points",
        date,
        row -> {
          byKind.put(row.getString("kind"), row.getLong("points"));
          if (row.getString("kind").equals("RELEASE")) byKind.put("RELEASE", row.getLong("moved"));
          return null;
        });
    return Fields.of(
        "earned", byKind.getOrDefault("EARN", 0L),
        "released", byKind.getOrDefault("RELEASE", 0L),
        "clawed_back", -byKind.getOrDefault("CLAWBACK", 0L),
        "redeemed", -byKind.getOrDefault("REDEEM", 0L),
        "restored", byKind.getOrDefault("RESTORE", 0L),
        "expired", -byKind.getOrDefault("EXPIRE", 0L),
        "adjusted", ADJUSTING.stream().mapToLong(kind -> byKind.getOrDefault(kind, 0L)).sum());
  }

  private static long rejected(List<Map<String, Object>> deliveries) {
    return deliveries.stream().mapToLong(delivery -> (Long) rows(delivery).get("rejected")).sum();
  }

  private static Map<?, ?> rows(Map<String, Object> delivery) {
    return (Map<?, ?>) delivery.get("rows");
  }

  private static final Set<String> READ = Set.of("ACCEPTED", "REVISION", "DUPLICATE", "EMPTY");

  /** A refused file is looked at in the archive, where its bytes are. */
  private static List<String> refused(List<Map<String, Object>> deliveries, Call call) {
    List<String> next = new ArrayList<>();
    for (Map<String, Object> delivery : deliveries) {
      if (READ.contains((String) delivery.get("outcome"))) continue;
      String sha256 = (String) delivery.get("sha256");
      next.add(
          call.commandOn(
              (String) delivery.get("file"),
              "channel",
              "check",
              call.home()
                  .resolve("archive")
                  .resolve(sha256.substring(0, 2))
                  .resolve(sha256)
                  .toString(),
              "--channel",
              (String) delivery.get("channel")));
    }
    return next;
  }

  private static List<String> next(
      String state,
      LocalDate date,
      List<Map<String, Object>> steps,
      boolean breaks,
      List<Map<String, Object>> deliveries,
      Call call) {
    List<String> next = new ArrayList<>();
    switch (state) {
      case "CLOSED" -> {
        // Closed is final for the books; what is handed over may still be to come.
        boolean failed = steps.stream().anyMatch(step -> "FAILED".equals(step.get("state")));
        if (failed) next.add(call.command("restart", date.toString()));
        next.addAll(refused(deliveries, call));
        if (rejected(deliveries) > 0) next.add(call.command("quarantine", "list"));
        if (breaks) next.add(call.command("breaks", "list"));
      }
      case "RUNNING" -> next.add(call.command("status"));
      default -> next.add(call.command("restart", date.toString()));
    }
    return next;
  }

  private static <T> List<T> list(Books books, String name, LocalDate date, RowMapper<T> mapper) {
    return Books.statement("status", name).list(books.connection(), Map.of("night", date), mapper);
  }

  private static <T> java.util.Optional<T> one(
      Books books, String name, LocalDate date, RowMapper<T> mapper) {
    return Books.statement("status", name).one(books.connection(), Map.of("night", date), mapper);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    for (String field : List.of("date", "run", "state", "message"))
      json.put(field, night.get(field));
    json.put("steps", steps);
    json.put("deliveries", deliveries);
    json.put("points", points);
    json.put("breaks_opened", breaks.values().stream().mapToLong(Long::longValue).sum());
    json.put("breaks_by_type", breaks);
    json.put("left", left);
    json.put("orders", classes);
    for (String field :
        List.of(
            "entries", "entry_root", "close_hash", "evidence_hash", "program", "program_version")) {
      json.put(field, night.get(field));
    }
    json.put("next", next);
    return json;
  }

  void print(Page page) {
    Words words = page.words();
    page.say(
        "night.head",
        night.get("date"),
        words.state((String) night.get("state")),
        night.get("run"));
    if (!"".equals(night.get("message"))) page.sentence("  " + night.get("message"));
    page.table("night.steps", stepTable(words));
    page.table("night.deliveries", deliveryTable(words));
    warnings(page);
    leftLying(page);
    page.table("night.points", pointTable(words));
    page.table("night.breaks", breakTable(words));
    page.table("night.orders", classTable(words));
    if (night.get("close_hash") != null) {
      page.blank()
          .say("night.close", night.get("close_hash"))
          .say("night.root", night.get("entry_root"), night.get("entries"));
    }
    page.next(next);
  }

  private TextTable stepTable(Words words) {
    TextTable table = words.table("step", "state", ">read", ">written", ">rejected", ">seconds");
    steps.forEach(
        s ->
            table.row(
                s.get("name"),
                words.state((String) s.get("state")),
                s.get("read"),
                s.get("written"),
                s.get("rejected"),
                ((BigDecimal) s.get("seconds")).setScale(1, java.math.RoundingMode.HALF_UP)));
    return table;
  }

  /** What was said about files: why some were refused, and what was odd about those used. */
  private void warnings(Page page) {
    told(page, "night.refused", d -> !READ.contains((String) d.get("outcome")));
    told(page, "night.warnings", d -> Set.of("ACCEPTED", "REVISION").contains(d.get("outcome")));
  }

  private void told(Page page, String title, Predicate<Map<String, Object>> which) {
    List<Map<String, Object>> told =
        deliveries.stream().filter(which).filter(d -> !"".equals(d.get("message"))).toList();
    if (told.isEmpty()) return;
    page.blank().say(title);
    told.forEach(d -> page.say("night.warning", d.get("file"), about(d)));
  }

  /** Most messages begin with the file's name themselves. */
  private static String about(Map<String, Object> delivery) {
    String message = (String) delivery.get("message");
    String file = delivery.get("file") + ": ";
    return message.startsWith(file) ? message.substring(file.length()) : message;
  }

  /** What lies where nobody takes it: told every night until it is gone. */
  private void leftLying(Page page) {
    if (left.isEmpty()) return;
    page.blank().say("night.left", left.size());
    left.stream()
        .limit(LEFT_SHOWN)
        .forEach(
            one -> page.say("night.lies", one.get("file"), one.get("since"), one.get("reason")));
    if (left.size() > LEFT_SHOWN) page.say("more.later", left.size() - LEFT_SHOWN);
  }

  private static final List<String> FATES =
      List.of("merged", "superseded", "duplicate", "rejected", "filtered", "waiting");

  private TextTable deliveryTable(Words words) {
    TextTable table =
        words.table("channel", "shop", "document", "outcome", ">in", "became", "file");
    for (Map<String, Object> d : deliveries) {
      table.row(
          d.get("channel"),
          d.get("shop"),
          d.get("document"),
          d.get("outcome"),
          rows(d).get("in"),
          became(rows(d), words),
          d.get("file"));
    }
    return table;
  }

  /** {@code merged 3 + rejected 1}: every row has one fate, and they add up to the rows in. */
  private static String became(Map<?, ?> rows, Words words) {
    return FATES.stream()
        .filter(fate -> (Long) rows.get(fate) != 0)
        .map(fate -> words.label(fate) + " " + rows.get(fate))
        .collect(Collectors.joining(" + "));
  }

  private TextTable pointTable(Words words) {
    String[] headers = POINTS.stream().map(name -> ">" + name).toArray(String[]::new);
    TextTable table = words.table(headers);
    return "CLOSED".equals(night.get("state"))
        ? table.row(POINTS.stream().map(points::get).toArray())
        : table;
  }

  private TextTable breakTable(Words words) {
    TextTable table = words.table("type", ">opened");
    breaks.forEach(table::row);
    return table;
  }

  /** One row per channel and shop: every order is in exactly one class, and the classes add up. */
  private TextTable classTable(Words words) {
    TextTable table = words.table("channel", "shop", ">orders", "classes");
    Map<String, List<Map<String, Object>>> shops = new LinkedHashMap<>();
    for (Map<String, Object> c : classes) {
      shops
          .computeIfAbsent(c.get("channel") + "\n" + c.get("shop"), shop -> new ArrayList<>())
          .add(c);
    }
    shops
        .values()
        .forEach(
            of -> {
              long sum = of.stream().mapToLong(c -> (Long) c.get("orders")).sum();
              List<String> parts =
                  of.stream().map(c -> c.get("class") + " " + c.get("orders")).toList();
              table.row(
                  of.get(0).get("channel"), of.get(0).get("shop"), sum, String.join(" + ", parts));
            });
    return table;
  }

  /**
   * @param date of the night, null for the last one
   * @throws Refusal NO_NIGHT or NO_SUCH_RUN
   */
  static Answer answer(Call call, LocalDate date) throws SQLException {
    try (Books books = Books.open(call)) {
      LocalDate last = last(books, call);
      NightReport report = read(books, date == null ? last : date, call);
      return Answer.of(report.json(), report::print);
    }
  }
}
