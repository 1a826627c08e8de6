package omnipoints.points.rules;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds rules that no event can meet: they ask a fact that nobody ever tells of what they answer
 * to, and what is unknown fulfils no condition, or their times have no moment in common.
 */
final class NeverMet {
  private static final Set<String> OF_ORDERS = Set.of("order_fen", "payment");
  private static final Set<String> OF_ACTIVITIES = Set.of("type", "platform");
  private static final Set<String> OF_FRIENDS = Set.of("friend_order_fen");
  private static final Set<String> OF_TOPUPS = Set.of("principal_fen");
  private static final Set<String> OF_KINDS = Set.of("order_type");
  private static final Set<String> OF_CHANNELS = Set.of("channel");

  /** So many days of a window that ends are looked at; a longer one is taken to open. */
  private static final int DAYS = 3660;

  private NeverMet() {}

  /** Why no event can meet the rule, null where one may. */
  static Said because(OrderRule rule, LocalDate effectiveFrom) {
    Set<String> untold = untold(rule);
    List<String> missing = missing(rule.when(), untold);
    if (!missing.isEmpty()) {
      String words = String.join(", ", missing);
      return new Said(
          "永远不会生效：它所应对的事件没有 " + words,
          "is never met: nobody tells " + words + " of what it answers to");
    }
    return opens(rule, effectiveFrom)
        ? null
        : new Said("永远不会生效：它的时间条件没有共同的时刻", "is never met: its times have no moment in common");
  }

  /** Facts without which it cannot hold; of alternatives only if none can do without one. */
  private static List<String> missing(When when, Set<String> untold) {
    var missing = asked(when.all(), untold);
    if (!missing.isEmpty() || when.any().isEmpty()) return missing;
    for (List<Condition> alternative : when.any()) {
      List<String> of = asked(alternative, untold);
      if (of.isEmpty()) return of;
      missing.addAll(of);
    }
    return missing.stream().distinct().toList();
  }

  private static List<String> asked(List<Condition> conditions, Set<String> untold) {
    return new ArrayList<>(
        conditions.stream()
            .map(condition -> condition.fact().word())
            .filter(untold::contains)
            .distinct()
            .toList());
  }

  private static Set<String> untold(OrderRule rule) {
    Set<String> ofPurchases = all(OF_ACTIVITIES, OF_FRIENDS, OF_TOPUPS);
    if (!(rule instanceof GrantRule grant)) return ofPurchases;
    if (grant.ofPurchase()) {
      if (grant.ofOrder()) ofPurchases.addAll(When.LINES);
      return ofPurchases;
    }
    if (grant.occasion() == null)
      return all(When.LINES, OF_ORDERS, OF_KINDS, OF_FRIENDS, OF_TOPUPS);
    return switch (grant.occasion().kind()) {
      case REFERRAL -> all(When.LINES, OF_ORDERS, OF_TOPUPS);
      case TOPUP -> all(When.LINES, OF_ORDERS, OF_KINDS, OF_CHANNELS, OF_ACTIVITIES, OF_FRIENDS);
      case MEMBER, SCHEDULE ->
          all(When.LINES, OF_ORDERS, OF_KINDS, OF_CHANNELS, OF_ACTIVITIES, OF_FRIENDS, OF_TOPUPS);
    };
  }

  @SafeVarargs
  private static Set<String> all(Set<String>... sets) {
    var all = new HashSet<String>();
    for (Set<String> set : sets) all.addAll(set);
    return all;
  }

  private static boolean opens(OrderRule rule, LocalDate effectiveFrom) {
    Window window = rule.window();
    LocalDate at =
        rule instanceof GrantRule grant && grant.occasion() != null ? grant.occasion().at() : null;
    if (at != null) return window.open(at.atStartOfDay());
    LocalDateTime end = window.end();
    if (end == null || window.kinds().size() < 2) return true;
    LocalDate first = window.first() == null ? effectiveFrom : window.first();
    LocalDate last = end.toLocalDate();
    if (ChronoUnit.DAYS.between(first, last) > DAYS) return true;
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1))
      if (window.begins(day).stream().anyMatch(window::open)) return true;
    return false;
  }
}
