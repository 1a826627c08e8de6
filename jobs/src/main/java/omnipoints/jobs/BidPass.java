package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import omnipoints.points.Allotment;
import omnipoints.points.Award;
import omnipoints.points.AwardKey;
import omnipoints.points.FirstOrder;
import omnipoints.points.LineTarget;
import omnipoints.points.OrderLimits;
import omnipoints.points.rules.Bound;
import omnipoints.points.rules.Limit;
import omnipoints.sql.Cursor;

/**
 * Grants of orders that their order alone does not decide, member by member: those for a first
 * order are given where the order has the slot since tonight. Memory: the orders of one member.
 */
final class BidPass implements AutoCloseable {

  /** Who has the slot of a member. Grain: one per member for whom that changed. */
  private record SlotRow(
      String memberId,
      LocalDate night,
      UUID orderKey,
      String channel,
      String shop,
      String orderNo,
      Instant at,
      String state) {}

  /** What was given for having the slot. Grain: one per award that is to go, or is gone. */
  private record LostRow(
      String memberId, UUID orderKey, String lineKey, Instant at, boolean dead) {}

  /** What is taken of an award. Grain: one per award of members who became one. */
  private record LessRow(
      String memberId, UUID orderKey, String lineKey, Instant at, long granted) {}

  /** What an earlier night gave. */
  private record Given(UUID order, String line, long stands) {}

  /** A grant on offer. */
  private record Bid(UUID order, LocalDate firstNight, LineTarget target) {}

  private final Night night;
  private final ShareTables tables;
  private final boolean slots;
  private final NightRows<SlotRow> slotRows;
  private final NightRows<LostRow> lostRows;
  private final NightRows<LessRow> lessRows;
  private EarningAccounts accounts;

  private BidPass(Night night, ShareTables tables) {
    this.night = night;
    this.tables = tables;
    this.slots = night.programme().hasSlot();
    slotRows = slots ? NightRows.own(night, "slot", SlotRow.class) : null;
    lostRows = slots ? NightRows.own(night, "slot_lost", LostRow.class) : null;
    boolean limits = !night.programme().limitRules().isEmpty();
    lessRows = limits ? NightRows.own(night, "limit_lost", LessRow.class) : null;
  }

  static void run(Night night, Connection reading, ShareTables tables) throws SQLException {
    try (var pass = new BidPass(night, tables)) {
      if (pass.slots) night.run(reading, ShareTables.SQL, "slot_analyze");
      if (pass.lessRows != null) pass.accounts = EarningAccounts.of(night, reading, "bid_states");
      pass.readAll(reading);
      if (pass.lessRows != null) pass.lessRows.finish();
      if (!pass.slots) return;
      pass.slotRows.finish();
      pass.lostRows.finish();
    }
  }

  /** Rows of members without an order of tonight stand in none of the cursors. */
  private void readAll(Connection reading) throws SQLException {
    try (Cursor bid = open("bids", reading);
        Cursor order = slots ? open("slot_orders", reading) : null;
        Cursor held = slots ? open("slot_held", reading) : null;
        Cursor earlier = slots ? open("slot_earlier", reading) : null;
        Cursor given = slots ? open("slot_given", reading) : null;
        Cursor limited = lessRows == null ? null : open("limit_given", reading)) {
      for (String member; (member = first(bid, order, limited)) != null; ) {
        var bids = new ArrayList<Bid>();
        bid.take("member_id", member, row -> bids.add(bid(row)));
        FirstOrder.Answer answer =
            order == null ? null : slot(member, order, held, earlier, given, bids);
        bids.removeIf(one -> !offered(one, answer));
        if (limited != null) limit(member, limited, bids);
        for (Bid one : bids) put(member, one);
      }
    }
  }

  /** The next member of any of them, null at the end. */
  private static String first(Cursor... cursors) throws SQLException {
    String first = null;
    for (Cursor one : cursors) {
      if (one == null || !one.hasRow()) continue;
      if (first == null || member(one).compareTo(first) < 0) first = member(one);
    }
    return first;
  }

  private Cursor open(String statement, Connection reading) {
    return ShareTables.SQL.statement(statement).open(reading, night.params(ShareTables.SQL));
  }

