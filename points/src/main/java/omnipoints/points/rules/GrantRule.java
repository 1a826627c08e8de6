package omnipoints.points.rules;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule whose award stands for itself.
 *
 * @param id unique in its programme; settles ties and stands on what it gave
 * @param group of several grants that hold in one group the best counts; a rule without one is its
 *     own
 * @param excludes groups it silences where it holds
 * @param ofOrder given once for the order, else for each line
 * @param own its own terms
 * @param activities null of a rule that does not answer to activities
 * @param occasion null of a rule that answers to purchases or activities
 * @param bound what bounds it beyond its own cause
 * @param line of the file, for messages
 */
public record GrantRule(
    String id,
    String group,
    List<String> excludes,
    Window window,
    When when,
    Given given,
    boolean ofOrder,
    Own own,
    Activities activities,
    Occasion occasion,
    Bound bound,
    int line)
    implements OrderRule {

  /**
   * Terms of a grant that differ from those of the programme.
   *
   * @param onReturn null for the usual one of its kind
   * @param holdDays null for the programme's
   * @param expires null for the programme's
   * @param campaign {@code ""} for none
   * @param requalify returns ask its money again
   */
  public record Own(
      OnReturn onReturn, Integer holdDays, Length expires, String campaign, boolean requalify) {}

  /**
   * What a rule says that answers to activities.
   *
   * @param limit null where there is none
   * @param acceptLateDays how late one may come
   * @param platforms that count; empty: all
   */
  public record Activities(Limit limit, int acceptLateDays, List<String> platforms) {}

  /** So many days ({@code d}), months ({@code m}) or years ({@code y}). */
  public record Length(int number, char unit) {
    /** Reads {@code 30d}; the form is right. */
    static Length of(String text) {
      int end = text.length() - 1;
      return new Length(Integer.parseInt(text.substring(0, end)), text.charAt(end));
    }

    /** The last day of something that lives so long from {@code day} on. */
    public LocalDate lastDay(LocalDate day) {
      return switch (unit) {
        case 'd' -> day.plusDays(number - 1L);
        case 'm' -> day.plusMonths(number).minusDays(1);
        default -> day.plusYears(number).minusDays(1);
      };
    }

    Said said() {
      String zh = unit == 'd' ? "天" : unit == 'm' ? "个月" : "年";
      String en = unit == 'd' ? " day" : unit == 'm' ? " month" : " year";
      return new Said(
          "，" + number + zh + "内有效", ", good for " + number + en + (number == 1 ? "" : "s"));
    }
  }

  @Override
  public List<HeldFact> gaveBy() {
    return given instanceof TimesGiven factor && factor.gives() instanceof TimesBy by
        ? List.of(new HeldFact(id, by.fact().word(), by.said()))
        : List.of();
  }

  /** Whether it answers to orders. */
  public boolean ofPurchase() {
    return activities == null && occasion == null;
  }

  boolean holds(Known known) {
    return window.holds(known.facts()) && counts(known);
  }

  /** Whether it holds whatever its window says. */
  boolean counts(Known known) {
    if (!when.holds(known)) return false;
    return activities == null
        || activities.platforms().isEmpty()
        || activities.platforms().contains(known.facts().activity().platform());
  }

  /** {@code 每月18日，每单送100积分}. */
  @Override
  public Said said() {
    var parts = new ArrayList<Said>(4);
    if (!window.kinds().isEmpty()) parts.add(window.said());
    if (!when.conditions().isEmpty()) parts.add(when.said());
    if (activities != null) {
      parts.add(
          given instanceof LadderGiven
              ? given.said()
              : new Said("每次活动", "for each activity ").then(given.said()));
      if (activities.limit() != null) parts.add(activities.limit().said(new Said("次", " times")));
    } else if (occasion != null) parts.add(occasion.said().then(given.said()));
    else
      parts.add(
          ofOrder
              ? new Said("每单", "for each order ").then(given.said())
              : new Said("每件商品", "for each line ").then(given.said()));
    if (bound.binds()) parts.add(bound.said());
    if (own.expires() != null) parts.add(lives(own.expires()));
    if (own.holdDays() != null)
      parts.add(
          new Said(own.holdDays() + "天后到账", "usable " + own.holdDays() + " days after completion"));
    if (own.requalify()) parts.add(TimesRule.REQUALIFIED);
    if (!excludes.isEmpty()) parts.add(TimesRule.silences(excludes));
    return Said.joined(parts, new Said("，", ", "));
  }

  private static Said lives(Length length) {
    String zh = length.unit() == 'd' ? "天" : length.unit() == 'm' ? "个月" : "年";
    String en = length.unit() == 'd' ? "day" : length.unit() == 'm' ? "month" : "year";
    return new Said(
        "有效期" + length.number() + zh,
        "valid for " + length.number() + " " + en + (length.number() == 1 ? "" : "s"));
  }
}
