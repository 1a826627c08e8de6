package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.Occasion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccasionWorthTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate DAY = LocalDate.of(2026, 5, 4);
  private static final Instant AT = DAY.atTime(10, 0).atZone(ZONE).toInstant();

  private static OccasionWorth.Event event(
      Occasion.Kind kind, long fen, long refunded, LocalDate asked) {
    return new OccasionWorth.Event(
        kind,
        "N",
        AT,
        fen,
        refunded == 0 ? List.of() : List.of(new RefundStep(AT.plusSeconds(60), refunded)),
        true,
        null,
        new Facts(
            LocalDateTime.of(asked, AT.atZone(ZONE).toLocalTime()),
            Facts.Order.of(null, "S1"),
            null,
            null,
            kind == Occasion.Kind.TOPUP ? (Long) fen : null,
            null));
  }

  /** {@code <rule> <earned>[-<clawed back>]} of each award. */
  private static String worth(Program program, OccasionWorth.Event event) {
    return OccasionWorth.of(new Programme("cloud", List.of(program)), ZONE, event, List.of())
        .stream()
        .map(
            target -> {
              long earned = target.points(target.decision(), target.baseFen());
              String text = target.decision().rule() + " " + earned;
              for (RefundStep step : target.refunds())
                text +=
                    "-"
                        + (earned
                            - target.points(
                                target.decision(), target.baseFen() - step.refundedFen()));
              return text;
            })
        .collect(Collectors.joining(", "));
  }

  /** K7: 1000 yuan give 100 points; K9: 500 give 50, 1000 give 200. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      'rate: {per_fen: 100000, points: 100, mode: step}' | 100000 | 0 | a 100
      'rate: {per_fen: 100000, points: 100, mode: step}' | 99999 | 0 | ''
      'rate: {per_fen: 100000, points: 100, mode: step}' | 250000 | 100000 | a 200-100
      'rate: {per_fen: 50000, points: 50, mode: step}' | 50000 | 0 | a 50
      'rate: {per_fen: 1000, points: 1, mode: linear}' | 100999 | 999 | a 100-0
      'rate: {per_fen: 1000, points: 1, mode: linear}' | 1000 | 1000 | ''
      points: 9 | 100 | 99 | a 9-0
      'points: 9, on_return: proportional' | 100 | 50 | a 9-5
      'points: 9, when: {principal_fen: {gte: 101}}' | 100 | 0 | ''
      'points: 9, when: {shop: S1}' | 100 | 0 | a 9
      'points: 9, when: {order_fen: {gte: 1}}' | 100 | 0 | ''
      """)
  void K7_K10_top_ups_give_points_and_refunds_take_them_back(
      String gives, long fen, long refunded, String expected) {
    Program program = RuleText.program("rules: [{id: a, on: topup, " + gives + "}]\n");
    assertThat(worth(program, event(Occasion.Kind.TOPUP, fen, refunded, DAY))).isEqualTo(expected);
    assertThat(worth(program, event(Occasion.Kind.MEMBER, 1, 0, DAY))).isEmpty();
  }

  @Test
  void B18_B22_members_count_by_their_day_of_joining_and_dates_by_themselves() {
    Program program =
        RuleText.program(
            """
            rules:
            - {id: a, on: member, window: {from: 2026-05-02, to: 2026-05-03}, points: 50}
            - {id: b, on: schedule, at: 2026-05-04, points: 30, group: x}
            - {id: c, on: schedule, at: 2026-05-05, points: 31, group: x}
            - {id: d, on: schedule, at: 2026-05-04, points: 29, group: x}
            """);
    assertThat(worth(program, event(Occasion.Kind.MEMBER, 1, 0, DAY.minusDays(2))))
        .isEqualTo("a 50");
    assertThat(worth(program, event(Occasion.Kind.MEMBER, 1, 0, DAY))).isEmpty();
    assertThat(worth(program, event(Occasion.Kind.SCHEDULE, 1, 0, DAY))).isEqualTo("b 30");
  }

  @Test
  void what_such_rules_lack_is_told_with_what_to_do() {
    assertThat(
            RuleText.problems(
                """
                rules:
                - {id: a, on: member, points: 50}
                - {id: b, on: schedule, points: 30}
                - {id: c, on: schedule, at: 2026-02-30, points: 30}
                - {id: d, on: topup, times: 2}
                - {id: e, on: member, window: {from: 2026-05-02}, rate: {per_fen: 1, points: 1, mode: step}}
                - {id: g, on: schedule, at: 2026-12-01, points: 1, slot: first_order}
                - {id: f, on: topup, at: 2026-05-04, points: 1, limit: {per: member, count: 1}}
                """))
        .map(problem -> problem.replaceFirst("^cloud.yaml:", ""))
        .anyMatch(problem -> problem.contains("needs window: {from: "))
        .anyMatch(problem -> problem.contains("such as at: 2026-12-01"))
        .anyMatch(problem -> problem.contains("slot: only orders have it"))
        .anyMatch(problem -> problem.contains("give points or a rate"))
        .anyMatch(problem -> problem.contains("no money that a rate could count"))
        .anyMatch(problem -> problem.contains("only rules on: schedule give at a date"));
  }

  /** K9: 50 for 500 is 10 %; 200 for 1000 are 20 %, twice the band. */
  @ParameterizedTest
  @CsvSource({
    "50000, 50, ''",
    "100000, 200, STORED_VALUE_BAND a 1/5",
    "100000, 100, ''",
    "100000, 49, STORED_VALUE_BAND a 49/1000"
  })
  void K9_stored_value_outside_five_to_ten_percent_is_flagged(
      long fen, long points, String expected) {
    Program program =
        RuleText.program(
            "point: {fen: 100}\ncaps: [{when: {payment: stored}, max_times: 0}]\nrules: [{id: a, on: topup, rate: {per_fen: "
                + fen
                + ", points: "
                + points
                + ", mode: step}}]\n");
    assertThat(
            ProgramLint.of(program).findings().stream()
                .filter(f -> f.code().startsWith("STORED") || f.code().startsWith("PAID"))
                .map(f -> f.code() + " " + f.rule() + " " + f.number())
                .collect(Collectors.joining()))
        .isEqualTo(expected);
  }

  @Test
  void K9_orders_paid_from_stored_value_that_earn_again_are_flagged() {
    Program program =
        RuleText.program(
            "point: {fen: 100}\nrules: [{id: a, on: topup, rate: {per_fen: 1000, points: 1, mode: step}}]\n");
    assertThat(ProgramLint.of(program).findings())
        .extracting(f -> f.code() + " " + f.number())
        .contains("PAID_FROM_TOPUP 1");
  }
}
