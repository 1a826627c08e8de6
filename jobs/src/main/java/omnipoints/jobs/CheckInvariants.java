package omnipoints.jobs;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.sql.Check;
import omnipoints.sql.Checks;
import omnipoints.sql.Script;

/**
 * Step check: the invariants over base and night. A night that breaks one does not close; nothing
 * of it has become visible. Checks of scope night look at the touched accounts, rolling ones at one
 * of 28 shares of the members.
 */
final class CheckInvariants implements NightStep {

  private static final int SHARES = 28;
  private static final Script SQL = Night.script("check");
  private static final int SAMPLE = 3;

  @Override
  public String name() {
    return "check";
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) {
    var broken = new ArrayList<String>();
    MemberShare share = share(night, connection);
    long checks = 0;
    for (Check check : Checks.all()) {
      if (check.scope() == Check.Scope.FULL) continue;
      checks++;
      night.progress().doing(check.name());
      Check.Finding finding = check.run(connection, params(night, check, share), SAMPLE);
      if (!finding.holds()) broken.add(text(finding));
    }
    if (broken.isEmpty()) return new Counts(checks, 0, 0);
    throw new NightRefused(
        4,
        "INVARIANT_BROKEN",
        "night " + night.date() + " is not closed: " + String.join("; ", broken),
        List.of(
            "./omnipoints status " + night.date(),
            "nothing of this night is visible; find the cause, then ./omnipoints restart "
                + night.date()));
  }

  private static String text(Check.Finding finding) {
    return finding.check().name()
        + " ("
        + finding.check().invariant()
        + ") fails for "
        + finding.count()
        + " row(s), first "
        + finding.sample().get(0);
  }

  private static Map<String, Object> params(Night night, Check check, MemberShare share) {
    var all = new HashMap<String, Object>();
    all.put("night", night.date());
    all.put("previous", night.previous());
    all.put("member_from", share.from());
    all.put("member_to", share.to());
    all.keySet().retainAll(check.parameters());
    return all;
  }

  private static MemberShare share(Night night, Connection connection) {
    String newest =
        SQL.statement("newest_member")
            .one(connection, Map.of(), row -> row.getString(1))
            .orElse(null);
    return MemberShare.of(newest, Math.floorMod(night.date().toEpochDay(), SHARES), SHARES);
  }
}
