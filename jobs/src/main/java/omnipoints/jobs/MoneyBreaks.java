package omnipoints.jobs;

import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import omnipoints.jobs.HomeConfig.ChannelConfig;
import omnipoints.sql.Script;

/**
 * What statements of money say against orders, refunds and themselves, with the points at stake.
 * Statements are late: what they have to show is due some days after it happened, where the channel
 * says how many.
 */
final class MoneyBreaks {
  private static final Script SQL = Night.script("money");

  private MoneyBreaks() {}

  /** Finds them all; returns how many there are. */
  static long find(Night night, Connection connection) {
    for (ChannelConfig channel : night.home().config().channels().values()) {
      if (channel.settledWithinDays() == 0) continue;
      var params = new HashMap<String, Object>();
      params.put("night", night.date());
      params.put("zone", night.zone().getId());
      params.put("channel", channel.code());
      params.put("days", channel.settledWithinDays());
      for (String statement : List.of("await_settlement", "await_money_back"))
        SQL.statement(statement).run(connection, params);
    }
    for (String statement :
        List.of("settled", "paid_back", "refunded_no_more", "never_settled", "create_stake"))
      night.run(connection, SQL, statement);
    long found = night.runAll(connection, SQL, "find_");
    night.run(connection, SQL, "stake");
    return found;
  }

  /** Ends what statements or orders no longer say. */
  static void close(Night night, Connection connection) {
    night.run(connection, SQL, "close_settled");
  }
}
