package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the programme says to a wish: rows of given and expected, named after the requirements. */
class WishTest {
  private static final String RULES =
      """
      redeem:
        cash_off: %s
      catalogue:
      - {item: mug, kind: goods, points: 500, stock: 300, limit: {per: member, count: 1}, window: {from: 2026-11-01, to: 2026-11-30}}
      - {item: socks, kind: goods, points: 100, cash_fen: 500, cost_fen: 200}
      - {item: roll, kind: goods, points: 1, limit: {per: member_month, count: 2}, points_only: true}
      """;

  private static final Map<String, String> OFFERS =
      Map.of(
          "D1", "{points: 100, off_fen: 1000}",
          "D1 whole", "{points: 100, off_fen: 1000, step: 100}",
          "D2", "{points: 100, off_fen: 100}",
          "D5", "{points: 100, off_fen: 1000, cap: {order_share: 1/2, off_fen: 20000}}",
          "D6", "{points: 100, off_fen: 1000, min_points: 200}",
          "D12",
              "{points: 100, off_fen: 1000, override: [{window: {month_days: [18]}, off_fen: 2000}]}");

  private static Wish.Answer ask(String rules, Wish wish) {
    Program version = RuleText.program(rules);
    return wish.ask(History.programme(version), History.ZONE, LocalDate.of(2026, 12, 1));
  }

  private static Long number(String text) {
    return text == null ? null : Long.valueOf(text);
  }

  /** orderFen: what was paid of what points may pay for, after the money off. */
  @ParameterizedTest(name = "{0}: {1} points for {2} fen of {3} on {4} -> {5} {6}")
  @CsvSource({
    "D1,        100,  1000,  5000, 2026-11-02,  100,",
    "D1,           ,  1000,  5000, 2026-11-02,  100,",
    "D1,        250,  2500,  5000, 2026-11-02,  250,",
    "D1,        250,      ,  5000, 2026-11-02,  250,",
    "D1 whole,  250,  2500,  5000, 2026-11-02,  250, LIMIT",
    "D1 whole,  200,  2000,  5000, 2026-11-02,  200,",
    "D1,        100,   100,  5000, 2026-11-02,  100, PRICE",
    "D2,        100,   100,  5000, 2026-11-02,  100,",
    "D2,           ,   100,  5000, 2026-11-02,  100,",
    "D5,       1000, 10000, 10000, 2026-11-02, 1000,",
    "D5,       1000, 10000,  9999, 2026-11-02, 1000, LIMIT",
    "D5,       2000, 20000, 90000, 2026-11-02, 2000,",
    "D5,       2001, 20010, 90000, 2026-11-02, 2001, LIMIT",
    "D5,        100,  1000,      , 2026-11-02,  100, LIMIT",
    "D6,        199,  1990,  5000, 2026-11-02,  199, LIMIT",
    "D6,        200,  2000,  5000, 2026-11-02,  200,",
    "D12,       100,  2000,  5000, 2026-11-18,  100,",
    "D12,          ,  2000,  5000, 2026-11-18,  100,",
    "D12,       100,  2000,  5000, 2026-11-19,  100, PRICE",
    "D12,          ,  2000,  5000, 2026-11-19,  200,"
  })
  void money_off_an_order(
      String row,
      String points,
      String cash,
      String order,
      String day,
      long costs,
      String against) {
    Wish.Answer answer =
        ask(
            RULES.formatted(OFFERS.get(row)),
            new Wish(
                "cash_off",
                Redemption.Mode.REQUESTED,
                1,
                number(points),
                number(cash),
                number(order),
                Scenario.at(day + "T10:00")));
    assertThat(answer.points()).isEqualTo(costs);
    assertThat(answer.against().toString()).isEqualTo(against == null ? "[]" : "[" + against + "]");
  }

  @ParameterizedTest(name = "{0} {1} × {2} for {3} points on {4} -> {5} {6}")
  @CsvSource({
    "REQUESTED, mug,   1,    , 2026-11-01T00:00:00, 500,",
    "REQUESTED, mug,   1, 500, 2026-11-30T23:59:59, 500,",
    "REQUESTED, mug,   1, 499, 2026-11-30T23:59:59, 499, PRICE",
    "REQUESTED, mug,   1, 500, 2026-12-01T00:00:00, 500, WINDOW",
    "REQUESTED, cup,   1, 500, 2026-11-02T00:00:00, 500, ITEM",
    "REQUESTED, socks, 3,    , 2026-11-02T00:00:00, 300,",
    "REQUESTED, socks, 3, 100, 2026-11-02T00:00:00, 100, PRICE",
    "REQUESTED, roll,  1,    , 2026-11-02T00:00:00,   1,",
    "EXECUTED,  mug,   1, 499, 2026-12-01T00:00:00, 499,",
    "EXECUTED,  socks, 2,    , 2026-12-01T00:00:00, 200,",
    "EXECUTED,  cup,   1,  70, 2026-12-01T00:00:00,  70,",
    "EXECUTED,  cup,   1,    , 2026-12-01T00:00:00,   0, ITEM",
    "REQUESTED, mug,   1,    , 2025-12-31T23:59:59,   0, ITEM"
  })
  void items(
      Redemption.Mode mode,
      String item,
      long qty,
      String points,
      String at,
      long costs,
      String against) {
    Wish.Answer answer =
        ask(
            RULES.formatted(OFFERS.get("D1")),
            new Wish(item, mode, qty, number(points), null, null, Scenario.at(at)));
    assertThat(answer.points()).isEqualTo(costs);
    assertThat(answer.against().toString()).isEqualTo(against == null ? "[]" : "[" + against + "]");
  }
}
