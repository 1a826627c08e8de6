package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import omnipoints.facts.OrderKeys;
import omnipoints.points.Award;
import omnipoints.points.AwardKey;
import omnipoints.points.LineTarget;
import omnipoints.points.MemberOutcome;
import omnipoints.points.NamedOrder;
import omnipoints.points.PinnedRule;
import omnipoints.points.Referral;
import omnipoints.points.ReferralShare;
import omnipoints.points.rules.Occasion;
import omnipoints.sql.Cursor;
import omnipoints.sql.Script;

/**
 * What referrals are worth, friend by friend, and then over all of them in the order in which the
 * friends bought. Memory: one friend, and what tonight gives.
 */
final class Referrals {

  private static final Script SQL = Night.script("referral");

  /** Grain: one per friend and rule of which tonight says something. */
  private record ReferredRow(
      String friendId,
      String rule,
      LocalDate night,
      String memberId,
      String eventKey,
      UUID orderKey,
      String orderNo,
      Instant at,
      String number,
      long points,
      String state,
      UUID awardKey,
      LocalDate awardNight) {

    ReferredRow now(LocalDate tonight, Referral.State other, long left) {
      return new ReferredRow(
          friendId,
          rule,
          tonight,
          memberId,
          eventKey,
          orderKey,
          orderNo,
          at,
          number,
          left,
          other.name(),
          awardKey,
          awardNight);
    }
  }

  /**
   * What an earlier night gave.
   *
   * @param decision null where nothing was booked of it
   */
  private record Before(
      ReferredRow row,
      Referral.Held held,
      PinnedRule decision,
      Award award,
      long earned,
      long clawedBack) {}

  private final Night night;
  private final ShareTables tables;
  private final NightRows<ReferredRow> rows;
  private final OrderKeys keys = new OrderKeys();
  private final List<ReferralShare.Candidate> candidates = new ArrayList<>();
  private final JoinedReferrers joined;

  private Referrals(
      Night night, ShareTables tables, NightRows<ReferredRow> rows, JoinedReferrers joined) {
    this.night = night;
    this.tables = tables;
    this.rows = rows;
    this.joined = joined;
  }

  static boolean asked(Night night) {
    return night.programme().answers(Occasion.Kind.REFERRAL);
  }

  static void begin(Night night, Connection connection) {
    if (!asked(night)) return;
    night.runAll(connection, SQL, "create_");
    night.runAll(connection, SQL, "begin_");
  }

  static void widen(Night night, Connection connection) {
    if (asked(night)) night.runAll(connection, SQL, "widen_");
  }

