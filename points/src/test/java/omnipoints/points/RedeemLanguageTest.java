package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import omnipoints.points.rules.Coupon;
import omnipoints.points.rules.Draw;
import omnipoints.points.rules.Item;
import omnipoints.points.rules.Limit;
import omnipoints.points.rules.PassGiven;
import omnipoints.points.rules.Said;
import org.junit.jupiter.api.Test;

/** What a programme says of spending: read whole, and refused with file and line, all at once. */
class RedeemLanguageTest {
  @Test
  void all_that_is_said_is_read() {
    Program program =
        RuleText.program(
            """
            redeem:
              cash_off: {points: 100, off_fen: 1000, step: 100, min_points: 200, cap: {order_share: 1/2, off_fen: 20000},
                         except: gifts, override: [{window: {month_days: [18]}, off_fen: 2000}]}
              restore: {grace_days: 30}
              earn_on: cash
            catalogue:
            - {item: mug, kind: goods, points: 500, stock: 300, limit: {per: member, count: 1}, window: {from: 2026-11-01}}
            - {item: socks, kind: goods, points: 100, cash_fen: 500, cost_fen: 200, clearance: true}
            - {item: coupon10, kind: coupon, points: 10, off: {fen: 1000, from_fen: 3000}, stackable: true, valid: 30d, shops: [A]}
            - {item: tenth, kind: coupon, points: 10, off: {rate: 9/10, max_fen: 5000}}
            - {item: free_post_year, kind: pass, points: 800, pass: free_post, valid: 1y, uses: 12}
            draws: [{draw: nov, points: 10, prizes: [{item: mug, n: 3}, {item: coupon10, n: 100}], closes: 2026-11-30, wins: 1}]
            debt: {policy: block_redeem}
            """,
            Map.of("sets/gifts.csv", "value\nG1\n"));
    assertThat(program.redeem().graceDays()).isEqualTo(30);
    assertThat(program.redeem().cashOff().except()).containsExactly("G1");
    assertThat(program.redeem().cashOff().minPoints()).isEqualTo(200);
    assertThat(program.redeem().catalogue())
        .extracting(Item::item)
        .isEqualTo(List.of("mug", "socks", "coupon10", "tenth", "free_post_year"));
    Coupon ten = program.redeem().item("coupon10").coupon();
    assertThat(ten.shops()).containsExactly("A");
    assertThat(ten.lastDay(LocalDate.parse("2026-03-02"))).isEqualTo("2026-03-31");
    assertThat(program.redeem().item("tenth").coupon().rate()).hasToString("9/10");
    PassGiven post = program.redeem().item("free_post_year").pass();
    assertThat(post.uses()).isEqualTo(12);
    assertThat(post.lastDay(LocalDate.parse("2026-03-02"))).isEqualTo("2027-03-01");
    assertThat(program.redeem().draw("nov").prizes())
        .containsExactly(new Draw.Prize("mug", 3), new Draw.Prize("coupon10", 100));
    assertThat(program.redeem().item("draw:nov").points()).isEqualTo(10);
    assertThat(program.redeem().item("mug").limit())
        .isEqualTo(new Limit(Limit.Per.MEMBER, 1L, null));
    assertThat(program.redeem().item("mug").stock()).isEqualTo(300);
    assertThat(program.redeem().item("socks").costFen()).isEqualTo(200);
    assertThat(program.redeem().item("socks").clearance()).isTrue();
    assertThat(program.debt().policy()).isEqualTo(Program.DebtPolicy.BLOCK_REDEEM);
  }

  @Test
  void d19_what_the_prizes_of_a_draw_cost_is_held_against_what_entries_are_worth() {
    String rules =
        """
        point: {fen: 1}
        catalogue:
        - {item: mug, kind: goods, points: 5000, cost_fen: 5000, stock: 5}
        - {item: pin, kind: goods, points: 10}
        - {item: clip, kind: goods, points: 500, cost_fen: 10}
        draws:
        - {draw: nov, points: 30, prizes: [{item: mug, n: 3}, {item: pin, n: 9}], closes: 2026-11-30}
        - {draw: dec, points: 30, prizes: [{item: clip, n: 3}, {item: pin, n: 9}], closes: 2026-12-31}
        """;
    assertThat(ProgramLint.of(RuleText.program(rules)).findings())
        .extracting(f -> f.code() + " " + f.rule() + " " + f.number() + " " + f.said().en())
        .containsExactly(
            "BELOW_COST draw:nov 30 an entry is worth ¥0.3 and the prizes cost ¥150: 500 entries pay for them");
    assertThat(RuleText.problems(rules.replace("item: clip, n", "item: mug, n")))
        .containsExactly(
            "cloud.yaml:14: draws.1.prizes: 6 mug in this draw and those before it are more than its stock of 5");
  }

