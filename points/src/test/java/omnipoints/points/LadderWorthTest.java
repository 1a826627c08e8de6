package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import omnipoints.facts.RefundStep;
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

  /**
   * {@code <id> <day>[ <day it is read>][ makeup][ order]}; what is read before the night is not
   * fresh. The order is {@code ?} while nobody knows it, else {@code <owner>:<fen>[-<refunded on
   * the night>]}, with {@code ~} behind it where the night looks at it, {@code *} where that says
   * otherwise than before.
   */
  private static ActivityWorth.Event event(String text, LocalDate night) {
    String[] part = text.strip().split(" ");
    String order = part[part.length - 1].matches("[?]|.*:.*") ? part[part.length - 1] : null;
    if (order != null) part = Arrays.copyOf(part, part.length - 1);
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
        order == null ? null : "pos " + part[0],
        order == null || order.equals("?") ? null : order(order, at, night),
        readOn.equals(night),
        order != null && order.contains("*"),
        "M1",
        null);
  }

  private static NamedOrder order(String text, Instant at, LocalDate night) {
    String[] part = text.replaceAll("[*~]", "").split("[:-]");
    List<RefundStep> refunds =
        part.length < 3
            ? List.of()
            : List.of(
                new RefundStep(night.atStartOfDay(ZONE).toInstant(), Long.parseLong(part[2])));
    return new NamedOrder(
        at, null, part[0], true, Long.parseLong(part[1]), refunds, at, text.contains("!"));
  }

  /** {@code <id> <day> <points>}, pinned as what it was paid for then was worth. */
  private static ActivityWorth.Paid paid(String text, List<ActivityWorth.Event> all) {
    String[] part = text.strip().split(" ");
    ActivityWorth.Event of =
        all.stream().filter(one -> one.key().endsWith("/" + part[0])).findFirst().orElseThrow();
    long points = Long.parseLong(part[2]);
    Instant at = day(part[1]).atTime(10, 0).atZone(ZONE).toInstant();
    return new ActivityWorth.Paid(
        "r",
        "check_in/app/" + part[0],
        "app",
        at,
        null,
        points,
        PROGRAM.ofActivity(of.facts(ZONE), of.named()).get(0).decision(),
        new Award(points, of.order() == null ? 1 : Math.max(300, of.named().baseFen())));
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
    if (!paid.isEmpty()) for (String one : paid.split(";")) before.add(paid(one, all));
    assertThat(worth(night, all, fresh(all), before, false)).isEqualTo(expected);
  }

  private static List<ActivityWorth.Event> fresh(List<ActivityWorth.Event> all) {
    return all.stream().filter(ActivityWorth.Event::fresh).toList();
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
    for (String one : paid.split(";")) before.add(paid(one, all));
    assertThat(worth(night, all, fresh(all), before, true)).isEqualTo(expected);
  }

  /** What names an order bears its day only as long as something of it is kept. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      03 | a 01; b 02; c 03 M1:300                                   | a 01 1; b 02 1                 | c 3
      03 | a 01; b 02; c 03 ?                                        | a 01 1; b 02 1                 | ''
      03 | a 01; b 02; c 03 M2:300                                   | a 01 1; b 02 1                 | ''
      03 | a 01; b 02; c 03 M1:0                                     | a 01 1; b 02 1                 | ''
      03 | a 01; b 02; c 03 M1:300-300                               | a 01 1; b 02 1                 | ''
      03 | a 01; b 02; c 03 M1:300-299                               | a 01 1; b 02 1                 | c 3
      05 | a 01; b 02 M1:300*; c 03                                  | a 01 1; c 03 1                 | b 1, c 3
      05 | a 01; b 02 M1:300*; c 03                                  | a 01 1; b 02 1; c 03 3         | b 1
      05 | a 01; b 02 M1:300-300*; c 03                              | a 01 1; b 02 1; c 03 3         | b 1-1, c 1
      05 | a 01; b 02 M1:300-100*; c 03                              | a 01 1; b 02 1; c 03 3         | b 1
      05 | a 01; b 02 M2:300*; c 03                                  | a 01 1; b 02 1; c 03 3         | b 0, c 1
      05 | a 01; b 02 M1:0*; c 03                                    | a 01 1; b 02 1; c 03 3         | b 0, c 1
      05 | a 01; b 02 M1:300-300*; z 02; c 03                        | a 01 1; b 02 1; c 03 3         | b 1
      05 | a 01; b 02 M1:300-300*; z 02 05; c 03                     | a 01 1; b 02 1; c 03 1         | b 1, c 3
      05 | a 01; b 02 M1:300-300*; z 02 M1:9; c 03                   | a 01 1; b 02 1; c 03 3         | b 1
      05 | a 01; b 02 M1:300-300*; z 02 M1:9-9*; c 03                | a 01 1; b 02 1; c 03 3         | b 1-1, c 1
      05 | a 01; b 02 M1:300-300; c 03; d 05                         | a 01 1; b 02 1; c 03 1         | d 1
      30 | a 01; b 02 M1:300-300*; c 03; d 04; y 20; z 21            | a 01 1; b 02 1; c 03 3; d 04 3; y 20 1; z 21 1 | b 1-1, c 1, d 1
      09 | a 01 M1:9-9*; b 02; c 03; d 04; e 05; f 06; g 07; h 08    | a 01 1; b 02 1; c 03 3; d 04 3; e 05 3; f 06 3; g 07 10; h 08 1 | a 1-1, c 1, g 3, h 10
      05 | a 01; b 02 M1:300~; c 03                                  | a 01 1; b 02 1; c 03 9         | b 1
      05 | a 01; b 02 M1:300-300~; c 03                              | a 01 1; b 02 1; c 03 9         | b 1-1
      20 | a 01; b 02 M1:300-300*; c 03; x 11; y 12                  | a 01 1; b 02 1; c 03 3; x 11 1; y 12 9 | b 1-1, c 1
      12 | a 01; b 02 12 M1:300; c 03                                | a 01 1; c 03 1                 | '; b LATE'
      12 | a 01; b 02 M1:300*; z 02; c 03                            | a 01 1; z 02 1; c 03 3         | 'z 1; b LIMIT'
      """)
  void B16_B20_a_day_falls_with_the_orders_that_bear_it_and_the_row_is_counted_anew(
      String night, String events, String paid, String expected) {
    var all = new ArrayList<ActivityWorth.Event>();
    var tonight = new ArrayList<ActivityWorth.Event>();
    for (String one : events.split(";")) {
      ActivityWorth.Event event = event(one, day(night));
      all.add(event);
      if (event.fresh() || one.matches(".*[*~]")) tonight.add(event);
    }
    var before = new ArrayList<ActivityWorth.Paid>();
    if (!paid.isEmpty()) for (String one : paid.split(";")) before.add(paid(one, all));
    assertThat(worth(night, all, tonight, before, false)).isEqualTo(expected);
  }

  private static String worth(
      String night,
      List<ActivityWorth.Event> all,
      List<ActivityWorth.Event> tonight,
      List<ActivityWorth.Paid> before,
      boolean merged) {
    ActivityWorth.Worth worth =
        ActivityWorth.of(
            new Programme("cloud", List.of(PROGRAM)),
            ZONE,
            tonight,
            new ActivityWorth.History(
                day(night),
                before,
                all,
                merged ? day(night).atStartOfDay(ZONE).toInstant() : null));
    var said = new ArrayList<String>();
    for (LineTarget target : worth.targets()) {
      boolean earns = target.owned() && target.baseFen() > 0;
      long earned = earns ? target.points(target.decision(), target.baseFen()) : 0;
      long back = earned - target.worth();
      said.add(id(AwardKey.cause(target.key())) + " " + earned + (back == 0 ? "" : "-" + back));
    }
    var bound = new ArrayList<String>();
    for (Allotment one : worth.allotments())
      if (one.bound()) bound.add(id(one.causeKey()) + " " + one.why());
    return String.join(", ", said) + (bound.isEmpty() ? "" : "; " + String.join(", ", bound));
  }

  private static String id(String cause) {
    return cause.replace("check_in/app/", "").replace("#r", "");
  }
}
