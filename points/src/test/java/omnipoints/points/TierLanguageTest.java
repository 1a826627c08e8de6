package omnipoints.points;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import omnipoints.points.rules.Said;
import omnipoints.points.tiers.Level;
import omnipoints.points.tiers.Tiers;
import org.junit.jupiter.api.Test;

/** What a programme may say of tiers, and what is wrong with what it says. */
class TierLanguageTest {

  private static List<String> problems(String rules) {
    byte[] file = RuleText.file(rules).getBytes(UTF_8);
    return catchThrowableOfType(
            ProgramRefused.class, () -> Programs.parse("cloud", "cloud.yaml", file))
        .problems();
  }

  private static Program program(String rules) {
    return Programs.parse("cloud", "cloud.yaml", RuleText.file(rules).getBytes(UTF_8));
  }

  @Test
  void G1_any_number_of_levels_is_ordered_by_what_they_ask_for() {
    Tiers tiers =
        program(
                """
                tiers:
                  cycle: rolling
                  measure: {days: 30}
                  levels:
                  - {id: 钻石卡, enter: {paid_net_fen: {gte: 1000000}, any: [{orders: {gte: 3}}, {active_days: {gt: 4}}]}}
                  - {id: 银卡, enter: {paid_net_fen: {gte: 200000}}}
                  - {id: 普通会员}
                  - {id: 金卡, enter: {paid_net_fen: {gt: 499999}}}
                """)
            .tiers();
    assertThat(tiers.levels()).extracting(Level::id).containsExactly("普通会员", "银卡", "金卡", "钻石卡");
    assertThat(tiers.levels())
        .extracting(Level::asked)
        .containsExactly("", "200000", "500000", "paid_net_fen=1000000|orders=3/active_days=5");
  }

  @Test
  void no_tiers_are_none() {
    assertThat(program("tiers: []\n").tiers()).isEqualTo(Tiers.NONE);
    assertThat(program("").tiers()).isEqualTo(Tiers.NONE);
  }

  @Test
  void what_means_nothing_is_told_all_at_once() {
    assertThat(
            problems(
                """
                rules:
                - {id: a, when: {tier: {not: [gold, platinum]}}, times: 2}
                - {id: b, when: {any: [{tier: vip}, {channel: jd}]}, times: 2}
                - {id: c, times_by: {tier: {silver: 2, diamond: 3}}}
                caps: [{when: {tier: [base, none]}, max_times: 1}]
                tiers:
                  cycle: rolling
                  keep: {last_purchase_days: 60, else: bronze}
                  levels:
                  - {id: base}
                  - {id: silver, enter: {paid_net_fen: {gte: 200000}}}
                  - {id: silver, enter: {paid_net_fen: {gte: 300000}}}
                  - {id: gold, enter: {orders: {gt: 5, lt: 6}, paid_net_fen: {gte: 500000}}}
                """))
        .containsExactly(
            "cloud.yaml:8: rules.0.when.tier.not.1: there is no tier 'platinum'; levels are base, gold, silver",
            "cloud.yaml:9: rules.1.when.any.0.tier: there is no tier 'vip'; levels are base, gold, silver",
            "cloud.yaml:10: rules.2.times_by.tier.diamond: there is no tier 'diamond'; levels are base, gold, silver",
            "cloud.yaml:11: caps.0.when.tier.1: there is no tier 'none'; levels are base, gold, silver",
            "cloud.yaml:13: tiers.cycle: rolling needs measure: {days: 30}, how many days count",
            "cloud.yaml:14: tiers.keep.else: there is no level 'bronze'; levels are base, silver, silver, gold",
            "cloud.yaml:18: tiers.levels.2.id: silver is also the level of line 17",
            "cloud.yaml:19: tiers.levels.3.enter.orders: no number lies in this range: let its bounds not cross");
    assertThat(
            problems(
                """
                tiers:
                  cycle: calendar
                  measure: {days: 30}
                  keep: {last_purchase_days: 60, else: base}
                  levels:
                  - {id: base}
                  - {id: none}
                  - {id: silver, enter: {paid_net_fen: {gte: 200000}}}
                  - {id: club, enter: {points_earned: {gte: 500}}}
                  - {id: same, enter: {points_earned: {gt: 499}}}
                """))
        .containsExactly(
            "cloud.yaml:9: tiers.measure: a cycle of calendar is a year",
            "cloud.yaml:10: tiers.keep: goes with cycle: rolling; other cycles are reviewed in their last night",
            "cloud.yaml:13: tiers.levels.1: none has no enter, as base; only the first level has none",
            "cloud.yaml:16: tiers.levels.4.enter: neither same nor silver is above the other; let one ask for at least as much of everything",
            "cloud.yaml:16: tiers.levels.4: same is entered by as much as club; let one ask for more");
    assertThat(problems("tiers: {cycle: join, levels: [{id: a, enter: {orders: {gte: 1}}}]}\n"))
        .containsExactly(
            "cloud.yaml:7: tiers.levels: every level asks for something; the first one has no enter");
    assertThat(
            problems(
                """
                tiers:
                  cycle: join
                  levels: [{id: base}]
                  returns: next_review
                  overearned: charge
                """))
        .containsExactly(
            "cloud.yaml:11: tiers.overearned: charge takes what a tier gave that a return takes, and with returns:"
                + " next_review no return takes one; write returns: immediate");
    assertThat(problems("rules: [{id: a, when: {tier: gold}, times: 2}]\n"))
        .containsExactly(
            "cloud.yaml:7: rules.0.when.tier: there is no tier 'gold'; tiers: {levels} names them");
  }

