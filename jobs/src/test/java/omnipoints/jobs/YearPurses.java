package omnipoints.jobs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Lots, debts and entries as one would keep them by hand, point by point where it matters: what
 * {@link YearOracle} decides is put in, taken and given back here. It knows no rule.
 */
final class YearPurses {
  static final LocalDate PENDING = null;

  /** Points of one award that live and die together. */
  static final class Lot {
    String account;
    final String birth;
    final LocalDate night;
    final int n;
    final Object origin;
    LocalDate from;
    LocalDate until;
    long free;
    long dead;
    boolean grace;

    private Lot(String account, LocalDate night, int n, Object origin) {
      this.account = account;
      this.birth = account;
      this.night = night;
      this.n = n;
      this.origin = origin;
    }

    boolean pending() {
      return from == PENDING;
    }
  }

  /** Points that a debit took of a lot, or owes. */
  private static final class Slip {
    String account;
    int debit;
    Object cause;
    LocalDateTime at;
    Lot lot;
    int since;
    long points;
  }

  private static final Comparator<Lot> SOONEST =
      Comparator.comparing((Lot lot) -> lot.until)
          .thenComparing(lot -> lot.from)
          .thenComparing(lot -> lot.night)
          .thenComparing(lot -> lot.birth)
          .thenComparing(lot -> lot.n);

  private final Map<String, List<Lot>> lots = new TreeMap<>();
  private final Map<String, List<Slip>> slips = new TreeMap<>();
  private final List<String> ledger = new ArrayList<>();
  private Map<String, Map<LocalDate, Long>> deadBefore;
  private int clock;
  private LocalDate date;

  List<Lot> lots(String account) {
    return lots.computeIfAbsent(account, a -> new ArrayList<>());
  }

  private List<Slip> slips(String account) {
    return slips.computeIfAbsent(account, a -> new ArrayList<>());
  }

  /** {@code <member> <kind> <points> <moved> <cause> <time>}, as booked since asked last. */
  List<String> ledger() {
    var copy = new ArrayList<>(ledger);
    ledger.clear();
    return copy;
  }

  void entry(String account, String kind, long points, long moved, String cause, LocalDateTime at) {
    ledger.add(
        "%s %s %s %d %d %s %s"
            .formatted(date, account, kind, points, moved, cause, at.toString().replace('T', ' ')));
  }

  void begin(LocalDate night) {
    date = night;
  }

  /** After merges, before anything else. */
  void opened() {
    deadBefore = dead();
  }

  private Map<String, Map<LocalDate, Long>> dead() {
    Map<String, Map<LocalDate, Long>> dead = new TreeMap<>();
    lots.forEach(
        (account, all) -> {
          for (Lot lot : all)
            if (lot.dead > 0)
              dead.computeIfAbsent(account, a -> new TreeMap<>())
                  .merge(lot.until, lot.dead, Long::sum);
        });
    return dead;
  }

  /**
   * What is past its last day dies; what was taken of the dead is booked back.
   *
   * @param dies whose does
   */
  void expire(Predicate<String> dies) {
    for (Map.Entry<String, List<Lot>> one : lots.entrySet())
      for (Lot lot : one.getValue())
        if (dies.test(one.getKey()) && !lot.pending() && lot.free > 0 && !lot.until.isAfter(date)) {
          lot.dead += lot.free;
          lot.free = 0;
        }
    Map<String, Map<LocalDate, Long>> now = dead();
    Map<String, Map<LocalDate, Long>> change = new TreeMap<>();
    now.forEach(
        (account, days) ->
            days.forEach(
                (day, points) ->
                    change
                        .computeIfAbsent(account, a -> new TreeMap<>())
                        .merge(day, -points, Long::sum)));
    deadBefore.forEach(
        (account, days) ->
            days.forEach(
                (day, points) ->
                    change
                        .computeIfAbsent(account, a -> new TreeMap<>())
                        .merge(day, points, Long::sum)));
    change.forEach(
        (account, days) ->
            days.forEach(
                (day, points) -> {
                  if (points != 0)
                    entry(account, "EXPIRE", points, 0, day.toString(), day.atTime(23, 59, 59));
                }));
    for (List<Lot> all : lots.values())
      all.removeIf(
          lot ->
              lot.free == 0
                  && lot.dead == 0
                  && lot.until != null
                  && lot.until.isBefore(date.minusDays(400)));
  }

