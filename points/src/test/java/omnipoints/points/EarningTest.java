package omnipoints.points;

import static omnipoints.points.PinnedRule.Mode.LINEAR;
import static omnipoints.points.PinnedRule.Mode.STEP;
import static omnipoints.points.PinnedRule.Rounding.CEIL;
import static omnipoints.points.PinnedRule.Rounding.FLOOR;
import static omnipoints.points.PinnedRule.Rounding.ROUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarningTest {
  private static PinnedRule rule(
      long perFen, long points, PinnedRule.Mode mode, PinnedRule.Rounding rounding) {
    return new PinnedRule(
        1,
        "base",
        perFen,
        points,
        mode,
        rounding,
        7,
        new Program.Expiry(Program.ExpiryKind.NEVER, 0, null));
  }

  @ParameterizedTest
  @CsvSource({
    "19999, 100, 1, LINEAR, FLOOR, 199, floor(19999/100)*1",
    "19999, 100, 1, LINEAR, CEIL, 200, ceil(19999/100)*1",
    "19949, 100, 1, LINEAR, ROUND, 199, round(19949/100)*1",
    "19950, 100, 1, LINEAR, ROUND, 200, round(19950/100)*1",
    "9900, 1000, 1, LINEAR, FLOOR, 9, floor(9900/1000)*1",
    "25000, 10000, 10, LINEAR, FLOOR, 25, floor(25000*10/10000)",
    "25000, 10000, 10, STEP, FLOOR, 20, floor(25000/10000)*10",
    "25000, 10000, 10, STEP, CEIL, 20, floor(25000/10000)*10",
    "0, 100, 1, LINEAR, CEIL, 0, ceil(0/100)*1",
    "-5, 100, 1, LINEAR, CEIL, 0, ceil(-5/100)*1",
  })
  void an_amount_is_worth_an_exact_number_of_points_and_says_how(
      long fen,
      long perFen,
      long points,
      PinnedRule.Mode mode,
      PinnedRule.Rounding rounding,
      long expected,
      String text) {
    assertThat(Earning.points(rule(perFen, points, mode, rounding), fen)).isEqualTo(expected);
    assertThat(Earning.arithmetic(rule(perFen, points, mode, rounding), fen)).isEqualTo(text);
  }

  @Test
  void products_beyond_64_bits_stay_exact() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      long fen = random.nextLong() >>> (1 + random.nextInt(62));
      long perFen = 1 + (random.nextLong() >>> (2 + random.nextInt(60)));
      long points = 1 + random.nextInt(1_000_000_000);
      BigInteger[] exact =
          BigInteger.valueOf(fen)
              .multiply(BigInteger.valueOf(points))
              .divideAndRemainder(BigInteger.valueOf(perFen));
      if (exact[0].bitLength() > 62) continue;
      boolean half = exact[1].shiftLeft(1).compareTo(BigInteger.valueOf(perFen)) >= 0;
      String of = "seed " + seed + ": " + fen + "*" + points + "/" + perFen;
      assertThat(Earning.points(rule(perFen, points, LINEAR, FLOOR), fen))
          .as(of)
          .isEqualTo(exact[0].longValue());
      assertThat(Earning.points(rule(perFen, points, LINEAR, CEIL), fen))
          .as(of)
          .isEqualTo(exact[0].longValue() + (exact[1].signum() > 0 ? 1 : 0));
      assertThat(Earning.points(rule(perFen, points, LINEAR, ROUND), fen))
          .as(of)
          .isEqualTo(exact[0].longValue() + (half ? 1 : 0));
    }
  }

  @Test
  void a_result_beyond_64_bits_is_an_error_not_a_wrong_number() {
    assertThatThrownBy(() -> Earning.points(rule(1, 3, LINEAR, FLOOR), Long.MAX_VALUE / 2))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Earning.points(rule(1, 3, STEP, FLOOR), Long.MAX_VALUE / 2))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ROLLING, 1, YEAR, 2025-03-01, 2026-02-28",
        "ROLLING, 1, YEAR, 2024-02-29, 2025-02-27",
        "ROLLING, 1, YEAR, 2024-03-01, 2025-02-28",
        "ROLLING, 4, YEAR, 2024-02-29, 2028-02-28",
        "ROLLING, 1, MONTH, 2025-01-31, 2025-02-27",
        "ROLLING, 1, MONTH, 2025-01-15, 2025-02-14",
        "ROLLING, 1, DAY, 2025-01-15, 2025-01-15",
        "ROLLING, 30, DAY, 2025-01-15, 2025-02-13",
        "FIXED, 1, YEAR, 2025-03-01, 2025-12-31",
        "FIXED, 2, YEAR, 2025-12-31, 2026-12-31",
        "FIXED, 1, MONTH, 2024-02-03, 2024-02-29",
        "FIXED, 12, MONTH, 2025-03-01, 2026-02-28",
        "NEVER, 0, -, 2025-03-01, -",
      })
  void points_live_until_their_last_usable_day(
      Program.ExpiryKind kind,
      int length,
      Program.ExpiryUnit unit,
      LocalDate start,
      LocalDate last) {
    assertThat(Validity.expiresOn(new Program.Expiry(kind, length, unit), start)).isEqualTo(last);
  }
}
