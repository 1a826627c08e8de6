package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import omnipoints.mappings.Channel;
import omnipoints.sql.Script;

/**
 * Step post: what the touched lines and tonight's events are worth.
 *
 * <pre>
 * till returns        -> matched to sales, stored
 * redemptions         -> those told of tonight, and the orders that points paid a part of
 * order space         -> one decision per touched order, targets shuffled to accounts
 * share               -> what no order decides alone: activities, first orders
 * stock, transfers    -> what there is only so much of, and what members give each other, in one order over all accounts
 * member space        -> MemberNight per account, into the night's own tables
 * indexes in bulk
 * </pre>
 *
 * Builds only tables of its own, from nothing, so it may be repeated at any point.
 */
final class Post implements NightStep {

  private static final Script SQL = Night.script("post");
  private static final Script REDEEM = Night.script("redeem");

  private NightTables.Booked booked;
  private Set<UUID> partly = Set.of();
  private Set<UUID> named = Set.of();
  private MoneyOff moneyOff;
  private Exchanged exchanged = Exchanged.none();
  private Ever ever;
  private Transfers transfers;

  @Override
  public String name() {
    return "post";
  }

  @Override
  public Counts prepare(Night night) throws SQLException {
    TillReturns.match(night);
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              night.run(connection, SQL, "drop");
              night.run(connection, REDEEM, "drop");
              night.runAll(connection, SQL, "create_");
              night.runAll(connection, REDEEM, "create_");
              ever = Ever.ask(night, connection);
              if (ever.released()) night.run(connection, REDEEM, "take_released");
              night.run(connection, REDEEM, "due");
              night.runAll(connection, REDEEM, "pay_");
              Share.begin(night, connection);
              night.run(connection, SQL, "work");
              if (night.programme().charges()) charge(night, connection);
              if (ever.exchanged()) Exchanged.widen(night, connection);
              Share.widen(night, connection);
              // first orders bring other orders of their members
              if (ever.exchanged()) Exchanged.widen(night, connection);
              standings(night, connection);
              before(night, connection);
              partly = PaidOrders.ofNight(night, connection, ever.paid());
              moneyOff =
                  partly.isEmpty() ? MoneyOff.none(night) : MoneyOff.ofNight(night, connection);
              named = NamedOrders.ofNight(night, connection);
              if (ever.exchanged()) exchanged = Exchanged.ofNight(night, connection);
            });
    long orders = OrderPass.run(night, partly, named, moneyOff, exchanged);
    Share.run(night);
    night.crash().reached("post:orders");
    long accounts =
        night
            .database()
            .inTransaction(
                connection -> {
                  night.lock().fence(connection);
                  waitForIncomplete(night, connection);
                  night.run(connection, REDEEM, "wait_for_orders");
                  night.run(connection, REDEEM, "analyze");
                  night.run(connection, SQL, "analyze_again");
                  if (night.programme().asksActivities() || Referrals.asked(night))
                    night.run(connection, SQL, "doubt");
                  night.runByLeaf(connection, SQL, "leaves_due", "hold_over_waits", "hold_over");
                  Share.handOver(night, connection);
                  night.run(connection, SQL, "openings_due");
                  Adjustments.judge(night, connection);
                  WithdrawnRows.targets(night, connection);
                  long workset = night.run(connection, SQL, "workset");
                  night.run(connection, SQL, "accounts");
                  night.run(connection, SQL, "analyze");
                  return workset;
                });
    transfers = Transfers.due(night, ever);
    var between = new Between(transfers, Stock.settle(night, ever, transfers));
    night.crash().reached("post:settled");
    booked = MemberPass.run(night, ever, accounts, between);
    night.crash().reached("post:members");
    NightIndexes.build(night);
    return new Counts(orders, booked.entries(), 0);
  }

  /** Orders that were paid in a tier which the last close found too high are looked at. */
  private static void charge(Night night, Connection connection) {
    night.run(connection, SQL, "charge_due");
    night.run(connection, SQL, "charge_work");
  }

  /** Passes, tags and segments of members, where a rule asks for them. */
  private static void standings(Night night, Connection connection) {
    if (!night.programme().asks("pass", "tag", "segment")) return;
    night.run(connection, SQL, "standings");
    if (night.programme().asks("pass")) {
      night.run(connection, SQL, "standings_bought");
      Passes.hold(night, connection);
    }
    night.run(connection, SQL, "standings_of");
    night.run(connection, SQL, "analyze_standings");
  }

  /** What closed nights say of the orders that are looked at again. */
  private static void before(Night night, Connection connection) {
    night.run(connection, SQL, "known");
    night.run(connection, SQL, "known_leaves");
    night.run(connection, SQL, "analyze_known");
    night.runByLeaf(
        connection, SQL, "leaves_before", "before_verdict", "before_posting", "before_due");
    night.run(connection, SQL, "analyze_before");
  }

  /** Incomplete orders whose mapping lets them post after some nights are looked at then. */
  private static void waitForIncomplete(Night night, Connection connection) {
    for (String code : night.home().config().channels().keySet()) {
      Channel mapping = night.channels().channel(night.home().mapping(code));
      if (mapping.postIncompleteAfterNights().isEmpty()) continue;
      Map<String, Object> params = night.params(SQL);
      params.put("channel", code);
      params.put("nights", mapping.postIncompleteAfterNights().getAsInt());
      SQL.statement("touched_waiting").run(connection, params);
    }
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) {
    night.pins().keep(connection);
    night.run(connection, REDEEM, "nobody");
    if (night.programme().earnsOnWhole()) night.run(connection, REDEEM, "granted_touched");
    transfers.write(night, connection);
    SQL.statement("booked")
        .run(
            connection,
            Map.of(
                "night",
                night.date(),
                "entries",
                booked.entries(),
                "entry_root",
                booked.entryRoot()));
    night.run(connection, SQL, "analyze_night");
    return prepared;
  }
}
