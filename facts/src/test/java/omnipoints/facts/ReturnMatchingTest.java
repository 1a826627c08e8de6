package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import omnipoints.facts.ReturnMatching.Matching;
import omnipoints.facts.ReturnMatching.Return;
import omnipoints.facts.ReturnMatching.Sale;
import org.junit.jupiter.api.Test;

class ReturnMatchingTest {
  private static LineKey key(String shop, String line) {
    return new LineKey("pos", shop, "r", line);
  }

  private static Sale sale(String shop, String line, int hour, long fen, long returned) {
    return new Sale(key(shop, line), at(hour), fen, returned);
  }

  private static Return back(String shop, String line, int hour, long fen) {
    return new Return(key(shop, line), at(hour), fen);
  }

  private static Instant at(int hour) {
    return Instant.EPOCH.plusSeconds(3600L * hour);
  }

  private static List<String> rows(List<Sale> sales, Return... returns) {
    Matching matching = ReturnMatching.match(sales, List.of(returns));
    List<String> rows = new ArrayList<>();
    matching
        .matches()
        .forEach(
            m -> rows.add(m.returned().line() + " > " + m.sale().line() + " " + m.amountFen()));
    matching.orphans().forEach(o -> rows.add(o.returned().line() + " orphan " + o.amountFen()));
    return rows;
  }

  @Test
  void a_return_belongs_to_the_latest_sale_at_or_before_it() {
    List<Sale> sales =
        List.of(sale("s", "a", 1, 100, 0), sale("s", "b", 2, 100, 0), sale("s", "c", 4, 100, 0));
    assertThat(rows(sales, back("s", "x", 3, 100))).containsExactly("x > b 100");
    assertThat(rows(sales, back("s", "x", 2, 100))).containsExactly("x > b 100");
    assertThat(rows(sales, back("s", "x", 0, 100))).containsExactly("x orphan 100");
  }

  @Test
  void the_same_shop_comes_before_a_later_sale_elsewhere() {
    assertThat(
            rows(
                List.of(sale("s", "own", 1, 100, 0), sale("t", "other", 2, 100, 0)),
                back("s", "x", 3, 150)))
        .containsExactly("x > own 100", "x > other 50");
  }

  @Test
  void at_one_moment_the_smaller_key_is_first() {
    assertThat(
            rows(
                List.of(sale("s", "b", 1, 100, 0), sale("s", "a", 1, 100, 0)),
                back("s", "x", 3, 100)))
        .containsExactly("x > a 100");
  }

  @Test
  void a_return_takes_what_is_left_and_the_rest_goes_on_until_none_is_found() {
    assertThat(
            rows(
                List.of(sale("s", "a", 1, 100, 0), sale("s", "b", 2, 100, 60)),
                back("s", "x", 3, 200)))
        .containsExactly("x > b 40", "x > a 100", "x orphan 60");
  }

  @Test
  void a_fully_returned_sale_is_passed_over() {
    assertThat(
            rows(
                List.of(sale("s", "a", 1, 100, 0), sale("s", "b", 2, 100, 100)),
                back("s", "x", 3, 100)))
        .containsExactly("x > a 100");
  }

  @Test
  void returns_are_served_in_the_order_of_time_and_key_and_a_sale_is_not_matched_twice() {
    List<Sale> sales = List.of(sale("s", "a", 1, 100, 0));
    assertThat(rows(sales, back("s", "z", 3, 100), back("s", "y", 3, 100), back("s", "w", 2, 30)))
        .containsExactly("w > a 30", "y > a 70", "y orphan 30", "z orphan 100");
  }

  @Test
  void nothing_is_lost_or_matched_twice_whatever_the_order_of_rows() {
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      List<Sale> sales = new ArrayList<>();
      List<Return> returns = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        sales.add(
            sale("s" + random.nextInt(2), "a" + i, random.nextInt(5), 100, random.nextInt(101)));
      }
      for (int i = random.nextInt(6); i > 0; i--) {
        returns.add(
            back("s" + random.nextInt(2), "x" + i, random.nextInt(6), 1 + random.nextInt(150)));
      }
      Matching matching = ReturnMatching.match(sales, returns);
      for (Return r : returns) {
        long found = 0;
        for (ReturnMatching.Match m : matching.matches())
          if (m.returned().equals(r.key())) found += m.amountFen();
        for (ReturnMatching.Orphan o : matching.orphans())
          if (o.returned().equals(r.key())) found += o.amountFen();
        assertThat(found).as("seed %d", seed).isEqualTo(r.amountFen());
      }
      for (Sale s : sales) {
        long taken = 0;
        for (ReturnMatching.Match m : matching.matches())
          if (m.sale().equals(s.key())) taken += m.amountFen();
        assertThat(taken + s.alreadyReturnedFen())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(s.amountFen());
      }
      Collections.shuffle(sales, random);
      Collections.shuffle(returns, random);
      assertThat(ReturnMatching.match(sales, returns)).as("seed %d", seed).isEqualTo(matching);
    }
  }
}
