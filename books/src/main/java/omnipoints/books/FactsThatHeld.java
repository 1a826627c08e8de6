package omnipoints.books;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import omnipoints.points.PinnedRule;
import omnipoints.points.Program;
import omnipoints.points.ProgramRefused;
import omnipoints.points.Programs;
import omnipoints.points.rules.HeldFact;

/** What rules asked that counted for an award, and found: as the version it was made under says. */
final class FactsThatHeld {
  private FactsThatHeld() {}

  /**
   * In the order of the programme's file; nothing where no rule counted, or where its version is no
   * longer there.
   */
  static List<HeldFact> of(Path programs, String programme, PinnedRule rule) {
    if (rule == null) return List.of();
    Collection<String> ids = rule.grant() == null ? rule.times().rules() : List.of(rule.rule());
    if (ids.isEmpty()) return List.of();
    try {
      for (Program version : Programs.load(programme, programs).versions())
        if (version.version() == rule.programVersion()) return version.rates().held(ids);
    } catch (ProgramRefused e) {
      // the programme has gone or is being edited: what was booked stands
    }
    return List.of();
  }
}
