package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.facts.CodePoints;
import omnipoints.points.tiers.Figures;
import omnipoints.points.tiers.Standing;
import omnipoints.points.tiers.TierChange;
import omnipoints.points.tiers.TierDay;
import omnipoints.points.tiers.TierKnown;
import omnipoints.points.tiers.TierNight;
import omnipoints.points.tiers.TierOutcome;
import omnipoints.points.tiers.TierState;
import omnipoints.points.tiers.Tiers;
import omnipoints.sql.Cursor;
import omnipoints.sql.Script;

/**
 * Every member that is due goes through {@link TierNight}, what comes out into the night's own
 * tables. Memory: the days of one member.
 */
final class TierPass {

  private static final Script SQL = Night.script("tier");

  private final Night night;
  private final Map<String, Object> params;
  private final Tiers tiers;
  private final NightRows<TierRow> states;
  private final NightRows<TierRow.Changed> history;
  private long members;
  private long changes;

  private TierPass(
      Night night,
      Map<String, Object> params,
      NightRows<TierRow> states,
      NightRows<TierRow.Changed> history) {
    this.night = night;
    this.params = params;
    this.tiers = night.rules().tiers();
    this.states = states;
    this.history = history;
  }

  /** Returns how many members were looked at, and how many changes that made. */
  static Counts run(Night night, Map<String, Object> params) throws SQLException {
    try (NightRows<TierRow> states = NightRows.own(night, "tier_state", TierRow.class);
        NightRows<TierRow.Changed> history =
            NightRows.own(night, Tier.HISTORY, TierRow.Changed.class)) {
      var pass = new TierPass(night, params, states, history);
      pass.run();
      states.finish();
      history.finish();
      return new Counts(pass.members, pass.changes, 0);
    }
  }

  /** The members of a half: all after one, up to another. */
  private record Half(String after, String upto) {}

  /** What is sorted most, the days, is sorted by two sessions side by side, a half by each. */
  private void run() {
    night
        .database()
        .readOnce(
            reading -> {
              List<Half> halves =
                  SQL.statement("middle").list(reading, params, TierPass::halves).stream()
                      .findFirst()
                      .orElse(List.of());
              if (halves.isEmpty()) return;
              night.database().readOnce(beside -> decideAll(reading, beside, halves));
            });
  }

  private static List<Half> halves(ResultSet row) throws SQLException {
    String middle = row.getString("middle");
    return List.of(new Half("", middle), new Half(middle, row.getString("last")));
  }

  private Cursor days(Connection reading, Half half) {
    Map<String, Object> of = new HashMap<>(params);
    of.put("after", half.after());
    of.put("upto", half.upto());
    return SQL.statement("days").open(reading, of);
  }

  private void decideAll(Connection reading, Connection beside, List<Half> halves)
      throws SQLException {
    Beside<Cursor> sorted = Beside.get(() -> days(beside, halves.get(1)));
    try (Cursor lower = days(reading, halves.get(0));
        Cursor member = SQL.statement("members").open(reading, params);
        Cursor merged = SQL.statement("merged").open(reading, params);
        Cursor standing = SQL.statement("standings").open(reading, params);
        Cursor points = SQL.statement("points").open(reading, params);
        Overearnings overearned = Overearnings.open(night, reading, params);
        Cursor upper = sorted.result()) {
      for (; member.hasRow(); member.advance()) {
        ResultSet row = member.row();
        String id = row.getString("member_id");
        TierState before = TierRow.read(row);
        if (before != null && (boolean) params.get("anew")) before = before.anew();
        LocalDate joined = Columns.date(row, "join_date");
        boolean whole = row.getBoolean("whole");
        boolean returned = row.getBoolean("returned");
        var others = new ArrayList<TierKnown.Merged>();
        take(
            merged,
            id,
            other ->
                others.add(new TierKnown.Merged(other.getString("other"), TierRow.read(other))));
        var standings = new ArrayList<Standing>(0);
        take(standing, id, given -> standings.add(standing(given)));
        boolean first = CodePoints.compare(id, halves.get(0).upto()) <= 0;
        List<TierDay> days = days(id, first ? lower : upper, points);
        var known = new TierKnown(joined, days, whole, returned, others, standings);
        TierOutcome outcome = decide(id, before, known);
        if (overearned != null) overearned.decide(id, before, known, outcome);
        if (++members % 1_000 == 0) night.progress().rows(members, 0);
      }
      for (Cursor rest : List.of(merged, standing, lower, upper, points)) {
        if (rest.hasRow())
          throw new IllegalStateException("rows of a member that is not looked at");
      }
      if (overearned != null) overearned.finish();
    }
  }

  private TierOutcome decide(String member, TierState before, TierKnown known) {
    TierOutcome outcome = TierNight.decide(tiers, night.date(), before, known);
    states.put(TierRow.of(member, outcome.state()));
    int n = 0;
    for (TierChange change : outcome.changes()) {
      history.put(TierRow.Changed.of(night.date(), member, ++n, change, tiers));
      changes++;
    }
    return outcome;
  }

  private static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        row.getString("name"), Columns.date(row, "from_on"), Columns.date(row, "to_on"));
  }

  /** What a day adds up to. */
  private static final class Sums {
    private Figures now = new Figures(0, 0, 0, 0);
    private Figures unreturned = now;

    void bought(ResultSet row) throws SQLException {
      now =
          new Figures(
              row.getLong("net_fen"), row.getLong("kept"), 0, row.getBoolean("active") ? 1 : 0);
      unreturned =
          new Figures(
              row.getLong("unreturned_fen"),
              row.getLong("unreturned_kept"),
              0,
              row.getBoolean("unreturned_active") ? 1 : 0);
    }

    void earned(ResultSet row) throws SQLException {
      now = with(now, row.getLong("points"));
      unreturned = with(unreturned, row.getLong("unreturned"));
    }

    private static Figures with(Figures figures, long points) {
      return new Figures(figures.paidNetFen(), figures.orders(), points, figures.activeDays());
    }
  }

  private static List<TierDay> days(String member, Cursor day, Cursor points) throws SQLException {
    Map<LocalDate, Sums> sums = new TreeMap<>();
    take(
        day,
        member,
        row -> sums.computeIfAbsent(Columns.date(row, "paid_on"), on -> new Sums()).bought(row));
    take(
        points,
        member,
        row -> sums.computeIfAbsent(Columns.date(row, "earned_on"), on -> new Sums()).earned(row));
    return sums.entrySet().stream()
        .map(on -> new TierDay(on.getKey(), on.getValue().now, on.getValue().unreturned))
        .toList();
  }

  private static void take(Cursor cursor, String member, Cursor.Taker taker) throws SQLException {
    cursor.take("member_id", member, taker);
  }
}
