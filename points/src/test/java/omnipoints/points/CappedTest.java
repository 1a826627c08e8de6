package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.Acceptance;
import omnipoints.facts.LineKey;
import omnipoints.facts.Purchase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PROGRAMME §4: whatever a cap touches stores what was desired beside what was granted. */
class CappedTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Instant BOUGHT =
      LocalDate.of(2026, 5, 2).atTime(10, 0).atZone(ZONE).toInstant();

  /** {@code <cause>#<rule> desired>granted} of lines {@code sku:fen}. */
  private static String capped(String scope, String rules, String lines) {
    Program program =
        RuleText.program(
            "earn: {per_fen: 100, points: 1, rounding: floor, "
                + scope
                + "}\nstack: {across: multiply, max_times: 3}\nrules: ["
                + rules
                + "]\n");
    var all = new ArrayList<Purchase.Line>();
    long base = 0;
    for (String line : lines.split(" ")) {
      String[] part = line.split(":");
      long fen = Long.parseLong(part[1]);
      base += fen;
      all.add(
          new Purchase.Line(
              new LineKey("c", "s", "o", part[0]),
              part[0],
              true,
              true,
              BOUGHT,
              fen,
              List.of(),
              null,
              false));
    }
    return String.join(
        ", ",
        OrderWorth.of(
                new Purchase(Acceptance.ACCEPTED, "M1", BOUGHT, base, 0, all),
                null,
                new OrderWorth.Before(List.of(), null, false),
                new OrderWorth.Rules(
                    new Programme("cloud", List.of(program)), ZONE, LocalDate.of(2026, 5, 3)))
            .capped()
            .stream()
            .map(one -> one.causeKey() + " " + one.desired() + ">" + one.granted())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'mode: linear, scope: line'  | '{id: a, times: 4}'                                             | x:10050 y:100 | 'o/x 402>301, o/y 4>3'
          'mode: linear, scope: line'  | '{id: a, times: 3}'                                             | x:10050 y:100 | ''
          'mode: linear, scope: line'  | '{id: a, times: 2}, {id: g, times: 2, campaign: c}'             | x:10000       | 'o/x#g 200>100'
          'mode: linear, scope: line'  | '{id: a, times: 4}, {id: g, times: 2, campaign: c}'             | x:10000       | 'o/x 400>300'
          'mode: linear, scope: line'  | '{id: a, times: 2}, {id: g, times: 2, limit: {per: member, count: 1}}' | x:10000 | 'o/x#g 200>100'
          'mode: linear, scope: line'  | '{id: g, points: 100}'                                          | x:10000       | ''
          'mode: linear, scope: order' | '{id: a, times: 4}'                                             | x:10050 y:10050 | 'o/ 804>603'
          'mode: linear, scope: order' | '{id: a, when: {sku: x}, times: 4}'                             | x:10050 y:10050 | 'o/ 502>402'
          'mode: linear, scope: order' | '{id: a, when: {sku: x}, times: 3}'                             | x:10050 y:10050 | ''
          'mode: step, scope: order'   | '{id: a, when: {sku: x}, times: 5}'                             | x:10000 y:10000 | 'o/ 600>400'
          'mode: linear, scope: order' | '{id: a, times: 2}, {id: g, times: 2, campaign: c}'             | x:10050 y:10050 | 'o/#g 402>201'
          """)
  void what_a_bound_on_factors_took_of_rates_and_of_factors_of_their_own(
      String scope, String rules, String lines, String expected) {
    assertThat(capped(scope, rules, lines)).isEqualTo(expected);
  }
}
