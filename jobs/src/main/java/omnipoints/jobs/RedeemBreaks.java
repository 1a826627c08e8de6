package omnipoints.jobs;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import omnipoints.points.rules.Item;
import omnipoints.sql.Script;

/** Executed redemptions that took more points, or more of an item, than there was. */
final class RedeemBreaks {

  private static final Script SQL = Night.script("redeem");

  private RedeemBreaks() {}

  /** Adds what the night found to {@code break_found}. */
  static long find(Night night, Connection connection) {
    Map<String, Object> params = params(night);
    long found = 0;
    for (String statement : List.of("find_overdrawn", "find_beyond", "find_oversold"))
      found += SQL.statement(statement).run(connection, params);
    for (String statement : velocity(night, "find_velocity", "find_transfer_velocity"))
      found += SQL.statement(statement).run(connection, params);
    return found;
  }

  /** Closes what is in order again. */
  static void close(Night night, Connection connection) {
    Map<String, Object> params = params(night);
    for (String statement : List.of("close_overdrawn", "close_oversold"))
      SQL.statement(statement).run(connection, params);
    for (String statement : velocity(night, "close_velocity", "close_velocity"))
      SQL.statement(statement).run(connection, params);
  }

  /** What is asked where the programme counts redemptions, and where it counts transfers. */
  private static Set<String> velocity(Night night, String redemptions, String transfers) {
    var velocity = night.rules().limits().velocity();
    Set<String> asked = new TreeSet<>();
    if (velocity.redeemPerDay() != null) asked.add(redemptions);
    if (velocity.transferInPerDay() != null) asked.add(transfers);
    return asked;
  }

  private static Map<String, Object> params(Night night) {
    List<String> items = new ArrayList<>();
    List<Long> stocks = new ArrayList<>();
    for (Item item : night.rules().redeem().catalogue()) {
      if (item.stock() == null) continue;
      items.add(item.item());
      stocks.add(item.stock());
    }
    Map<String, Object> params = night.params(SQL);
    params.put("items", items);
    params.put("stocks", stocks);
    params.put("pace", night.rules().limits().velocity().redeemPerDay());
    params.put("pace_in", night.rules().limits().velocity().transferInPerDay());
    return params;
  }
}
