package omnipoints.points.rules;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is legal of rules and probably not meant. */
public final class RatesLint {
  /** So many days from the version's begin on are looked at. */
  private static final int DAYS = 731;

  private RatesLint() {}

  /**
   * One remark.
   *
   * @param code OVERLAP or UNREACHABLE_RULE
   * @param number days of an overlap within two years, else 0
   */
  public record Remark(String code, String rule, int line, long number, Said said) {}

  /**
   * @param effectiveFrom when the version begins
   */
  public static List<Remark> of(Rates rates, LocalDate effectiveFrom) {
    var remarks = new ArrayList<Remark>();
    for (TimesRule rule : rates.rules()) {
      for (TimesRule other : rates.rules()) {
        if (rule == other || !rule.group().equals(other.group())) continue;
        if (neverCounts(rule, other)) remarks.add(unreachable(rule, other));
        else if (rates.rules().indexOf(rule) < rates.rules().indexOf(other))
          overlap(rule, other, effectiveFrom, remarks);
      }
    }
    return remarks;
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