  void merge(String other, String survivor, LocalDateTime at) {
    long net = 0;
    for (Lot lot : lots(other)) {
      net += lot.free;
      lot.account = survivor;
    }
    for (Slip slip : slips(other)) {
      if (slip.lot == null) net -= slip.points;
      slip.account = survivor;
    }
    lots(survivor).addAll(lots.remove(other));
    slips(survivor).addAll(slips.remove(other));
    if (net == 0) return;
    entry(other, "MERGE", -net, 0, survivor, at);
    entry(survivor, "MERGE", net, 0, other, at);
  }

  /** What could be spent at that time: also what was to die since. */
  long usable(String account, LocalDateTime at) {
    long usable = 0;
    for (Lot lot : lots(account)) if (usable(lot, at)) usable += lot.free + lot.dead;
    return usable;
  }

  private static boolean usable(Lot lot, LocalDateTime at) {
    return !lot.pending() && !at.toLocalDate().isAfter(lot.until);
  }

  long owed(String account) {
    long owed = 0;
    for (Slip slip : slips(account)) if (slip.lot == null) owed += slip.points;
    return owed;
  }

  long available(String account) {
    long available = 0;
    for (Lot lot : lots(account)) if (!lot.pending()) available += lot.free;
    return available;
  }

  long pending(String account) {
    long pending = 0;
    for (Lot lot : lots(account)) if (lot.pending()) pending += lot.free;
    return pending;
  }

  /** A lot that cannot be used yet, or from a day on. */
  Lot put(String account, Object origin, long points, LocalDate from, LocalDate until) {
    var lot = new Lot(account, date, ++clock, origin);
    lot.free = points;
    lot.from = from;
    lot.until = until;
    lots(account).add(lot);
    if (from != null) repay(account, List.of(lot));
    return lot;
  }

  boolean release(
      String account,
      Object origin,
      LocalDate from,
      LocalDate until,
      String cause,
      LocalDateTime at) {
    var fresh = new ArrayList<Lot>();
    long moved = 0;
    for (Lot lot : lots(account))
      if (lot.origin == origin && lot.pending() && lot.free > 0) {
        fresh.add(lot);
        moved += lot.free;
      }
    if (moved == 0) return false;
    for (Lot lot : fresh) {
      lot.from = from;
      lot.until = until;
    }
    entry(account, "RELEASE", 0, moved, cause, at);
    repay(account, fresh);
    return true;
  }

  /** What is owed is owed no more. */
  void letGo(String account) {
    slips(account).removeIf(slip -> slip.lot == null);
  }

  /** All there is goes. */
  void lose(String account) {
    for (Lot lot : lots(account)) lot.free = 0;
  }

  void repayAll(String account) {
    List<Lot> open = new ArrayList<>();
    for (Lot lot : lots(account)) if (!lot.pending() && lot.free > 0) open.add(lot);
    // oldest debt first, each out of what dies first
    open.sort(SOONEST);
    for (Slip debt : debts(account)) for (Lot lot : open) pay(debt, lot);
  }

  private void repay(String account, List<Lot> fresh) {
    List<Lot> sorted = new ArrayList<>(fresh);
    sorted.sort(SOONEST);
    for (Lot lot : sorted) for (Slip debt : debts(account)) pay(debt, lot);
  }

  private void pay(Slip debt, Lot lot) {
    if (debt.lot != null || debt.points == 0 || lot.free == 0) return;
    if (debt.at.toLocalDate().isAfter(lot.until)) return;
    long points = Math.min(debt.points, lot.free);
    lot.free -= points;
    hold(debt, lot, points);
    debt.points -= points;
    if (debt.points == 0) slips(debt.account).remove(debt);
  }

  private List<Slip> debts(String account) {
    List<Slip> owed = new ArrayList<>();
    for (Slip slip : slips(account)) if (slip.lot == null) owed.add(slip);
    owed.sort(Comparator.comparing((Slip s) -> s.at).thenComparing(s -> s.debit));
    return owed;
  }

