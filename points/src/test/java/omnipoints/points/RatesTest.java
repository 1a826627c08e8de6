package omnipoints.points;

import static omnipoints.points.RuleText.worth;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How base rate, rules, groups and bounds make the points of one line; tests carry row ids. */
class RatesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line} | 19999 | 199 floor(19999/100)*1
      {per_fen: 1000, points: 1, mode: linear, rounding: floor, scope: line} | 9900 | 9 floor(9900/1000)*1
      {per_fen: 10000, points: 10, mode: step, rounding: floor, scope: line} | 25000 | 20 floor(25000/10000)*10
      {per_fen: 10000, points: 10, mode: linear, rounding: floor, scope: line} | 25000 | 25 floor(25000*10/10000)
      """)
  void B1_B2_B3_the_base_rate(String earn, String fen, String worth) {
    assertThat(worth(RuleText.program("earn: " + earn + "\n"), "line_fen=" + fen)).isEqualTo(worth);
  }

  @ParameterizedTest
  @CsvSource({
    "20000, base, 200 floor(20000/100)*1",
    "20000, vip3, 300 floor(20000/100*3/2)",
    "10000, bronze, 100 floor(10000/100*1)",
    "10000, silver, 120 floor(10000/100*6/5)",
    "10000, gold, 150 floor(10000/100*3/2)",
    "10000, slate, 115 floor(10000/100*23/20)",
  })
  void B4_B5_rates_by_tier_are_exact(String fen, String tier, String worth) {
    Program program =
        RuleText.program(
            """
            rules:
            - id: tier_rate
              group: tier
              times_by: {tier: {vip3: 3/2, bronze: 1, silver: 6/5, gold: 3/2, slate: 23/20}}
            """);
    assertThat(worth(program, "tier=" + tier + " line_fen=" + fen)).isEqualTo(worth);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-08T23:59:59, tmall, 400 floor(20000/100*2)",
    "2026-11-09T00:00:00, tmall, 200 floor(20000/100)*1",
    "2026-11-02T00:00:00, jd, 400 floor(20000/100*2)",
  })
  void B7_the_double_week_ends_at_midnight_on_every_channel(
      String at, String channel, String worth) {
    Program program =
        RuleText.program(
            "rules: [{id: double_week, window: {from: 2026-11-02, to: 2026-11-08}, times: 2}]\n");
    assertThat(worth(program, "at=" + at + " channel=" + channel)).isEqualTo(worth);
  }

  @Test
  void B11_the_birthday_card_doubles_for_its_holders_only() {
    Program program =
        RuleText.program(
            "rules: [{id: b, window: {birthday: day}, when: {pass: birthday_double}, times: 2}]\n");
    String day = "at=2026-05-20T10:00 birthday=1990-05-20";
    assertThat(worth(program, day + " pass=birthday_double")).startsWith("400 ");
    assertThat(worth(program, day)).startsWith("200 ");
  }

  @Test
  void B12_a_category_pays_more_in_the_morning_and_each_line_is_rounded_for_itself() {
    Program program =
        RuleText.program(
            """
            rules:
            - {id: beauty, window: {hours: "09:00-12:00"}, when: {category: {in: beauty}}, times: 3/2}
            """,
            Map.of("sets/beauty.csv", "value\ncream\n"));
    assertThat(worth(program, "category=cream line_fen=9999 at=2026-05-20T09:00"))
        .isEqualTo("149 floor(9999/100*3/2)");
    assertThat(worth(program, "category=shoes line_fen=9999 at=2026-05-20T09:00"))
        .isEqualTo("99 floor(9999/100)*1");
  }

  @Test
  void B13_the_whole_order_decides_about_the_threshold() {
    Program program =
        RuleText.program("rules: [{id: over_500, when: {order_fen: {gte: 50000}}, times: 2}]\n");
    assertThat(worth(program, "order_fen=50000 line_fen=20000")).startsWith("400 ");
    assertThat(worth(program, "order_fen=49999 line_fen=20000")).startsWith("200 ");
  }

  @Test
  void B14_travellers_are_doubled_in_partner_shops_away_from_home_in_the_festival() {
    Program program =
        RuleText.program(
            """
            rules:
            - id: spring
              window: {calendar: spring_festival}
              when: {tag: traveller, shop: {in: partners, not: home_shop}}
              times: 2
            """,
            Map.of(
                "calendars/spring_festival.csv", "date\n2026-02-17\n",
                "sets/partners.csv", "value\nS2\nS3\n"));
    String festival = "at=2026-02-17T10:00 ";
    assertThat(worth(program, festival + "tag=traveller shop=S2 home_shop=S1")).startsWith("400 ");
    for (String other :
        new String[] {
          festival + "shop=S2 home_shop=S1",
          festival + "tag=traveller shop=S1 home_shop=S2",
          festival + "tag=traveller shop=S2 home_shop=S2",
          festival + "tag=traveller shop=S2",
          "at=2026-02-18T10:00 tag=traveller shop=S2 home_shop=S1"
        }) assertThat(worth(program, other)).as(other).startsWith("200 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      multiply | tier=gold | 300 floor(20000/100*3/2)
      multiply | tier=gold order_fen=50000 | 600 floor(20000/100*2*3/2)
      multiply | tier=gold order_fen=50000 channel=tmall | 600 floor(20000/100*2*3/2)
      multiply | tier=gold order_fen=90000 | 900 floor(20000/100*3*3/2)
      multiply | tier=gold order_fen=90000 sku=Z | 1000 floor(20000/100*min(3*3/2*2,5))
      add | tier=gold order_fen=50000 | 500 floor(20000/100*(2+3/2-1))
      add | tier=gold order_fen=90000 sku=Z | 900 floor(20000/100*(3+3/2+2-2))
      multiply | tier=gold order_fen=50000 return_rate=2/5 | 200 floor(20000/100*min(2*3/2,1))
      multiply | order_fen=50000 payment=staff | 200 floor(20000/100*1)
      """)
  void B24_B23_the_best_of_each_group_counts_and_the_smallest_bound_binds(
      String across, String facts, String worth) {
    String rules =
        """
        rules:
        - {id: tier_rate, group: tier, times_by: {tier: {gold: 3/2}}}
        - {id: basket_500, group: basket, when: {order_fen: {gte: 50000}}, times: 2}
        - {id: basket_tmall, group: basket, when: {channel: tmall}, times: 2}
        - {id: basket_900, group: basket, when: {order_fen: {gte: 90000}}, times: 3}
        - {id: zed, when: {sku: Z}, times: 2}
        - {id: a_staff, excludes: [basket], when: {payment: staff}, times: 1}
        caps: [{when: {return_rate: {gte: 3/10}}, max_times: 1}]
        """;
    Program program = RuleText.program("stack: {across: " + across + ", max_times: 5}\n" + rules);
    assertThat(worth(program, facts)).isEqualTo(worth);
  }

  /** A bound below 1 binds the base rate too, and what is added up never falls below nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      caps: [{when: {channel: tmall}, max_times: 1/2}] | channel=tmall | 100 floor(20000/100*min(1,1/2))
      caps: [{when: {channel: tmall}, max_times: 1/2}] | channel=jd    | 200 floor(20000/100)*1
      caps: [{when: {channel: tmall}, max_times: 0}]   | channel=tmall | 0 floor(20000/100*min(1,0))
      caps: [{when: {tier: gold}, max_times: 0}]       | channel=tmall | 200 floor(20000/100)*1
      {stack: {max_times: 1/2}, rules: [{id: a, times: 3}]} | sku=A | 100 floor(20000/100*min(3,1/2))
      {stack: {across: add}, rules: [{id: a, times: 1/4}, {id: b, times: 1/4}]} | sku=A | 0 floor(20000/100*max(1/4+1/4-1,0))
      """)
  void B23_the_base_rate_is_bound_too(String rules, String facts, String worth) {
    String lines = rules.startsWith("{") ? rules.substring(1, rules.length() - 1) : rules;
    Program program = RuleText.program(lines.replace(", rules:", "\nrules:") + "\n");
    assertThat(worth(program, facts)).isEqualTo(worth);
  }

  @Test
  void the_order_of_rules_in_the_file_decides_nothing() {
    String a = "- {id: a, group: g, times: 2}\n";
    String b = "- {id: b, group: g, times: 2}\n";
    String c = "- {id: c, when: {sku: A}, times: 3/2}\n";
    String one = worth(RuleText.program("rules:\n" + a + b + c), "");
    assertThat(one).isEqualTo("600 floor(20000/100*2*3/2)");
    assertThat(worth(RuleText.program("rules:\n" + c + b + a), "")).isEqualTo(one);
    // of two alike the smaller id is named
    assertThat(RuleText.program("rules:\n" + b + c + a).rule(FactsText.of("")).times().rules())
        .containsExactly("a", "c");
  }

  @Test
  void silencing_is_judged_before_anything_is_silenced() {
    Program program =
        RuleText.program(
            """
            rules:
            - {id: a, group: g, excludes: [h], times: 2}
            - {id: b, group: h, excludes: [i], times: 3}
            - {id: c, group: i, times: 5}
            """);
    assertThat(worth(program, "")).isEqualTo("400 floor(20000/100*2)");
  }

  @ParameterizedTest
  @CsvSource({
    "floor, linear, 333, 4 floor(333/100*3/2)",
    "round, linear, 333, 5 round(333/100*3/2)",
    "round, linear, 299, 4 round(299/100*3/2)",
    "ceil, linear, 267, 5 ceil(267/100*3/2)",
    "floor, step, 399, 4 floor(floor(399/100)*1*3/2)",
    "ceil, step, 399, 5 ceil(floor(399/100)*1*3/2)",
    "round, step, 399, 5 round(floor(399/100)*1*3/2)",
  })
  void an_award_is_rounded_once(String rounding, String mode, String fen, String worth) {
    Program program =
        RuleText.program(
            "earn: {per_fen: 100, points: 1, mode: "
                + mode
                + ", rounding: "
                + rounding
                + ", scope: line}\nrules: [{id: r, times: 3/2}]\n");
    assertThat(worth(program, "line_fen=" + fen)).isEqualTo(worth);
  }

  @Test
  void F1_what_is_kept_is_worth_what_it_would_have_earned_at_the_pinned_rate() {
    Program program =
        RuleText.program("rules: [{id: over_500, when: {order_fen: {gte: 50000}}, times: 2}]\n");
    PinnedRule pinned = program.rule(FactsText.of("order_fen=50000 line_fen=50000"));
    assertThat(Earning.points(pinned, 50000)).isEqualTo(1000);
    // half of it comes back: below the threshold now, and still twice the points
    assertThat(Earning.points(pinned, 25000)).isEqualTo(500);
    assertThat(Earning.points(pinned, 0)).isZero();
  }

  @Test
  void a_rule_that_matches_nothing_changes_no_decision() {
    Program plain = RuleText.program("");
    Program ruled = RuleText.program("rules: [{id: never, when: {sku: none}, times: 9}]\n");
    assertThat(ruled.rule(FactsText.of(""))).isEqualTo(plain.rule());
  }

  /**
   * The reference is written down from sha256sum: first byte of SHA-256(ab1 LF id) below 0x80 is a.
   */
  @ParameterizedTest
  @CsvSource({
    "M00000000001, a, 200 floor(20000/100)*1",
    "M00000000002, b, 400 floor(20000/100*2)",
    "M00000000003, b, 400 floor(20000/100*2)",
    "M00000000004, b, 400 floor(20000/100*2)",
    "M00000000005, b, 400 floor(20000/100*2)"
  })
  void B25_a_member_is_in_one_variant_for_good(String member, String variant, String worth) {
    Program program =
        RuleText.program(
            """
            variants: {key: ab1, shares: {a: 1/2, b: 1/2}}
            rules: [{id: trial, when: {variant: b}, times: 2}]
            """);
    PinnedRule rule = program.rule(FactsText.of("member=" + member));
    assertThat(rule.times().variant()).isEqualTo(variant);
    assertThat(worth(program, "member=" + member)).isEqualTo(worth);
    // nobody is in none
    assertThat(program.rule(FactsText.of("nobody=1")).times().variant()).isEmpty();
  }

  @Test
  void B25_an_experiment_without_a_rule_still_tells_who_is_where() {
    Program program = RuleText.program("variants: {key: ab1, shares: {a: 1/2, b: 1/2}}\n");
    assertThat(program.rates().isEmpty()).isFalse();
    assertThat(program.rule(FactsText.of("member=M00000000002")).times().variant()).isEqualTo("b");
  }

  @Test
  void B25_shares_are_kept_over_many_members() {
    Program program =
        RuleText.program(
            """
            variants: {key: ab1, shares: {a: 1/10, b: 9/10}}
            rules: [{id: trial, when: {variant: a}, times: 2}]
            """);
    long of = 0;
    for (int i = 0; i < 10_000; i++)
      if (program.rule(FactsText.of("member=M" + i)).times().variant().equals("a")) of++;
    assertThat(of).isBetween(900L, 1100L);
  }
}