  @Test
  void d4_what_points_take_off_makes_the_rebate_and_what_is_had_below_its_cost_is_told() {
    Program program =
        RuleText.program(
            """
            point: {fen: 1}
            redeem: {cash_off: {points: 100, off_fen: 3000}}
            catalogue:
            - {item: socks, kind: goods, points: 100, cash_fen: 500, cost_fen: 3500}
            - {item: cup, kind: goods, points: 100, cash_fen: 499, cost_fen: 3500}
            """);
    assertThat(ProgramLint.of(program).findings())
        .extracting(f -> f.code() + " " + f.rule() + " " + f.number() + " " + f.said().en())
        .containsExactly(
            "REBATE  3/10 members get back 30%, more than 20%",
            "BELOW_COST cup 3499 is had for the worth of ¥34.99 and costs ¥35");
  }

  @Test
  void d5_d6_d12_a_quote_says_how_much_points_may_take_off() {
    Programme programme =
        History.programme(
            RuleText.program(
                """
                redeem:
                  cash_off: {points: 100, off_fen: 1000, step: 100, min_points: 200, cap: {order_share: 1/2, off_fen: 20000},
                             except: gifts, override: [{window: {month_days: [18]}, off_fen: 2000}]}
                """,
                Map.of("sets/gifts.csv", "value\nG1\n")));
    assertThat(most(programme, "2026-01-17T10:00", 10999)).isEqualTo(5000);
    assertThat(most(programme, "2026-01-17T10:00", 3999)).isZero();
    assertThat(most(programme, "2026-01-17T10:00", 90000)).isEqualTo(20000);
    assertThat(most(programme, "2026-01-18T10:00", 10999)).isEqualTo(4000);
    assertThat(most(programme, "2025-01-18T10:00", 10999)).isNull();
  }

  private static Long most(Programme programme, String at, long fen) {
    return Quote.cashOffMaxFen(
        programme,
        History.ZONE,
        new Quote.Basket(
            "pos",
            "s1",
            Scenario.at(at),
            List.of(new Quote.Item("1", "A", fen), new Quote.Item("2", "G1", 70000)),
            null));
  }

  @Test
  void i3_what_points_buy_is_said_in_sentences() {
    Program program =
        RuleText.program(
            """
            redeem:
              cash_off: {points: 100, off_fen: 1000, cap: {order_share: 1/2, off_fen: 20000}}
              restore: {grace_days: 30}
            catalogue:
            - {item: mug, kind: goods, points: 500, stock: 300, limit: {per: member, count: 1}, window: {from: 2026-11-01}}
            - {item: socks, kind: goods, points: 100, cash_fen: 500}
            - {item: coupon10, kind: coupon, points: 10, off: {fen: 1000, from_fen: 3000}, stackable: true, valid: 30d, shops: [A]}
            - {item: tenth, kind: coupon, points: 20, off: {rate: 9/10, max_fen: 5000}}
            - {item: free_post_year, kind: pass, points: 800, pass: free_post, valid: 1y, uses: 12}
            draws: [{draw: nov, points: 10, prizes: [{item: mug, n: 3}, {item: coupon10, n: 100}], closes: 2026-11-30, wins: 1}]
            """);
    assertThat(program.redeem().told())
        .extracting(Said::zh)
        .containsExactly(
            "下单时100积分抵10元，最多抵商品金额的1/2，每单最多抵200元",
            "500积分兑换 mug，2026-11-01起，每人限1件，共300件",
            "100积分加5元兑换 socks",
            "10积分兑换 coupon10（抵10元，满30元可用，可叠加，30天内有效，限A使用）",
            "20积分兑换 tenth（付9/10价（最多50元））",
            "800积分兑换 free_post_year（权益卡 free_post，1年内有效，限用12次）",
            "10积分参加抽奖 nov，奖品mug×3、coupon10×100，2026-11-30（含当日）截止，每人最多中奖1次",
            "退回的积分若已过期，自退回之日起30天内有效");
    assertThat(ProgramText.of(program).sentences())
        .extracting(Said::en)
        .contains(
            "Mug is had for 500 points, from 2026-11-01 on, at most 1 a member, 300 in all.",
            "Coupon10 is had for 10 points (worth ¥10 off ¥30 or more, several at once, good for 30"
                + " days, at A).",
            "10 points enter the draw nov of 3 mug, 100 coupon10, until 2026-11-30 inclusive, at most 1"
                + " prize a member.");
  }

