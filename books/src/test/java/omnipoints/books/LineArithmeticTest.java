package omnipoints.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import omnipoints.books.LineArithmetic.LineAmounts;
import omnipoints.points.PinnedRule;
import omnipoints.points.PinnedRule.Mode;
import omnipoints.points.PinnedRule.Rounding;
import omnipoints.points.Program;
import omnipoints.points.rules.Multiplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineArithmeticTest {
  private static final PinnedRule ONE_PER_YUAN =
      new PinnedRule(
          1,
          "earn",
          100,
          1,
          Mode.LINEAR,
          Rounding.FLOOR,
          7,
          new Program.Expiry(Program.ExpiryKind.NEVER, 0, null));

  @ParameterizedTest
  @CsvSource({
    // kind, points, posted before, base, refunds, formula
    "EARN,199,0,19999,'',floor(19999/100)*1",
    "EARN,20,179,19999,'',floor(19999/100)*1 - 179",
    "EARN,-199,199,0,'',floor(0/100)*1 - 199",
    "CLAWBACK,-99,0,19999,9999,floor(19999/100)*1 - floor(10000/100)*1",
    "CLAWBACK,-100,0,19999,10000,floor(19999/100)*1 - floor(9999/100)*1",
    "CLAWBACK,-100,-99,19999,9999 19999,floor(19999/100)*1 - floor(0/100)*1 - 99",
    "CLAWBACK,100,-199,19999,9999,floor(19999/100)*1 - floor(10000/100)*1 - 199",
  })
  void a_formula_yields_the_points_of_its_entry(
      String kind, long points, long before, long base, String refunds, String formula) {
    List<Long> steps =
        refunds.isEmpty()
            ? List.of()
            : Arrays.stream(refunds.split(" ")).map(Long::valueOf).toList();
    assertThat(
            LineArithmetic.formula(
                kind, points, ONE_PER_YUAN, null, null, before, new LineAmounts(base, steps)))
        .isEqualTo(formula.replace("", ""));
  }

  /** A line of ¥199.99, paid in a tier that gave twice as much as the one that was due. */
  @ParameterizedTest
  @CsvSource({
    "-200,0,,floor(19999/100*2) - floor(19999/100)*1",
    "-199,-200,10000 19999,floor(19999/100*2) - floor(0/100*2) - 200",
    "-100,-200,10000,floor(19999/100*2) - floor(9999/100)*1 - 200",
    "-200,0,10000,floor(19999/100*2) - floor(9999/100*2)",
  })
  void a_tier_that_was_lost_is_told_in_the_formula(
      long points, long before, String refunds, String formula) {
    PinnedRule twice = ONE_PER_YUAN.charged(Multiplier.kept("2", "2", "tier_rate", ""));
    List<Long> steps =
        refunds == null ? List.of() : Arrays.stream(refunds.split(" ")).map(Long::valueOf).toList();
    assertThat(
            LineArithmetic.formula(
                "CLAWBACK",
                points,
                twice,
                null,
                ONE_PER_YUAN,
                before,
                new LineAmounts(19999, steps)))
        .isEqualTo(formula);
  }

  @Test
  void facts_that_no_longer_fit_are_not_told() {
    assertThat(
            LineArithmetic.formula(
                "EARN", 50, ONE_PER_YUAN, null, null, 10, new LineAmounts(19999, List.of())))
        .isEqualTo("60 - 10");
    assertThat(LineArithmetic.formula("CLAWBACK", -50, ONE_PER_YUAN, null, null, 0, null))
        .isEqualTo("50");
  }
}
