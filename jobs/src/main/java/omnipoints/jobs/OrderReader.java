package omnipoints.jobs;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OrderDecision;
import omnipoints.facts.OrderFacts;
import omnipoints.facts.OrderRank;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundState;
import omnipoints.mappings.Channel;
import omnipoints.points.AwardKey;
import omnipoints.points.Charge;
import omnipoints.points.OrderWorth;
import omnipoints.points.OrderWorth.Posted;
import omnipoints.points.OrderWorth.Verdict;
import omnipoints.points.PinnedRule;
import omnipoints.points.Products;
import omnipoints.points.Standings;
import omnipoints.points.rules.Facts;
import omnipoints.sql.Cursor;
import omnipoints.sql.Script;

/**
 * Reads the sorted facts of the touched orders of one range of keys in step, decides the money of
 * each order, and says what that is worth. Memory: one order.
 */
final class OrderReader {

  private static final Script SQL = Night.script("post");
  private static final RefundState[] REFUND_STATES = RefundState.values();
  private static final FactRecord.RefundStatus[] REFUND_STATUSES = FactRecord.RefundStatus.values();

  /**
   * A decided order.
   *
   * @param before what stood of it so far, null if no night looked at it
   * @param ticket a till's receipt
   * @param later another order of the owner is his first one and keeps that
   * @param documented its money as documents say it
   * @param purchase its money as its points follow it: with money off that points paid, where the
   *     programme says so, and what lives on in the goods of another order
   */
  record Decided(
      OrderFacts.Order order,
      VerdictRow before,
      boolean ticket,
      boolean later,
      Purchase documented,
      Purchase purchase,
      Verdict verdict) {}

  /** An order of which everything is read, before it is said what it is worth. */
  record Undecided(
      OrderFacts.Order order,
      VerdictRow before,
      boolean ticket,
      boolean later,
      Purchase documented,
      Purchase whole,
      Facts.Member owner,
      OrderWorth.Before posted,
      OrderWorth.Rules rules) {

    /** By what its points follow. */
    Decided by(Purchase purchase) {
      Verdict verdict = OrderWorth.of(purchase, owner, posted, rules);
      return new Decided(order, before, ticket, later, documented, purchase, verdict);
    }
  }

  private final Night night;
  private final Products products;
  private final MoneyOff moneyOff;
  private final Exchanged exchanged;

  /**
   * @param products what is told of SKUs
   * @param moneyOff what points took off orders
   * @param exchanged where orders wait that are decided together
   */
  OrderReader(Night night, Products products, MoneyOff moneyOff, Exchanged exchanged) {
    this.night = night;
    this.products = products;
    this.moneyOff = moneyOff;
    this.exchanged = exchanged;
  }

