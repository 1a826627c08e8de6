package omnipoints.mappings.draft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import omnipoints.mappings.FieldType;
import omnipoints.mappings.Grain;
import omnipoints.mappings.Headers;
import omnipoints.mappings.draft.HeaderWords.About;

/**
 * A first guess at what the rows of an unknown table are and which columns its fields read: words
 * of the header propose, the cells may object. What neither proves is left to a person and noted.
 */
final class DocumentDraft {
  /** Below this share, in percent, of fitting cells a hinted column is not taken. */
  private static final int MOST = 80;

  /**
   * One field of the draft.
   *
   * @param column null for a field that reads no column of its own
   * @param required {@code value}, {@code column}, or null
   * @param and the column whose text follows, null if none does
   */
  record FieldDraft(
      String name, ColumnFacts column, FieldType type, String required, ColumnFacts and) {}

  final UnknownTable table;
  final Map<String, FieldDraft> fields = new LinkedHashMap<>();
  final Map<String, String> settings = new LinkedHashMap<>();

  /** What a person has to look at, one sentence each. */
  final List<String> look = new ArrayList<>();

  Grain grain;
  private final HeaderWords words;
  private final Vocabulary vocabulary;
  private Map<String, ColumnFacts> found = Map.of();

  private DocumentDraft(UnknownTable table, HeaderWords words, Vocabulary vocabulary) {
    this.table = table;
    this.words = words;
    this.vocabulary = vocabulary;
  }

  /** A draft with {@code grain} null if nobody can tell what its rows are. */
  static DocumentDraft of(UnknownTable table, HeaderWords words, Vocabulary vocabulary) {
    DocumentDraft draft = new DocumentDraft(table, words, vocabulary);
    draft.guess();
    return draft;
  }

  private void guess() {
    if (has(About.BINDINGS, "channel", "bound_at")) bindings();
    else if (has(About.REFUNDS, "refund", "order", "amount", "state")) refunds();
    else if (!has(About.ORDERS, "order") && has(About.RECEIPTS, "sku", "qty", "price")) receipts();
    else if (has(About.ORDERS, "order")) orders();
    else if (has(About.BALANCES, "points") && someone()) balances();
    else if (has(About.MEMBERS, "card", "phone")) members();
  }

  /** Lays the words over the header; true if all those fields found a column. */
  private boolean has(About about, String... needed) {
    found = assigned(about);
    for (String field : needed) if (!found.containsKey(field)) return false;
    return true;
  }

  private record Claim(String field, ColumnFacts column, int score) {}

  /** The surest claims first; a column serves one field, a field has one column. */
  private Map<String, ColumnFacts> assigned(About about) {
    List<Claim> claims = new ArrayList<>();
    for (String field : words.fields(about)) {
      for (ColumnFacts column : table.columns()) {
        int score = words.score(about, field, column.header);
        if (score > 0 && fits(words.type(about, field), column, HeaderWords.exact(score)))
          claims.add(new Claim(field, column, score));
      }
    }
    claims.sort((one, other) -> Integer.compare(other.score(), one.score()));
    Map<String, ColumnFacts> assigned = new HashMap<>();
    Set<ColumnFacts> taken = new HashSet<>();
    for (Claim claim : claims) {
      if (assigned.containsKey(claim.field()) || taken.contains(claim.column())) continue;
      assigned.put(claim.field(), claim.column());
      taken.add(claim.column());
    }
    return assigned;
  }

  /** Whether the cells permit the type: of an exact word a single one, of a hint most of them. */
  private static boolean fits(String type, ColumnFacts column, boolean exact) {
    if (column.filled == 0) return true;
    int fitting =
        switch (type) {
          case "money" -> column.amounts;
          case "number", "points" -> column.numbers;
          case "datetime" -> column.dated(true);
          case "date" -> column.dated(false) + column.dated(true);
          case "time" -> column.times;
          case "status" -> column.wordy() ? column.filled : 0;
          case "id" -> column.filled - column.clocked();
          default -> column.filled;
        };
    return exact ? fitting > 0 : column.share(fitting) >= MOST;
  }

  private ColumnFacts column(String field) {
    return found.get(field);
  }

  private void put(String name, FieldType type, String required) {
    put(name, column(name), type, required);
  }

