package omnipoints.jobs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.points.EntryKey;
import omnipoints.points.MemberOutcome;
import omnipoints.points.MemberOutcome.LotState;
import omnipoints.points.MemberState;

/**
 * What a night changes of the points that are available, by the month of their last day; summed
 * while accounts are decided, so that nobody looks through all lots for it.
 */
final class ExpiryMonths {

  /**
   * Grain: one per month.
   *
   * @param month its first day, null where points never expire
   * @param points more than before
   * @param members more than before who have points of that month
   */
  record MonthRow(LocalDate month, long points, long members) {}

  private static final class Change {
    private long points;
    private long members;
  }

  private final Map<LocalDate, Change> changes = new HashMap<>();

  /**
   * @param account its lots as the last close left them, each under who held it then
   * @param states of lots that changed or were opened tonight
   */
  void add(MemberPass.Account account, MemberOutcome outcome, Map<EntryKey, LotState> states) {
    Map<String, Map<LocalDate, Long>> before = new HashMap<>();
    Map<LocalDate, Long> after = new HashMap<>();
    for (MemberPass.Available rest : account.available) {
      add(
          before.computeIfAbsent(account.member, holder -> new HashMap<>()),
          rest.points(),
          rest.expiresOn());
      add(after, rest.points(), rest.expiresOn());
    }
    for (MemberState.Lot lot : account.lots) {
      LotState state = states.get(lot.key());
      add(
          before.computeIfAbsent(lot.holder(), holder -> new HashMap<>()),
          lot.remaining(),
          lot.availableOn(),
          lot.expiresOn());
      if (state == null) add(after, lot.remaining(), lot.availableOn(), lot.expiresOn());
      else add(after, state.remaining(), state.availableOn(), state.expiresOn());
    }
    for (MemberOutcome.NewLot lot : outcome.lots()) {
      LotState state = states.get(lot.key());
      if (state != null) add(after, state.remaining(), state.availableOn(), state.expiresOn());
    }
    before.values().forEach(held -> change(held, -1));
    change(after, 1);
  }

  private static void add(
      Map<LocalDate, Long> held, long remaining, LocalDate availableOn, LocalDate expiresOn) {
    if (remaining == 0 || availableOn == null) return;
    add(held, remaining, expiresOn);
  }

  private static void add(Map<LocalDate, Long> held, long points, LocalDate expiresOn) {
    held.merge(expiresOn == null ? null : expiresOn.withDayOfMonth(1), points, Long::sum);
  }

  private void change(Map<LocalDate, Long> held, int sign) {
    held.forEach(
        (month, points) -> {
          Change change = changes.computeIfAbsent(month, key -> new Change());
          change.points = Math.addExact(change.points, sign * points);
          change.members += sign;
        });
  }

  /** Months of which anything changed. */
  List<MonthRow> rows() {
    List<MonthRow> rows = new ArrayList<>();
    changes.forEach(
        (month, change) -> {
          if (change.points != 0 || change.members != 0)
            rows.add(new MonthRow(month, change.points, change.members));
        });
    return rows;
  }
}
