package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random lives of two years under random terms: who is looked at only when something is new or due
 * is at every night where somebody is who looks at everything every night.
 */
class TiersAgainstOracleTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2027, 12, 31);

  /** The last one once told us something. */
  private static final long[] SEEDS =
      LongStream.concat(LongStream.rangeClosed(1, 300), LongStream.of(1891)).toArray();

  private static String terms(NaiveTiers naive) {
    var levels = new ArrayList<String>();
    naive
        .enter()
        .forEach(
            (id, fen) ->
                levels.add(
                    fen == 0
                        ? "{id: " + id + "}"
                        : "{id: " + id + ", enter: {paid_net_fen: {gte: " + fen + "}}}"));
    boolean rolling = naive.cycle().equals("rolling");
    return "cycle: "
        + naive.cycle()
        + (rolling ? ", measure: {days: " + naive.days() + "}" : "")
        + (naive.keepDays() > 0
            ? ", keep: {last_purchase_days: " + naive.keepDays() + ", else: base}"
            : "")
        + ", downgrade: {step: "
        + (naive.one() ? "one" : "measured")
        + ", grace_days: "
        + naive.grace()
        + "}, levels: ["
        + String.join(", ", levels)
        + "]";
  }

  private static NaiveTiers anyTerms(Random random) {
    Map<String, Long> enter = new LinkedHashMap<>();
    enter.put("base", 0L);
    enter.put("silver", 1000L);
    enter.put("gold", 2500L);
    String cycle =
        List.of("rolling", "rolling", "calendar", "tier_start", "join").get(random.nextInt(5));
    boolean keep = cycle.equals("rolling") && random.nextBoolean();
    return new NaiveTiers(
        enter,
        cycle,
        20 + random.nextInt(40),
        keep ? 20 + random.nextInt(50) : 0,
        random.nextBoolean(),
        random.nextInt(3) == 0 ? random.nextInt(12) : 0);
  }

  /** Orders of any day that arrive at once or late, and come back in parts. */
  private static List<TierLife.Told> anyLife(Random random) {
    var told = new ArrayList<TierLife.Told>();
    int orders = 2 + random.nextInt(14);
    for (int order = 0; order < orders; order++) {
      LocalDate paidOn = FIRST.plusDays(random.nextInt(700));
      LocalDate night = paidOn.plusDays(random.nextInt(4) == 0 ? random.nextInt(25) : 0);
      long base = 100 * (1 + random.nextInt(20));
      told.add(new TierLife.Told(night, paidOn, order, base, 0));
      long back = 0;
      while (random.nextInt(3) == 0 && back < base) {
        night = night.plusDays(1 + random.nextInt(40));
        back = random.nextBoolean() ? base : back + 1 + random.nextInt((int) (base - back));
        told.add(new TierLife.Told(night, paidOn, order, base, back));
      }
    }
    told.sort(Comparator.comparing(TierLife.Told::night));
    return told;
  }

  @Test
  void random_lives_agree_with_who_looks_at_everything_every_night() {
    long nights = 0;
    long looks = 0;
    int changes = 0;
    for (long seed : SEEDS) {
      var random = new Random(seed);
      NaiveTiers naive = anyTerms(random);
      List<TierLife.Told> told = anyLife(random);
      LocalDate joinOn = FIRST.minusDays(random.nextInt(500));
      var life = new TierLife(TierNightTest.tiers(terms(naive)), joinOn, told);
      List<String> found = life.until(FIRST, LAST);
      assertThat(found)
          .as("seed %s: %s%n%s joined %s", seed, terms(naive), told, joinOn)
          .isEqualTo(naive.changes(joinOn, told, FIRST, LAST));
      changes += found.size();
      looks += life.looks;
      nights += 730;
    }
    assertThat(changes).isGreaterThan(1000);
    assertThat(looks).as("nights that looked").isLessThan(nights / 15);
  }
}