  /**
   * Hands over the orders from {@code low} to {@code high}, both included, in the order of keys,
   * but for those that are decided together with others.
   */
  void decide(Connection reading, UUID low, UUID high, Consumer<Decided> into) throws SQLException {
    Map<String, Object> params = new HashMap<>(night.params(SQL));
    params.put("low", low);
    params.put("high", high);
    var rules = new OrderWorth.Rules(night.programme(), night.zone(), night.date(), products);
    try (Cursor order = SQL.statement("orders").open(reading, params);
        Cursor line = SQL.statement("lines").open(reading, params);
        Cursor refund = SQL.statement("refunds").open(reading, params);
        Cursor document = SQL.statement("refund_documents").open(reading, params);
        Cursor inherited = SQL.statement("inherited").open(reading, params);
        Cursor returned = SQL.statement("returned").open(reading, params);
        Cursor posting = SQL.statement("postings").open(reading, params);
        Cursor charge =
            night.programme().charges() ? SQL.statement("charges").open(reading, params) : null) {
      for (; order.hasRow(); order.advance()) {
        OrderFacts.Order head = order(order.row());
        UUID key = head.key();
        List<OrderFacts.Line> lines = take(line, key, row -> line(row, products));
        List<OrderFacts.RefundSeen> refunds = take(refund, key, OrderReader::refund);
        List<OrderFacts.RefundDocument> documents = take(document, key, OrderReader::document);
        List<OrderFacts.Returned> matched = take(returned, key, OrderReader::returned);
        List<Posted> posted = take(posting, key, this::posted);
        PinnedRule pinned =
            take(inherited, key, night.pins()::read).stream().findFirst().orElse(null);
        Map<String, Charge> charges = new HashMap<>(0);
        if (charge != null)
          take(charge, key, row -> charges.put(row.getString("line_key"), ChargeRow.read(row)));
        boolean pseudoPosted =
            posted.stream().anyMatch(one -> one.line().equals(OrderFacts.PSEUDO_LINE));
        boolean lost = withLostLines(head, lines, posted);
        var facts = new OrderFacts(head, lines, refunds, documents, matched, pseudoPosted);
        VerdictRow before = before(order.row(), head);
        Purchase purchase = OrderDecision.decide(facts, terms(head.channel()));
        var read =
            new Undecided(
                head,
                before,
                facts.ticket(),
                order.row().getBoolean("later"),
                purchase,
                moneyOff.whole(key, purchase, lines),
                owner(night, order.row()),
                new OrderWorth.Before(posted, pinned, lost, charges, overearner(order.row())),
                rules);
        if (exchanged.concerns(key)) exchanged.put(read);
        else into.accept(read.by(read.whole()));
      }
      for (Cursor rest :
          Arrays.asList(line, refund, document, inherited, returned, posting, charge)) {
        if (rest != null && rest.hasRow())
          throw new IllegalStateException("facts of an order that is not in the work set");
      }
    }
  }

  /**
   * Lines that something was posted for and that no document shows any more, for their deliveries
   * were taken back, are lines of the order that are worth nothing.
   *
   * @return whether documents by which the order counted are gone
   */
  private static boolean withLostLines(
      OrderFacts.Order head, List<OrderFacts.Line> lines, List<Posted> posted) {
    boolean lost = false;
    for (Posted one : posted) {
      if (!one.something()) continue;
      lost |= !head.present();
      // a grant of the order stands with any of its lines
      String key = one.line().isEmpty() ? anyLine(lines) : one.line();
      if (key.equals(OrderFacts.PSEUDO_LINE) && !one.line().isEmpty()
          || lines.stream().anyMatch(line -> line.line().equals(key))) continue;
      lost = true;
      lines.add(OrderFacts.Line.lost(key, head.state()));
    }
    return lost;
  }

  private static String anyLine(List<OrderFacts.Line> lines) {
    return lines.isEmpty() ? OrderFacts.PSEUDO_LINE : lines.get(0).line();
  }

  private OrderDecision.Terms terms(String channel) {
    Channel mapping = night.channels().channel(night.home().mapping(channel));
    return new OrderDecision.Terms(
        mapping.completeWhen(), mapping.postIncompleteAfterNights(), night.date(), night.cut());
  }

  private interface RowOf<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** The rows of one order: all cursors are sorted alike and hold touched orders only. */
  private static <T> List<T> take(Cursor cursor, UUID key, RowOf<T> make) throws SQLException {
    List<T> taken = new ArrayList<>();
    while (cursor.hasRow() && cursor.row().getObject("order_key", UUID.class).equals(key)) {
      taken.add(make.of(cursor.row()));
      cursor.advance();
    }
    return taken;
  }

  private static OrderFacts.Order order(ResultSet row) throws SQLException {
    return new OrderFacts.Order(
        row.getObject("order_key", UUID.class),
        row.getString("channel"),
        row.getString("shop"),
        row.getString("order_no"),
        row.getBoolean("present"),
        OrderRank.state(row.getInt("state")),
        Columns.instant(row, "paid_at"),
        Columns.instant(row, "completed_at"),
        Columns.number(row, "gross_fen"),
        Columns.number(row, "freight_fen"),
        row.getBigDecimal("item_count"),
        row.getString("order_type"),
        row.getString("payment"),
        row.getBoolean("parked"),
        row.getBoolean("replaced"),
        row.getObject("first_night", LocalDate.class),
        row.getString("owner"));
  }

