package omnipoints.points;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last act of a night: released lots whose last usable day has come expire. One entry per
 * expires_on, netted with what tonight's debits took out of dead lots.
 */
final class ExpiryPass {
  private ExpiryPass() {}

  /**
   * @param expires false: nothing dies tonight, because the account is frozen
   */
  static void run(
      LocalDate night,
      ZoneId zone,
      Program program,
      boolean expires,
      List<WorkLot> lots,
      Journal journal) {
    TreeMap<LocalDate, List<WorkLot>> byDay = null;
    for (WorkLot lot : lots) {
      if (lot.expiresOn == null) continue;
      if (expires && !lot.expiresOn.isAfter(night)) {
        lot.expired += lot.remaining;
        lot.remaining = 0;
      }
      if (lot.expired == lot.expiredBefore) continue;
      if (byDay == null) byDay = new TreeMap<>();
      byDay.computeIfAbsent(lot.expiresOn, day -> new ArrayList<>()).add(lot);
    }
    if (byDay == null) return;
    for (Map.Entry<LocalDate, List<WorkLot>> day : byDay.entrySet()) {
      book(day.getKey(), day.getValue(), zone, program, journal);
    }
  }

  private static void book(
      LocalDate expiresOn, List<WorkLot> lots, ZoneId zone, Program program, Journal journal) {
    long net = 0;
    for (WorkLot lot : lots) net += lot.expired - lot.expiredBefore;
    // Where one lot gives back what another loses no entry is due, but the allocations still need a
    // debit to hang on.
    EntryKey debit =
        net == 0
            ? journal.next()
            : journal.of(
                Kind.EXPIRE,
                -net,
                0,
                expiresOn.atTime(23, 59, 59).atZone(zone).toInstant(),
                null,
                MemberOutcome.CauseType.EXPIRY,
                expiresOn.toString(),
                program.version());
    lots.sort(WorkLot.CONSUMPTION);
    for (WorkLot lot : lots) {
      journal.allocate(
          MemberOutcome.AllocationKind.EXPIRE, debit, lot, lot.expired - lot.expiredBefore);
    }
  }
}
