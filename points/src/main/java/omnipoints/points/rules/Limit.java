package omnipoints.points.rules;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Set;

/**
 * How much a rule gives, or how many of an item somebody may have.
 *
 * @param count so many in a period; null where points are bounded
 * @param points in a period, the last cause in part; null where causes are counted
 */
public record Limit(Per per, Long count, Long points) {

  /** What is counted together. */
  public enum Per {
    MEMBER("每人", "a member"),
    MEMBER_DAY("每人每天", "a day"),
    MEMBER_MONTH("每人每月", "a month"),
    MEMBER_PLATFORM_DAY("每人每平台每天", "a platform and day"),
    ORDER("每单", "an order"),
    FRIEND("每位好友", "a friend");

    private final Said said;

    Per(String zh, String en) {
      said = new Said(zh, en);
    }

    /**
     * What two causes of one member share that are counted together.
     *
     * @param platform null where there is none
     * @param order channel and number, null where there is none
     */
    public String period(LocalDate day, String platform, String order) {
      return switch (this) {
        case MEMBER -> "";
        case MEMBER_DAY -> day.toString();
        case MEMBER_MONTH -> YearMonth.from(day).toString();
        case MEMBER_PLATFORM_DAY -> day + " " + platform;
        case ORDER, FRIEND -> String.valueOf(order);
      };
    }
  }

  /**
   * Reads one.
   *
   * @param periods that make sense of what it bounds
   */
  static Limit read(Node limit, Set<Per> periods) {
    Limit read = read(limit);
    if (!periods.contains(read.per()))
      limit
          .at("per")
          .problem(
              "is no period of it; say one of "
                  + String.join(
                      ", ",
                      periods.stream()
                          .map(per -> per.name().toLowerCase(Locale.ROOT))
                          .sorted()
                          .toList()));
    return read;
  }

  static Limit read(Node limit) {
    if (limit.has("count") == limit.has("points"))
      limit.problem("says how many: give count, or points");
    return new Limit(
        Per.valueOf(limit.at("per").text().toUpperCase(Locale.ROOT)),
        limit.has("count") ? limit.at("count").value().longValue() : null,
        limit.has("points") ? limit.at("points").value().longValue() : null);
  }

  /**
   * Points that may still be given in a period; of causes that are counted any number.
   *
   * @param given causes that were given something in it
   * @param sum points that they were given
   */
  public long left(long given, long sum) {
    if (count != null) return given < count ? Long.MAX_VALUE : 0;
    return points - sum;
  }

  /**
   * {@code 每人每天限2次}.
   *
   * @param each what is counted
   */
  Said said(Said each) {
    return count != null ? said(count, each) : said(points, new Said("积分", " points"));
  }

  private Said said(long most, Said of) {
    String often = most == 1 && of.en().equals(" times") ? "once" : most + of.en();
    return new Said(per.said.zh() + "限" + most + of.zh(), "at most " + often + " " + per.said.en());
  }
}
