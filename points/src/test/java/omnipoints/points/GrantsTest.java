package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.facts.Acceptance;
import omnipoints.facts.LineKey;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;
import omnipoints.points.OrderWorth.Posted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules give beside the rate, and what stays of it when money goes back. */
class GrantsTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate NIGHT = LocalDate.parse("2026-05-05");
  private static final Instant BOUGHT = NIGHT.minusDays(2).atTime(12, 0).atZone(ZONE).toInstant();
  private static final Instant BACK = BOUGHT.plusSeconds(86_400);

  private static Purchase.Line line(String key, long base, long refunded) {
    List<RefundStep> refunds = refunded == 0 ? List.of() : List.of(new RefundStep(BACK, refunded));
    return new Purchase.Line(
        new LineKey("c", "s", "o", key), key, true, true, BOUGHT, base, refunds, null, false);
  }

  private static OrderWorth.Verdict worth(Program program, String lines, Posted... posted) {
    var all = new ArrayList<Purchase.Line>();
    long base = 0;
    for (String line : lines.split(" ")) {
      String[] part = line.split("[:-]");
      long fen = Long.parseLong(part[1]);
      base += fen;
      all.add(line(part[0], fen, part.length > 2 ? Long.parseLong(part[2]) : 0));
    }
    return OrderWorth.of(
        new Purchase(Acceptance.ACCEPTED, "M1", BOUGHT, base, 0, all),
        null,
        new OrderWorth.Before(List.of(posted), null, false),
        new OrderWorth.Rules(new Programme("cloud", List.of(program)), ZONE, NIGHT));
  }

  /** {@code <line>#<rule> <earned>-<clawed back>} of each award, as one night books it. */
  private static List<String> booked(OrderWorth.Verdict verdict) {
    return verdict.targets().stream()
        .map(OrderWorth.Target::line)
        .map(
            line -> {
              long earned = Earning.points(line.decision(), line.award(), line.baseFen());
              long kept = line.baseFen();
              for (RefundStep step : line.refunds()) kept = line.baseFen() - step.refundedFen();
              long back = earned - Earning.points(line.decision(), line.award(), kept);
              return line.key().line().replace('\t', '#') + " " + earned + "-" + back;
            })
        .toList();
  }

  /** Lines are {@code key:fen[-refunded]}; the expectation leaves the rate's own awards out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      points: 100 | a:20000 b:100 | #g 100-0
      points: 100 | a:20000-20000 b:100 | #g 100-0
      points: 100, on_return: proportional | a:20000-10000 b:10000-5000 | #g 100-50
      points: 100, on_return: proportional | a:300-100 b:1 | #g 100-34
      points: 10, scope: line | a:20000 b:100 | a#g 10-0, b#g 10-0
      points: 10, scope: line | a:300-100 | a#g 10-4
      points: 10, scope: line, on_return: full | a:300-300 b:100 | b#g 10-0
      points: 10, scope: line, on_return: keep | a:300-100 | a#g 10-0
      'rate: {per_fen: 1000, points: 3, mode: step}' | a:20999-10000 | a#g 60-30
      'rate: {per_fen: 1000, points: 3, mode: step}, scope: order' | a:600 b:600-300 | #g 3-3
      'rate: {per_fen: 1000, points: 3, mode: linear}' | a:999 | a#g 2-0
      'times: 2, campaign: spring' | a:19950-9950 | a#g 200-100
      'times: 3/2, expires: 30d' | a:19950 | a#g 100-0
      'times: 1/2, campaign: less' | a:19950 | ''
      'points: 5, when: {order_fen: {gte: 20101}}' | a:20000 b:100 | ''
      'points: 5, when: {sku: a}' | a:20000 b:100 | ''
      'points: 5, scope: line, when: {sku: a}' | a:20000 b:100 | a#g 5-0
      """)
  void grants_of_lines_and_orders(String gives, String lines, String expected) {
    Program program = RuleText.program("rules: [{id: g, " + gives + "}]\n");
    assertThat(
            String.join(
                ", ",
                booked(worth(program, lines)).stream().filter(row -> row.contains("#")).toList()))
        .isEqualTo(expected);
  }

  /** PROGRAMME: of several grants in one group only the best counts, the smaller id at a tie. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      '{id: a, group: x, points: 5}, {id: b, group: x, points: 7}' | #b 7-0
      '{id: a, group: x, points: 7}, {id: b, group: x, points: 7}' | #a 7-0
      '{id: a, points: 5}, {id: b, points: 7}' | '#a 5-0, #b 7-0'
      '{id: r, group: x, times: 3}, {id: g, group: x, times: 2, campaign: c}' | ''
      '{id: r, group: x, times: 2}, {id: g, group: x, times: 3, campaign: c}' | 1#g 200-0
      '{id: r, times: 2}, {id: g, times: 3, campaign: c}' | 1#g 800-0
      '{id: g, times: 2, campaign: c}, {id: h, times: 3, campaign: c}' | '1#g 200-0, 1#h 400-0'
      '{id: a, points: 5}, {id: b, excludes: [a], when: {order_fen: {gte: 1}}, times: 1}' | ''
      '{id: a, excludes: [b], points: 5}, {id: b, times: 2}' | #a 5-0
      """)
  void groups_and_silence(String rules, String expected) {
    Program program = RuleText.program("rules: [" + rules + "]\n");
    assertThat(
            String.join(
                ", ",
                booked(worth(program, "1:20000")).stream()
                    .filter(row -> row.contains("#"))
                    .toList()))
        .isEqualTo(expected);
  }

  @Test
  void a_bound_of_all_factors_binds_a_grant_too() {
    Program program =
        RuleText.program(
            "stack: {max_times: 2}\nrules: [{id: r, times: 3/2}, {id: g, times: 2, campaign: c}]\n");
    assertThat(booked(worth(program, "1:20000"))).containsExactly("1 300-0", "1#g 100-0");
  }

  private static PinnedRule decision(Program version) {
    return version.grants(version.asking(FactsText.of("")), true).get(0).decision();
  }

  @Test
  void what_was_decided_is_not_asked_again_and_keeps_what_it_granted() {
    Program now = RuleText.program("rules: [{id: g, points: 100}, {id: h, points: 3}]\n");
    PinnedRule rate = now.rule();
    PinnedRule given =
        decision(RuleText.program("rules: [{id: old, points: 40, on_return: proportional}]\n"));
    Posted posted = new Posted("a", "M1", 200, 0, rate);
    assertThat(booked(worth(now, "a:20000", posted))).containsExactly("a 200-0");
    Posted grant = new Posted("", "old", "M1", 30, 0, given, new Award(30, 20000));
    assertThat(booked(worth(now, "a:20000-5000", posted, grant)))
        .containsExactly("a 200-50", "#old 30-8");
    // what stands of it on another account goes back there and is given here
    Posted other = new Posted("", "old", "M2", 30, 0, given, new Award(30, 20000));
    assertThat(
            worth(now, "a:20000", posted, other).targets().stream()
                .map(target -> target.member() + " " + target.line().baseFen())
                .toList())
        .containsExactly("M1 20000", "M2 0", "M1 20000");
  }

  @Test
  void a_programme_may_say_what_returns_leave_of_all_grants() {
    Program keep = RuleText.program("on_return_default: keep\nrules: [{id: g, points: 100}]\n");
    assertThat(booked(worth(keep, "a:200-100"))).contains("#g 100-0");
    Program kept =
        RuleText.program(
            "on_return_default: keep\nrules: [{id: g, points: 9, on_return: proportional}]\n");
    assertThat(booked(worth(kept, "a:200-100"))).contains("#g 9-5");
  }

  @Test
  void a_quote_tells_grants_and_leaves_out_what_documents_exclude() {
    Program program =
        RuleText.program("rules: [{id: big, when: {order_fen: {gte: 20000}}, points: 5}]\n");
    var items = List.of(new Quote.Item("1", "a", 20000), new Quote.Item("2", "bag", 99900));
    var products = new Products(Map.of("bag", new Products.Product(null, null, true)));
    Quote quote =
        Quote.of(
            new Programme("cloud", List.of(program)),
            ZONE,
            products,
            new Quote.Basket("c", "s", BOUGHT, items, null));
    assertThat(quote.points()).isEqualTo(205);
    assertThat(quote.grants()).containsExactly(new Quote.Grant("big", 5));
    assertThat(quote.lines()).extracting(Quote.Line::points).containsExactly(200L, 0L);
  }

  /** What only one order of a member may have is offered to the parts of an order, too. */
  @Test
  void B8_a_part_of_a_split_order_may_have_the_slot_and_nothing_else_is_given_again() {
    Program program =
        RuleText.program(
            """
            rules:
            - {id: first, slot: first_order, points: 100}
            - {id: gift, points: 7}
            """);
    OrderWorth.Verdict verdict =
        OrderWorth.of(
            new Purchase(Acceptance.ACCEPTED, "M1", BOUGHT, 500, 0, List.of(line("1", 500, 0))),
            null,
            new OrderWorth.Before(List.of(), program.rule(), false),
            new OrderWorth.Rules(new Programme("cloud", List.of(program)), ZONE, NIGHT));
    assertThat(verdict.bids())
        .extracting(bid -> bid.line().decision().rule())
        .containsExactly("first");
    assertThat(booked(verdict)).allMatch(award -> !award.contains("#gift"));
  }
}
