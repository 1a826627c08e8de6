package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What days in a row are worth. */
class LadderWorthTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Program PROGRAM =
      RuleText.program(
          "rules: [{id: r, on: activity, when: {type: check_in}, ladder: {1: 1, 3: 3, 7: 10},"
              + " restart: 7, accept_late: 7d}]\n");

  private static LocalDate day(String day) {
    return LocalDate.parse("2026-05-" + day);
  }

  /** {@code <id> <day>[ <day it is read>][ makeup]}; what is read before the night is not fresh. */
  private static ActivityWorth.Event event(String text, LocalDate night) {
    String[] part = text.strip().split(" ");
    boolean makeup = part[part.length - 1].equals("makeup");
    LocalDate readOn = part.length > 2 && !part[2].equals("makeup") ? day(part[2]) : day(part[1]);
    Instant at = day(part[1]).atTime(10, 0).atZone(ZONE).toInstant();
    return new ActivityWorth.Event(
        "check_in/app/" + part[0],
        at,
        "check_in",
        "app",
        null,
        null,
        readOn,
        makeup,
        null,
        null,
        readOn.equals(night),
        "M1",
        null);
  }

  /** {@code <id> <day> <points>}. */
  private static ActivityWorth.Paid paid(String text) {
    String[] part = text.strip().split(" ");
    long points = Long.parseLong(part[2]);
    Instant at = day(part[1]).atTime(10, 0).atZone(ZONE).toInstant();
    return new ActivityWorth.Paid(
        "r",
        "check_in/app/" + part[0],
        "app",
        at,
        null,
        points,
        PROGRAM.rule(),
        new Award(points, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      01 | a 01 | '' | a 1
      03 | a 01; b 02; c 03 | a 01 1; b 02 1 | c 3
      07 | a 01; b 02; c 03; d 04; e 05; f 06; g 07 | '' | g 10
      08 | a 01; b 02; c 03; d 04; e 05; f 06; g 07; h 08 | '' | h 1
      03 | a 01; c 03 | a 01 1 | c 1
      04 | a 01; b 02 04; c 03; d 04 | a 01 1; c 03 1 | b 1, c 3, d 3
      03 | a 01; b 02 03 makeup; c 03 | a 01 1 | c 1; b MAKEUP
      12 | a 01; b 02 12; c 03; d 12 | a 01 1; c 03 1 | d 1; b LATE
      01 | a 01; z 01 | '' | a 1; z LIMIT
      09 | a 01; b 02 09; c 03; d 04; e 05; f 06; g 07; h 08 | a 01 1; c 03 1; d 04 1; e 05 3; f 06 3; g 07 3; h 08 3 | b 1, c 3, d 3, g 10, h 1
      """)
  void B16_days_in_a_row_are_derived_from_all_that_was_done(
      String night, String events, String paid, String expected) {
    var all = new ArrayList<ActivityWorth.Event>();
    for (String one : events.split(";")) all.add(event(one, day(night)));
    var before = new ArrayList<ActivityWorth.Paid>();
    if (!paid.isEmpty()) for (String one : paid.split(";")) before.add(paid(one));
    assertThat(worth(night, all, before, false)).isEqualTo(expected);
  }

  /** Days within accept_late are decided anew, each once; older ones stay as they were. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      10 | a 08; b 09; c 10; y 09 | b 09 1; y 09 1; a 08 1; c 10 1 | y 0, c 3
      20 | a 08; b 09; c 10; y 09 | b 09 1; y 09 1; a 08 1; c 10 1 | ''
      """)
  void B16_members_who_became_one_have_one_row_of_days(
      String night, String events, String paid, String expected) {
    var all = new ArrayList<ActivityWorth.Event>();
    for (String one : events.split(";")) all.add(event(one + " 01", day(night)));
    var before = new ArrayList<ActivityWorth.Paid>();
    for (String one : paid.split(";")) before.add(paid(one));
    assertThat(worth(night, all, before, true)).isEqualTo(expected);
  }

  private static String worth(
      String night,
      List<ActivityWorth.Event> all,
      List<ActivityWorth.Paid> before,
      boolean merged) {
    ActivityWorth.Worth worth =
        ActivityWorth.of(
            new Programme("cloud", List.of(PROGRAM)),
            ZONE,
            all.stream().filter(ActivityWorth.Event::fresh).toList(),
            new ActivityWorth.History(
                day(night),
                before,
                all,
                merged ? day(night).atStartOfDay(ZONE).toInstant() : null));
    var said = new ArrayList<String>();
    for (LineTarget target : worth.targets())
      said.add(id(AwardKey.cause(target.key())) + " " + target.award().granted());
    var bound = new ArrayList<String>();
    for (Allotment one : worth.allotments())
      if (one.bound()) bound.add(id(one.causeKey()) + " " + one.why());
    return String.join(", ", said) + (bound.isEmpty() ? "" : "; " + String.join(", ", bound));
  }

  private static String id(String cause) {
    return cause.replace("check_in/app/", "").replace("#r", "");
  }
}
