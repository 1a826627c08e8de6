package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import omnipoints.points.rules.Item;
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
            debt: {policy: block_redeem}
            """,
            Map.of("sets/gifts.csv", "value\nG1\n"));
    assertThat(program.redeem().graceDays()).isEqualTo(30);
    assertThat(program.redeem().cashOff().except()).containsExactly("G1");
    assertThat(program.redeem().cashOff().minPoints()).isEqualTo(200);
    assertThat(program.redeem().catalogue())
        .extracting(Item::item)
        .isEqualTo(List.of("mug", "socks"));
    assertThat(program.redeem().item("mug").limit()).isEqualTo(new Item.Limit(Item.Per.MEMBER, 1));
    assertThat(program.redeem().item("mug").stock()).isEqualTo(300);
    assertThat(program.redeem().item("socks").costFen()).isEqualTo(200);
    assertThat(program.redeem().item("socks").clearance()).isTrue();
    assertThat(program.debt().policy()).isEqualTo(Program.DebtPolicy.BLOCK_REDEEM);
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
            "cloud.yaml:16: catalogue.6.kind: thing is not one of goods, coupon, pass, service, virtual");
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
          "catalogue: [{item: a, kind: goods, points: 1, limit: 3}]"
        }) assertThat(RuleText.problems(place + "\n")).as(place).isNotEmpty();
  }
}
