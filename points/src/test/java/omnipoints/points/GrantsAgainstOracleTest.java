package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import omnipoints.facts.Acceptance;
import omnipoints.facts.LineKey;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Bound;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.Occasion;
import org.junit.jupiter.api.Test;

/**
 * What orders as a whole, top-ups, registrations, dates and budgets give, against sums that
 * somebody does by hand: each is told apart by its seed.
 */
class GrantsAgainstOracleTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate DAY = LocalDate.of(2026, 5, 20);
  private static final Instant AT = DAY.atTime(10, 0).atZone(ZONE).toInstant();

  /** A thing of an order: what was paid, what came back, and twice what it multiplies by. */
  private record Thing(String sku, long base, long back, long twice) {}

  private static Purchase order(List<Thing> things) {
    var lines = new ArrayList<Purchase.Line>();
    long base = 0;
    for (Thing one : things) {
      List<RefundStep> back =
          one.back() == 0 ? List.of() : List.of(new RefundStep(AT.plusSeconds(60), one.back()));
      lines.add(
          new Purchase.Line(
              new LineKey("c", "s", "o", "" + lines.size()),
              one.sku(),
              true,
              true,
              AT,
              one.base(),
              back,
              null,
              false));
      base += one.base();
    }
    return new Purchase(Acceptance.ACCEPTED, "M1", AT, base, 0, lines);
  }

  private static long floor(BigInteger amount, BigInteger unit) {
    return amount.divide(unit).longValueExact();
  }

  /**
   * B1, B3: rounded once for the order, of what is kept; the mean of a step is that of the award.
   */
  @Test
  void B1_an_order_as_a_whole_is_one_sum() {
    for (long seed = 1; seed <= 4000; seed++) {
      var random = new Random(seed);
      boolean step = random.nextBoolean();
      long per = 100L * (1 + random.nextInt(20));
      long points = 1 + random.nextInt(12);
      Program program =
          RuleText.program(
              "earn: {per_fen: "
                  + per
                  + ", points: "
                  + points
                  + ", mode: "
                  + (step ? "step" : "linear")
                  + ", rounding: floor, scope: order}\n"
                  + "rules:\n- {id: a, when: {sku: A}, times: 3/2}\n- {id: b, when: {sku: B}, times: 2}\n");
      var things = new ArrayList<Thing>();
      for (int i = 0, n = 1 + random.nextInt(5); i < n; i++) {
        String sku = List.of("A", "B", "C").get(random.nextInt(3));
        long base = 1 + random.nextInt(9000);
        long back =
            random.nextInt(3) > 0 ? 0 : random.nextBoolean() ? base : random.nextInt((int) base);
        things.add(new Thing(sku, base, back, sku.equals("A") ? 3 : sku.equals("B") ? 4 : 2));
      }
      BigInteger weighed = BigInteger.ZERO;
      BigInteger kept = BigInteger.ZERO;
      long base = 0;
      long left = 0;
      for (Thing one : things) {
        weighed = weighed.add(BigInteger.valueOf(one.base() * one.twice()));
        kept = kept.add(BigInteger.valueOf((one.base() - one.back()) * one.twice()));
        base += one.base();
        left += one.base() - one.back();
      }
      long expected =
          step
              ? floor(
                  BigInteger.valueOf(left / per * points).multiply(weighed),
                  BigInteger.valueOf(2 * base))
              : floor(kept.multiply(BigInteger.valueOf(points)), BigInteger.valueOf(2 * per));
      long got =
          OrderWorth.of(
                  order(things),
                  null,
                  new OrderWorth.Before(List.of(), null, false),
                  new OrderWorth.Rules(new Programme("cloud", List.of(program)), ZONE, DAY))
              .targets()
              .stream()
              .map(OrderWorth.Target::line)
              .filter(line -> line.key().line().isEmpty())
              .mapToLong(LineTarget::worth)
              .sum();
      assertThat(got).as("seed %d %s", seed, things).isEqualTo(expected);
    }
  }

  /** K7, K10, B18, B22: what is refunded is taken back, nothing else ever is. */
  @Test
  void K10_occasions_give_what_is_kept() {
    for (long seed = 1; seed <= 4000; seed++) {
      var random = new Random(seed);
      var kind =
          List.of(Occasion.Kind.TOPUP, Occasion.Kind.MEMBER, Occasion.Kind.SCHEDULE)
              .get(random.nextInt(3));
      boolean topup = kind == Occasion.Kind.TOPUP;
      boolean rate = topup && random.nextBoolean();
      long per = 100L * (1 + random.nextInt(50));
      long points = 1 + random.nextInt(30);
      boolean step = random.nextBoolean();
      String rule =
          switch (kind) {
            case MEMBER -> "on: member, window: {from: 2026-05-20, to: 2026-05-20}";
            case SCHEDULE -> "on: schedule, at: 2026-05-20";
            default -> "on: topup";
          };
      String gives =
          rate
              ? "rate: {per_fen: "
                  + per
                  + ", points: "
                  + points
                  + ", mode: "
                  + (step ? "step" : "linear")
                  + "}"
              : "points: " + points;
      Program program = RuleText.program("rules: [{id: r, " + rule + ", " + gives + "}]\n");
      long fen = topup ? 1 + random.nextInt(200_000) : 1;
      var back = new ArrayList<RefundStep>();
      long gone = 0;
      for (int i = 0, n = topup ? random.nextInt(3) : 0; i < n; i++) {
        gone = Math.min(fen, gone + random.nextInt((int) fen + 1));
        back.add(new RefundStep(AT.plusSeconds(60 + i), gone));
      }
      long day = random.nextInt(3) - 1;
      boolean today = topup || day == 0;
      LocalDate asked = DAY.plusDays(day);
      Instant at = asked.atTime(10, 0).atZone(ZONE).toInstant();
      long kept = fen - gone;
      long expected =
          !today || kept <= 0
              ? 0
              : !rate ? points : step ? kept / per * points : kept * points / per;
      var event =
          new OccasionWorth.Event(
              kind,
              "N",
              at,
              fen,
              back,
              true,
              null,
              new Facts(
                  LocalDateTime.ofInstant(at, ZONE),
                  Facts.Order.of(null, null),
                  null,
                  null,
                  topup ? (Long) fen : null,
                  null));
      long got =
          OccasionWorth.of(new Programme("cloud", List.of(program)), ZONE, event, List.of())
              .stream()
              .mapToLong(LineTarget::worth)
              .sum();
      assertThat(got).as("seed %d %s of %d, %d back", seed, gives, fen, gone).isEqualTo(expected);
    }
  }

  private record Asked(int at, String rule, long points) {}

  /**
   * B22, B23: in the order of the events, whatever nights and rows they come in, and never more.
   */
  @Test
  void B22_budgets_are_never_exceeded_whatever_version_asks() {
    for (long seed = 1; seed <= 4000; seed++) {
      var random = new Random(seed);
      long first = random.nextInt(60);
      long later = random.nextInt(60);
      Map<String, Long> taken = new HashMap<>();
      Map<String, Long> sums = new HashMap<>();
      for (int night = 0; night < 4; night++) {
        var asked = new ArrayList<Asked>();
        for (int i = 0, n = random.nextInt(8); i < n; i++)
          asked.add(
              new Asked(
                  random.nextInt(1000), random.nextBoolean() ? "r" : "s", 1 + random.nextInt(20)));
        asked.sort(
            Comparator.comparing(Asked::at)
                .thenComparing(Asked::rule)
                .thenComparing(Asked::points));
        var budgets = new BudgetShare(taken);
        for (Asked one : asked) {
          // a later version of the rule has another size
          long size = one.at() < 500 ? first : later;
          long before = sums.getOrDefault(one.rule(), 0L);
          long due =
              size <= before ? 0 : size - before < one.points() ? size - before : one.points();
          long got = budgets.give(one.rule(), new Bound.Budget(size, false), one.points());
          assertThat(got).as("seed %d night %d %s", seed, night, one).isEqualTo(due);
          sums.merge(one.rule(), got, Long::sum);
          taken.merge(one.rule(), got, Long::sum);
        }
        assertThat(sums.values()).allMatch(sum -> sum <= Math.max(first, later));
      }
    }
  }
}
