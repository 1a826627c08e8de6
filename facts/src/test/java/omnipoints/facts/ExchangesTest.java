package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import omnipoints.facts.Exchanges.Link;
import org.junit.jupiter.api.Test;

class ExchangesTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private static Instant day(int day) {
    return START.plusSeconds(86_400L * day);
  }

  private static UUID key(int order) {
    return new UUID(0, order);
  }

  private static Purchase.Line line(int order, int line, long base, long... dayAndFen) {
    var steps = new ArrayList<RefundStep>();
    for (int i = 0; i < dayAndFen.length; i += 2)
      steps.add(new RefundStep(day((int) dayAndFen[i]), dayAndFen[i + 1]));
    return new Purchase.Line(
        new LineKey("tmall", "s", "O" + order, "L" + line),
        "",
        true,
        true,
        day(0),
        base,
        steps,
        day(1),
        false);
  }

  private static Purchase order(String owner, int paid, Purchase.Line... lines) {
    long base = Arrays.stream(lines).mapToLong(Purchase.Line::baseFen).sum();
    return new Purchase(Acceptance.ACCEPTED, owner, day(paid), base, 0, List.of(lines));
  }

  private static String shown(Purchase purchase) {
    var lines = new ArrayList<String>();
    for (Purchase.Line line : purchase.lines()) {
      var steps = new ArrayList<String>();
      for (RefundStep step : line.refunds())
        steps.add(
            "-"
                + step.refundedFen()
                + "@"
                + (step.at().getEpochSecond() - START.getEpochSecond()) / 86_400);
      lines.add(line.baseFen() + (steps.isEmpty() ? "" : String.join(" ", steps)));
    }
    return String.join(", ", lines);
  }

  private static List<String> settled(List<Purchase> orders, Link... links) {
    Map<UUID, Purchase> documented = new LinkedHashMap<>();
    for (int i = 0; i < orders.size(); i++) documented.put(key(i), orders.get(i));
    return Exchanges.settle(documented, List.of(links)).values().stream()
        .map(ExchangesTest::shown)
        .toList();
  }

  private static Link link(int old, int fresh) {
    return new Link(key(old), key(fresh));
  }

  @Test
  void an_equal_exchange_leaves_the_old_order_as_it_was_and_nothing_of_the_new_one() {
    assertThat(
            settled(
                List.of(order("m", 0, line(0, 0, 200, 5, 200)), order("m", 5, line(1, 0, 200))),
                link(0, 1)))
        .containsExactly("200", "0");
  }

  @Test
  void a_dearer_one_keeps_its_surplus_and_a_cheaper_one_returns_the_rest() {
    assertThat(
            settled(
                List.of(order("m", 0, line(0, 0, 200, 5, 200)), order("m", 5, line(1, 0, 300))),
                link(0, 1)))
        .containsExactly("200", "100");
    assertThat(
            settled(
                List.of(order("m", 0, line(0, 0, 200, 5, 200)), order("m", 5, line(1, 0, 150))),
                link(0, 1)))
        .containsExactly("200-50@5", "0");
  }

  @Test
  void what_comes_back_of_the_new_order_is_first_its_own_and_dated_by_its_return() {
    assertThat(
            settled(
                List.of(
                    order("m", 0, line(0, 0, 200, 5, 200)),
                    order("m", 5, line(1, 0, 300, 7, 60, 9, 160, 11, 300))),
                link(0, 1)))
        .containsExactly("200-60@9 -200@11", "100-60@7 -100@9");
  }

  @Test
  void a_chain_goes_on_to_the_first_order() {
    assertThat(
            settled(
                List.of(
                    order("m", 0, line(0, 0, 200, 5, 200)),
                    order("m", 5, line(1, 0, 300, 8, 300)),
                    order("m", 8, line(2, 0, 250))),
                link(0, 1),
                link(1, 2)))
        .containsExactly("200", "100-50@8", "0");
  }

  @Test
  void the_return_next_to_the_new_order_is_the_exchanged_one_and_others_stay_returns() {
    assertThat(
            settled(
                List.of(
                    order("m", 0, line(0, 0, 100, 2, 100), line(0, 1, 100, 6, 100)),
                    order("m", 5, line(1, 0, 100))),
                link(0, 1)))
        .containsExactly("100-100@2, 100", "0");
  }

  @Test
  void several_new_orders_take_what_went_back_one_after_the_other() {
    assertThat(
            settled(
                List.of(
                    order("m", 0, line(0, 0, 200, 5, 200)),
                    order("m", 6, line(1, 0, 150)),
                    order("m", 5, line(2, 0, 120))),
                link(0, 1),
                link(0, 2)))
        .containsExactly("200", "70", "0");
  }

  @Test
  void links_to_nothing_to_somebody_else_in_a_circle_or_of_what_is_not_decided_count_for_nothing() {
    Purchase old = order("m", 0, line(0, 0, 200, 5, 200));
    Purchase fresh = order("m", 5, line(1, 0, 200, 6, 200));
    assertThat(settled(List.of(old, order("n", 5, line(1, 0, 200))), link(0, 1)))
        .containsExactly("200-200@5", "200");
    assertThat(settled(List.of(old, fresh), link(0, 1), link(1, 0)))
        .containsExactly("200-200@5", "200-200@6");
    assertThat(settled(List.of(old), link(0, 1), link(0, 0))).containsExactly("200-200@5");
    assertThat(
            settled(
                List.of(
                    old,
                    new Purchase(
                        Acceptance.UNATTRIBUTED, null, day(5), 200, 0, List.of(line(1, 0, 200)))),
                link(0, 1)))
        .containsExactly("200-200@5", "200");
  }

  /** Whatever is exchanged for what, the money that stays is what documents say stays. */
  @Test
  void a_chain_may_be_as_long_as_files_make_it() {
    int last = 60_000;
    Map<UUID, Purchase> documented = new LinkedHashMap<>();
    List<Link> links = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      documented.put(
          key(i), order("M1", i, i == last ? line(i, 1, 100) : line(i, 1, 100, i + 1, 100)));
      if (i > 0) links.add(link(i - 1, i));
    }
    Map<UUID, Purchase> settled = Exchanges.settle(documented, links);
    assertThat(shown(settled.get(key(0)))).as("lives on in the last").isEqualTo("100");
    assertThat(shown(settled.get(key(last)))).isEqualTo("0");
    assertThat(kept(settled)).isEqualTo(100);

    links.add(link(last, 0));
    assertThat(kept(Exchanges.settle(documented, links))).as("a circle").isEqualTo(100);
  }

  @Test
  void no_fen_is_lost_or_made_and_neither_order_of_the_input_matters() {
    for (long seed = 0; seed < 3_000; seed++) {
      var random = new Random(seed);
      int n = 2 + random.nextInt(5);
      var orders = new ArrayList<Purchase>();
      var links = new ArrayList<Link>();
      for (int i = 0; i < n; i++) {
        var lines = new Purchase.Line[1 + random.nextInt(3)];
        for (int k = 0; k < lines.length; k++) {
          long base = random.nextInt(300);
          long back = base == 0 || random.nextInt(3) == 0 ? 0 : random.nextInt((int) base + 1);
          if (random.nextInt(4) == 0) back = base;
          if (back == 1) back = 0;
          int at = i + random.nextInt(6);
          lines[k] =
              back == 0
                  ? line(i, k, base)
                  : line(i, k, base, at, back / 2, at + 1 + random.nextInt(4), back);
        }
        orders.add(order("m", i, lines));
        if (i > 0 && random.nextInt(5) > 0) links.add(link(random.nextInt(i), i));
      }
      Map<UUID, Purchase> documented = new HashMap<>();
      for (int i = 0; i < n; i++) documented.put(key(i), orders.get(i));
      Map<UUID, Purchase> settled = Exchanges.settle(documented, links);
      assertThat(kept(settled)).as("seed " + seed).isEqualTo(kept(documented));
      settled.values().forEach(purchase -> purchase.lines().forEach(ExchangesTest::wellFormed));
      Collections.shuffle(links, random);
      assertThat(Exchanges.settle(new LinkedHashMap<>(documented), links)).isEqualTo(settled);
    }
  }

  private static long kept(Map<UUID, Purchase> orders) {
    return orders.values().stream()
        .flatMap(purchase -> purchase.lines().stream())
        .mapToLong(Purchase.Line::keptFen)
        .sum();
  }

  private static void wellFormed(Purchase.Line line) {
    long before = 0;
    assertThat(line.baseFen()).isNotNegative();
    for (RefundStep step : line.refunds()) {
      assertThat(step.refundedFen()).isGreaterThan(before);
      before = step.refundedFen();
    }
    assertThat(before).isLessThanOrEqualTo(line.baseFen());
  }
}
