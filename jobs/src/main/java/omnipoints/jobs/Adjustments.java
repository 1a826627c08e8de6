package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import omnipoints.points.AdjustmentJudge;
import omnipoints.points.AdjustmentJudge.Asked;
import omnipoints.points.AdjustmentJudge.Judged;
import omnipoints.points.WriteOff;
import omnipoints.sql.Script;

/**
 * The adjustments that are due tonight, judged: those that nothing speaks against go to their
 * accounts, the others become breaks. Memory: the adjustments of one night.
 */
final class Adjustments {

  private static final Script SQL = Night.script("adjust");

  /**
   * A judged adjustment. Grain: one per adjustment number.
   *
   * @param memberId the account it is about
   * @param against why it is refused, reasons with a blank between them; empty: it is booked
   * @param takenBack it undoes one that an earlier night booked
   * @param writeOff it lets go what is owed
   */
  private record AdjustedRow(
      String memberId,
      String adjustmentNo,
      Instant at,
      long points,
      LocalDate expires,
      String against,
      boolean takenBack,
      boolean writeOff) {}

  /** The adjustments of one account, and what was booked on their days. */
  private static final class OfAccount {
    final List<Asked> asked = new ArrayList<>();
    final Map<LocalDate, Long> before = new HashMap<>();
    final Set<String> writeOffs = new HashSet<>(0);
  }

  private Adjustments() {}

  /** Judges them into the night's own table. */
  static void judge(Night night, Connection connection) {
    var accounts = new TreeMap<String, OfAccount>();
    SQL.statement("due").forEachRow(connection, night.params(SQL), row -> add(accounts, row));
    if (accounts.isEmpty()) return;
    var judge =
        new AdjustmentJudge(
            night.home().config().staff().hq(),
            night.rules().limits().adjustPoints(),
            night.zone(),
            night.date());
    try (NightRows<AdjustedRow> rows = NightRows.own(night, "adjusted", AdjustedRow.class)) {
      accounts.forEach(
          (account, of) ->
              judge
                  .judge(of.asked, of.before)
                  .forEach(one -> rows.put(row(account, one, of.writeOffs))));
      rows.finish();
    }
  }

  private static void add(Map<String, OfAccount> accounts, ResultSet row) throws SQLException {
    OfAccount of = accounts.computeIfAbsent(row.getString("member_id"), account -> new OfAccount());
    of.asked.add(
        new Asked(
            row.getString("adjustment_no"),
            Columns.instant(row, "at"),
            row.getLong("points"),
            row.getString("requested_by"),
            row.getString("approved_by"),
            row.getString("source_shop"),
            Columns.date(row, "expires")));
    if (WriteOff.is(row.getLong("points"), row.getString("reason")))
      of.writeOffs.add(row.getString("adjustment_no"));
    of.before.put(Columns.date(row, "day"), row.getLong("booked"));
  }

  private static AdjustedRow row(String account, Judged one, Set<String> writeOffs) {
    return new AdjustedRow(
        account,
        one.asked().number(),
        one.asked().at(),
        one.asked().points(),
        one.asked().expires(),
        one.against().stream().map(Enum::name).collect(Collectors.joining(" ")),
        false,
        writeOffs.contains(one.asked().number()));
  }
}
