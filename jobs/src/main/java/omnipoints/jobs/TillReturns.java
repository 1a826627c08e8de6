package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.facts.LineKey;
import omnipoints.facts.ReturnMatching;
import omnipoints.sql.Cursor;
import omnipoints.sql.Script;

/**
 * Matches the return rows of tills to sales, per member, channel and SKU, and stores what they
 * found: a match is never redone. A return that finds nothing is an orphan, which is looked at
 * again when a sale arrives within the programme's days. Memory: the sales of one member and SKU.
 */
final class TillReturns {

  private static final Script SQL = Night.script("post");

  private TillReturns() {}

  /** Who returned or bought what; a member of null is a buyer nobody knows. */
  private record Basket(String member, String channel, String sku) {
    static Basket of(ResultSet row) throws SQLException {
      return new Basket(row.getString("member_id"), row.getString("channel"), row.getString("sku"));
    }
  }

  /**
   * Matches everything open; returns the number of return rows looked at. A repeated run finds its
   * own matches gone.
   */
  static long match(Night night) throws SQLException {
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              for (String statement :
                  List.of(
                      "unmatch",
                      "unmatch_returns",
                      "found_drop",
                      "found_create",
                      "open_return_drop",
                      "open_return_create",
                      "open_returns",
                      "open_orphans")) {
                night.run(connection, SQL, statement);
              }
            });
    long returns =
        night
            .database()
            .inTransaction(
                reading -> {
                  try (NightCopy matches =
                          NightCopy.into(
                              night,
                              "return_match",
                              "return_order_key",
                              "return_line_key",
                              "order_key",
                              "line_key",
                              "amount_fen",
                              "at",
                              "night");
                      NightCopy found =
                          NightCopy.own(
                              night, "found", "order_key", "line_key", "member_id", "orphan_fen")) {
                    long rows = matchAll(night, reading, matches, found);
                    matches.finish();
                    found.finish();
                    return rows;
                  }
                });
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              for (String statement :
                  List.of("matched", "found_drop", "open_return_drop", "touched_returns")) {
                night.run(connection, SQL, statement);
              }
            });
    return returns;
  }

  private static long matchAll(Night night, Connection reading, NightCopy matches, NightCopy found)
      throws SQLException {
    long rows = 0;
    try (Cursor returned = SQL.statement("returns").open(reading, night.params(SQL));
        Cursor sale = SQL.statement("sales").open(reading, night.params(SQL))) {
      while (returned.hasRow()) {
        Basket basket = Basket.of(returned.row());
        var keys = new HashMap<LineKey, UUID>();
        List<ReturnMatching.Return> returns = new ArrayList<>();
        for (; returned.hasRow() && Basket.of(returned.row()).equals(basket); returned.advance()) {
          returns.add(toMatch(returned.row(), keys));
          rows++;
        }
        List<ReturnMatching.Sale> sales = new ArrayList<>();
        for (; sale.hasRow() && Basket.of(sale.row()).equals(basket); sale.advance())
          sales.add(sale(sale.row(), keys));
        put(night, basket, returns, ReturnMatching.match(sales, returns), keys, matches, found);
      }
    }
    return rows;
  }

  private static ReturnMatching.Return toMatch(ResultSet row, Map<LineKey, UUID> keys)
      throws SQLException {
    return new ReturnMatching.Return(
        key(row, keys), Columns.instant(row, "at"), row.getLong("amount_fen"));
  }

  private static ReturnMatching.Sale sale(ResultSet row, Map<LineKey, UUID> keys)
      throws SQLException {
    return new ReturnMatching.Sale(
        key(row, keys),
        Columns.instant(row, "at"),
        row.getLong("amount_fen"),
        row.getLong("returned_fen"));
  }

  private static LineKey key(ResultSet row, Map<LineKey, UUID> keys) throws SQLException {
    var key =
        new LineKey(
            row.getString("channel"),
            row.getString("shop"),
            row.getString("order_no"),
            row.getString("line_key"));
    keys.put(key, row.getObject("order_key", UUID.class));
    return key;
  }

  private static void put(
      Night night,
      Basket basket,
      List<ReturnMatching.Return> returns,
      ReturnMatching.Matching matching,
      Map<LineKey, UUID> keys,
      NightCopy matches,
      NightCopy found) {
    var times = new HashMap<LineKey, Instant>();
    var orphans = new HashMap<LineKey, Long>();
    for (ReturnMatching.Return one : returns) times.put(one.key(), one.at());
    for (ReturnMatching.Orphan orphan : matching.orphans())
      orphans.merge(orphan.returned(), orphan.amountFen(), Long::sum);
    for (ReturnMatching.Match match : matching.matches()) {
      matches
          .row()
          .putUuid(keys.get(match.returned()))
          .putText(match.returned().line())
          .putUuid(keys.get(match.sale()))
          .putText(match.sale().line())
          .putLong(match.amountFen())
          .putTimestamptz(times.get(match.returned()))
          .putDate(night.date());
    }
    for (ReturnMatching.Return one : returns) {
      found
          .row()
          .putUuid(keys.get(one.key()))
          .putText(one.key().line())
          .putText(basket.member())
          .putLong(orphans.getOrDefault(one.key(), 0L));
    }
  }
}
