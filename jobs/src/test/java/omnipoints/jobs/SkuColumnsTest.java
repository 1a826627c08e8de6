package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines without an id of the platform whose SKU stands in another column than before. */
class SkuColumnsTest {

  @TempDir Path dir;

  /** A line without an id: merchant code and outer code are two columns. */
  private static String line(String order, String outer, String merchant, String due) {
    return ","
        + order
        + ",商品,50.00,1,"
        + outer
        + ",交易成功,"
        + merchant
        + ","
        + due
        + ","
        + due
        + ",没有申请退款,0";
  }

  private static String order(int items, String total) {
    return Tmall.completed(
        "260504001", "n1", total, "0.00", items, "2026-05-04 09:00:00", "2026-05-04 10:00:00");
  }

  @Test
  void a_merchant_code_filled_in_or_taken_away_later_is_no_second_line() {
    try (TestHome home = new TestHome(dir)) {
      home.drop("tmall/s1/o1.csv", Tmall.orders(order(2, "90.00")), Tmall.GBK);
      home.drop(
          "tmall/s1/l1.csv",
          Tmall.lines(line("260504001", "E1", "", "50.00"), line("260504001", "E2", "M2", "40.00")),
          Tmall.GBK);
      home.night("2026-05-04");
      home.drop(
          "tmall/s1/l2.csv",
          Tmall.lines(line("260504001", "E1", "M1", "50.00"), line("260504001", "E2", "", "40.00")),
          Tmall.GBK);
      home.night("2026-05-05");
      home.drop(
          "tmall/s1/l3.csv",
          Tmall.lines(line("260504001", "", "M1", "50.00"), line("260504001", "", "M2", "40.00")),
          Tmall.GBK);
      home.night("2026-05-06");
      assertThat(home.rows("select line_key from order_line order by 1"))
          .containsExactly("E1#0000005000#001", "M2#0000005000#001");
      assertThat(home.rows("select kind || ' ' || points || ' ' || line_key from entry order by 1"))
          .containsExactly("EARN 40 M2#0000005000#001", "EARN 50 E1#0000005000#001");
      assertThat(home.rows("select distinct class from verdict")).containsExactly("POSTED");
    }
  }

  @Test
  void lines_that_all_go_by_another_column_than_before_are_the_lines_that_are_known() {
    try (TestHome home = new TestHome(dir)) {
      home.drop("tmall/s1/o1.csv", Tmall.orders(order(2, "90.00")), Tmall.GBK);
      home.drop(
          "tmall/s1/l1.csv",
          Tmall.lines(line("260504001", "", "M1", "50.00"), line("260504001", "", "", "40.00")),
          Tmall.GBK);
      home.night("2026-05-04");
      home.drop(
          "tmall/s1/l2.csv",
          Tmall.lines(line("260504001", "E1", "", "50.00"), line("260504001", "E2", "", "40.00")),
          Tmall.GBK);
      home.drop(
          "tmall/s1/o2.csv",
          Tmall.orders(
              Tmall.completed(
                  "260504001",
                  "n1",
                  "90.00",
                  "90.00",
                  2,
                  "2026-05-04 09:00:00",
                  "2026-05-04 10:00:00")),
          Tmall.GBK);
      home.night("2026-05-05");
      assertThat(home.rows("select count(*) from order_line")).containsExactly("2");
      assertThat(home.rows("select kind || ' ' || sum(points) from entry group by kind order by 1"))
          .containsExactly("CLAWBACK -90", "EARN 90");
    }
  }

  @Test
  void two_files_of_one_night_that_fill_other_columns_show_one_line() {
    try (TestHome home = new TestHome(dir)) {
      home.drop("tmall/s1/o1.csv", Tmall.orders(order(1, "50.00")), Tmall.GBK);
      home.drop("tmall/s1/a.csv", Tmall.lines(line("260504001", "E1", "", "50.00")), Tmall.GBK);
      home.drop("tmall/s1/b.csv", Tmall.lines(line("260504001", "E1", "M1", "50.00")), Tmall.GBK);
      home.night("2026-05-04");
      assertThat(home.rows("select line_key from order_line")).containsExactly("M1#0000005000#001");
      assertThat(home.rows("select points from entry")).containsExactly("50");
    }
  }
}
