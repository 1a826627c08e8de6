package omnipoints.books;

import java.util.List;
import omnipoints.points.PinnedRule;
import omnipoints.points.Program;
import omnipoints.points.rules.HeldFact;

/** What rules asked that counted for an award, and found: as the version it was made under says. */
final class FactsThatHeld {
  private FactsThatHeld() {}

  /**
   * In the order of the programme's file; nothing where no rule counted.
   *
   * @param version it was made under; null where that is no longer there
   */
  static List<HeldFact> of(Program version, PinnedRule rule) {
    if (rule == null || version == null) return List.of();
    return version.rates().held(rule.grant() == null ? rule.times().rules() : List.of(rule.rule()));
  }
}
