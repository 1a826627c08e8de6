package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A verdict is written {@code owner date base refund}; {@code -} for nobody, or not paid yet. */
class SpendRowTest {

  private static final LocalDate NIGHT = LocalDate.parse("2026-01-08");

  @ParameterizedTest(name = "{0}: {1} after {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "an order nobody looked at so far counts | M1 05 900 0 |  | M1 05 1 900 0 1",
        "an order that is nobody's counts for nobody | - 05 900 0 |  | ",
        "an order that is to be paid later counts later | M1 - 900 0 |  | ",
        "what stands is not written again | M1 05 900 100 | M1 05 900 100 | ",
        "a refund changes amounts only | M1 05 900 100 | M1 05 900 0 | M1 05 0 0 100 0",
        "no more is refunded than was paid | M1 05 900 1200 | M1 05 900 0 | M1 05 0 0 900 -1",
        "what came back whole and did not is kept again | M1 05 900 0 | M1 05 900 900 | M1 05 0 0 -900 1",
        "an order that was nobody's is somebody's | M1 05 900 0 | - 05 900 0 | M1 05 1 900 0 1",
        "an order leaves its owner | - 05 900 0 | M1 05 900 50 | M1 05 -1 -900 -50 -1",
        "an order goes to another | M2 05 900 50 | M1 05 900 50 | M1 05 -1 -900 -50 -1, M2 05 1 900 50 1",
        "a payment gets another date | M1 06 800 0 | M1 05 900 0 | M1 05 -1 -900 0 -1, M1 06 1 800 0 1"
      })
  void the_difference_of_two_verdicts_is_what_is_spent(
      String what, String now, String before, String spent) {
    assertThat(
            SpendRow.between("tmall", "s1", verdict(before), verdict(now)).stream()
                .map(SpendRowTest::text))
        .containsExactlyElementsOf(spent == null ? List.of() : List.of(spent.split(", ")));
  }

  @Test
  void rows_are_of_the_night_that_changes_them() {
    assertThat(SpendRow.between("tmall", "s1", verdict("M1 05 1 0"), verdict("M2 05 1 0")))
        .extracting(SpendRow::night)
        .containsOnly(NIGHT);
  }

  private static VerdictRow verdict(String text) {
    if (text == null) return null;
    String[] part = text.split(" ");
    String owner = part[0].equals("-") ? null : part[0];
    LocalDate paidOn =
        owner == null || part[1].equals("-") ? null : LocalDate.parse("2026-01-" + part[1]);
    return new VerdictRow(
        new UUID(1, 1),
        NIGHT,
        NIGHT,
        "POSTED",
        owner,
        paidOn,
        Long.parseLong(part[2]),
        Long.parseLong(part[3]),
        0,
        false);
  }

  private static String text(SpendRow row) {
    return row.memberId()
        + " "
        + row.paidOn().toString().substring(8)
        + " "
        + row.orders()
        + " "
        + row.baseFen()
        + " "
        + row.refundFen()
        + " "
        + row.kept();
  }
}