  /** Finds friends of whom something is to be decided. */
  static void find(Night night) throws SQLException {
    if (!asked(night)) return;
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              night.runAll(connection, SQL, "find_");
            });
  }

  static void run(Night night, Connection reading, ShareTables tables) throws SQLException {
    if (!asked(night)) return;
    try (NightRows<ReferredRow> rows = NightRows.own(night, "referred", ReferredRow.class)) {
      var referrals = new Referrals(night, tables, rows, JoinedReferrers.read(night, reading));
      referrals.readAll(reading);
      referrals.share(reading);
      rows.finish();
    }
  }

  static void close(Night night, Connection connection) {
    if (asked(night)) night.runAll(connection, SQL, "apply_");
  }

  private Map<String, Object> params(Set<String> members) {
    Map<String, Object> params = night.params(SQL);
    params.put("members", List.copyOf(members));
    return params;
  }

  private void readAll(Connection reading) throws SQLException {
    Map<String, Object> params = params(Set.of());
    try (Cursor pair = SQL.statement("pairs").open(reading, params);
        Cursor held = SQL.statement("held").open(reading, params)) {
      while (pair.hasRow() || held.hasRow()) {
        String friend = pair.hasRow() ? friend(pair) : friend(held);
        if (held.hasRow() && friend(held).compareTo(friend) < 0) friend = friend(held);
        Map<String, Referral.Event> events = new LinkedHashMap<>();
        List<Referral.Pair> pairs = new ArrayList<>();
        List<Before> before = new ArrayList<>(0);
        pair.take("friend", friend, row -> pair(row, events, pairs));
        held.take("friend", friend, row -> before.add(before(row)));
        decide(friend, List.copyOf(events.values()), pairs, before);
      }
    }
  }

  private static String friend(Cursor cursor) throws SQLException {
    return cursor.row().getString("friend");
  }

  private void decide(
      String friend, List<Referral.Event> events, List<Referral.Pair> pairs, List<Before> before) {
    Referral.Answer answer =
        Referral.of(
            night.programme(),
            night.zone(),
            friend,
            events,
            pairs,
            before.stream().map(Before::held).toList());
    for (Before one : before) again(friend, one);
    for (Before one : before) put(one, answer);
    for (Referral.Lost lost : answer.lost()) tables.put(lost.referrer(), lost.allotment());
    for (Referral.Won won : answer.won()) candidates.add(new ReferralShare.Candidate(friend, won));
  }

  /** What an earlier night gave is written down where something of it is otherwise now. */
  private void put(Before one, Referral.Answer answer) {
    String rule = one.row().rule();
    if (answer.won().stream().anyMatch(won -> won.rule().id().equals(rule))) return;
    Referral.State state = one.held().state();
    for (Referral.Held changed : answer.changed())
      if (changed.rule().equals(rule) && changed.order().equals(one.row().orderKey()))
        state = changed.state();
    JoinedReferrers.Left left = joined.of(rule, one.row().orderKey());
    if (state == one.held().state() && left == null) return;
    rows.put(one.row().now(night.date(), state, left == null ? one.row().points() : left.points()));
  }

  /** What was given is looked at again with its order. */
  private void again(String friend, Before one) {
    NamedOrder money = one.held().money();
    if (one.decision() == null || money == null) return;
    boolean owned = friend.equals(money.owner());
    if (owned && !money.decided()) return;
    LineTarget target =
        ReferralShare.target(
            AwardKey.of(MemberOutcome.CauseType.REFERRAL, one.row().number(), one.row().rule()),
            one.row().at(),
            money,
            owned,
            one.decision(),
            true,
            one.award());
    JoinedReferrers.Left left = joined.of(one.row().rule(), one.row().orderKey());
    if (left != null)
      target =
          target
              .granting(
                  new Award(Math.min(one.award().granted(), left.points()), one.award().baseFen()))
              .at(left.at());
    tables.put(
        one.held().referrer(),
        target,
        new ShareTables.Stands(
            one.row().awardKey(), one.row().awardNight(), one.earned(), one.clawedBack()));
  }

  private void share(Connection reading) {
    Set<String> members = new TreeSet<>();
    for (ReferralShare.Candidate one : candidates) {
      members.add(one.friend());
      members.add(one.won().event().referrer());
    }
    List<ReferralShare.Paid> paid = new ArrayList<>();
    if (!members.isEmpty())
      SQL.statement("given").forEachRow(reading, params(members), row -> paid.add(left(paid(row))));
    for (ReferralShare.Given given : ReferralShare.of(night.zone(), candidates, paid)) put(given);
  }

  private void put(ReferralShare.Given given) {
    String friend = given.candidate().friend();
    Referral.Won won = given.candidate().won();
    Referral.Order order = won.order();
    String referrer = won.event().referrer();
    // a number is one shop's: what stands for the order is told from others by both
    UUID key = keys.of("program", order.channel() + "/" + order.shop(), order.order());
    rows.put(
        new ReferredRow(
            friend,
            won.rule().id(),
            night.date(),
            referrer,
            won.event().key(),
            order.key(),
            order.order(),
            order.money().at(),
            given.number(),
            given.points(),
            Referral.State.PAID.name(),
            key,
            night.date()));
    tables.put(referrer, given.allotment());
    if (given.points() > 0)
      tables.put(referrer, given.target(), new ShareTables.Stands(key, night.date(), 0, 0));
  }

  private void pair(ResultSet row, Map<String, Referral.Event> events, List<Referral.Pair> pairs)
      throws SQLException {
    String key = row.getString("key");
    if (!events.containsKey(key)) events.put(key, event(row));
    if (row.getString("channel") == null) return;
    pairs.add(
        new Referral.Pair(
            events.get(key),
            new Referral.Order(
                row.getObject("order_key", UUID.class),
                row.getString("channel"),
                row.getString("shop"),
                row.getString("order_no"),
                NamedOrders.read(row)),
            OrderReader.owner(night, row)));
  }

  private static Referral.Event event(ResultSet row) throws SQLException {
    return new Referral.Event(
        row.getString("key"),
        Columns.instant(row, "at"),
        row.getString("type"),
        row.getString("platform"),
        row.getBoolean("makeup"),
        row.getBoolean("fresh"),
        row.getString("referrer"),
        row.getBoolean("bought_before"));
  }

  private Before before(ResultSet row) throws SQLException {
    var known =
        new ReferredRow(
            row.getString("friend_id"),
            row.getString("rule"),
            night.date(),
            row.getString("member_id"),
            row.getString("event_key"),
            row.getObject("order_key", UUID.class),
            row.getString("order_no"),
            Columns.instant(row, "at"),
            row.getString("number"),
            row.getLong("points"),
            row.getString("state"),
            row.getObject("award_key", UUID.class),
            Columns.date(row, "award_night"));
    return new Before(
        known,
        new Referral.Held(
            known.rule(),
            row.getString("referrer"),
            known.orderKey(),
            known.number(),
            known.at(),
            Referral.State.valueOf(known.state()),
            NamedOrders.read(row)),
        night.pins().read(row),
        Awards.read(row),
        row.getLong("earned"),
        row.getLong("clawed_back"));
  }

  private ReferralShare.Paid left(ReferralShare.Paid paid) {
    JoinedReferrers.Left left = joined.of(paid.rule(), paid.order());
    return left == null
        ? paid
        : new ReferralShare.Paid(
            paid.friend(),
            paid.referrer(),
            paid.rule(),
            paid.order(),
            paid.number(),
            paid.at(),
            left.points());
  }

  private static ReferralShare.Paid paid(ResultSet row) throws SQLException {
    return new ReferralShare.Paid(
        row.getString("friend"),
        row.getString("referrer"),
        row.getString("rule"),
        row.getObject("order_key", UUID.class),
        row.getString("number"),
        Columns.instant(row, "at"),
        row.getLong("points"));
  }
}