  @Test
  void what_means_nothing_is_all_told() {
    assertThat(
            RuleText.problems(
                """
                redeem:
                  cash_off: {points: 100, off_fen: 1000, cap: {order_share: 3/2}, except: gifts}
                catalogue:
                - {item: mug, kind: goods, points: 500}
                - {item: mug, kind: goods, points: 400}
                - {item: cash_off, kind: goods, points: 400}
                - {item: a, kind: goods, points: 1, window: {to: 2025-12-31}}
                - {item: b, kind: goods, points: 1, cash_fen: 5, points_only: true}
                - {item: c, kind: goods, points: 0}
                - {item: d, kind: thing, points: 1}
                - {item: e, kind: coupon, points: 1}
                - {item: f, kind: coupon, points: 1, off: {fen: 1, rate: 1/2}}
                - {item: g, kind: coupon, points: 1, off: {rate: 3/2}, uses: 2}
                - {item: h, kind: pass, points: 1, shops: [A]}
                - {item: i, kind: goods, points: 1, stock: 2, valid: 1y}
                draws:
                - {draw: x, points: 1, prizes: [{item: i, n: 2}, {item: i, n: 1}, {item: j, n: 1}], closes: 2025-12-31}
                - {draw: x, points: 1, prizes: [{item: i, n: 1}], closes: 2026-02-30}
                """))
        .containsExactly(
            "cloud.yaml:8: redeem.cash_off.cap.order_share: 3/2 is more than the order; write at most 1",
            "cloud.yaml:8: redeem.cash_off.except: there is no set 'gifts'; give its SKUs in"
                + " programs/sets/gifts.csv, column value",
            "cloud.yaml:11: catalogue.1.item: mug is also the item of line 10",
            "cloud.yaml:12: catalogue.2.item: cash_off is money off an order; give it in redeem: {cash_off}",
            "cloud.yaml:13: catalogue.3.window: is over before the version begins on 2026-01-01; take it"
                + " out or let it end later",
            "cloud.yaml:14: catalogue.4.points_only: cash_fen is paid beside the points; give one of the two",
            "cloud.yaml:15: catalogue.5.points: 0 is less than 1",
            "cloud.yaml:16: catalogue.6.kind: thing is not one of goods, coupon, pass, service, virtual",
            "cloud.yaml:17: catalogue.7: a coupon takes something off; give off: {fen}",
            "cloud.yaml:18: catalogue.8.off: says how much: give fen, or rate",
            "cloud.yaml:19: catalogue.9.off.rate: 3/2 of the price is left to pay; write less than 1",
            "cloud.yaml:19: catalogue.9.uses: belongs to kind: pass; leave it out",
            "cloud.yaml:20: catalogue.10.shops: belongs to kind: coupon; leave it out",
            "cloud.yaml:20: catalogue.10: says which pass it gives: give pass",
            "cloud.yaml:21: catalogue.11.valid: belongs to kind: coupon or pass; leave it out",
            "cloud.yaml:23: draws.0.closes: 2025-12-31 is before the version begins on 2026-01-01",
            "cloud.yaml:23: draws.0.prizes: 3 i are more than its stock of 2",
            "cloud.yaml:23: draws.0.prizes: there is no item 'j' in the catalogue",
            "cloud.yaml:24: draws.1.closes: 2026-02-30 is no date of the calendar",
            "cloud.yaml:24: draws.1.draw: x is also the draw of line 23",
            "cloud.yaml:24: draws.1.prizes: 4 i in this draw and those before it are more than its stock of 2");
  }

  @Test
  void a_place_of_another_form_is_told_and_never_a_failure() {
    for (String place :
        new String[] {
          "redeem: [3]",
          "redeem: {cash_off: [1]}",
          "redeem: {cash_off: {points: a, off_fen: {}}}",
          "redeem: {cash_off: {points: 1, off_fen: 1, override: {window: 3}}}",
          "catalogue: {a: 1}",
          "catalogue: [3, [], {item: {a: 1}, kind: [], points: x}]",
          "catalogue: [{item: a, kind: goods, points: 1, limit: 3}]",
          "catalogue: [{item: a, kind: coupon, points: 1, off: 3}]",
          "draws: 3",
          "draws: [{draw: a, points: 1, prizes: 3, closes: 2026-11-30}]"
        }) assertThat(RuleText.problems(place + "\n")).as(place).isNotEmpty();
  }
}
