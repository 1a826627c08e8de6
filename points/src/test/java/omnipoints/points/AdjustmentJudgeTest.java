package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Four eyes of the head office, six above the limit. */
class AdjustmentJudgeTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);
  private static final LocalDate DAY = LocalDate.of(2026, 3, 9);
  private static final Set<String> HQ = Set.of("ann", "bob", "cai");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiterString = " | ",
      value = {
        // points | requested | approved | shop | expires | against
        "100     | ann        | bob        | -  | -          | ''",
        "-100    | ann        | bob        | -  | -          | ''",
        "100     | ' ANN '    | 'Bob '     | -  | 2026-03-10 | ''",
        "100     | ann        | ann        | -  | -          | SAME_PERSON",
        "100     | ann        | ' Ann'     | -  | -          | SAME_PERSON",
        "100     | ann        | -          | -  | -          | APPROVED_BY",
        "100     | -          | bob        | -  | -          | REQUESTED_BY",
        "100     | dan        | bob        | -  | -          | REQUESTED_BY",
        "100     | ann        | dan        | -  | -          | APPROVED_BY",
        "100     | ann;bob    | cai        | -  | -          | REQUESTED_BY",
        "100     | ann        | bob        | S1 | -          | SOURCE_SHOP",
        "100     | ann        | bob        | -  | 2026-03-09 | EXPIRED",
        "-100    | ann        | bob        | -  | 2026-03-09 | ''",
        "5000    | ann        | bob        | -  | -          | ''",
        "5001    | ann        | bob        | -  | -          | SECOND_APPROVER",
        "-5001   | ann        | bob        | -  | -          | SECOND_APPROVER",
        "5001    | ann        | bob;cai    | -  | -          | ''",
        "5001    | ann        | bob；cai   | -  | -          | ''",
        "5001    | ann        | bob;bob    | -  | -          | SAME_PERSON",
        "5001    | ann        | bob;ann    | -  | -          | SAME_PERSON",
        "5001    | ann        | bob;dan    | -  | -          | APPROVED_BY",
        "5001    | -          | ann        | S1 | 2026-01-01 | SOURCE_SHOP REQUESTED_BY SECOND_APPROVER EXPIRED",
      })
  void an_adjustment_is_booked_where_nothing_speaks_against_it(
      long points,
      String requested,
      String approved,
      String shop,
      LocalDate expires,
      String against) {
    var asked =
        new AdjustmentJudge.Asked("A", at(DAY, 10), points, requested, approved, shop, expires);
    AdjustmentJudge.Judged judged = judge(5000L, HQ, Map.of(), asked).get(0);
    assertThat(String.join(" ", judged.against().stream().map(Enum::name).toList()))
        .isEqualTo(against);
    assertThat(judged.accepted()).isEqualTo(against.isEmpty());
  }

  @Test
  void the_limit_of_a_day_counts_what_was_given_and_taken_and_nothing_that_was_refused() {
    List<AdjustmentJudge.Judged> judged =
        judge(
            100L,
            HQ,
            Map.of(DAY, 40L),
            asked("B", at(DAY, 12), -30, "bob"),
            asked("A", at(DAY, 11), 30, "ann"),
            asked("D", at(DAY, 13), 31, "bob"),
            asked("C", at(DAY, 12), 30, "bob"),
            asked("E", at(DAY, 14), 31, "bob;cai"),
            asked("F", at(DAY.plusDays(1), 0), 100, "bob"));
    var told = new ArrayList<String>();
    for (AdjustmentJudge.Judged one : judged) told.add(one.asked().number() + " " + one.against());
    assertThat(told)
        .containsExactly("A [SAME_PERSON]", "B []", "C []", "D [SECOND_APPROVER]", "E []", "F []");
  }

  @Test
  void without_staff_nothing_is_booked_and_without_a_limit_one_may_approve_anything() {
    assertThat(judge(null, Set.of(), Map.of(), asked("A", at(DAY, 1), 1, "bob")).get(0).against())
        .containsExactly(AdjustmentJudge.Reason.REQUESTED_BY, AdjustmentJudge.Reason.APPROVED_BY);
    assertThat(
            judge(null, HQ, Map.of(), asked("A", at(DAY, 1), 1_000_000, "bob")).get(0).accepted())
        .isTrue();
  }

  private static AdjustmentJudge.Asked asked(String number, Instant at, long points, String by) {
    return new AdjustmentJudge.Asked(number, at, points, "ann", by, null, null);
  }

  private static List<AdjustmentJudge.Judged> judge(
      Long limit, Set<String> hq, Map<LocalDate, Long> before, AdjustmentJudge.Asked... asked) {
    return new AdjustmentJudge(hq, limit, ZONE, NIGHT).judge(List.of(asked), before);
  }

  private static Instant at(LocalDate day, int hour) {
    return day.atTime(hour, 0).atZone(ZONE).toInstant();
  }
}
