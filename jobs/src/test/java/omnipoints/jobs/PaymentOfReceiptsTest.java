package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules ask how a receipt was paid and what kind it is, where the mapping of the till tells it. */
class PaymentOfReceiptsTest {
  private static final String HEADER = "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n";

  @TempDir Path dir;

  private static String row(String receipt, String sku, String type, String payment) {
    return "C1,2026-03-01 10:00:00,"
        + sku
        + ",1,10.00,10.00,x,,1,"
        + receipt
        + ","
        + type
        + ","
        + payment
        + "\n";
  }

  @Test
  void what_a_till_says_of_payment_and_kind_is_asked_by_rules_in_any_order_of_its_rows()
      throws IOException {
    String mapping =
        Files.readString(Path.of("../mappings/channels/pos.yaml"))
            .replace("gzbh, 柜组编码, gzmc, 柜组名称]", "柜组编码, 柜组名称]")
            .replace(
                "      till: {column: syjh,",
                "      order_type: {column: gzbh, type: text}\n      payment: {column: gzmc, type: text}\n"
                    + "      till: {column: syjh,");
    String[] rows = {
      row("1", "A", "", "cash"),
      row("2", "A", "", "stored"),
      row("3", "A", "gift", ""),
      row("4", "A", "", "cash"),
      row("4", "B", "", "stored"),
    };
    try (TestHome one = home("one", mapping);
        TestHome other = home("other", mapping)) {
      one.drop("pos/s1/sales.csv", HEADER + String.join("", rows));
      other.drop("pos/s1/sales.csv", HEADER + rows[4] + rows[3] + rows[2] + rows[1] + rows[0]);
      one.night("2026-03-01");
      other.night("2026-03-01");
      assertThat(one.ledger("2026-03-01"))
          .contains(
              "EARN 10 2026-03-01 10:00:00 20260301-1-1/A#0000001000#001",
              "EARN 20 2026-03-01 10:00:00 20260301-1-2/A#0000001000#001",
              "EARN 30 2026-03-01 10:00:00 20260301-1-3/A#0000001000#001")
          .hasSize(5);
      assertThat(other.ledger("2026-03-01"))
          .containsExactlyInAnyOrderElementsOf(one.ledger("2026-03-01"));
    }
  }

  private TestHome home(String name, String mapping) throws IOException {
    return new TestHome(Files.createDirectories(dir.resolve(name)))
        .write("mappings/pos.yaml", mapping)
        .program("7", "1y")
        .rules(
            """
            rules:
            - {id: stored, when: {payment: stored}, times: 2}
            - {id: gift, when: {order_type: gift}, times: 3}
            """);
  }
}
