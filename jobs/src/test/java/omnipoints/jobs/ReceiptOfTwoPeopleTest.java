package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import omnipoints.facts.OrderKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One receipt number of one till and day, and rows of more than one person on it. */
class ReceiptOfTwoPeopleTest {

  @TempDir Path dir;

  private static String row(String card, String time, int yuan, String receipt) {
    return Pos.row(card, "2026-05-04 " + time, "A", yuan, "1", receipt);
  }

  private static void pos(TestHome home, String name, String... rows) {
    home.drop("pos/p1/" + name, Pos.file(rows));
  }

  private static List<String> rejects(TestHome home) {
    return home.rows(
        "select reason || ' ' || row || ' ' || order_no || ' ' || state from quarantine order by 1");
  }

  private static List<String> balances(TestHome home) {
    return home.rows(
        "select t.shown || ' ' || b.pending from balance b join token t using (member_id) order by 1");
  }

  @Test
  void a_receipt_of_two_people_is_conflicting_rows() {
    try (TestHome home = new TestHome(dir)) {
      pos(
          home,
          "a.csv",
          row("CA1", "09:10:00", 100, "1"),
          row("CA2", "18:40:00", 200, "1"),
          // A stranger's row beside a member's: the member does not get it.
          row("CB1", "10:00:00", 50, "2"),
          row("", "10:00:00", 70, "2"),
          row("", "10:00:00", 10, "2"),
          // Nobody's receipt, of which a card shows a row tomorrow.
          row("", "11:00:00", 30, "3"),
          row("CD1", "12:00:00", 40, "4"));
      home.night("2026-05-04");
      assertThat(rejects(home))
          .containsExactly(
              "CONFLICTING_ROWS 2 20260504-1-1 OPEN", "CONFLICTING_ROWS 3 20260504-1-1 OPEN");
      assertThat(balances(home)).containsExactly("CB1 50", "CD1 40");
      assertThat(home.rows("select order_no from sales_order order by 1"))
          .containsExactly("20260504-1-2", "20260504-1-2-0", "20260504-1-3", "20260504-1-4");
      assertThat(
              home.rows(
                  "select encode(order_key('pos', 'p1', '20260504-1-2-0')::text::bytea, 'escape')"))
          .containsExactly(new OrderKeys().of("pos", "p1", "20260504-1-2-0").toString());
      assertThat(home.rows("select order_key from sales_order where order_no = '20260504-1-2-0'"))
          .extracting(UUID::fromString)
          .containsExactly(new OrderKeys().of("pos", "p1", "20260504-1-2-0"));

      pos(
          home,
          "b.csv",
          row("CB2", "10:00:00", 90, "2"),
          row("", "10:00:00", 15, "2"),
          row("CC1", "11:05:00", 60, "3"),
          row("", "12:00:00", 25, "4"));
      home.night("2026-05-05");
      assertThat(rejects(home)).contains("CONFLICTING_ROWS 2 20260504-1-2 OPEN").hasSize(3);
      assertThat(balances(home))
          .as("the card known first stays, rows without one never take it")
          .containsExactly("CB1 50", "CC1 60", "CD1 40");
      assertThat(
              home.rows(
                  "select order_no || ' ' || class from sales_order join verdict using (order_key, first_night) order by 1"))
          .containsExactly(
              "20260504-1-2 POSTED",
              "20260504-1-2-0 UNATTRIBUTED",
              "20260504-1-3 POSTED",
              "20260504-1-3-0 UNATTRIBUTED",
              "20260504-1-4 POSTED",
              "20260504-1-4-0 UNATTRIBUTED");

      // The same rows again, in other files, are the same receipts; a corrected export settles the
      // first.
      pos(
          home,
          "c.csv",
          row("", "10:00:00", 70, "2"),
          row("", "10:00:00", 10, "2"),
          row("", "11:00:00", 30, "3"),
          row("CA1", "09:10:00", 100, "1"));
      home.night("2026-05-06");
      assertThat(balances(home)).containsExactly("CA1 100", "CB1 50", "CC1 60", "CD1 40");
      assertThat(home.rows("select count(*) from sales_order")).containsExactly("7");
    }
  }

  @Test
  void a_till_that_gives_its_numbers_again_has_a_receipt_for_each_card() throws IOException {
    try (TestHome home = new TestHome(dir)) {
      try (InputStream shipped = getClass().getResourceAsStream("/channels/pos.yaml")) {
        String pos = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(
            dir.resolve("mappings/pos.yaml"),
            pos.replaceFirst(
                "store_sales:\n    grain: receipt_line\n",
                "store_sales:\n    grain: receipt_line\n    receipt_reused: true\n"));
      }
      pos(
          home,
          "a.csv",
          row("CA2", "18:40:00", 200, "1"),
          row("CA1", "09:10:00", 100, "1"),
          row("CA1", "09:10:05", 10, "1"),
          row("CB1", "10:00:00", 50, "2"),
          row("CC1", "09:00:00", 5, "3"),
          row("CC2", "09:00:00", 6, "3"));
      home.night("2026-05-04");
      assertThat(home.ledger("2026-05-04"))
          .containsExactlyInAnyOrder(
              "EARN 100 2026-05-04 09:10:00 20260504-1-1-091000/A#0000010000#001",
              "EARN 10 2026-05-04 09:10:05 20260504-1-1-091000/A#0000001000#001",
              "EARN 200 2026-05-04 18:40:00 20260504-1-1-184000/A#0000020000#001",
              "EARN 50 2026-05-04 10:00:00 20260504-1-2/A#0000005000#001");
      assertThat(rejects(home))
          .as("two cards of one second cannot be told apart")
          .containsExactly(
              "CONFLICTING_ROWS 6 20260504-1-3 OPEN", "CONFLICTING_ROWS 7 20260504-1-3 OPEN");

      pos(
          home,
          "b.csv",
          row("CA2", "18:40:00", 200, "1"),
          row("CB1", "10:00:00", 50, "2"),
          row("CB2", "19:00:00", 80, "2"));
      home.night("2026-05-05");
      assertThat(home.ledger("2026-05-05"))
          .containsExactly("EARN 80 2026-05-04 19:00:00 20260504-1-2-190000/A#0000008000#001");
    }
  }
}
