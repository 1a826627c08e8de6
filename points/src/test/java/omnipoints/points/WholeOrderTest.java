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
import omnipoints.points.OrderWorth.Posted;
import omnipoints.points.OrderWorth.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PROGRAMME §1: {@code earn.scope: order}, one award for all lines, rounded once. */
class WholeOrderTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate NIGHT = LocalDate.of(2026, 5, 3);
  private static final Instant BOUGHT =
      LocalDate.of(2026, 5, 2).atTime(10, 0).atZone(ZONE).toInstant();

  private static Program program(String mode, String rules) {
    return program("order", mode, rules);
  }

  private static Program program(String scope, String mode, String rules) {
    return RuleText.program(
        "earn: {" + mode + ", rounding: floor, scope: " + scope + "}\n" + rules);
  }

  /** Lines are {@code key:fen[-refunded]}, each refund a day after the one before it. */
  private static OrderWorth.Verdict worth(Program program, String lines, List<Posted> posted) {
    var all = new ArrayList<Purchase.Line>();
    long base = 0;
    int day = 0;
    for (String line : lines.split(" ")) {
      String[] part = line.split("[:-]");
      long fen = Long.parseLong(part[1]);
      base += fen;
      List<RefundStep> refunds =
          part.length < 3
              ? List.of()
              : List.of(
                  new RefundStep(BOUGHT.plusSeconds(++day * 86_400L), Long.parseLong(part[2])));
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
    return OrderWorth.of(
        new Purchase(Acceptance.ACCEPTED, "M1", BOUGHT, base, 0, all),
        null,
        new OrderWorth.Before(posted, null, false),
        new OrderWorth.Rules(new Programme("cloud", List.of(program)), ZONE, NIGHT));
  }

  /** {@code <line>#<rule> <earned>[-<clawed back> ...]} of each award that is worth something. */
  private static String booked(OrderWorth.Verdict verdict) {
    var all = new ArrayList<String>();
    for (Target target : all(verdict)) {
      LineTarget line = target.line();
      if (line.pinsOnly()) continue;
      long earned = line.points(line.decision(), line.baseFen());
      var text =
          new StringBuilder(line.key().cause().substring(1).replace('\t', '#') + " " + earned);
      for (RefundStep step : line.refunds())
        text.append('-')
            .append(earned - line.points(line.decision(), line.baseFen() - step.refundedFen()));
      all.add(text.toString());
    }
    return String.join(", ", all);
  }

  /** With what only bounds beyond the order decide. */
  private static List<Target> all(OrderWorth.Verdict verdict) {
    var all = new ArrayList<>(verdict.targets());
    all.addAll(verdict.bids());
    return all;
  }

  /** What the first night posts, as the second one finds it; all that is asked for is given. */
  private static List<Posted> posted(OrderWorth.Verdict verdict) {
    var all = new ArrayList<Posted>();
    for (Target target : all(verdict)) {
      LineTarget line = target.line();
      String key = line.key().line();
      long earned = line.pinsOnly() ? 0 : line.points(line.decision(), line.baseFen());
      all.add(
          new Posted(
              AwardKey.line(key),
              AwardKey.rule(key),
              "M1",
              earned,
              0,
              line.decision(),
              line.award()));
    }
    return all;
  }

  private static final String ONE = "per_fen: 100, points: 1, mode: linear";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      linear | '' | a:3333 b:3333 c:3334 | '/ 100'
      linear | '' | a:3333 b:3333-3333 c:3334-3334 | '/ 100-34-67'
      linear | '' | a:3333-3333 b:3333-3333 c:3334-3334 | '/ 100-34-67-100'
      linear | '' | a:50 b:49 | ''
      linear | {id: x, when: {sku: a}, times: 2} | a:3333 b:3333 c:3334 | '/ 133'
      linear | {id: x, when: {sku: a}, times: 2} | a:3333-3333 b:3333 c:3334 | '/ 133-67'
      linear | {id: x, when: {sku: a}, times: 2} | a:3333 b:3333-3333 c:3334 | '/ 133-33'
      step | '' | a:5000 b:4999 c:1 | '/ 10'
      step | '' | a:5000-5000 b:4999 c:10001 | '/ 20-10'
      step | {id: x, when: {sku: a}, times: 3} | a:5000 b:5000 c:10000 | '/ 30'
      step | {id: x, when: {sku: a}, times: 3} | a:5000-5000 b:5000 c:10000 | '/ 30-15'
      linear | {id: g, when: {sku: a}, times: 2, campaign: c} | a:3333 b:3333 c:3334 | '/ 100, /#g 33'
      linear | {id: g, times: 3/2, campaign: c} | a:3333 b:3333 c:3334-3334 | '/ 100-34, /#g 50-17'
      linear | {id: g, scope: line, points: 5} | a:3333 b:6667 | '/a#g 5, /b#g 5, / 100'
      linear | {id: g, points: 5} | a:3333 b:6667 | '/ 100, /#g 5'
      linear | '{id: g, group: x, times: 2, campaign: c}, {id: h, group: x, points: 99}' | a:10000 b:1 | '/ 100, /#g 100'
      """)
  void B12_C4_an_order_is_rounded_once_and_gives_back_what_the_kept_money_does_not_earn(
      String mode, String rules, String lines, String expected) {
    String rate = mode.equals("step") ? "per_fen: 10000, points: 10, mode: step" : ONE;
    Program program = program(rate, "rules: [" + rules + "]\n");
    OrderWorth.Verdict first = worth(program, lines, List.of());
    assertThat(booked(first)).isEqualTo(expected);
    // first whole, then, in a later night without the rules, with what went back
    List<Posted> before = posted(worth(program, lines.replaceAll("-\\d+", ""), List.of()));
    assertThat(booked(worth(program(rate, ""), lines, before))).isEqualTo(expected);
  }

  /** PROGRAMME §1: of an order the sum over its lines, each rounded as its rate is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      line  | {id: g, scope: order, times: 2, campaign: c}                        | a:150 b:150 c:150         | '/a 1, /b 1, /c 1, /#g 6'
      line  | {id: g, scope: order, times: 2, campaign: c}                        | a:150-150 b:150 c:150     | '/a 1-1, /b 1, /c 1, /#g 6-2'
      line  | {id: g, scope: order, times: 3/2, campaign: c}                      | a:150-50 b:150            | '/a 1-0, /b 1, /#g 2-1'
      line  | {id: g, scope: order, times: 2, campaign: c, on_return: full}       | a:150-150 b:150 c:150     | '/a 1-1, /b 1, /c 1, /#g 6-0'
      line  | {id: g, scope: order, times: 2, campaign: c, on_return: proportional} | a:150-150 b:150 c:150   | '/a 1-1, /b 1, /c 1, /#g 6-2'
      line  | '{id: x, when: {sku: a}, times: 2}, {id: g, scope: order, times: 3/2, campaign: c}' | a:100 b:100 | '/a 2, /b 1, /#g 1'
      line  | '{id: x, when: {sku: a}, times: 2}, {id: g, scope: order, times: 3/2, campaign: c}' | a:100-100 b:300 | '/a 2-2, /b 3, /#g 2-1'
      line  | '{id: x, group: z, when: {sku: a}, times: 2}, {id: g, group: z, scope: order, times: 3, campaign: c}' | a:100 b:100 | '/a 2, /b 1, /#g 3'
      line  | '{id: x, group: z, when: {sku: a}, times: 2}, {id: g, group: z, scope: order, times: 2, campaign: c}' | a:100-100 b:100 | '/a 2-2, /b 1, /#g 1-0'
      line  | '{id: x, when: {sku: a}, excludes: [g], times: 2}, {id: g, scope: order, times: 2, campaign: c}' | a:100 b:100-100 | '/a 2, /b 1-1, /#g 1-1'
      line  | {id: g, scope: order, when: {sku: a}, times: 2, campaign: c}        | a:100 b:100               | '/a 1, /b 1'
      line  | {id: g, scope: order, when: {order_fen: {gte: 300}}, times: 2, campaign: c} | a:100 b:199       | '/a 1, /b 1'
      line  | {id: g, scope: order, when: {order_fen: {gte: 300}}, times: 2, campaign: c} | a:100 b:200-200   | '/a 1, /b 2-2, /#g 3-2'
      line  | {id: g, scope: order, requalify: true, when: {order_fen: {gte: 300}}, times: 2, campaign: c} | a:100 b:200-1 | '/a 1, /b 2-1, /#g 3-3'
      order | {id: g, scope: order, requalify: true, when: {order_fen: {gte: 300}}, times: 2, campaign: c} | a:100 b:200-1 | '/ 3-1, /#g 3-3'
      order | '{id: x, requalify: true, when: {order_fen: {gte: 300}}, times: 2}, {id: g, times: 3/2, campaign: c}' | a:100 b:200-100 | '/ 6-4, /#g 3-1'
      line  | {id: g, scope: order, times: 2, limit: {per: member_day, count: 1}} | a:150 b:150-150           | '/a 1, /b 1-1, /#g 4-2'
      line  | {id: g, scope: order, times: 2, slot: first_order}                  | a:150 b:150-150           | '/a 1, /b 1-1, /#g 4-2'
      order | {id: g, scope: order, times: 3/2, campaign: c}                      | a:3333 b:3333 c:3334-3334 | '/ 100-34, /#g 50-17'
      order | {id: g, times: 3/2, limit: {per: order, count: 1}}                  | a:3333 b:3333 c:3334-3334 | '/ 100-34, /#g 50-17'
      order | {id: g, when: {sku: a}, times: 2, budget: 1000}                     | a:3333 b:3333 c:3334      | '/ 100, /#g 33'
      order | {id: g, when: {sku: a}, times: 2, budget: 1000}                     | a:3333-3333 b:3333 c:3334 | '/ 100-34, /#g 33-33'
      order | {id: g, when: {sku: a}, times: 2, budget: 1000}                     | a:3333 b:3333-3333 c:3334-3334 | '/ 100-34-67, /#g 33-0-0'
      """)
  void B22_a_factor_of_an_order_adds_once_what_it_adds_to_its_lines(
      String scope, String rules, String lines, String expected) {
    Program program = program(scope, ONE, "rules: [" + rules + "]\n");
    assertThat(booked(worth(program, lines, List.of()))).isEqualTo(expected);
    List<Posted> before = posted(worth(program, lines.replaceAll("-\\d+", ""), List.of()));
    assertThat(booked(worth(program, lines, before))).as("later").isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "kept, /#g 6-2-4-6",
    "proportional, /#g 6-2-4-6",
    "full, /#g 6-0-0-6",
    "keep, /#g 6-0-0-0"
  })
  void B22_the_last_return_takes_what_is_left_of_it(String onReturn, String expected) {
    Program program =
        program(
            "line",
            ONE,
            "rules: [{id: g, scope: order, times: 2, on_return: " + onReturn + ", campaign: c}]\n");
    String back = "a:150-150 b:150-150 c:150-150";
    List<Posted> before = posted(worth(program, "a:150 b:150 c:150", List.of()));
    assertThat(booked(worth(program, back, before)))
        .isEqualTo("/a 1-1, /b 1-1, /c 1-1, " + expected);
    assertThat(booked(worth(program, back, List.of()))).isEqualTo("/a 1-1, /b 1-1, /c 1-1");
  }

  /** Of what bounds left of it the kept money takes nothing before it earns less than that. */
  @ParameterizedTest
  @CsvSource({
    "line, kept, 5, /#g 5-0-2-5",
    "line, proportional, 5, /#g 5-2-4-5",
    "order, kept, 5, /#g 5-0-2-5",
    "order, proportional, 5, /#g 5-2-4-5",
    "order, full, 5, /#g 5-0-0-5"
  })
  void B22_what_bounds_left_of_it_goes_back_to_the_last_point(
      String scope, String onReturn, long granted, String expected) {
    Program program =
        program(
            scope,
            ONE,
            "rules: [{id: g, scope: order, times: 3, budget: 1000, on_return: "
                + onReturn
                + "}]\n");
    String lines = "a:150 b:150 c:150";
    String back = "a:150-150 b:150-150 c:150-150";
    Target asked = worth(program, back, List.of()).bids().stream().findFirst().orElse(null);
    assertThat(asked).as("nothing is asked for what is back whole").isNull();
    List<Posted> before = new ArrayList<>();
    for (Posted one : posted(worth(program, lines, List.of())))
      before.add(
          one.award() == null
              ? one
              : new Posted(
                  one.line(),
                  one.grant(),
                  one.member(),
                  granted,
                  0,
                  one.rule(),
                  new Award(granted, one.award().baseFen())));
    String[] all = booked(worth(program, back, before)).split(", ");
    assertThat(all[all.length - 1]).isEqualTo(expected);
    // the night that asks takes back by the same count
    Target bid = worth(program, "a:150-150 b:150 c:150", List.of()).bids().get(0);
    LineTarget given = bid.line().granting(new Award(granted, bid.line().award().baseFen()));
    long earned = given.points(given.decision(), given.baseFen());
    assertThat("/#g " + earned + "-" + (earned - given.worth()))
        .isEqualTo(expected.substring(0, expected.indexOf('-', expected.indexOf('-') + 1)));
  }

  @Test
  void what_was_given_for_lines_stays_theirs_when_the_scope_is_changed() {
    Program lines = RuleText.program("");
    List<Posted> before = posted(worth(lines, "a:3333 b:6667", List.of()));
    assertThat(booked(worth(program(ONE, ""), "a:3333-3333 b:6667", before)))
        .isEqualTo("/a 33-33, /b 66");
  }

  @Test
  void a_quote_of_an_order_is_what_the_order_gets() {
    var item = new ArrayList<Quote.Item>();
    for (String line : List.of("1:3333", "2:3333", "3:3334"))
      item.add(new Quote.Item(line.split(":")[0], "", Long.parseLong(line.split(":")[1])));
    Quote quote =
        Quote.of(
            new Programme("cloud", List.of(program(ONE, ""))),
            ZONE,
            Products.NONE,
            new Quote.Basket("c", "s", BOUGHT, item, null));
    assertThat(quote.points()).isEqualTo(100);
    assertThat(quote.lines()).extracting(Quote.Line::points).containsExactly(33L, 33L, 34L);
  }
}
