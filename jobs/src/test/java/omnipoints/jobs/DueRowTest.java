package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import omnipoints.facts.LineKey;
import omnipoints.points.MemberOutcome.PostingState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The account is S; M merged into it. Dates are days of January, {@code !} behind one says that it
 * is held, {@code -} is none.
 */
class DueRowTest {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-05");

  @ParameterizedTest(name = "{0}: {1} after {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a date is told for the first time | 12 |  | S 12",
        "a date that is held from the start | 12! |  | S 12!",
        "no date, and none before | - |  | ",
        "the same date is not told again | 12 | S 12 | ",
        "another date | 13 | S 12 | S 13",
        "the same date is held | 12! | S 12 | S 12!",
        "it is held no more | 12 | S 12! | S 12",
        "nothing is pending any more | - | S 12 | S -",
        "nothing is pending of what somebody brought along | - | M 12 | M -",
        "what somebody brought along stays under his name | 13 | M 12 | M 13",
        "the same, brought along | 12 | M 12 | ",
        "of two dates the account's own stands | 13 | M 12, S 11 | S 13, M -",
        "of two dates none stands | - | M 12, S 11! | M -, S -"
      })
  void one_date_stands_of_a_line_and_account(String what, String now, String told, String rows) {
    assertThat(
            DueRow.of(new UUID(1, 1), FIRST, "S", told(told), posting(now), 7).stream()
                .map(DueRowTest::text))
        .containsExactlyElementsOf(rows == null ? List.of() : List.of(rows.split(", ")));
  }

  private static List<DueRow.Told> told(String text) {
    if (text == null) return List.of();
    return Arrays.stream(text.split(", "))
        .map(one -> one.split(" "))
        .map(one -> new DueRow.Told(one[0], date(one[1]), one[1].endsWith("!")))
        .toList();
  }

  private static PostingState posting(String due) {
    var line = new LineKey("tmall", "s1", "1", "1-1");
    return new PostingState(line, 10, 0, null, null, date(due), due.endsWith("!"));
  }

  private static LocalDate date(String day) {
    return day.equals("-") ? null : LocalDate.parse("2026-01-" + day.substring(0, 2));
  }

  private static String text(DueRow row) {
    assertThat(row.lineKey()).isEqualTo("1-1");
    assertThat(row.firstNight()).isEqualTo(FIRST);
    assertThat(row.pin() == null).as("a date has a pin").isEqualTo(row.dueOn() == null);
    String date = row.dueOn() == null ? "-" : row.dueOn().toString().substring(8);
    return row.memberId() + " " + date + (row.held() ? "!" : "");
  }
}
