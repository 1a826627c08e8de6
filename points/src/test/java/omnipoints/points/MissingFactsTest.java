package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody told, for want of which a rule did not count. */
class MissingFactsTest {

  @ParameterizedTest(name = "{0} [{1}] {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      when: {payment: wechat}                                       |                                        | payment
      when: {payment: {not: wechat}}                                |                                        | payment
      when: {payment: wechat}                                       | payment=wechat                         |
      when: {payment: wechat}                                       | payment=cash                           |
      when: {payment: wechat, channel: tmall}                       | channel=jd                             |
      when: {payment: wechat, order_type: presale}                  |                                        | payment order_type
      when: {payment: wechat, tier: gold}                           |                                        | payment
      when: {tier: gold}                                            |                                        |
      when: {tag: {not: cold}}                                      |                                        |
      when: {shop: {not: home_shop}}                                | shop=S1                                | home_shop
      when: {shop: {not: home_shop}}                                | shop=S1 home_shop=S1                   |
      when: {category: beauty}                                      | sku=A                                  | category
      when: {birthday: 05-20}                                       |                                        | birthday
      window: {birthday: day}                                       | at=2026-05-20T10:00                    | birthday
      window: {birthday: day}                                       | at=2026-05-20T10:00 birthday=1990-05-21|
      window: {birthday: day, from: 2026-06-01}                     | at=2026-05-20T10:00                    |
      'window: {from: 2026-06-01}, when: {payment: wechat}'         | at=2026-05-20T10:00                    |
      'when: {any: [{payment: wechat}, {channel: jd}]}'             | channel=tmall                          | payment
      'when: {any: [{payment: wechat}, {channel: jd}]}'             | channel=jd                             |
      'when: {any: [{payment: wechat, channel: jd}, {shop: S2}]}'   | channel=tmall shop=S1                  |
      'when: {channel: jd, any: [{payment: wechat}, {brand: b}]}'   | channel=jd                             | payment brand
      """)
  void a_rule_that_lacked_nothing_else_lacked_what_nobody_told(
      String asks, String facts, String missing) {
    Program program = RuleText.program("rules: [{id: r, " + asks + ", times: 2}]\n");
    assertThat(missing(program, List.of(), facts)).isEqualTo(missing == null ? "" : missing);
    assertThat(missing(program, List.of("r"), facts)).isEmpty();
  }

  @ParameterizedTest(name = "{0} [{1}] {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      id: g, when: {payment: wechat}, points: 5                   |         | payment
      id: g, scope: line, when: {sku: A}, points: 5               | sku=A   |
      id: g, when: {sku: A}, points: 5                            | sku=A   | sku
      id: g, on: activity, when: {type: share}, points: 5         |         |
      id: g, on: topup, when: {principal_fen: {gte: 5}}, points: 5 |        |
      """)
  void grants_of_orders_are_asked_of_the_order_and_others_not_at_all(
      String rule, String facts, String missing) {
    Program program = RuleText.program("rules: [{" + rule + "}]\n");
    assertThat(missing(program, List.of(), facts)).isEqualTo(missing == null ? "" : missing);
  }

  private static String missing(Program program, List<String> counted, String facts) {
    return program.rates().missing(counted, FactsText.of(facts == null ? "" : facts)).stream()
        .map(one -> one.fact())
        .collect(Collectors.joining(" "));
  }
}
