package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.points.tiers.Overearned;
import omnipoints.points.tiers.TierChange;
import omnipoints.points.tiers.TierKnown;
import omnipoints.points.tiers.TierOutcome;
import omnipoints.points.tiers.TierState;
import omnipoints.points.tiers.Tiers;
import omnipoints.sql.Cursor;
import omnipoints.sql.Script;

/**
 * The days that members paid in a tier which returned money had held: of a tier that is lost
 * tonight, and of those lost before where more is known of their days. Memory: one member.
 */
final class Overearnings implements AutoCloseable {

  private static final Script SQL = Night.script("tier");

  private final Night night;
  private final Cursor past;
  private final Cursor before;
  private final NightRows<TierRow.Overearning> rows;
  private final List<Overearned.Past> history = new ArrayList<>();
  private final Map<LocalDate, Lift> lifts = new LinkedHashMap<>();

  /** What was charged of the days since a lift. */
  private static final class Lift {
    private LocalDate lost;
    private final List<Overearned.Days> days = new ArrayList<>();
  }

  private Overearnings(Night night, Cursor past, Cursor before) {
    this.night = night;
    this.past = past;
    this.before = before;
    this.rows = NightRows.own(night, "tier_overearned", TierRow.Overearning.class);
  }

  /** Null where no version charges. */
  static Overearnings open(Night night, Connection reading, Map<String, Object> params)
      throws SQLException {
    if (!night.programme().charges()) return null;
    Cursor past = SQL.statement("past").open(reading, params);
    return new Overearnings(night, past, SQL.statement("overearned").open(reading, params));
  }

  /**
   * Writes down what is due of a member.
   *
   * @param held his tier before tonight, null of who had none
   */
  void decide(String member, TierState held, TierKnown known, TierOutcome outcome)
      throws SQLException {
    history.clear();
    lifts.clear();
    past.take("member_id", member, row -> history.add(TierRow.past(row)));
    before.take(
        "member_id",
        member,
        row -> {
          Lift lift = lift(Columns.date(row, "entered"), Columns.date(row, "lost"));
          lift.days.add(TierRow.Overearning.read(row));
        });
    boolean lost =
        outcome.changes().stream().anyMatch(change -> change.reason() == TierChange.Reason.RETURN);
    if (lost && held != null && held.entered() != null && night.rules().tiers().charge())
      lift(held.entered(), night.date());
    if (!known.whole()) return;
    int n = 0;
    for (var lift : lifts.entrySet())
      for (Overearned.Days days : differing(lift.getKey(), lift.getValue(), known))
        rows.put(
            new TierRow.Overearning(
                night.date(),
                member,
                ++n,
                lift.getValue().lost,
                lift.getKey(),
                days.from(),
                days.to(),
                days.held(),
                days.due()));
  }

  private Lift lift(LocalDate entered, LocalDate lost) {
    Lift lift = lifts.computeIfAbsent(entered, at -> new Lift());
    if (lift.lost == null || lift.lost.isBefore(lost)) lift.lost = lost;
    return lift;
  }

  private List<Overearned.Days> differing(LocalDate entered, Lift lift, TierKnown known) {
    Tiers terms = night.programme().ofNight(lift.lost).tiers();
    return Overearned.differing(
        lift.days, Overearned.of(terms, entered, lift.lost, history, known));
  }

  /** Ends the rows, once every member was asked. */
  void finish() {
    if (past.hasRow() || before.hasRow())
      throw new IllegalStateException("tiers of a member that is not looked at");
    rows.finish();
  }

  @Override
  public void close() throws SQLException {
    past.close();
    before.close();
    rows.close();
  }
}
