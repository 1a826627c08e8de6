package omnipoints.points;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tiers as the page tells them, for levels that ask for money: every night looks at everything that
 * was ever told, nothing is due, nothing is kept but what was decided. Returns count at once.
 *
 * @param enter what each level asks for in fen, the lowest first
 * @param cycle rolling, calendar, tier_start or join
 * @param keepDays 0 where nothing is kept
 */
record NaiveTiers(
    Map<String, Long> enter, String cycle, int days, int keepDays, boolean one, int grace) {

  List<String> changes(LocalDate joinOn, List<TierLife.Told> told, LocalDate first, LocalDate end) {
    var member = new Member(joinOn, told);
    for (LocalDate night = first; !night.isAfter(end); night = night.plusDays(1))
      member.night(night);
    return member.changes;
  }

  private final class Member {
    final List<String> changes = new ArrayList<>();
    private final LocalDate joinOn;
    private final List<TierLife.Told> told;
    private final List<String> names = List.copyOf(enter.keySet());
    private int level;
    private LocalDate since;
    private LocalDate entered;
    private LocalDate enteredFrom;
    private LocalDate fell;
    private LocalDate steppedDown;
    private LocalDate unmetSince;
    private LocalDate yearsFrom;
    private LocalDate reviewYearEnd;

    Member(LocalDate joinOn, List<TierLife.Told> told) {
      this.joinOn = joinOn;
      this.told = told;
      this.yearsFrom = joinOn;
    }

    /** What an order is known to keep; of tonight's returns nothing if asked. */
    private long kept(TierLife.Told order, LocalDate night, boolean unreturned) {
      long base = 0;
      long back = 0;
      for (TierLife.Told one : told) {
        if (one.order() != order.order() || one.night().isAfter(night)) continue;
        base = one.baseFen();
        if (!(unreturned && one.night().equals(night))) back = one.refundFen();
      }
      return base - back;
    }

    /** The first thing told of each order that is known. */
    private List<TierLife.Told> orders(LocalDate night) {
      var orders = new ArrayList<TierLife.Told>();
      for (TierLife.Told one : told)
        if (!one.night().isAfter(night)
            && orders.stream().noneMatch(other -> other.order() == one.order())) orders.add(one);
      return orders;
    }

    private long money(LocalDate from, LocalDate to, LocalDate night, boolean unreturned) {
      long sum = 0;
      for (TierLife.Told order : orders(night))
        if (!order.paidOn().isBefore(from) && !order.paidOn().isAfter(to))
          sum += kept(order, night, unreturned);
      return sum;
    }

    private int levelOf(long money) {
      int level = 0;
      for (int i = 0; i < names.size(); i++) if (money >= enter.get(names.get(i))) level = i;
      return level;
    }

    private LocalDate yearStart(LocalDate on) {
      if (cycle.equals("calendar")) return LocalDate.of(on.getYear(), 1, 1);
      LocalDate anchor = cycle.equals("join") ? joinOn : yearsFrom;
      LocalDate start = anchor;
      for (int i = 1; !anchor.plusYears(i).isAfter(on); i++) start = anchor.plusYears(i);
      return start;
    }

    private LocalDate yearEnd(LocalDate on) {
      LocalDate end = on;
      while (yearStart(end.plusDays(1)).equals(yearStart(on))) end = end.plusDays(1);
      return end;
    }

    private LocalDate from(LocalDate night) {
      return cycle.equals("rolling") ? night.minusDays(days - 1L) : yearStart(night);
    }

    private LocalDate lastPurchase(LocalDate night) {
      LocalDate last = null;
      for (TierLife.Told order : orders(night))
        if (kept(order, night, false) > 0 && (last == null || order.paidOn().isAfter(last)))
          last = order.paidOn();
      return last;
    }

    private boolean returnedTonight(LocalDate night) {
      for (TierLife.Told order : orders(night))
        if (kept(order, night, true) != kept(order, night, false)) return true;
      return false;
    }

    void night(LocalDate night) {
      int was = level;
      String reason = "";
      long tonight = money(from(night), night, night, false);
      int measured = levelOf(tonight);
      boolean held = false;
      if (returnedTonight(night)) {
        int now = Math.max(measured, levelOf(entryMoney(night, false)));
        int had =
            Math.max(
                levelOf(money(from(night), night, night, true)), levelOf(entryMoney(night, true)));
        if (now < had && now < level) {
          level = now;
          reason = "RETURN";
        }
        held = true;
      }
      if (reason.isEmpty() && level > 0) {
        int reviewed = reviewed(night, measured, held);
        if (reviewed < level) reason = "DOWNGRADE";
        level = reviewed;
      }
      if (measured > level && mayLift(night)) {
        level = measured;
        if (level > was) reason = "UPGRADE";
      }
      after(night, was, reason, measured);
    }

    private long entryMoney(LocalDate night, boolean unreturned) {
      return entered == null ? 0 : money(enteredFrom, entered, night, unreturned);
    }

    private int reviewed(LocalDate night, int measured, boolean returned) {
      if (!cycle.equals("rolling")) {
        if (reviewYearEnd == null || !night.equals(reviewYearEnd.plusDays(grace))) return level;
        int of = levelOf(money(yearStart(reviewYearEnd), night, night, false));
        reviewYearEnd = null;
        return of >= level ? level : one ? level - 1 : of;
      }
      if (keepDays > 0) {
        LocalDate last = lastPurchase(night);
        LocalDate from = last;
        if (steppedDown != null && (from == null || steppedDown.isAfter(from))) from = steppedDown;
        if (from == null) from = entered;
        boolean wasBroken = !from.plusDays(keepDays + 1L + grace).isAfter(night);
        // of who returned the last purchase tonight the next night asks
        if (!wasBroken || returned && !reviewDue(night)) return level;
        return one ? level - 1 : 0;
      }
      if (measured >= level) {
        unmetSince = null;
        return level;
      }
      if (unmetSince == null) {
        boolean byReturn = returned && levelOf(money(from(night), night, night, true)) >= level;
        unmetSince = byReturn ? night.plusDays(1) : night;
      }
      if (unmetSince.plusDays(grace).isAfter(night)) return level;
      return one ? level - 1 : measured;
    }

    /** Whether the night would have asked without the return. */
    private boolean reviewDue(LocalDate night) {
      LocalDate last = null;
      for (TierLife.Told order : orders(night))
        if (kept(order, night, true) > 0 && (last == null || order.paidOn().isAfter(last)))
          last = order.paidOn();
      LocalDate from = last == null ? entered : last;
      if (steppedDown != null && steppedDown.isAfter(from)) from = steppedDown;
      return !from.plusDays(keepDays + 1L + grace).isAfter(night);
    }

    private boolean mayLift(LocalDate night) {
      if (keepDays == 0) return true;
      LocalDate last = lastPurchase(night);
      if (fell != null && (last == null || last.isBefore(fell.plusDays(1)))) return false;
      return last == null || last.plusDays(keepDays + 1L + grace).isAfter(night);
    }

    private void after(LocalDate night, int was, String reason, int measured) {
      if (level != was) {
        changes.add(night + " " + names.get(was) + ">" + names.get(level) + " " + reason);
        since = night.plusDays(1);
        if (reason.equals("UPGRADE")) {
          entered = night;
          enteredFrom = from(night);
          fell = null;
          steppedDown = null;
        }
        if (reason.equals("DOWNGRADE")) {
          fell = night;
          steppedDown = night;
        }
        if (cycle.equals("tier_start")) yearsFrom = since;
        unmetSince = measured < level ? night.plusDays(1) : null;
        reviewYearEnd = null;
      }
      if (level == 0) reviewYearEnd = null;
      else if (!cycle.equals("rolling") && reviewYearEnd == null)
        reviewYearEnd = yearEnd(night.plusDays(1));
    }
  }
}
