package omnipoints.points.rules;

import java.util.Locale;

/**
 * How much a rule gives at most.
 *
 * @param count causes in a period; null where points are bounded
 * @param points in a period, the last cause in part; null where causes are counted
 */
public record Limit(Per per, Long count, Long points) {

  /** The period. */
  public enum Per {
    MEMBER("每人", "per member"),
    MEMBER_DAY("每人每天", "per member and day"),
    MEMBER_MONTH("每人每月", "per member and month"),
    MEMBER_PLATFORM_DAY("每人每平台每天", "per member, platform and day");

    private final Said said;

    Per(String zh, String en) {
      said = new Said(zh, en);
    }
  }

  static Limit read(Node limit) {
    if (limit.has("count") == limit.has("points"))
      limit.problem("says how many: give count, or points");
    return new Limit(
        Per.valueOf(limit.at("per").text().toUpperCase(Locale.ROOT)),
        limit.has("count") ? limit.at("count").value().longValue() : null,
        limit.has("points") ? limit.at("points").value().longValue() : null);
  }

  Said said() {
    return count != null
        ? per.said.then(new Said("最多" + count + "次", ", at most " + count + " times"))
        : per.said.then(new Said("最多" + points + "积分", ", at most " + points + " points"));
  }
}
