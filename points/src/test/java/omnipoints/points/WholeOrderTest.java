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
    return RuleText.program("earn: {" + mode + ", rounding: floor, scope: order}\n" + rules);
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
    for (Target target : verdict.targets()) {
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

  /** What the first night posts, as the second one finds it. */
  private static List<Posted> posted(OrderWorth.Verdict verdict) {
    var all = new ArrayList<Posted>();
    for (Target target : verdict.targets()) {
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
