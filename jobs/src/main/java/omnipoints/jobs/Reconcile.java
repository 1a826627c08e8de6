package omnipoints.jobs;

import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import omnipoints.jobs.HomeConfig.ChannelConfig;
import omnipoints.sql.Script;

/**
 * Step reconcile: channels, tills and documents against the ledger; breaks open, stay or close by
 * evidence.
 */
final class Reconcile implements NightStep {

  private static final Script SQL = Night.script("reconcile");

  @Override
  public String name() {
    return "reconcile";
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) {
    countWaiting(night, connection);
    night.run(connection, SQL, "create_found");
    night.run(connection, SQL, "forget_till");
    long found = 0;
    for (String statement :
        new String[] {
          "find_refunds",
          "find_orphans",
          "find_double_shops",
          "find_points",
          "find_balances",
          "find_balances_of_nobody",
          "find_openings_elsewhere",
          "find_conflicts",
          "find_acks",
          "find_adjustments",
          "find_written_off",
          "find_adjustments_of_nobody",
          "find_unsigned",
          "find_unknown_people",
          "find_totals",
          "find_rows",
          "find_doubled",
          "find_pulls",
          "find_syncs",
          "find_untold"
        }) {
      found += night.run(connection, SQL, statement);
    }
    found += MoneyBreaks.find(night, connection);
    found += RedeemBreaks.find(night, connection);
    var vouchers = VoucherBreaks.judged(night, connection);
    found += vouchers.find();
    for (ChannelConfig channel : night.home().config().channels().values()) {
      for (Expected expected : channel.expected()) {
        if (expected.on(night.date()) && !arrived(night, connection, channel.code(), expected))
          missing(night, connection, channel.code(), expected);
      }
    }
    night.run(connection, SQL, "close_orders");
    night.run(connection, SQL, "close_orphans");
    night.run(connection, SQL, "close_double_shops");
    night.run(connection, SQL, "close_points");
    night.run(connection, SQL, "close_balances");
    night.run(connection, SQL, "close_conflicts");
    night.run(connection, SQL, "close_missing");
    MoneyBreaks.close(night, connection);
    RedeemBreaks.close(night, connection);
    vouchers.close();
    night.run(connection, SQL, "close_pulls");
    night.run(connection, SQL, "close_syncs");
    night.run(connection, SQL, "told");
    night.run(connection, SQL, "open");
    night.run(connection, SQL, "closed");
    Gate.keep(night, connection);
    long opened =
        SQL.statement("opened")
            .one(connection, Map.of("night", night.date()), row -> row.getLong(1))
            .orElse(0L);
    return new Counts(found, opened, 0);
  }

  private static void countWaiting(Night night, Connection connection) {
    for (String statement :
        new String[] {
          "create_waiting",
          "waiting",
          "waiting_no_more",
          "waiting_now",
          "create_class",
          "classes",
          "class_opened",
          "class_counted",
          "class_told"
        }) night.run(connection, SQL, statement);
  }

  private static boolean arrived(
      Night night, Connection connection, String channel, Expected expected) {
    var params = new HashMap<String, Object>();
    params.put("night", night.date());
    params.put("channel", channel);
    params.put("key", expected.document());
    params.put("shop", expected.shop() == null ? "" : expected.shop());
    return SQL.statement("arrived").one(connection, params, row -> true).orElse(false);
  }

  private static void missing(
      Night night, Connection connection, String channel, Expected expected) {
    var params = new HashMap<String, Object>();
    params.put("type", "MISSING_DELIVERY");
    params.put("channel", channel);
    params.put("shop", expected.shop() == null ? "" : expected.shop());
    params.put("key", expected.document() + " " + night.date());
    params.put(
        "detail",
        expected.when()
            + ", did not arrive for "
            + night.date()
            + reason(night, connection, channel));
    SQL.statement("find_one").run(connection, params);
    SQL.statement("missing")
        .run(
            connection,
            Map.of(
                "night",
                night.date(),
                "channel",
                channel,
                "shop",
                params.get("shop"),
                "key",
                expected.document()));
  }

  /** Why somebody closes without the channel, empty if nobody decided that. */
  private static String reason(Night night, Connection connection, String channel) {
    return SQL.statement("without")
        .one(
            connection,
            Map.of("night", night.date(), "channel", channel),
            row -> "; closed without it: " + row.getString(1))
        .orElse("");
  }
}