  private static String member(Cursor cursor) throws SQLException {
    return cursor.row().getString("member_id");
  }

  private FirstOrder.Answer slot(
      String member, Cursor order, Cursor held, Cursor earlier, Cursor given, List<Bid> bids)
      throws SQLException {
    var tonight = new ArrayList<FirstOrder.Order>();
    var before = new ArrayList<FirstOrder.Slot>(1);
    var known = new ArrayList<FirstOrder.Order>(0);
    var bound = new ArrayList<Instant>(0);
    var stands = new ArrayList<Given>(0);
    order.take("member_id", member, row -> tonight.add(order(row)));
    held.take(
        "member_id",
        member,
        row -> {
          before.add(slot(row));
          Instant at = Columns.instant(row, "bound_at");
          if (at != null) bound.add(at);
        });
    earlier.take("member_id", member, row -> known.add(order(row)));
    skip(given, member);
    given.take("member_id", member, row -> stands.add(given(row)));
    FirstOrder.Answer answer =
        FirstOrder.of(night.programme(), night.zone(), night.date(), before, tonight, known);
    if (answer.slot() != null && !before.equals(List.of(answer.slot())))
      slotRows.put(row(member, answer.slot()));
    Instant at = bound.stream().max(Instant::compareTo).orElse(null);
    for (Given one : stands) if (!answer.stands(one.order())) lose(member, one, at, tonight);
    late(member, answer, bids);
    return answer;
  }

  /** Of orders that belong to somebody else by now nothing hangs on a slot. */
  private static void skip(Cursor given, String member) throws SQLException {
    while (given.hasRow() && member(given).compareTo(member) < 0) given.advance();
  }

  /**
   * @param at when the member became another one, null if he did not
   */
  private void lose(String member, Given given, Instant at, List<FirstOrder.Order> tonight) {
    for (FirstOrder.Order order : tonight) {
      if (!order.key().equals(given.order())) continue;
      boolean dead = given.stands() == 0;
      // what comes back whole goes back by itself
      if (!dead && order.keptFen() <= 0) continue;
      lostRows.put(
          new LostRow(member, given.order(), given.line(), at == null ? order.at() : at, dead));
    }
  }

  private void late(String member, FirstOrder.Answer answer, List<Bid> bids) {
    Set<UUID> late = new HashSet<>();
    for (FirstOrder.Order order : answer.late()) late.add(order.key());
    for (Bid bid : bids)
      if (late.contains(bid.order()) && bound(bid).slot() != null)
        tables.put(member, allotment(bid, 0, Allotment.Why.SLOT));
  }

  /** Whether no slot stands against it. */
  private boolean offered(Bid bid, FirstOrder.Answer answer) {
    return bound(bid).slot() == null || answer.taken() && answer.stands(bid.order());
  }

  /** What limits leave stays in {@code bids}; members who became one keep what one may have. */
  private void limit(String member, Cursor limited, List<Bid> bids) throws SQLException {
    var given = new ArrayList<OrderLimits.Given>(0);
    Set<OrderLimits.Given> held = new HashSet<>();
    var bound = new ArrayList<Instant>(0);
    limited.take(
        "member_id",
        member,
        row -> {
          given.add(limited(row));
          if (row.getLong("held") > 0) held.add(given.get(given.size() - 1));
          Instant at = Columns.instant(row, "bound_at");
          if (at != null) bound.add(at);
        });
    if (!bound.isEmpty())
      for (String rule : night.programme().memberLimitRules())
        together(member, rule, given, held, bound.get(0));
    var asks = new ArrayList<OrderLimits.Ask>(0);
    Map<LineTarget, Bid> asking = new IdentityHashMap<>();
    for (Bid bid : bids) {
      Limit limit = bound(bid).limit();
      if (limit == null || !asks(member, bid, given)) continue;
      asks.add(new OrderLimits.Ask(bid.order(), bid.target(), limit));
      asking.put(bid.target(), bid);
    }
    for (OrderLimits.Allowed one : OrderLimits.of(night.zone(), given, asks)) {
      LineTarget target = one.ask().target();
      Bid bid = asking.get(target);
      tables.put(member, allotment(bid, one.points(), Allotment.Why.LIMIT));
      bids.remove(bid);
      Award award = new Award(one.points(), target.award().baseFen());
      if (one.points() > 0)
        bids.add(new Bid(bid.order(), bid.firstNight(), target.granting(award)));
    }
  }

