package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders whose numbers a spreadsheet rounded to the same one. */
class CollapsedIdsTest {

  private static final String COLLAPSED = "2605040000000000000";

  @TempDir Path dir;

  @Test
  void rows_of_one_number_with_other_buyers_or_times_are_conflicting_rows() {
    try (TestHome home = new TestHome(dir, "  jd: {}\n")) {
      home.drop(
          "tmall/s1/o.csv",
          Tmall.orders(
              Tmall.completed(COLLAPSED, "n1", "50.00", "0.00", 1, "2026-05-04 09:00:00", ""),
              Tmall.completed(COLLAPSED, "n2", "50.00", "0.00", 1, "2026-05-04 10:00:00", ""),
              Tmall.completed(COLLAPSED, "n3", "50.00", "0.00", 1, "2026-05-04 11:00:00", ""),
              // One buyer, other times; other buyers, one time; the same row twice; a masked buyer.
              Tmall.completed("2", "n4", "50.00", "0.00", 1, "2026-05-04 09:00:00", ""),
              Tmall.completed("2", "n4", "50.00", "0.00", 1, "2026-05-04 10:00:00", ""),
              Tmall.completed("3", "n5", "50.00", "0.00", 1, "2026-05-04 09:00:00", ""),
              Tmall.completed("3", "n6", "50.00", "0.00", 1, "2026-05-04 09:00:00", ""),
              Tmall.completed("4", "n7", "50.00", "0.00", 1, "2026-05-04 09:00:00", ""),
              Tmall.completed("4", "n7", "50.00", "0.00", 1, "2026-05-04 09:00:00", ""),
              Tmall.completed("4", "n**", "50.00", "0.00", 1, "2026-05-04 09:00:00", "")),
          Tmall.GBK);
      home.drop(
          "tmall/s1/l.csv",
          Tmall.lines(
              Tmall.line("4-1", "4", "A", "50.00", 1, "50.00", "0"),
              Tmall.line("9-1", "9", "A", "50.00", 1, "50.00", "0"),
              Tmall.line("9-1", "9", "B", "50.00", 1, "50.00", "0")),
          Tmall.GBK);
      home.drop(
          "jd/j1/j.csv",
          Platforms.file(
              Platforms.JD,
              Platforms.jd("71", "A", "20", "0", "20", "完成", "", "2026-05-04 09:00:00", ""),
              Platforms.jd("71", "B", "20", "0", "20", "完成", "", "2026-05-04 09:30:00", "")));
      home.night("2026-05-04");
      assertThat(
              home.rows(
                  "select document || ' ' || row || ' ' || coalesce(order_no, '') from quarantine"
                      + " where reason = 'CONFLICTING_ROWS' order by 1"))
          .containsExactly(
              "line_list 3 9",
              "line_list 4 9",
              "order_list 2 " + COLLAPSED,
              "order_list 3 " + COLLAPSED,
              "order_list 4 " + COLLAPSED,
              "order_list 5 2",
              "order_list 6 2",
              "order_list 7 3",
              "order_list 8 3",
              "orders 2 71",
              "orders 3 71");
      assertThat(home.ledger("2026-05-04")).containsExactly("EARN 50 2026-05-04 09:00:00 4/4-1");
      assertThat(home.rows("select shown from order_token order by 1"))
          .as("buyers of rows that are not used are nobody's")
          .isEqualTo(List.of("n7"));
    }
  }
}