  private void put(String name, ColumnFacts column, FieldType type, String required) {
    if (column != null) fields.put(name, new FieldDraft(name, column, type, required, null));
  }

  /** A row without it is refused, if every row of this file has it. */
  private String value(String field) {
    ColumnFacts column = column(field);
    return column != null && column.filled == table.count() ? "value" : "column";
  }

  private void needed(String name, FieldType type) {
    put(name, type, value(name));
  }

  private void orders() {
    boolean items = column("qty") != null && (column("sku") != null || column("price") != null);
    ColumnFacts amount = OrderAmounts.any(found);
    boolean facts = amount != null && column("state") != null && column("paid_at") != null;
    if (items && (facts || column("price") == null)) grain = Grain.ORDER_LINE;
    else if (items) grain = Grain.LINE;
    else if (amount != null) grain = Grain.ORDER;
    if (grain == null || grain == Grain.ORDER_LINE && (amount == null || column("state") == null)) {
      grain = null;
      return;
    }
    put("order", FieldType.ID, "value");
    if (grain != Grain.ORDER) put("line", FieldType.ID, value("line"));
    if (grain == Grain.LINE) lines();
    else orderFacts();
    if (grain != Grain.ORDER) refundState();
    if (grain == Grain.ORDER_LINE) {
      put("sku", FieldType.CODE, null);
      needed("qty", FieldType.NUMBER);
      put("price", FieldType.MONEY, null);
      if (column("sku") == null) look.add("no column with the merchant's code was found: sku");
    }
  }

  private void lines() {
    put("shop", FieldType.TEXT, null);
    put("sku", FieldType.CODE, null);
    needed("qty", FieldType.NUMBER);
    needed("price", FieldType.MONEY);
    put("due", FieldType.MONEY, null);
    put("state", FieldType.STATUS, null);
    look.add("lines only: their orders must come from another document of this channel");
  }

  private void orderFacts() {
    boolean own = grain == Grain.ORDER_LINE && column("line") != null;
    put("buyer", FieldType.TEXT, null);
    put("phone", FieldType.PHONE, null);
    put("card", FieldType.ID, null);
    put("unionid", FieldType.ID, null);
    people();
    put("shop", FieldType.TEXT, null);
    String state = own ? "line_state" : "state";
    String always = value("state");
    put(state, column("state"), FieldType.STATUS, always);
    for (String time : List.of("created_at", "paid_at", "completed_at")) {
      put(time, FieldType.DATETIME, time.equals("created_at") ? value(time) : need(time));
    }
    if (column("paid_at") == null) look.add("no time of payment was found: orders never earn");
    if (column("completed_at") == null)
      look.add("no time of completion was found: it is taken from the night that shows the state");
    new OrderAmounts(table, found).into(this, own);
    put("item_count", FieldType.NUMBER, null);
    if (grain == Grain.ORDER_LINE && !own && always.equals("column") && firstRowOnly())
      settings.put("order_cells", "first_row");
  }

  private String need(String field) {
    return column(field) == null ? null : "column";
  }

  private void people() {
    if (fields.keySet().stream().noneMatch(Set.of("buyer", "phone", "card", "unionid")::contains))
      look.add("no column names the buyer: orders wait until a binding does");
    ColumnFacts buyer = column("buyer");
    if (buyer != null && buyer.masked > 0)
      look.add(buyer.header + ": " + buyer.masked + " of its values are masked and name nobody");
  }

  /** The order's cells are blank in rows that repeat the order of a filled one. */
  private boolean firstRowOnly() {
    Set<String> seen = new HashSet<>();
    boolean blank = false;
    for (String[] row : table.rows()) {
      String order = UnknownTable.cell(row, column("order"));
      boolean filled = UnknownTable.cell(row, column("state")) != null;
      if (order == null) continue;
      if (!filled && !seen.contains(order)) return false;
      blank |= !filled;
      seen.add(order);
    }
    return blank;
  }

  /**
   * An after-sale state of unknown words would refuse every row; without it the file can be read.
   */
  private void refundState() {
    ColumnFacts state = column("refund_state");
    if (state == null) return;
    boolean known =
        state.filled == 0
            || state.words.stream()
                .anyMatch(word -> vocabulary.meaning(Vocabulary.Kind.REFUND_STATE, word) != null);
    if (known) put("refund_state", FieldType.STATUS, null);
    else look.add(state.header + " may be refund_state, but none of its words is known");
  }

