package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.RefundStep;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What activities are worth: rules, groups, limits and how late they may come. */
class ActivityWorthTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static Instant at(String time) {
    return LocalDateTime.parse("2026-05-" + time).atZone(ZONE).toInstant();
  }

  /**
   * {@code <type>/<platform>/<id> <time>[ <day it is read>| makeup][
   * <order>:<owner>:<base>:<kept>]}; an order without more is one that nobody knows.
   */
  private static ActivityWorth.Event event(String text) {
    String[] part = text.strip().split(" ");
    String[] key = part[0].split("/");
    LocalDate readOn = LocalDate.parse("2026-05-" + part[1].substring(0, 2));
    boolean makeup = false;
    String order = null;
    NamedOrder named = null;
    for (int i = 2; i < part.length; i++) {
      String[] of = part[i].split(":");
      if (part[i].equals("makeup")) makeup = true;
      else if (part[i].startsWith("2026")) readOn = LocalDate.parse(part[i]);
      else order = of[0];
      if (of.length == 4) named = named(of[1], Long.parseLong(of[2]), Long.parseLong(of[3]));
    }
    return new ActivityWorth.Event(
        part[0],
        at(part[1]),
        key[0],
        key[1],
        null,
        "S1",
        readOn,
        makeup,
        order,
        named,
        true,
        false,
        "M1",
        null);
  }

  private static NamedOrder named(String owner, long base, long kept) {
    Instant bought = at("10T10:00");
    List<RefundStep> refunds =
        kept == base ? List.of() : List.of(new RefundStep(at("11T10:00"), base - kept));
    return new NamedOrder(bought, null, owner, true, base, refunds, bought, false);
  }

  /** Paid before by rule r: {@code <platform> <time> <points>[ <order>]}. */
  private static ActivityWorth.Paid paid(String text) {
    String[] part = text.strip().split(" ");
    return new ActivityWorth.Paid(
        "r",
        "x/" + part[0] + "/0",
        part[0],
        at(part[1]),
        part.length > 3 ? part[3] : null,
        Long.parseLong(part[2]),
        null,
        null);
  }

  private static ActivityWorth.History history(List<ActivityWorth.Paid> paid) {
    return new ActivityWorth.History(LocalDate.parse("2026-05-30"), paid, List.of(), null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      points: 2 | share/wx/1 18T10:00 | '' | share/wx/1#r 2
      'points: 2, when: {type: share}' | review/wx/1 18T10:00 | '' | ''
      'points: 2, when: {platform: pos, shop: S1}' | share/pos/1 18T10:00; share/wx/2 18T10:00 | '' | share/pos/1#r 2
      'points: 2, platforms: [Pos]' | share/pos/1 18T10:00; share/wx/2 18T10:00 | '' | share/pos/1#r 2
      'points: 2, when: {order_fen: {gte: 0}}' | share/wx/1 18T10:00 | '' | ''
      points: 2 | share/wx/1 18T10:00 makeup | '' | ''
      'points: 2, window: {weekdays: [MON]}' | share/wx/1 17T23:59; share/wx/2 18T00:00 | '' | share/wx/2#r 2
      'points: 2, accept_late: 7d' | share/wx/1 18T10:00 2026-05-25; share/wx/2 18T10:00 2026-05-26 | '' | share/wx/1#r 2
      points: 2 | share/wx/1 18T10:00 2026-06-17; share/wx/2 18T10:00 2026-06-18 | '' | share/wx/1#r 2
      'points: 2, limit: {per: member, count: 1}' | share/wx/2 18T10:00; share/wx/1 18T10:00 | '' | share/wx/1#r 2
      'points: 2, limit: {per: member, count: 1}' | share/wx/1 18T10:00 | wx 19T10:00 2 | ''
      'points: 2, limit: {per: member_day, count: 1}' | share/wx/1 18T10:00; share/pos/2 18T11:00; share/wx/3 19T00:00 | '' | share/wx/1#r 2, share/wx/3#r 2
      'points: 2, limit: {per: member_platform_day, count: 1}' | share/wx/1 18T10:00; share/pos/2 18T11:00; share/pos/3 18T12:00 | '' | share/wx/1#r 2, share/pos/2#r 2
      'points: 2, limit: {per: member_month, points: 5}' | share/wx/1 18T10:00; share/wx/2 19T10:00; share/wx/3 20T10:00 | '' | share/wx/1#r 2, share/wx/2#r 2, share/wx/3#r 1
      'points: 2, limit: {per: member_month, points: 5}' | share/wx/1 18T10:00; share/wx/2 19T10:00 | wx 01T10:00 4 | share/wx/1#r 1
      """)
  void B16_B17_activities_pay_once_and_within_their_limits(
      String rule, String events, String before, String expected) {
    Program program = RuleText.program("rules: [{id: r, on: activity, " + rule + "}]\n");
    assertThat(String.join(", ", worth(program, events, before))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"5, 7, check_in/wx/1#b 7", "7, 7, check_in/wx/1#a 7"})
  void of_one_group_the_best_pays(long a, long b, String expected) {
    Program program =
        RuleText.program(
            "rules: [{id: a, group: g, on: activity, points: "
                + a
                + "}, {id: b, group: g, on: activity, points: "
                + b
                + "}, {id: order, points: 9}]\n");
    assertThat(worth(program, "check_in/wx/1 18T10:00", "")).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      review/wx/1 18T10:00 A:M1:1000:1000 | '' | review/wx/1#r 20
      review/wx/1 18T10:00 A:M2:1000:1000 | '' | ''
      review/wx/1 18T10:00 A | '' | ''
      review/wx/1 18T10:00 A:M1:1000:1 | '' | review/wx/1#r 20
      review/wx/1 18T10:00 A:M1:1000:0 | '' | ''
      review/wx/1 18T10:00 A:M1:0:0 | '' | ''
      review/wx/2 18T10:00 A:M1:10:10; review/wx/1 18T10:00 A:M1:10:10; review/wx/3 18T11:00 B:M1:10:10 | '' | review/wx/1#r 20, review/wx/3#r 20
      review/wx/1 18T10:00 A:M1:10:10 | wx 17T10:00 20 A | ''
      review/wx/1 18T10:00 A:M1:10:10 | wx 17T10:00 20 B | review/wx/1#r 20
      review/wx/1 18T10:00 | '' | ''
      """)
  void B20_a_review_pays_its_own_member_once_an_order_of_which_something_is_kept(
      String events, String before, String expected) {
    Program program =
        RuleText.program(
            "rules: [{id: r, on: activity, limit: {per: order, count: 1}, points: 20}]\n");
    assertThat(String.join(", ", worth(program, events, before))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      share/wx/1 18T10:00; share/wx/2 18T11:00 | share/wx/2#r 2 0 LIMIT
      share/wx/1 18T10:00 makeup | share/wx/1#r 2 0 MAKEUP
      share/wx/1 18T10:00 2026-06-18 | share/wx/1#r 2 0 LATE
      """)
  void B17_what_is_bound_says_why(String events, String expected) {
    Program program =
        RuleText.program(
            "rules: [{id: r, on: activity, limit: {per: member_day, count: 1}, points: 2}]\n");
    var all = new ArrayList<ActivityWorth.Event>();
    for (String one : events.split(";")) all.add(event(one));
    assertThat(
            ActivityWorth.of(
                    new Programme("cloud", List.of(program)), ZONE, all, history(List.of()))
                .allotments()
                .stream()
                .filter(Allotment::bound)
                .map(
                    one ->
                        one.causeKey()
                            + " "
                            + one.desired()
                            + " "
                            + one.granted()
                            + " "
                            + one.why()))
        .containsExactly(expected);
  }

  private static List<String> worth(Program program, String events, String before) {
    var all = new ArrayList<ActivityWorth.Event>();
    for (String one : events.split(";")) all.add(event(one));
    var paid = new ArrayList<ActivityWorth.Paid>();
    if (!before.isEmpty()) for (String one : before.split(";")) paid.add(paid(one));
    return ActivityWorth.of(new Programme("cloud", List.of(program)), ZONE, all, history(paid))
        .targets()
        .stream()
        .map(
            target ->
                AwardKey.cause(target.key())
                    + " "
                    + Earning.points(target.decision(), target.award(), target.baseFen()))
        .toList();
  }
}
