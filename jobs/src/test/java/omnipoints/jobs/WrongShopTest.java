package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in the folder of another shop would count everything a second time: it is refused. */
class WrongShopTest {

  private static final String SALES =
      Pos.file(
          Pos.row("C1", "2026-05-01 10:00:00", "A1", 100, "01", "0001"),
          Pos.row("C2", "2026-05-01 11:00:00", "A2", 50, "01", "0002"));

  @TempDir Path dir;

  private static java.util.List<String> outcomes(TestHome home, String night) {
    return home.rows(
        "select concat_ws(' ', shop, file, outcome, rows_in, merged, duplicate) from night_input"
            + " where night = '"
            + night
            + "' order by n");
  }

  @Test
  void the_same_bytes_under_another_shop_are_refused() {
    try (TestHome home = new TestHome(dir)) {
      home.drop("pos/S2/sales.csv", SALES);
      assertThat(home.night("2026-05-01").exit()).isZero();
      home.drop("pos/S1/other.csv", SALES).drop("pos/S2/again.csv", SALES);
      // A file without rows is the same for every shop that sold nothing.
      home.drop("pos/S1/none.csv", Pos.file()).drop("pos/S2/none.csv", Pos.file());
      assertThat(home.night("2026-05-02").exit()).isEqualTo(3);
      assertThat(outcomes(home, "2026-05-02"))
          .containsExactlyInAnyOrder(
              "S1 other.csv WRONG_SHOP 0 0 0",
              "S2 again.csv DUPLICATE 2 0 2",
              "S1 none.csv EMPTY 0 0 0",
              "S2 none.csv EMPTY 0 0 0");
      assertThat(home.rows("select message from night_input where outcome = 'WRONG_SHOP'"))
          .containsExactly(
              "other.csv: it lies under shop S1, but the very same file was accepted under shop S2"
                  + " (sales.csv, night 2026-05-01); nothing of it was used, because orders of one"
                  + " shop under two would earn twice. Put the file into the folder of its shop, or"
                  + " list the names of the folder under channels.<channel>.shops in omnipoints.yaml");
      assertThat(home.balances()).containsExactly("100 0 0", "50 0 0");
      // Still so when it is sent once more.
      home.drop("pos/S1/third.csv", SALES);
      home.night("2026-05-03");
      assertThat(outcomes(home, "2026-05-03")).containsExactly("S1 third.csv WRONG_SHOP 0 0 0");
    }
  }

  @Test
  void of_two_copies_in_one_night_the_one_under_the_first_shop_stays() {
    try (TestHome home = new TestHome(dir)) {
      home.drop("pos/S2/a.csv", SALES).drop("pos/S1/z.csv", SALES);
      assertThat(home.night("2026-05-01").exit()).isEqualTo(3);
      assertThat(outcomes(home, "2026-05-01"))
          .containsExactly("S1 z.csv ACCEPTED 2 2 0", "S2 a.csv WRONG_SHOP 0 0 0");
      assertThat(home.balances()).containsExactly("100 0 0", "50 0 0");
    }
  }

  @Test
  void a_shop_column_seen_under_another_folder_is_refused() {
    try (TestHome home = new TestHome(dir)) {
      String paid = "2026-05-01 10:00:00";
      String done = "2026-05-01 12:00:00";
      String first = Tmall.completed("900001", "li", "100.00", "0.00", 1, paid, done);
      String second = Tmall.completed("900002", "he", "50.00", "0.00", 1, paid, done);
      home.drop("tmall/A/orders.csv", Tmall.orders(first), Tmall.GBK);
      home.drop(
          "tmall/A/lines.csv",
          Tmall.lines(Tmall.line("1", "900001", "X", "100.00", 1, "100.00", "0")));
      assertThat(home.night("2026-05-01").exit()).isZero();
      // Saved again in another encoding, with one more order: other bytes, the same shop.
      home.drop("tmall/B/orders.csv", Tmall.orders(first, second));
      assertThat(home.night("2026-05-02").exit()).isEqualTo(3);
      assertThat(outcomes(home, "2026-05-02")).containsExactly("B orders.csv WRONG_SHOP 0 0 0");
      assertThat(home.rows("select message from night_input where outcome = 'WRONG_SHOP'").get(0))
          .contains(
              "its shop column says 旗舰店, which was accepted under shop A before (orders.csv,"
                  + " night 2026-05-01)");
      // In its own folder it is what it always was.
      home.drop("tmall/A/more.csv", Tmall.orders(first, second));
      assertThat(home.night("2026-05-03").exit()).isZero();
      assertThat(home.rows("select shop || ' ' || order_no from sales_order order by 1"))
          .containsExactly("A 900001", "A 900002");
    }
  }

  @Test
  void the_settings_say_which_names_a_folder_may_carry() {
    try (TestHome home = new TestHome(dir)) {
      home.settings("    shops: {B: [旗舰店]}");
      String paid = "2026-05-01 10:00:00";
      String order = Tmall.completed("900001", "li", "100.00", "0.00", 1, paid, paid);
      home.drop("tmall/A/orders.csv", Tmall.orders(order))
          .drop("tmall/B/orders.csv", Tmall.orders(order));
      assertThat(home.night("2026-05-01").exit()).isEqualTo(3);
      assertThat(outcomes(home, "2026-05-01"))
          .containsExactly("A orders.csv WRONG_SHOP 0 0 0", "B orders.csv ACCEPTED 1 1 0");
      home.drop("tmall/B/other.csv", Tmall.orders(order.replace("旗舰店", "专卖店")));
      home.night("2026-05-02");
      assertThat(home.rows("select message from night_input where night = '2026-05-02'").get(0))
          .contains("its shop column says 专卖店, but by omnipoints.yaml B carries 旗舰店");
    }
  }
}