  /** What is not earned uses no limit; what was given before counts whatever the account is now. */
  private boolean asks(String member, Bid bid, List<OrderLimits.Given> given) {
    if (accounts.earns(member, bid.target().earnedAt())) return true;
    String line = bid.target().key().line();
    return given.stream()
        .anyMatch(one -> one.order().equals(bid.order()) && one.line().equals(line));
  }

  /** An award that returns took whole has nothing to lose, but counts like any other. */
  private void together(
      String member,
      String rule,
      List<OrderLimits.Given> given,
      Set<OrderLimits.Given> held,
      Instant at) {
    List<OrderLimits.Given> ofRule =
        given.stream().filter(one -> one.rule().equals(rule) && one.points() > 0).toList();
    if (ofRule.isEmpty()) return;
    Limit limit = night.programme().bound(rule, ofRule.get(0).at(), night.zone()).limit();
    if (limit == null || limit.per() != Limit.Per.MEMBER) return;
    for (OrderLimits.Kept one : OrderLimits.together(limit, ofRule))
      if (one.points() < one.given().points() && held.contains(one.given()))
        lessRows.put(
            new LessRow(member, one.given().order(), one.given().line(), at, one.points()));
  }

  private static OrderLimits.Given limited(ResultSet row) throws SQLException {
    String line = row.getString("line_key");
    return new OrderLimits.Given(
        AwardKey.rule(line),
        row.getObject("order_key", UUID.class),
        line,
        row.getString("channel"),
        row.getString("shop"),
        row.getString("cause_key"),
        Columns.instant(row, "at"),
        row.getLong("points"));
  }

  private void put(String member, Bid bid) {
    tables.put(member, bid.target(), new ShareTables.Stands(bid.order(), bid.firstNight(), 0, 0));
  }

  private Allotment allotment(Bid bid, long granted, Allotment.Why why) {
    LineTarget target = bid.target();
    return new Allotment(
        target.key(),
        target.earnedAt(),
        AwardKey.rule(target.key().line()),
        target.award().granted(),
        granted,
        why);
  }

  private Bound bound(Bid bid) {
    LineTarget target = bid.target();
    return night
        .programme()
        .bound(AwardKey.rule(target.key().line()), target.earnedAt(), night.zone());
  }

  private SlotRow row(String member, FirstOrder.Slot slot) {
    FirstOrder.Order order = slot.order();
    return new SlotRow(
        member,
        night.date(),
        order.key(),
        order.channel(),
        order.shop(),
        order.order(),
        order.at(),
        slot.state().name());
  }

  private Bid bid(ResultSet row) throws SQLException {
    return new Bid(
        row.getObject("order_key", UUID.class),
        Columns.date(row, "first_night"),
        MemberPass.target(night, row));
  }

  private static FirstOrder.Order order(ResultSet row) throws SQLException {
    return new FirstOrder.Order(
        row.getObject("order_key", UUID.class),
        row.getString("channel"),
        row.getString("shop"),
        row.getString("order_no"),
        Columns.instant(row, "at"),
        row.getLong("base_fen"),
        row.getLong("kept_fen"),
        row.getBoolean("first"),
        row.getBoolean("returned_later"));
  }

  private static FirstOrder.Slot slot(ResultSet row) throws SQLException {
    return new FirstOrder.Slot(
        new FirstOrder.Order(
            row.getObject("order_key", UUID.class),
            row.getString("channel"),
            row.getString("shop"),
            row.getString("order_no"),
            Columns.instant(row, "at"),
            0,
            0,
            false,
            false),
        FirstOrder.State.valueOf(row.getString("state")));
  }

  private static Given given(ResultSet row) throws SQLException {
    return new Given(
        row.getObject("order_key", UUID.class), row.getString("line_key"), row.getLong("stands"));
  }

  @Override
  public void close() {
    if (lessRows != null) lessRows.close();
    if (!slots) return;
    slotRows.close();
    lostRows.close();
  }
}
