package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.points.SharedLane;
import omnipoints.points.rules.Draw;
import omnipoints.points.rules.Item;
import omnipoints.sql.Script;

/**
 * Settles what members have to settle among each other before their accounts are decided: what
 * there is only so much of, executed redemptions first, and what one gives to another. Only where
 * more is asked for than is left, or something is given, are the accounts concerned looked at for
 * it; memory: those accounts.
 */
final class Stock {

  private static final Script SQL = Night.script("redeem");

  private record Asked(SharedLane.Asked request, boolean executed) {}

  private Stock() {}

  /** What is settled; nothing where nobody asks for more than there is, and nobody gives. */
  static SharedLane.Settled settle(Night night, Ever ever, Transfers transfers)
      throws SQLException {
    Map<String, Long> left = new HashMap<>();
    List<SharedLane.Asked> contested = contested(night, left);
    if (contested.isEmpty() && transfers.isEmpty()) return SharedLane.Settled.NOTHING;
    Set<String> members = transfers.members();
    for (SharedLane.Asked one : contested) members.add(one.member());
    Map<String, MemberPass.Account> accounts = MemberPass.accounts(night, ever, members);
    transfers.lookAt(accounts);
    return SharedLane.settle(
        contested,
        transfers.given(),
        left,
        (member, soFar) ->
            MemberPass.decide(night, accounts.get(member), new Between(transfers, soFar)));
  }

  /** Requests for items of which less is left than all of them want. */
  private static List<SharedLane.Asked> contested(Night night, Map<String, Long> left)
      throws SQLException {
    for (Item item : night.rules().redeem().catalogue())
      if (item.stock() != null) left.put(item.item(), item.stock());
    if (left.isEmpty()) return List.of();
    List<Asked> all =
        night
            .database()
            .inTransaction(
                connection -> {
                  for (Draw draw : Draws.opening(night, connection))
                    for (Draw.Prize prize : draw.prizes())
                      left.computeIfPresent(
                          prize.item(), (item, rest) -> Math.subtractExact(rest, prize.n()));
                  return asked(night, connection, left);
                });
    Map<String, Long> wanted = new HashMap<>();
    for (Asked one : all) {
      String item = one.request().item();
      if (one.executed()) left.merge(item, -one.request().qty(), Math::addExact);
      else wanted.merge(item, one.request().qty(), Math::addExact);
    }
    List<SharedLane.Asked> contested = new ArrayList<>();
    for (Asked one : all) {
      String item = one.request().item();
      if (!one.executed() && wanted.get(item) > left.get(item)) contested.add(one.request());
    }
    return contested;
  }

  /** Lowers {@code left} by what earlier nights gave away. */
  private static List<Asked> asked(Night night, Connection connection, Map<String, Long> left) {
    Map<String, Object> params = Map.of("night", night.date(), "items", List.copyOf(left.keySet()));
    SQL.statement("gone")
        .forEachRow(
            connection,
            Map.of("items", List.copyOf(left.keySet())),
            row -> left.merge(row.getString("item"), -row.getLong("taken"), Math::addExact));
    return SQL.statement("asked")
        .list(
            connection,
            params,
            row ->
                new Asked(
                    new SharedLane.Asked(
                        row.getString("request_no"),
                        row.getString("member_id"),
                        Columns.instant(row, "at"),
                        row.getString("item"),
                        row.getLong("qty")),
                    row.getBoolean("executed")));
  }
}
