package omnipoints.jobs;

import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    List<Check> asked =
        Checks.all().stream().filter(check -> check.scope() != Check.Scope.FULL).toList();
    List<String> broken = broken(night, connection, asked, share(night, connection));
    if (broken.isEmpty()) return new Counts(asked.size(), 0, 0);
    throw new NightRefused(
        4,
        "INVARIANT_BROKEN",
        "night " + night.date() + " is not closed: " + String.join("; ", broken),
        List.of(
            "./omnipoints status " + night.date(),
            "nothing of this night is visible; find the cause, then ./omnipoints restart "
                + night.date()));
  }

  /**
   * What the checks find, in their order. Two sessions ask, each the next one nobody has asked:
   * what they look at was committed by the steps before and is changed by nobody.
   */
  private static List<String> broken(
      Night night, Connection connection, List<Check> asked, MemberShare share) {
    var next = new ConcurrentLinkedQueue<>(asked);
    var findings = new ConcurrentHashMap<Check, Check.Finding>();
    Beside<Void> beside =
        Beside.run(
            () ->
                night
                    .database()
                    .readOnce(
                        other -> {
                          for (Check check; (check = next.poll()) != null; )
                            findings.put(
                                check, check.run(other, params(night, check, share), SAMPLE));
                        }));
    try {
      for (Check check; (check = next.poll()) != null; ) {
        night.progress().doing(check.name());
        findings.put(check, check.run(connection, params(night, check, share), SAMPLE));
      }
    } finally {
      beside.await();
    }
    beside.result();
    return asked.stream()
        .map(findings::get)
        .filter(finding -> !finding.holds())
        .map(CheckInvariants::text)
        .toList();
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
