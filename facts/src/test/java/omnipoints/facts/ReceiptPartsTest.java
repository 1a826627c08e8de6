package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import omnipoints.facts.Delivery.Shows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which receipt the rows of one number of a till belong to, in one night and over several. */
class ReceiptPartsTest {

  private static final Map<Integer, Delivery> TILL = JoinCase.deliveries("pos", Shows.RECEIPT_LINE);
  private static final Map<Integer, Delivery> REUSED = JoinCase.reusingTill();

  /** {@code C1@091000 -@184000}: a sale of a card, one of nobody, at times of the day. */
  private static List<Shown> sales(String rows) {
    List<Shown> shown = new ArrayList<>();
    int row = 2;
    for (String sale : rows.split(" ")) {
      String card = sale.startsWith("-") ? null : sale.substring(0, sale.indexOf('@'));
      String time = sale.substring(sale.indexOf('@') + 1);
      String at =
          "2026-05-04T%s:%s:%s"
              .formatted(time.substring(0, 2), time.substring(2, 4), time.substring(4));
      shown.add(JoinCase.receipt(1, row, "R1", at, card));
      shown.add(JoinCase.sale(1, row, "R1", "A", 100, at, card));
      row++;
    }
    return shown;
  }

  private static String receipts(JoinCase join) {
    List<String> receipts = new ArrayList<>();
    Stream.of("R1", "R1-0", "R1-091000", "R1-092000", "R1-184000")
        .forEach(
            number -> {
              KnownOrder known = join.order("s1", number);
              if (known.lines().isEmpty()) return;
              String card = known.tokens().isEmpty() ? "-" : known.tokens().get(0).shown();
              receipts.add(number + "=" + card + "*" + known.lines().size());
            });
    return String.join(" ", receipts);
  }

  @ParameterizedTest
  @CsvSource({
    "true, C1@091000 C1@092000, R1=C1*2, ''",
    "true, C1@091000 C2@184000, R1-091000=C1*1 R1-184000=C2*1, ''",
    "true, C1@184000 C1@091000 C2@092000, R1-091000=C1*2 R1-092000=C2*1, ''",
    "true, C1@091000 C2@091000, '', 2 3",
    "true, C1@091000 C2@091000 C3@184000, R1-184000=C3*1, 2 3",
    "true, C1@091000 -@184000, R1=C1*1 R1-0=-*1, ''",
    "true, -@091000 -@184000, R1=-*2, ''",
    "true, C1@091000 C2@184000 -@092000, R1-0=-*1 R1-091000=C1*1 R1-184000=C2*1, ''",
    "false, C1@091000 C2@184000, '', 2 3",
    "false, C1@091000 C2@184000 -@092000, R1-0=-*1, 2 3",
  })
  void rows_of_a_number_belong_to_receipts_by_their_cards(
      boolean reused, String rows, String receipts, String refused) {
    var join = new JoinCase("pos");
    JoinResult result =
        join.night("2026-05-04", reused ? REUSED : TILL, sales(rows).toArray(Shown[]::new));
    assertThat(receipts(join)).isEqualTo(receipts);
    assertThat(result.rejections.stream().map(r -> "" + r.row()).sorted().toList())
        .isEqualTo(refused.isEmpty() ? List.of() : List.of(refused.split(" ")));
  }

  /** The card known first keeps the number; one that stands apart is found again there. */
  @ParameterizedTest
  @CsvSource({
    "C1@091000, C2@184000, R1=C1*1 R1-184000=C2*1",
    "C1@091000, C1@091000 C2@184000, R1=C1*1 R1-184000=C2*1",
    "C1@091000 C2@184000, C2@184000, R1-091000=C1*1 R1-184000=C2*1",
    "C1@091000 C2@184000, C1@091000 C2@184000, R1-091000=C1*1 R1-184000=C2*1",
    "C1@091000, -@184000, R1=C1*1 R1-0=-*1",
    "-@091000, C1@184000, R1=C1*1 R1-0=-*1",
  })
  void a_later_night_knows_whose_the_number_is(String first, String second, String receipts) {
    var join = new JoinCase("pos");
    join.night("2026-05-04", REUSED, sales(first).toArray(Shown[]::new));
    join.night("2026-05-05", REUSED, sales(second).toArray(Shown[]::new));
    assertThat(receipts(join)).isEqualTo(receipts);
  }

  @Test
  void rows_of_another_card_than_the_known_one_are_refused_and_park_nothing() {
    var join = new JoinCase("pos");
    join.night("2026-05-04", TILL, sales("C1@091000").toArray(Shown[]::new));
    JoinResult result = join.night("2026-05-05", TILL, sales("C2@184000").toArray(Shown[]::new));
    assertThat(result.rejections)
        .extracting(r -> r.row() + " " + r.record() + " " + r.orderKey())
        .containsExactly("2 receipt R1: known with another card null");
    assertThat(receipts(join)).isEqualTo("R1=C1*1");
  }
}
