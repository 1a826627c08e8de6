package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * A range of dates that is brought up to date: which of them are closed, which are to be finished,
 * which are missing.
 *
 * @param firstOfHome whether the home has no night before the range, which then begins with its
 *     first
 * @param files of deliveries in the archive that no night has taken yet; the last date takes them
 */
public record CatchUp(
    LocalDate from, LocalDate to, boolean firstOfHome, List<Day> days, List<String> files) {

  private static final Script SQL = Statements.job("run").step("catch_up");

  /** What happens to a date. */
  public enum Action {
    KEPT,
    FINISHED,
    NEW
  }

  /**
   * One date.
   *
   * @param state of its night, empty if it was never begun
   * @param frozen files that are its input already
   */
  public record Day(LocalDate date, String state, Action action, long frozen) {}

  private record Known(String state, boolean finished, long frozen) {}

  /**
   * Plans the dates.
   *
   * @throws NightRefused exit 8: a date before the range is not closed, and nights close in order
   */
  public static CatchUp plan(Database database, LocalDate from, LocalDate to) {
    return database.inTransaction(
        connection -> {
          Map<LocalDate, Known> known = known(connection);
          LocalDate first = known.keySet().stream().min(LocalDate::compareTo).orElse(from);
          if (from.isBefore(first))
            throw new NightRefused(
                8,
                "BEFORE_FIRST_NIGHT",
                from + " is before the first night of this home, " + first,
                List.of("./omnipoints catch-up --from " + first + " --to " + to));
          for (LocalDate date = first; date.isBefore(from); date = date.plusDays(1))
            if (!known.containsKey(date) || !known.get(date).finished())
              throw new NightRefused(
                  8,
                  "EARLIER_NIGHT_OPEN",
                  "nights close in order, and " + date + " is not finished",
                  List.of("./omnipoints catch-up --from " + date + " --to " + to));
          var days = new ArrayList<Day>();
          for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
            Known night = known.get(date);
            Action action =
                night == null ? Action.NEW : night.finished() ? Action.KEPT : Action.FINISHED;
            days.add(
                new Day(
                    date,
                    night == null ? "" : night.state(),
                    action,
                    night == null ? 0 : night.frozen()));
          }
          return new CatchUp(
              from,
              to,
              known.isEmpty(),
              days,
              RerunPlan.files(connection, "waiting_files", Map.of()));
        });
  }

  /** The dates at which nights must be asked for, so that all of the range are run. */
  public List<LocalDate> asked() {
    List<LocalDate> open =
        days.stream().filter(day -> day.action() != Action.KEPT).map(Day::date).toList();
    if (open.isEmpty()) return List.of();
    // A home's first night is the first that is asked for. Later the dates before one follow by
    // themselves, and only the last collects.
    LocalDate last = open.get(open.size() - 1);
    return firstOfHome && !from.equals(last) ? List.of(from, last) : List.of(last);
  }

  private static Map<LocalDate, Known> known(Connection connection) {
    Map<LocalDate, Known> known = new HashMap<>();
    SQL.statement("nights")
        .forEachRow(
            connection,
            Map.of(),
            row ->
                known.put(
                    Columns.date(row, "night"),
                    new Known(
                        row.getString("state"),
                        row.getBoolean("finished"),
                        row.getLong("frozen"))));
    return known;
  }
}
