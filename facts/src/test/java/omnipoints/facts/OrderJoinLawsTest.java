package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import omnipoints.facts.Delivery.Shows;
import org.junit.jupiter.api.Test;

/** The join of orders is a lattice; seeded random rows, none of which contradict each other. */
class OrderJoinLawsTest {

  private static final LocalDate NIGHT = LocalDate.of(2026, 5, 4);
  private static final Map<Integer, Delivery> DELIVERIES =
      JoinCase.deliveries(
          "tmall", Shows.ORDER, Shows.LINE, Shows.ORDER, Shows.LINE, Shows.REFUND, Shows.REFUND);
  private static final OrderState[] STATES = OrderState.values();
  private static final RefundState[] REFUNDS = RefundState.values();

  /** Rows of one order; with ids of lines, or with generated keys. */
  private static List<Shown> rows(Random random, boolean ids) {
    List<Shown> rows = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      int row = 2 + i;
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          // one row a delivery: several could contradict each other
          int delivery = random.nextBoolean() ? 1 : 3;
          if (rows.stream().anyMatch(r -> r.delivery() == delivery)) continue;
          rows.add(
              JoinCase.order(
                  delivery,
                  row,
                  "1",
                  STATES[random.nextInt(STATES.length)],
                  random.nextBoolean() ? "2026-05-0" + (1 + random.nextInt(3)) + "T10:00:00" : null,
                  100 + random.nextInt(2),
                  random.nextBoolean() ? null : (long) random.nextInt(50)));
        }
        case 2 -> {
          int delivery = random.nextBoolean() ? 2 : 4;
          String id = ids ? "L" + random.nextInt(3) : null;
          if (ids && rows.stream().anyMatch(r -> r.delivery() == delivery && named(r, id)))
            continue;
          rows.add(
              JoinCase.line(
                  delivery,
                  row,
                  "1",
                  id,
                  "A" + random.nextInt(2),
                  null,
                  10,
                  1,
                  // files agree on what was sold: without ids nothing else tells lines apart
                  ids && random.nextInt(3) == 0 ? null : (long) (8 + (ids ? random.nextInt(3) : 0)),
                  REFUNDS[random.nextInt(REFUNDS.length)],
                  (long) random.nextInt(3)));
        }
        default -> {
          int delivery = random.nextBoolean() ? 5 : 6;
          if (rows.stream().anyMatch(r -> r.delivery() == delivery)) continue;
          rows.add(
              JoinCase.refund(
                  delivery,
                  row,
                  "1",
                  "R" + random.nextInt(2),
                  random.nextInt(3),
                  1 + random.nextInt(3)));
        }
      }
    }
    return rows;
  }

  private static boolean named(Shown row, String id) {
    return row instanceof Shown.LineShown line && id.equals(line.line());
  }

  private static JoinCase joined(List<Shown> rows) {
    var join = new JoinCase("tmall");
    join.night(NIGHT, DELIVERIES, rows);
    return join;
  }

  @Test
  void the_order_of_rows_and_files_means_nothing() {
    for (int seed = 0; seed < 50_000; seed++) {
      var random = new Random(seed);
      List<Shown> rows = rows(random, random.nextBoolean());
      List<Shown> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, random);
      assertThat(joined(shuffled).all()).as("seed %s", seed).isEqualTo(joined(rows).all());
    }
  }

  @Test
  void the_same_rows_again_change_nothing() {
    for (int seed = 0; seed < 50_000; seed++) {
      var random = new Random(seed);
      boolean ids = random.nextBoolean();
      List<Shown> rows = rows(random, ids);
      JoinCase once = joined(rows);
      List<String> before = once.all();
      List<String> amounts = once.amounts();
      JoinResult again = once.night(NIGHT.plusDays(1), DELIVERIES, rows);
      assertThat(once.amounts()).as("seed %s", seed).isEqualTo(amounts);
      assertThat(again.lines.added).as("seed %s", seed).isEmpty();
      assertThat(again.seen).as("seed %s", seed).isEmpty();
      // two files that show lines without ids with other amounts may settle which row is which line
      if (!ids) continue;
      assertThat(again.orders.added).as("seed %s", seed).isEmpty();
      assertThat(again.orders.changed).as("seed %s", seed).isEmpty();
      assertThat(again.refunds.changed).as("seed %s", seed).isEmpty();
      assertThat(once.all()).as("seed %s", seed).isEqualTo(before);
    }
  }

  @Test
  void a_night_that_is_joined_again_says_the_same() {
    for (int seed = 0; seed < 50_000; seed++) {
      var random = new Random(seed);
      List<Shown> rows = rows(random, true);
      var join = new JoinCase("tmall");
      JoinResult first = join.night(NIGHT, DELIVERIES, rows);
      List<String> before = join.all();
      JoinResult again = join.night(NIGHT, DELIVERIES, rows);
      assertThat(join.all()).as("seed %s", seed).isEqualTo(before);
      assertThat(fates(again)).as("seed %s", seed).isEqualTo(fates(first));
    }
  }

  private static List<String> fates(JoinResult result) {
    return result.fates.byDelivery().entrySet().stream()
        .map(
            e ->
                e.getKey()
                    + ": "
                    + e.getValue().merged
                    + " "
                    + e.getValue().superseded
                    + " "
                    + e.getValue().duplicate)
        .toList();
  }

  @Test
  void every_row_has_a_fate() {
    for (int seed = 0; seed < 50_000; seed++) {
      var random = new Random(seed);
      List<Shown> rows = rows(random, random.nextBoolean());
      JoinResult result = new JoinCase("tmall").night(NIGHT, DELIVERIES, rows);
      long told =
          result.fates.byDelivery().values().stream()
              .mapToLong(c -> c.merged + c.superseded + c.duplicate)
              .sum();
      assertThat(told).as("seed %s", seed).isEqualTo(rows.size());
    }
  }

  @Test
  void in_one_night_or_in_two_the_facts_are_the_same() {
    for (int seed = 0; seed < 50_000; seed++) {
      var random = new Random(seed);
      List<Shown> rows = rows(random, true);
      int cut = random.nextInt(rows.size() + 1);
      List<Shown> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, random);
      var two = new JoinCase("tmall");
      two.night(NIGHT, DELIVERIES, shuffled.subList(0, cut));
      two.night(NIGHT.plusDays(1), DELIVERIES, shuffled.subList(cut, shuffled.size()));
      assertThat(two.facts()).as("seed %s", seed).isEqualTo(joined(rows).facts());
    }
  }
}