  private void refunds() {
    grain = Grain.REFUND;
    for (String id : List.of("refund", "order")) needed(id, FieldType.ID);
    put("line", FieldType.ID, null);
    put("shop", FieldType.TEXT, null);
    put("sku", FieldType.CODE, null);
    needed("state", FieldType.STATUS);
    needed("amount", FieldType.MONEY);
    put("at", FieldType.DATETIME, need("at"));
    look.add("amount is what was paid back for goods: freight earned nothing");
  }

  private void receipts() {
    ColumnFacts date = column("date");
    ColumnFacts time = column("time");
    if (column("at") != null) needed("at", FieldType.DATETIME);
    else if (date != null && time != null && date.dated(false) >= date.dated(true))
      fields.put("at", new FieldDraft("at", date, FieldType.DATETIME, "value", time));
    else return;
    grain = Grain.RECEIPT_LINE;
    put("card", FieldType.ID, null);
    put("shop", FieldType.TEXT, null);
    needed("sku", FieldType.CODE);
    needed("qty", FieldType.NUMBER);
    needed("price", FieldType.MONEY);
    if (column("amount") != null) needed("amount", FieldType.MONEY);
    if (column("direction") != null) needed("direction", FieldType.STATUS);
    put("till_points", FieldType.POINTS, null);
    ColumnFacts receipt = column("receipt");
    if (receipt != null) {
      ColumnFacts till = column("till") == null ? receipt : column("till");
      put("till", till, FieldType.ID, "value");
      put("receipt", receipt, FieldType.ID, "value");
      if (till == receipt) look.add("no till was found: the receipt number stands for it");
    } else {
      look.add("no receipt number was found: every row is a receipt of its own");
    }
    if (column("card") == null) look.add("no member card was found: nobody earns");
    if (column("amount") == null) look.add("no amount was found: it is quantity times price");
  }

  /** Whether a column names the person a balance is of. */
  private boolean someone() {
    return List.of("phone", "card", "unionid", "buyer").stream().anyMatch(found::containsKey);
  }

  private void balances() {
    grain = Grain.BALANCE;
    put("phone", FieldType.PHONE, need("phone"));
    put("card", FieldType.ID, need("card"));
    put("unionid", FieldType.ID, need("unionid"));
    put("buyer", FieldType.TEXT, need("buyer"));
    put("points", FieldType.POINTS, value("points"));
    look.add("what these balances mean to ours is said in omnipoints.yaml of the home");
  }

  private void members() {
    grain = Grain.MEMBER;
    put("card", FieldType.ID, "column");
    put("phone", FieldType.PHONE, "column");
    put("birthday", FieldType.DATE, null);
    put("join_date", FieldType.DATE, null);
    put("home_shop", FieldType.TEXT, null);
  }

  private void bindings() {
    grain = Grain.BINDING;
    put("channel", FieldType.TEXT, "value");
    put("order_no", FieldType.ID, null);
    put("platform_id", FieldType.CODE, null);
    put("phone", FieldType.PHONE, null);
    put("card", FieldType.ID, null);
    put("unionid", FieldType.ID, null);
    put("bound_at", FieldType.DATETIME, "value");
  }

  /** Adds a field that {@link OrderAmounts} decided. */
  void amount(String name, ColumnFacts column, String required) {
    put(name, column, FieldType.MONEY, required);
  }

  /** Name for a document whose name nobody knows. */
  String name() {
    return switch (grain) {
      case ORDER -> "orders";
      case LINE -> "lines";
      case ORDER_LINE -> "order_lines";
      default -> grain.name().toLowerCase(Locale.ROOT) + "s";
    };
  }

  /** Headers that no field reads, each once. */
  List<String> unread() {
    Set<ColumnFacts> read = new HashSet<>();
    for (FieldDraft field : fields.values()) {
      read.add(field.column());
      if (field.and() != null) read.add(field.and());
    }
    Set<String> names = new HashSet<>();
    read.forEach(column -> names.add(Headers.normalise(column.header)));
    List<String> unread = new ArrayList<>();
    for (ColumnFacts column : table.columns()) {
      if (column.header.isEmpty() || read.contains(column)) continue;
      if (names.add(Headers.normalise(column.header))) unread.add(column.header);
    }
    return unread;
  }
}