  /** What rules may ask of the owner, null where there is none or no rule asks. */
  static Facts.Member owner(Night night, ResultSet row) throws SQLException {
    return owner(night, row, row.getString("tier"));
  }

  /** Whose tier the last close found too high for the order, null where it did not. */
  private OrderWorth.Overearner overearner(ResultSet row) throws SQLException {
    String held = row.getString("charge_held");
    if (held == null) return null;
    return new OrderWorth.Overearner(
        Columns.instant(row, "charge_at"),
        owner(night, row, held),
        owner(night, row, row.getString("charge_due")));
  }

  private static Facts.Member owner(Night night, ResultSet row, String tier) throws SQLException {
    String channel = row.getString("join_channel");
    if (channel == null) return null;
    Facts.Member known =
        Standings.of(
            Facts.Member.of(
                row.getString("owner"),
                row.getString("home_shop"),
                Columns.date(row, "join_date"),
                channel,
                Columns.date(row, "birthday")),
            standings(row));
    if (night.programme().asks("return_rate"))
      known =
          known.returning(
              Columns.number(row, "refund_365d_fen"), Columns.number(row, "spend_365d_fen"));
    return night.rules().tiers().ranked(known, tier);
  }

  private static List<String> standings(ResultSet row) throws SQLException {
    Array all = row.getArray("standings");
    return all == null ? List.of() : List.of((String[]) all.getArray());
  }

  /** The last word on the order, its owner as he is known now; null if there was none. */
  private static VerdictRow before(ResultSet row, OrderFacts.Order order) throws SQLException {
    String class_ = row.getString("class_before");
    if (class_ == null) return null;
    return new VerdictRow(
        order.key(),
        order.firstNight(),
        null,
        class_,
        row.getString("owner_before"),
        Columns.date(row, "paid_on_before"),
        row.getLong("base_fen_before"),
        row.getLong("goods_refund_fen_before"),
        row.getLong("would_be_points_before"),
        row.getBoolean("ticket_before"));
  }

  private static OrderFacts.Line line(ResultSet row, Products products) throws SQLException {
    return new OrderFacts.Line(
        row.getString("line_key"),
        row.getInt("generation"),
        row.getString("sku"),
        row.getBigDecimal("qty"),
        Columns.number(row, "price_fen"),
        Columns.number(row, "due_fen"),
        OrderRank.state(row.getInt("state")),
        row.getBoolean("closed"),
        REFUND_STATES[row.getInt("refund_state")],
        row.getObject("open_night", LocalDate.class),
        Columns.instant(row, "at"),
        row.getBoolean("excluded") || products.of(row.getString("sku")).excluded());
  }

  private static OrderFacts.RefundSeen refund(ResultSet row) throws SQLException {
    return new OrderFacts.RefundSeen(
        row.getString("line_key"), Columns.instant(row, "at"), row.getLong("refunded_fen"));
  }

  private static OrderFacts.RefundDocument document(ResultSet row) throws SQLException {
    return new OrderFacts.RefundDocument(
        row.getString("line_id"),
        row.getString("sku"),
        REFUND_STATUSES[row.getInt("state")],
        row.getLong("amount_fen"),
        Columns.instant(row, "refunded_at"),
        row.getObject("changed_night", LocalDate.class));
  }

  private static OrderFacts.Returned returned(ResultSet row) throws SQLException {
    return new OrderFacts.Returned(
        row.getString("line_key"), Columns.instant(row, "at"), row.getLong("amount_fen"));
  }

  private Posted posted(ResultSet row) throws SQLException {
    String award = row.getString("line_key");
    return new Posted(
        AwardKey.line(award),
        AwardKey.rule(award),
        row.getString("member_id"),
        row.getLong("earned"),
        row.getLong("clawed_back"),
        night.pins().read(row),
        Awards.read(row));
  }
}
