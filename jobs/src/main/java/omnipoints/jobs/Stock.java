package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.points.MemberOutcome;
import omnipoints.points.Redemption;
import omnipoints.points.StockShare;
import omnipoints.points.rules.Item;
import omnipoints.sql.Script;

/**
 * Shares what there is only so much of, before the accounts of the night are decided: executed
 * redemptions take first, requests what is left, in the global order. Only where more is asked for
 * than is left are the accounts of those who ask looked at for it; memory: those accounts.
 */
final class Stock {

  private static final Script SQL = Night.script("redeem");

  private record Asked(StockShare.Asked request, boolean executed) {}

  private Stock() {}

  /** Requests for which nothing is left; empty where nobody asks for more than there is. */
  static Set<String> outOfStock(Night night, Ever ever) throws SQLException {
    Map<String, Long> left = new HashMap<>();
    for (Item item : night.rules().redeem().catalogue())
      if (item.stock() != null) left.put(item.item(), item.stock());
    if (left.isEmpty()) return Set.of();
    List<Asked> all = night.database().inTransaction(connection -> asked(night, connection, left));
    Map<String, Long> wanted = new HashMap<>();
    for (Asked one : all) {
      String item = one.request().item();
      if (one.executed()) left.merge(item, -one.request().qty(), Math::addExact);
      else wanted.merge(item, one.request().qty(), Math::addExact);
    }
    List<StockShare.Asked> contested = new ArrayList<>();
    Set<String> members = new HashSet<>();
    for (Asked one : all) {
      String item = one.request().item();
      if (one.executed() || wanted.get(item) <= left.get(item)) continue;
      contested.add(one.request());
      members.add(one.request().member());
    }
    if (contested.isEmpty()) return Set.of();
    Map<String, MemberPass.Account> accounts = MemberPass.accounts(night, ever, members);
    return StockShare.outOfStock(
        contested, left, (member, out) -> granted(night, accounts.get(member), out));
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
                    new StockShare.Asked(
                        row.getString("request_no"),
                        row.getString("member_id"),
                        row.getString("item"),
                        row.getLong("qty")),
                    row.getBoolean("executed")));
  }

  private static Set<String> granted(Night night, MemberPass.Account account, Set<String> out) {
    Set<String> granted = new HashSet<>();
    for (MemberOutcome.RedemptionState state : MemberPass.decide(night, account, out).redemptions())
      if (state.outcome() == Redemption.Outcome.GRANTED) granted.add(state.key().order());
    return granted;
  }
}
