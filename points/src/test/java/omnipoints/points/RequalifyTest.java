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
import omnipoints.facts.RefundStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PROGRAMME §1: {@code requalify} asks {@code order_fen} and {@code line_fen} of the kept money.
 */
class RequalifyTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate NIGHT = LocalDate.of(2026, 5, 3);
  private static final Instant BOUGHT =
      LocalDate.of(2026, 5, 2).atTime(10, 0).atZone(ZONE).toInstant();

  /** {@code <line>#<rule> <earned>[-<clawed back> ...]} of lines {@code key:fen[-refunded]}. */
  private static String booked(Program program, String lines) {
    var all = new ArrayList<Purchase.Line>();
    long base = 0;
    int day = 0;
    for (String line : lines.split(" ")) {
      String[] part = line.split("[:-]");
      long fen = Long.parseLong(part[1]);
      base += fen;
      Instant back = BOUGHT.plusSeconds(++day * 86_400L);
      List<RefundStep> refunds =
          part.length < 3 ? List.of() : List.of(new RefundStep(back, Long.parseLong(part[2])));
      all.add(
          new Purchase.Line(
              new LineKey("c", "s", "o", part[0]),
              part[0],
              true,
              true,
              BOUGHT,
              fen,
              refunds,
              null,
              false));
    }
    OrderWorth.Verdict verdict =
        OrderWorth.of(
            new Purchase(Acceptance.ACCEPTED, "M1", BOUGHT, base, 0, all),
            null,
            new OrderWorth.Before(List.of(), null, false),
            new OrderWorth.Rules(new Programme("cloud", List.of(program)), ZONE, NIGHT));
    var texts = new ArrayList<String>();
    for (OrderWorth.Target target : verdict.targets()) {
      LineTarget line = target.line();
      if (line.pinsOnly()) continue;
      long earned = line.points(line.decision(), line.baseFen());
      String text = line.key().line().replace('\t', '#') + " " + earned;
      for (RefundStep step : line.refunds())
        text += "-" + (earned - line.points(line.decision(), line.baseFen() - step.refundedFen()));
      texts.add(text);
    }
    return String.join(", ", texts);
  }

  /** B13: ¥500 and more double. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      'when: {order_fen: {gte: 50000}}, times: 2' | a:30000-10000 b:20000 | a 600-200, b 400
      'when: {order_fen: {gte: 50000}}, times: 2, requalify: true' | a:30000-10000 b:20000 | a 600-400, b 400-200
      'when: {order_fen: {gte: 50000}}, times: 2, requalify: true' | a:60000-10000 b:20000 | a 1200-200, b 400
      'when: {order_fen: {gte: 50000}}, times: 2, requalify: true' | a:50000-50000 b:1-1 | a 1000-1000-1000
      'when: {line_fen: {gte: 20000}}, times: 3, requalify: true' | a:30000-10001 b:20000 | a 900-701, b 600
      'when: {any: [{order_fen: {gte: 50000}}, {line_fen: {gte: 10000}}]}, times: 2, requalify: true' | a:30000-10000 b:20000 | a 600-200, b 400
      'when: {order_fen: {gte: 50000}}, points: 100' | a:30000-10000 b:20000 | 'a 300-100, b 200, #r 100-0'
      'when: {order_fen: {gte: 50000}}, points: 100, requalify: true' | a:30000-10000 b:20000 | 'a 300-100, b 200, #r 100-100'
      'when: {order_fen: {gte: 50000}}, scope: line, points: 9, requalify: true' | a:30000-10000 b:20000 | 'a 300-100, a#r 9-9, b 200, b#r 9-9'
      """)
  void B13_a_threshold_is_asked_again_of_what_is_kept(String rule, String lines, String expected) {
    assertThat(booked(RuleText.program("rules: [{id: r, " + rule + "}]\n"), lines))
        .isEqualTo(expected);
  }

  @Test
  void B24_other_factors_and_bounds_stay_as_they_were_pinned() {
    Program program =
        RuleText.program(
            """
            stack: {across: multiply, max_times: 5}
            rules:
            - {id: big, when: {order_fen: {gte: 50000}}, times: 3, requalify: true}
            - {id: always, times: 2}
            """);
    assertThat(booked(program, "a:50000-10000")).isEqualTo("a 2500-1700");
    Program whole =
        RuleText.program(
            """
            earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: order}
            rules:
            - {id: big, when: {order_fen: {gte: 50000}}, times: 3, requalify: true}
            """);
    assertThat(booked(whole, "a:30050-10000 b:20050")).isEqualTo(" 1503-1102");
  }

  @Test
  void what_asks_for_no_money_cannot_be_asked_again() {
    assertThat(RuleText.problems("rules: [{id: a, when: {shop: S1}, times: 2, requalify: true}]\n"))
        .singleElement()
        .asString()
        .contains("requalify: asks order_fen or line_fen again");
  }
}
