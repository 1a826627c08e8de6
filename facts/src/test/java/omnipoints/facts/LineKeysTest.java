package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import omnipoints.facts.Shown.LineShown;
import org.junit.jupiter.api.Test;

class LineKeysTest {

  /** A wholesale buyer's order: work that grew with the square of its lines would not end here. */
  @Test
  void fifty_thousand_lines_that_change_name_and_amount_keep_their_keys() {
    int count = 50_000;
    List<LineShown> first = new ArrayList<>();
    List<LineShown> second = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      first.add(line(1, i, "M" + i, List.of("E" + i), 90));
      second.add(line(2, i, "E" + i, null, 80));
    }
    Collections.shuffle(second, new Random(1));
    Map<LineShown, String> keys = LineKeys.of(first, List.of(), n -> true, n -> true, false);
    Map<String, String> keyOfName = new HashMap<>();
    List<LineRow> known = new ArrayList<>();
    keys.forEach(
        (row, key) -> {
          keyOfName.put(row.skuAlso().get(0), key);
          known.add(known(row, key));
        });
    Map<LineShown, String> again = LineKeys.of(second, known, n -> true, n -> false, false);
    assertThat(again).hasSize(count);
    again.forEach((row, key) -> assertThat(key).isEqualTo(keyOfName.get(row.sku())));
    // other goods, of which nothing is known: k goes on without looking through the known ones
    List<LineShown> others = new ArrayList<>();
    for (int i = 0; i < count; i++) others.add(line(3, i, "N" + i, null, 90));
    assertThat(LineKeys.of(others, known, n -> true, n -> false, false).values())
        .doesNotHaveDuplicates()
        .contains("N7#0000000100#001");
  }

  private static LineShown line(int delivery, int row, String sku, List<String> also, long due) {
    return JoinCase.line(delivery, row, "1", null, sku, also, 100, 1, due, RefundState.NONE, null);
  }

  private static LineRow known(LineShown row, String key) {
    LocalDate night = LocalDate.of(2026, 5, 4);
    return new LineRow(
        new UUID(1, 1),
        key,
        LineKeys.GENERATED,
        row.sku(),
        row.skuAlso(),
        row.qty(),
        row.priceFen(),
        row.dueFen(),
        row.paidFen(),
        row.state(),
        false,
        row.refundState(),
        row.refundedFen(),
        row.state(),
        null,
        null,
        row.at(),
        row.tillPoints(),
        row.excluded(),
        row.content(),
        night,
        night,
        "sha",
        row.row());
  }
}
