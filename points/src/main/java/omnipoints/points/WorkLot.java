package omnipoints.points;

import java.time.LocalDate;
import java.util.Comparator;
import omnipoints.facts.LineKey;

/** A lot while a night is being decided. */
final class WorkLot {
  /** expires_on, available_on, lot key; never-expiring last. For released lots. */
  static final Comparator<WorkLot> CONSUMPTION = WorkLot::compareConsumption;

  /** How a line's own lots are taken: pending ones first. */
  static final Comparator<WorkLot> OWN =
      (a, b) -> {
        if (a.pending() != b.pending()) return a.pending() ? -1 : 1;
        return a.pending() ? a.key.compareTo(b.key) : compareConsumption(a, b);
      };

  final EntryKey key;
  final LineKey line;
  final long points;
  final boolean opened;

  /** Points that came back although their lot had died, tonight. */
  final boolean grace;

  final long expiredBefore;
  private final long remainingBefore;
  long remaining;
  long expired;
  LocalDate availableOn;
  LocalDate expiresOn;
  private boolean released;

  private WorkLot(
      EntryKey key,
      LineKey line,
      long points,
      long remaining,
      long expired,
      boolean opened,
      boolean grace) {
    this.key = key;
    this.line = line;
    this.points = points;
    this.remaining = remaining;
    this.expired = expired;
    this.opened = opened;
    this.grace = grace;
    this.remainingBefore = remaining;
    this.expiredBefore = expired;
  }

  static WorkLot of(MemberState.Lot lot) {
    WorkLot work =
        new WorkLot(
            lot.key(), lot.line(), lot.points(), lot.remaining(), lot.expired(), false, false);
    work.availableOn = lot.availableOn();
    work.expiresOn = lot.expiresOn();
    return work;
  }

  static WorkLot open(EntryKey key, LineKey line, long points) {
    return new WorkLot(key, line, points, points, 0, true, false);
  }

  static WorkLot grace(EntryKey key, LineKey line, long points) {
    return new WorkLot(key, line, points, points, 0, true, true);
  }

  boolean pending() {
    return availableOn == null;
  }

  /** Whether a debit of that date may use this released lot. */
  boolean usableOn(LocalDate date) {
    return expiresOn == null || !date.isAfter(expiresOn);
  }

  void release(LocalDate available, LocalDate expires) {
    availableOn = available;
    expiresOn = expires;
    released = true;
  }

  boolean changed() {
    return opened || released || remaining != remainingBefore || expired != expiredBefore;
  }

  private static int compareConsumption(WorkLot a, WorkLot b) {
    int c = compareNullLast(a.expiresOn, b.expiresOn);
    if (c == 0) c = compareNullLast(a.availableOn, b.availableOn);
    return c != 0 ? c : a.key.compareTo(b.key);
  }

  private static int compareNullLast(LocalDate a, LocalDate b) {
    if (a == null || b == null) return a == b ? 0 : a == null ? 1 : -1;
    return a.compareTo(b);
  }
}
