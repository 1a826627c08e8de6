package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import omnipoints.facts.Acceptance;
import omnipoints.facts.LineKey;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Facts;
import omnipoints.points.tiers.Overearned;
import omnipoints.points.tiers.TierChange;
import omnipoints.points.tiers.TierKnown;
import omnipoints.points.tiers.Tiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PROGRAMME §5 {@code overearned: charge}: which tier was due on which day, and what rates that
 * were pinned in the one that was lost count by.
 */
class OverearnedTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate NIGHT = LocalDate.of(2026, 5, 20);

  private static final String LEVELS =
      "levels: [{id: base}, {id: silver, enter: {paid_net_fen: {gte: 200000}}},"
          + " {id: gold, enter: {paid_net_fen: {gte: 500000}}}], overearned: charge";

  private static LocalDate on(String date) {
    return LocalDate.parse("2026-" + date);
  }

  /** Days in too high a tier, {@code from..to held>due}, in the night after the last thing told. */
  private static String days(String terms, String told) {
    Tiers tiers = RuleText.program("tiers: {" + terms + LEVELS + "}\n").tiers();
    List<TierLife.Told> read =
        Stream.of(told.split(";")).map(one -> TierLife.Told.of("2026-" + one.strip())).toList();
    LocalDate first = on("01-01");
    LocalDate end = read.stream().map(TierLife.Told::night).max(Comparator.naturalOrder()).get();
    var life = new TierLife(tiers, first, read);
    LocalDate entered = null;
    var history = new ArrayList<Overearned.Past>();
    history.add(
        new Overearned.Past(first, "", "base", TierChange.Reason.JOIN, first.plusDays(1), first));
    TierChange last = null;
    for (LocalDate night = first; !night.isAfter(end); night = night.plusDays(1)) {
      entered = life.state == null ? null : life.state.entered();
      life.night(night);
      last = life.last.get(night);
      if (last == null || night.equals(end)) continue;
      history.add(
          new Overearned.Past(
              night,
              last.from(),
              last.to(),
              last.reason(),
              last.effectiveOn(),
              last.measuredFrom()));
    }
    if (last == null || last.reason() != TierChange.Reason.RETURN) return "kept";
    var known = new TierKnown(first, TierLife.days(read, end), true, true, List.of(), List.of());
    return String.join(
        ", ",
        Overearned.of(tiers, entered, end, history, known).stream()
            .map(d -> d.from() + ".." + d.to() + " " + d.held() + ">" + d.due())
            .toList());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all of it comes back                   | 03-01 500000 ; 03-10 500000 paid 2026-03-01 back 500000 | 2026-03-02..2026-03-10 gold>base
          a part leaves silver                   | 03-01 500000 ; 03-10 500000 paid 2026-03-01 back 250000 | 2026-03-02..2026-03-10 gold>silver
          in the night of the lift               | 03-01 500000 ; 03-02 500000 paid 2026-03-01 back 500000 | 2026-03-02..2026-03-02 gold>base
          silver was there before                | 02-20 200000 ; 03-01 300000 ; 03-10 300000 paid 2026-03-01 back 300000 | 2026-03-02..2026-03-10 gold>silver
          own money makes silver later           | 03-01 500000 ; 03-05 200000 ; 03-10 500000 paid 2026-03-01 back 500000 | 2026-03-02..2026-03-05 gold>base, 2026-03-06..2026-03-10 gold>silver
          own money makes gold: nothing is lost  | 03-01 500000 ; 03-05 500000 ; 03-10 500000 paid 2026-03-01 back 500000 | kept
          own money is kept by a purchase        | 01-20 200000 ; 03-01 500000 ; 03-10 500000 paid 2026-03-01 back 500000 | 2026-03-02..2026-03-10 gold>silver
          first money lifted, the second stays   | 03-01 200000 ; 03-05 300000 ; 03-10 200000 paid 2026-03-01 back 200000 | 2026-03-06..2026-03-10 gold>silver
          """)
  void days_since_the_lift_count_by_the_tier_that_kept_money_makes(
      String name, String told, String expected) {
    assertThat(
            days(
                "cycle: rolling, measure: {days: 30},"
                    + " keep: {last_purchase_days: 60, else: base}, ",
                told))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'cycle: rolling, measure: {days: 10}, '  | 03-01 200000 ; 03-05 300000 ; 03-11 300000 paid 2026-03-05 back 300000 | 2026-03-06..2026-03-11 gold>silver
          'cycle: rolling, measure: {days: 10}, '  | 03-01 200000 ; 03-05 300000 ; 03-12 300000 paid 2026-03-05 back 300000 | kept
          'cycle: calendar, '                      | 03-01 200000 ; 03-05 300000 ; 09-01 300000 paid 2026-03-05 back 300000 | 2026-03-06..2026-09-01 gold>silver
          'cycle: join, '                          | 03-01 200000 ; 03-05 300000 ; 09-01 300000 paid 2026-03-05 back 300000 | 2026-03-06..2026-09-01 gold>silver
          'cycle: tier_start, '                    | 03-01 500000 ; 09-01 500000 paid 2026-03-01 back 500000 | 2026-03-02..2026-09-01 gold>base
          """)
  void every_cycle_is_decided_again(String terms, String told, String expected) {
    assertThat(days(terms, told)).isEqualTo(expected);
  }

  @Test
  void of_what_was_written_down_only_what_differs_is_written_again() {
    List<Overearned.Days> before =
        List.of(range("03-02", "03-10", "gold", "silver"), range("03-05", "03-06", "gold", "base"));
    assertThat(Overearned.differing(before, before)).isEmpty();
    assertThat(Overearned.differing(before, List.of(range("03-02", "03-08", "gold", "silver"))))
        .containsExactly(
            range("03-05", "03-06", "gold", "silver"), range("03-09", "03-10", "gold", "gold"));
    assertThat(Overearned.differing(List.of(range("03-02", "03-03", "gold", "gold")), List.of()))
        .isEmpty();
  }

  private static Overearned.Days range(String from, String to, String held, String due) {
    return new Overearned.Days(on(from), on(to), held, due);
  }

  private static Facts.Member member(String tier) {
    return Facts.Member.of("M1", null, null, "pos", null).of(tier, List.of("pass_of_" + tier));
  }

  /**
   * What a line of ¥100.00 that gold pinned counts by for who was due another tier, {@code
   * earned-lost formula}.
   *
   * @param now the tier of which today's facts would make what was pinned: another one where
   *     something is known otherwise by now
   */
  private static String charged(String rules, String due, String refunds) {
    Program program = RuleText.program(rules);
    var programme = new Programme("cloud", List.of(program));
    Instant bought = on("05-02").atTime(10, 0).atZone(ZONE).toInstant();
    var lines = new ArrayList<RefundStep>();
    if (!refunds.isEmpty())
      lines.add(new RefundStep(bought.plusSeconds(86_400), Long.parseLong(refunds)));
    var line =
        new Purchase.Line(
            new LineKey("c", "s", "o", "a"), "a", true, true, bought, 10000, lines, null, false);
    var purchase = new Purchase(Acceptance.ACCEPTED, "M1", bought, 10000, 0, List.of(line));
    var rulesOfNight = new OrderWorth.Rules(programme, ZONE, NIGHT);
    OrderWorth.Target first =
        OrderWorth.of(
                purchase,
                member("gold"),
                new OrderWorth.Before(List.of(), null, false),
                rulesOfNight)
            .targets()
            .get(0);
    PinnedRule pinned = first.line().decision();
    var posted = new OrderWorth.Posted("a", "M1", 1, 0, pinned);
    Instant at = NIGHT.atStartOfDay(ZONE).toInstant();
    OrderWorth.Verdict verdict =
        OrderWorth.of(
            purchase,
            member("gold"),
            new OrderWorth.Before(
                List.of(posted),
                null,
                false,
                Map.of(),
                new OrderWorth.Overearner(at, member("gold"), member(due))),
            rulesOfNight);
    LineTarget target = verdict.targets().get(0).line();
    long earned = target.points(pinned, target.baseFen());
    String text = String.valueOf(earned);
    for (RefundStep step : target.refunds())
      text += "-" + (earned - target.points(pinned, target.baseFen() - step.refundedFen()));
    Charge charge = verdict.charges().get("a");
    OrderWorth.Verdict later =
        OrderWorth.of(
            purchase,
            member("base"),
            new OrderWorth.Before(List.of(posted), null, false, verdict.charges(), null),
            rulesOfNight);
    assertThat(later.targets().get(0).line().worth())
        .as("what is kept stands in later nights, whatever is known by then")
        .isEqualTo(target.worth());
    assertThat(later.charges()).isEmpty();
    return text + (charge == null ? "" : " " + charge.times().formula());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '{id: t, times_by: {tier: {silver: 6/5, gold: 3/2}}}' | base   | '' | 150-50
          '{id: t, times_by: {tier: {silver: 6/5, gold: 3/2}}}' | silver | '' | 150-30 6/5
          '{id: t, times_by: {tier: {silver: 6/5, gold: 3/2}}}' | gold   | '' | 150
          '{id: t, times_by: {tier: {silver: 6/5, gold: 3/2}}}' | silver | 5000 | 150-75-90 6/5
          '{id: t, times_by: {tier: {silver: 6/5, gold: 3/2}}}' | silver | 10000 | 150-150-150 6/5
          '{id: t, group: g, when: {tier: gold}, times: 3}, {id: s, group: g, when: {tier: silver}, times: 2}' | silver | '' | 300-100 2
          '{id: t, group: g, when: {tier: gold}, times: 3}, {id: s, group: g, when: {tier: silver}, times: 2}' | base | '' | 300-200
          '{id: t, group: g, when: {tier: gold}, times: 3}, {id: d, group: g, times: 2}' | base | '' | 300-100 2
          '{id: t, when: {tier: gold}, times: 3}, {id: d, times: 2}' | base | '' | 600-400 2
          '{id: p, when: {pass: pass_of_gold}, times: 2}' | base | '' | 200-100
          '{id: b, when: {tier: base}, times: 5}' | base | '' | 100
          '{id: d, times: 2}' | base | '' | 200
          """)
  void a_rate_counts_by_the_factors_of_the_tier_that_was_due(
      String rules, String due, String refunds, String expected) {
    String tiers = "tiers: {cycle: rolling, measure: {days: 30}, " + LEVELS + "}\n";
    assertThat(charged("rules: [" + rules + "]\n" + tiers, due, refunds).strip())
        .isEqualTo(expected);
  }
}
