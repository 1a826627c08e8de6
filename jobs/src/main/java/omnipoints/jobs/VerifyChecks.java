package omnipoints.jobs;

import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.jobs.Verification.Finding;
import omnipoints.jobs.Verification.Kind;
import omnipoints.sql.Check;
import omnipoints.sql.Checks;

/** The invariants over all members and nights. */
final class VerifyChecks {

  private static final int SAMPLE = 3;

  private VerifyChecks() {}

  /** Runs them all and tells how many there are. */
  static long run(Connection connection, List<Finding> findings) {
    long checks = 0;
    for (Check check : Checks.all()) {
      if (check.scope() == Check.Scope.NIGHT) continue;
      checks++;
      var params =
          new HashMap<String, Object>(
              Map.of("member_from", MemberShare.ALL.from(), "member_to", MemberShare.ALL.to()));
      params.keySet().retainAll(check.parameters());
      Check.Finding found = check.run(connection, params, SAMPLE);
      if (!found.holds())
        findings.add(
            new Finding(
                Kind.INVARIANT_BROKEN,
                check.name(),
                check.invariant()
                    + ": not so for "
                    + found.count()
                    + " row(s), first "
                    + found.sample().get(0)));
    }
    return checks;
  }
}
