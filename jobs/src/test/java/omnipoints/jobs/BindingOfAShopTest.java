package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tills of two shops count their receipts alike; a binding says which shop it means. */
class BindingOfAShopTest {

  private static final String BINDING =
      "channel,order_no,platform_id,phone,card,unionid,bound_at,shop\n";

  @TempDir Path dir;

  @Test
  void a_binding_names_the_shop_of_a_receipt_number_that_two_shops_have() {
    try (TestHome home = new TestHome(dir)) {
      for (int shop = 1; shop <= 2; shop++) {
        home.drop(
            "pos/p" + shop + "/a.csv",
            Pos.file(
                Pos.row("", "2026-01-01 10:00:00", "A", 10 * shop, "1", "1"),
                Pos.row("", "2026-01-01 10:05:00", "A", 30 * shop, "1", "2"),
                Pos.row("", "2026-01-01 10:06:00", "A", 70 * shop, "1", "3")));
      }
      home.drop(
          "program/b.csv",
          BINDING
              + "pos,20260101-1-1,,13800000001,,,2026-01-01 12:00:00,p2\n"
              + "pos,20260101-1-2,,13800000002,,,2026-01-01 12:00:00,\n"
              + "pos,20260101-1-3,,13800000003,,,2026-01-01 12:00:00,p9\n");
      assertThat(home.night("2026-01-01").exit()).isEqualTo(3);
      assertThat(home.ledger("2026-01-01"))
          .containsExactly("EARN 20 2026-01-01 10:00:00 20260101-1-1/A#0000002000#001");
      assertThat(
              home.rows(
                  "select key || ': ' || split_part(detail, '; ', 1) from break where type = 'IDENTITY_CONFLICT'"))
          .containsExactly("20260101-1-2: the order number exists in 2 shops of the channel");
      assertThat(home.rows("select detail from break where type = 'IDENTITY_CONFLICT'").get(0))
          .contains("decide: the same row with the shop in column shop in inbox/program");
      assertThat(home.rows("select waiting::text from night_input where document = 'binding'"))
          .containsExactly("1");
      home.drop(
          "program/b2.csv", BINDING + "pos,20260101-1-2,,13800000002,,,2026-01-01 12:00:00,p1\n");
      assertThat(home.night("2026-01-02").exit()).isZero();
      assertThat(home.ledger("2026-01-02"))
          .containsExactly("EARN 30 2026-01-01 10:05:00 20260101-1-2/A#0000003000#001");
      assertThat(home.rows("select type from break where state = 'OPEN' and type like 'ID%'"))
          .as("decided")
          .isEmpty();
    }
  }
}
