package omnipoints.points.rules;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the rules whose awards stand for themselves. */
final class GrantReader {
  /** What gives the extra points of a factor terms of their own, and so makes it a grant. */
  private static final List<String> OWN_TERMS =
      List.of("slot", "budget", "limit", "hold", "expires", "campaign");

  /** How late an activity may come where the rule does not say. */
  private static final int ACCEPT_LATE_DAYS = 30;

  /** What only rules say that answer to activities. */
  private static final List<String> OF_ACTIVITIES = List.of("limit", "accept_late", "platforms");

  private static final Set<Limit.Per> OF_ACTIVITY =
      EnumSet.complementOf(EnumSet.of(Limit.Per.FRIEND));

  private GrantReader() {}

  /** Whether what the rule gives is an award of its own, not part of the rate. */
  static boolean isGrant(Node rule) {
    return rule.has("on")
        || rule.has("ladder")
        || GivenKinds.ALL.keySet().stream().anyMatch(rule::has)
        || OWN_TERMS.stream().anyMatch(rule::has);
  }

  static GrantRule read(Node rule) {
    Given given = given(rule);
    String on = rule.at("on").text();
    boolean activity = on.equals("activity");
    if (!activity)
      for (String word : OF_ACTIVITIES)
        if (rule.has(word) && !(word.equals("limit") && (on.isEmpty() || on.equals("referral"))))
          rule.at(word)
              .problem(
                  word.equals("limit")
                      ? "counts orders, activities and friends; leave it out"
                      : "is for activities; say on: activity, or leave it out");
    boolean ofOrder =
        rule.has("scope")
            ? rule.at("scope").text().equals("order")
            : given instanceof PointsGiven && !rule.has("on");
    return new GrantRule(
        rule.at("id").text(),
        RatesReader.group(rule),
        rule.at("excludes").texts(),
        RatesReader.window(rule),
        WhenReader.read(rule.at("when")),
        given,
        ofOrder,
        own(rule),
        activity ? activities(rule, given) : null,
        on.isEmpty() || activity ? null : occasion(rule, given),
        Bound.read(rule),
        rule.line());
  }

  private static GrantRule.Activities activities(Node rule, Given given) {
    if (rule.has("scope")) rule.at("scope").problem("an activity has no lines; leave it out");
    if (given instanceof LadderGiven) {
      for (String word : new String[] {"limit", "group", "budget"})
        if (rule.has(word))
          rule.at(word).problem("a ladder gives once a day, for itself; leave it out");
    } else if (!(given instanceof PointsGiven))
      rule.problem("an activity has no money that a factor or rate could count; give points");
    String late = rule.at("accept_late").text();
    return new GrantRule.Activities(
        rule.has("limit") ? Limit.read(rule.at("limit"), OF_ACTIVITY) : null,
        late.isEmpty() ? ACCEPT_LATE_DAYS : Integer.parseInt(late.substring(0, late.length() - 1)),
        rule.at("platforms").texts().stream()
            .map(platform -> platform.strip().toLowerCase(Locale.ROOT))
            .toList());
  }

  private static Occasion occasion(Node rule, Given given) {
    Occasion.Kind kind = Occasion.Kind.valueOf(rule.at("on").text().toUpperCase(Locale.ROOT));
    if (rule.has("scope")) rule.at("scope").problem("only orders have lines; leave it out");
    boolean topup = kind == Occasion.Kind.TOPUP;
    if (given instanceof TimesGiven)
      rule.problem(
          "a factor counts the money of orders only; give points" + (topup ? " or a rate" : ""));
    if (given instanceof RateGiven && !topup)
      rule.problem("there is no money that a rate could count; give points");
    if (rule.has("slot")) rule.at("slot").problem("only orders have it; leave it out");
    LocalDate at = null;
    if (kind == Occasion.Kind.SCHEDULE) at = date(rule);
    else if (rule.has("at")) rule.at("at").problem("only rules on: schedule give at a date");
    if (kind == Occasion.Kind.MEMBER && !rule.at("window").has("from"))
      rule.problem("needs window: {from: …}, the first day of joining that counts");
    boolean next = kind == Occasion.Kind.REFERRAL && rule.at("after_return").text().equals("next");
    return new Occasion(kind, at, next);
  }

  private static LocalDate date(Node rule) {
    try {
      return LocalDate.parse(rule.at("at").text());
    } catch (DateTimeException e) {
      rule.problem("needs the date on which it gives, such as at: 2026-12-01");
      return null;
    }
  }

  private static Given given(Node rule) {
    List<String> given = GivenKinds.ALL.keySet().stream().filter(rule::has).sorted().toList();
    if (rule.has("ladder")) return ladder(rule, given);
    if (rule.has("restart"))
      rule.at("restart").problem("begins a ladder anew; say ladder: {1: 1, 7: 10}");
    boolean factor = GivesKinds.ALL.keySet().stream().anyMatch(rule::has);
    if (given.isEmpty()) return new TimesGiven(RatesReader.gives(rule));
    if (factor || given.size() > 1)
      rule.problem("gives several things at once; make it one rule for each");
    return GivenKinds.ALL.get(given.get(0)).apply(rule.at(given.get(0)));
  }

  private static Given ladder(Node rule, List<String> others) {
    if (!others.isEmpty()) rule.problem("gives several things at once; make it one rule for each");
    if (!rule.has("on")) rule.at("ladder").problem("counts days of activities; say on: activity");
    return LadderGiven.read(rule);
  }

  private static GrantRule.Own own(Node rule) {
    String hold = rule.at("hold").text();
    return new GrantRule.Own(
        onReturn(rule.at("on_return")),
        hold.isEmpty() ? null : Integer.valueOf(hold.substring(0, hold.length() - 1)),
        rule.has("expires") ? GrantRule.Length.of(rule.at("expires").text()) : null,
        rule.at("campaign").text(),
        RatesReader.requalify(rule));
  }

  /** Null where nothing is said. */
  static OnReturn onReturn(Node said) {
    String text = said.text();
    return text.isEmpty() ? null : OnReturn.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