  private void hold(Slip debit, Lot lot, long points) {
    var slip = new Slip();
    slip.account = debit.account;
    slip.debit = debit.debit;
    slip.cause = debit.cause;
    slip.at = debit.at;
    slip.lot = lot;
    slip.since = ++clock;
    slip.points = points;
    slips(debit.account).add(slip);
  }

  /**
   * A debit: its own lots first, dead or alive, then what dies first; the rest is owed.
   *
   * @param own whose lots go first, null for nobody's
   * @param cause what it may be given back by
   */
  void take(String account, Object own, Object cause, long points, LocalDateTime at) {
    var debit = new Slip();
    debit.account = account;
    debit.debit = ++clock;
    debit.cause = cause;
    debit.at = at;
    List<Lot> order = new ArrayList<>();
    for (Lot lot : lots(account))
      if (own != null && lot.origin == own || usable(lot, at)) order.add(lot);
    order.sort(
        Comparator.comparing((Lot lot) -> own == null || lot.origin != own)
            .thenComparing(lot -> !lot.pending())
            .thenComparing(
                (a, b) -> a.pending() ? Integer.compare(a.n, b.n) : SOONEST.compare(a, b)));
    long left = points;
    for (Lot lot : order) {
      long alive = Math.min(left, lot.free);
      lot.free -= alive;
      left -= alive;
      long gone = Math.min(left, lot.dead);
      lot.dead -= gone;
      left -= gone;
      if (alive + gone > 0) hold(debit, lot, alive + gone);
    }
    if (left == 0) return;
    debit.points = left;
    debit.since = 0;
    slips(account).add(debit);
  }

  /** Gives points of a debit back: what is owed of it first, then the newest. */
  void giveBack(String account, Object cause, long points, LocalDateTime at, int graceDays) {
    List<Slip> mine = new ArrayList<>();
    for (Slip slip : slips(account)) if (slip.cause == cause) mine.add(slip);
    mine.sort(
        Comparator.comparing((Slip s) -> s.debit)
            .thenComparing(s -> s.lot == null)
            .thenComparing(s -> s.since)
            .reversed());
    long left = points;
    Map<Lot, Lot> again = new HashMap<>();
    List<Lot> back = new ArrayList<>();
    for (Slip slip : mine) {
      long some = Math.min(left, slip.points);
      if (some == 0) continue;
      left -= some;
      slip.points -= some;
      if (slip.points == 0) slips(account).remove(slip);
      if (slip.lot == null) continue;
      Lot lot = slip.lot;
      if (at.toLocalDate().isAfter(lot.until) && !lot.grace) {
        Lot old = lot;
        lot =
            again.computeIfAbsent(
                old,
                o -> {
                  var grace = new Lot(account, date, ++clock, o.origin);
                  grace.grace = true;
                  grace.from = at.toLocalDate();
                  grace.until = grace.from.plusDays(graceDays - 1L);
                  lots(account).add(grace);
                  return grace;
                });
      }
      lot.free += some;
      if (!lot.pending()) back.add(lot);
    }
    if (left != 0) throw new IllegalStateException("more goes back than was taken");
    repay(account, back);
  }

  /** What leaves for another account, in portions that keep their origin and last day. */
  List<Lot> giveAway(String account, long points, LocalDateTime at) {
    List<Lot> order = new ArrayList<>();
    for (Lot lot : lots(account)) if (usable(lot, at)) order.add(lot);
    order.sort(SOONEST);
    List<Lot> portions = new ArrayList<>();
    long left = points;
    for (Lot lot : order) {
      long alive = Math.min(left, lot.free);
      lot.free -= alive;
      left -= alive;
      long gone = Math.min(left, lot.dead);
      lot.dead -= gone;
      left -= gone;
      if (alive + gone == 0) continue;
      var portion = new Lot(account, lot.night, lot.n, lot.origin);
      portion.from = lot.from;
      portion.until = lot.until;
      portion.free = alive + gone;
      portions.add(portion);
    }
    return portions;
  }

  void arrive(String account, List<Lot> portions) {
    var fresh = new ArrayList<Lot>();
    for (Lot portion : portions) {
      var lot = new Lot(account, date, ++clock, portion.origin);
      lot.from = portion.from;
      lot.until = portion.until;
      lot.free = portion.free;
      lots(account).add(lot);
      fresh.add(lot);
    }
    repay(account, fresh);
  }
}
