package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import omnipoints.points.Allotment;
import omnipoints.points.AwardKey;
import omnipoints.points.FirstOrder;
import omnipoints.points.LineTarget;
import omnipoints.points.rules.Bound;
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

  /** What an earlier night gave. */
  private record Given(UUID order, String line, long stands) {}

  /** A grant on offer. */
  private record Bid(UUID order, LocalDate firstNight, LineTarget target) {}

  private final Night night;
  private final ShareTables tables;
  private final boolean slots;
  private final NightRows<SlotRow> slotRows;
  private final NightRows<LostRow> lostRows;

  private BidPass(Night night, ShareTables tables) {
    this.night = night;
    this.tables = tables;
    this.slots = night.programme().hasSlot();
    slotRows = slots ? NightRows.own(night, "slot", SlotRow.class) : null;
    lostRows = slots ? NightRows.own(night, "slot_lost", LostRow.class) : null;
  }

  static void run(Night night, Connection reading, ShareTables tables) throws SQLException {
    try (var pass = new BidPass(night, tables)) {
      if (pass.slots) night.run(reading, ShareTables.SQL, "slot_analyze");
      pass.readAll(reading);
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
        Cursor given = slots ? open("slot_given", reading) : null) {
      while (bid.hasRow() || order != null && order.hasRow()) {
        String member = order != null && order.hasRow() ? member(order) : member(bid);
        if (bid.hasRow() && member(bid).compareTo(member) < 0) member = member(bid);
        var bids = new ArrayList<Bid>();
        bid.take("member_id", member, row -> bids.add(bid(row)));
        FirstOrder.Answer answer =
            order == null ? null : slot(member, order, held, earlier, given, bids);
        for (Bid one : bids) put(member, one, answer);
      }
    }
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

  private void put(String member, Bid bid, FirstOrder.Answer answer) {
    if (bound(bid).slot() != null && !(answer.taken() && answer.stands(bid.order()))) return;
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
    if (!slots) return;
    slotRows.close();
    lostRows.close();
  }
}
