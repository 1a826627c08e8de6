package omnipoints.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.points.tiers.Figures;
import omnipoints.points.tiers.Measure;
import omnipoints.points.tiers.Overearned;
import omnipoints.points.tiers.TierChange;
import omnipoints.points.tiers.TierState;
import omnipoints.points.tiers.Tiers;

/** A member's tier as a row of table tier_state; see {@link TierState}. */
record TierRow(
    String memberId,
    String tier,
    LocalDate since,
    LocalDate cycleFrom,
    LocalDate entered,
    LocalDate enteredFrom,
    LocalDate reviewOn,
    LocalDate lookOn,
    LocalDate fellOn,
    LocalDate keepFrom,
    LocalDate lastBoughtOn,
    boolean manual,
    String progress,
    String needed) {

  static TierRow of(String member, TierState state) {
    return new TierRow(
        member,
        state.tier(),
        state.since(),
        state.cycleFrom(),
        state.entered(),
        state.enteredFrom(),
        state.reviewOn(),
        state.lookOn(),
        state.fellOn(),
        state.keepFrom(),
        state.lastBoughtOn(),
        state.manual(),
        state.progress(),
        state.needed());
  }

  /** The state of a row; null of who has none. */
  static TierState read(ResultSet row) throws SQLException {
    String tier = row.getString("tier");
    if (tier == null) return null;
    return new TierState(
        tier,
        Columns.date(row, "since"),
        Columns.date(row, "cycle_from"),
        Columns.date(row, "entered"),
        Columns.date(row, "entered_from"),
        Columns.date(row, "review_on"),
        Columns.date(row, "look_on"),
        Columns.date(row, "fell_on"),
        Columns.date(row, "keep_from"),
        Columns.date(row, "last_bought_on"),
        row.getBoolean("manual"),
        row.getString("progress"),
        row.getString("needed"));
  }

  /**
   * Days of payment in too high a tier as a row of table tier_overearned.
   *
   * @param n counts those of the member in the night
   * @param lost the night that lost the tier
   * @param entered the night that had lifted it
   */
  record Overearning(
      LocalDate night,
      String memberId,
      int n,
      LocalDate lost,
      LocalDate entered,
      LocalDate fromOn,
      LocalDate toOn,
      String held,
      String due) {

    static Overearned.Days read(ResultSet row) throws SQLException {
      return new Overearned.Days(
          Columns.date(row, "from_on"),
          Columns.date(row, "to_on"),
          row.getString("held"),
          row.getString("due"));
    }
  }

  /** A change that an earlier night decided. */
  static Overearned.Past past(ResultSet row) throws SQLException {
    return new Overearned.Past(
        Columns.date(row, "night"),
        row.getString("tier_from"),
        row.getString("tier_to"),
        TierChange.Reason.valueOf(row.getString("reason")),
        Columns.date(row, "effective_on"),
        Columns.date(row, "measured_from"));
  }

  /**
   * A change as a row of table tier_history.
   *
   * @param n counts the changes of the member in the night
   */
  record Changed(
      LocalDate night,
      String memberId,
      int n,
      String tierFrom,
      String tierTo,
      String reason,
      LocalDate effectiveOn,
      LocalDate measuredFrom,
      Long paidNetFen,
      Long orders,
      Long pointsEarned,
      Long activeDays,
      List<String> evidence,
      LocalDate keepBy,
      String keepNeeds) {

    static Changed of(LocalDate night, String member, int n, TierChange change, Tiers tiers) {
      Figures figures = change.figures();
      return new Changed(
          night,
          member,
          n,
          change.from(),
          change.to(),
          change.reason().name(),
          change.effectiveOn(),
          change.measuredFrom(),
          tiers.measures(Measure.PAID_NET_FEN) ? figures.paidNetFen() : null,
          tiers.measures(Measure.ORDERS) ? figures.orders() : null,
          tiers.measures(Measure.POINTS_EARNED) ? figures.pointsEarned() : null,
          tiers.measures(Measure.ACTIVE_DAYS) ? figures.activeDays() : null,
          change.evidence(),
          change.keepBy(),
          change.keepNeeds());
    }
  }
}
