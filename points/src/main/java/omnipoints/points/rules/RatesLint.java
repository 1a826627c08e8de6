package omnipoints.points.rules;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is legal of rules and probably not meant. */
public final class RatesLint {
  /** So many days from the version's begin on are looked at. */
  private static final int DAYS = 731;

  private RatesLint() {}

  /**
   * One remark.
   *
   * @param code OVERLAP, UNREACHABLE_RULE, ENDLESS_BUDGET or CHEAP_REWARD
   * @param number days of an overlap within two years, points of a budget, the smallest order in
   *     fen that is rewarded, else 0
   */
  public record Remark(String code, String rule, int line, long number, Said said) {}

  /**
   * @param effectiveFrom when the version begins
   */
  public static List<Remark> of(Rates rates, LocalDate effectiveFrom) {
    var remarks = new ArrayList<Remark>();
    for (TimesRule rule : rates.rules()) {
      neverMet(rule, effectiveFrom, remarks);
      for (TimesRule other : rates.rules()) {
        if (rule == other || !rule.group().equals(other.group())) continue;
        if (neverCounts(rule, other)) remarks.add(unreachable(rule, other));
        else if (rates.rules().indexOf(rule) < rates.rules().indexOf(other))
          overlap(rule, other, effectiveFrom, remarks);
      }
    }
    for (GrantRule rule : rates.grants()) {
      neverMet(rule, effectiveFrom, remarks);
      if (rule.bound().budget() != null && rule.window().end() == null && !onItsDate(rule))
        remarks.add(endless(rule));
      boolean asks = rule.when().asks(Set.of("order_fen", "line_fen"));
      if (rule.bound().slot() != null && rule.bound().slot().minFen() == 1 && !asks)
        remarks.add(cheap(rule));
      if (rule.occasion() != null
          && rule.occasion().kind() == Occasion.Kind.REFERRAL
          && !rule.when().asks(Set.of("friend_order_fen"))) remarks.add(cheapFriend(rule));
    }
    return remarks;
  }

  private static void neverMet(OrderRule rule, LocalDate from, List<Remark> remarks) {
    Said why = NeverMet.because(rule, from);
    if (why != null) remarks.add(new Remark("UNREACHABLE_RULE", rule.id(), rule.line(), 0, why));
  }

  /** What gives on one date ends with it. */
  private static boolean onItsDate(GrantRule rule) {
    return rule.occasion() != null && rule.occasion().at() != null;
  }

  private static Remark endless(GrantRule rule) {
    long points = rule.bound().budget().points();
    return new Remark(
        "ENDLESS_BUDGET",
        rule.id(),
        rule.line(),
        points,
        new Said(
            "有 " + points + " 积分的总额，但没有截止日期",
            "has a budget of " + points + " points and no end; give its window a to"));
  }

  private static Remark cheap(GrantRule rule) {
    return new Remark(
        "CHEAP_REWARD",
        rule.id(),
        rule.line(),
        1,
        new Said(
            "首单从 0.01 元起即送积分，容易被刷单",
            "is given from the first fen on; say slot_min_fen, such as 1000"));
  }

  private static Remark cheapFriend(GrantRule rule) {
    return new Remark(
        "CHEAP_REWARD",
        rule.id(),
        rule.line(),
        1,
        new Said(
            "好友下单从 0.01 元起即送积分，容易被刷单",
            "is given for a friend's order from the first fen on; say when: {friend_order_fen: {gte:"
                + " 1000}}"));
  }

  /** Another rule of the group always holds and gives at least as much; nor does it silence. */
  private static boolean neverCounts(TimesRule rule, TimesRule other) {
    if (!other.always() || !(other.gives() instanceof Times always)) return false;
    if (!rule.excludes().isEmpty()) return false;
    int c = always.factor().compareTo(rule.gives().most());
    return c > 0 || c == 0 && !rule.always();
  }

  private static Remark unreachable(TimesRule rule, TimesRule other) {
    return new Remark(
        "UNREACHABLE_RULE",
        rule.id(),
        rule.line(),
        0,
        new Said(
            "永远不会生效：同组的 " + other.id() + " 始终成立且倍数不低于它",
            "never counts: " + other.id() + " of its group always holds and gives no less"));
  }

  private static void overlap(
      TimesRule rule, TimesRule other, LocalDate from, List<Remark> remarks) {
    if (rule.window().kinds().isEmpty() || other.window().kinds().isEmpty()) return;
    long days = 0;
    for (int i = 0; i < DAYS; i++)
      if (together(rule.window(), other.window(), from.plusDays(i))) days++;
    if (days == 0) return;
    remarks.add(
        new Remark(
            "OVERLAP",
            rule.id(),
            rule.line(),
            days,
            new Said(
                "与同组的 " + other.id() + " 在两年内有 " + days + " 天重叠，只取较高的一个",
                "overlaps with "
                    + other.id()
                    + " of its group on "
                    + days
                    + (days == 1 ? " day" : " days")
                    + " within two years; only the better one counts")));
  }

  /** Whether some moment of a day lies in both: then one of them begins to hold in both. */
  private static boolean together(Window one, Window other, LocalDate day) {
    return Stream.concat(one.begins(day).stream(), other.begins(day).stream())
        .anyMatch(at -> one.open(at) && other.open(at));
  }
}