  @Test
  void the_form_of_every_word_is_checked() {
    assertThat(
            problems(
                """
                tiers:
                  cycle: monthly
                  measure: {days: 0}
                  returns: later
                  levels: [{id: a b, enter: {paid: {gte: 1}}}, {enter: {orders: 3}}]
                  downgrade: {step: two}
                """))
        .containsExactly(
            "cloud.yaml:8: tiers.cycle: monthly is not one of rolling, calendar, tier_start, join",
            "cloud.yaml:9: tiers.measure.days: 0 is less than 1",
            "cloud.yaml:10: tiers.returns: later is not one of immediate, next_review",
            "cloud.yaml:11: tiers.levels.0.enter.paid: unknown key; known here are paid_net_fen, orders, points_earned,"
                + " active_days, any",
            "cloud.yaml:11: tiers.levels.0.id: a b does not fit: name of the level, without spaces;"
                + " rules and extracts use it",
            "cloud.yaml:11: tiers.levels.1.enter.orders: 3 is no group of words; write {word: value}, of the words gte, gt, lte, lt",
            "cloud.yaml:11: tiers.levels.1.id: missing",
            "cloud.yaml:12: tiers.downgrade.step: two is not one of measured, one");
  }

  @Test
  void a_level_that_nobody_can_reach_is_remarked() {
    ProgramLint lint =
        ProgramLint.of(
            program(
                """
                point: {fen: 1}
                rules: [{id: t, times_by: {tier: {vip: 3/2}}}]
                tiers:
                  cycle: rolling
                  measure: {days: 30}
                  levels:
                  - {id: base}
                  - {id: vip, enter: {orders: {gte: 1}}}
                  - {id: daily, enter: {orders: {gte: 1}, active_days: {gte: 31}}}
                """));
    assertThat(lint.findings())
        .extracting(f -> f.code() + " " + f.rule() + " " + f.line() + " " + f.number())
        .containsExactly("UNREACHABLE_TIER daily 15 31");
    assertThat(lint.rebates())
        .extracting(rebate -> rebate.tier() + " " + rebate.rebate())
        .containsExactly(" 1/100", "base 1/100", "vip 3/200", "daily 1/100");
  }

  @Test
  void it_reads_like_what_a_shop_would_print() {
    Program program =
        program(
            """
            tiers:
              cycle: rolling
              measure: {days: 30}
              levels:
              - {id: 普通会员}
              - {id: 银卡, enter: {paid_net_fen: {gte: 200000}}, benefits: [生日礼, 免排队]}
              - {id: 金卡, enter: {paid_net_fen: {gte: 500000}, any: [{orders: {gte: 3}}, {points_earned: {gte: 9000}}]}}
              keep: {last_purchase_days: 60, else: 普通会员}
              overearned: charge
            """);
    assertThat(ProgramText.of(program).sentences())
        .extracting(Said::zh)
        .contains(
            "等级普通会员：所有会员。",
            "等级银卡：30天内消费满2000元，享生日礼、免排队。",
            "等级金卡：30天内消费满5000元且下单满3笔或积分满9000分。",
            "60天未消费，等级降为普通会员。",
            "退货后按保留的消费重新评定等级。",
            "因退货失去等级的，按该等级多得的消费积分一并扣回。");
    assertThat(ProgramText.of(program).sentences())
        .extracting(Said::en)
        .contains(
            "Tier 银卡: within 30 days ¥2000 spent, with 生日礼, 免排队.",
            "Who buys nothing for 60 days falls to 普通会员.",
            "Who loses a tier by a return also gives back what it added to the points of purchases.");
  }
}
