package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two rows that a lost line break or a stray quote made one: both orders wait. */
class GluedRowsTest {

  @TempDir Path dir;

  private static String order(String number, int items, String total) {
    return Tmall.completed(
        number, "n" + number, total, "0.00", items, "2026-05-04 09:00:00", "2026-05-04 10:00:00");
  }

  private static String line(String number, String sku) {
    return Tmall.line("", number, sku, "50.00", 1, "50.00", "0");
  }

  private static final String ORDERS =
      Tmall.orders(
          order("260504001", 2, "100.00"),
          order("260504002", 2, "100.00"),
          order("260504003", 1, "50.00"));

  @Test
  void two_rows_without_a_line_break_between_them_park_both_orders() {
    rows_that_are_one_park_both_orders("");
  }

  @Test
  void two_rows_with_a_quote_for_a_line_break_park_both_orders() {
    rows_that_are_one_park_both_orders("\"");
  }

  private void rows_that_are_one_park_both_orders(String between) {
    try (TestHome home = new TestHome(dir)) {
      String first = line("260504001", "A");
      String second = line("260504002", "A");
      // the file without ids begins a row with an empty cell: glued, only the order tells it
      String glued =
          Tmall.lines(
              line("260504001", "B"),
              first + between + second,
              line("260504002", "B"),
              line("260504003", "A"));
      home.drop("tmall/s1/o.csv", ORDERS, Tmall.GBK);
      home.drop("tmall/s1/l.csv", glued, Tmall.GBK);
      home.night("2026-05-04");
      assertThat(
              home.rows("select row || ' ' || order_no || ' ' || state from quarantine order by 1"))
          .containsExactly("3 260504001 OPEN", "3 260504002 OPEN");
      assertThat(home.rows("select rejected from night_input where document = 'line_list'"))
          .containsExactly("1");
      assertThat(
              home.rows(
                  "select order_no || ' ' || class from sales_order join verdict using (order_key, first_night) order by 1"))
          .containsExactly(
              "260504001 REJECTED_SIBLING", "260504002 REJECTED_SIBLING", "260504003 POSTED");
      home.drop(
          "tmall/s1/l2.csv",
          Tmall.lines(line("260504001", "B"), first, second, line("260504002", "B")),
          Tmall.GBK);
      home.night("2026-05-05");
      assertThat(home.rows("select order_no || ' ' || state from quarantine order by 1"))
          .containsExactly("260504001 REPLAYED", "260504002 REPLAYED");
      assertThat(home.rows("select sum(points) from entry")).containsExactly("250");
    }
  }
}
