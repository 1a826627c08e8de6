package omnipoints.facts;

import static omnipoints.facts.JoinCase.back;
import static omnipoints.facts.JoinCase.line;
import static omnipoints.facts.JoinCase.order;
import static omnipoints.facts.JoinCase.refund;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import omnipoints.facts.Delivery.Shows;
import org.junit.jupiter.api.Test;

/** What became of rows: merged, superseded, duplicate, by delivery. */
class FatesTest {

  private static final Map<Integer, Delivery> FILES =
      JoinCase.deliveries(
          "tmall",
          Shows.ORDER,
          Shows.ORDER,
          Shows.LINE,
          Shows.LINE,
          Shows.REFUND,
          Shows.ORDER_LINE);
  private static final Map<Integer, Delivery> TILL = JoinCase.deliveries("pos", Shows.RECEIPT_LINE);

  private final JoinCase join = new JoinCase("tmall");

  private String fates(String date, Map<Integer, Delivery> deliveries, Shown... rows) {
    StringBuilder text = new StringBuilder();
    join.night(date, deliveries, rows)
        .fates
        .byDelivery()
        .forEach(
            (n, c) ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(n + ": " + c.merged + " " + c.superseded + " " + c.duplicate));
    return text.toString();
  }

  private static Shown paid(int delivery, int row) {
    return order(delivery, row, "1", OrderState.PAID, "2026-05-04T10:00:00", 100, null);
  }

  private static Shown done(int delivery, int row) {
    return order(delivery, row, "1", OrderState.COMPLETED, "2026-05-04T10:00:00", 100, null);
  }

  @Test
  void of_equal_rows_of_an_order_the_first_is_merged() {
    assertThat(fates("2026-05-04", FILES, paid(1, 2), paid(1, 3), paid(2, 2)))
        .isEqualTo("1: 1 0 1, 2: 0 0 1");
  }

  @Test
  void an_earlier_state_is_superseded_in_whatever_file_it_stands() {
    assertThat(fates("2026-05-04", FILES, done(1, 2), paid(2, 2))).isEqualTo("1: 1 0 0, 2: 0 1 0");
    assertThat(fates("2026-05-05", FILES, paid(1, 2))).isEqualTo("1: 0 1 0");
  }

  @Test
  void what_stood_before_is_a_duplicate_and_what_is_later_is_merged() {
    fates("2026-05-04", FILES, paid(1, 2));
    assertThat(fates("2026-05-05", FILES, paid(1, 2))).isEqualTo("1: 0 0 1");
    assertThat(fates("2026-05-06", FILES, done(1, 2), paid(2, 2))).isEqualTo("1: 1 0 0, 2: 0 1 0");
  }

  @Test
  void a_night_that_is_joined_again_tells_the_same_fates() {
    String first = fates("2026-05-04", FILES, paid(1, 2), paid(2, 2));
    assertThat(fates("2026-05-04", FILES, paid(1, 2), paid(2, 2))).isEqualTo(first);
  }

  @Test
  void a_row_that_states_an_order_and_its_line_is_counted_once() {
    assertThat(
            fates(
                "2026-05-04",
                FILES,
                order(6, 2, "1", OrderState.PAID, null, 100, null),
                line(6, 2, "1", "L1", OrderState.PAID, true),
                line(6, 3, "1", "L2", OrderState.PAID, true)))
        .isEqualTo("6: 2 0 0");
  }

  @Test
  void lines_are_merged_once_and_then_duplicates_or_superseded() {
    Shown paid = line(3, 2, "1", "L1", OrderState.PAID, true);
    assertThat(fates("2026-05-04", FILES, paid, line(4, 2, "1", "L1", OrderState.PAID, true)))
        .isEqualTo("3: 1 0 0, 4: 0 0 1");
    assertThat(fates("2026-05-05", FILES, paid, line(4, 2, "1", "L1", OrderState.COMPLETED, true)))
        .isEqualTo("3: 0 1 0, 4: 1 0 0");
  }

  @Test
  void equal_rows_without_ids_are_lines_of_their_own() {
    Shown[] rows = {
      line(3, 2, "1", null, "A", null, 100, 1, 90L, RefundState.NONE, null),
      line(3, 3, "1", null, "A", null, 100, 1, 90L, RefundState.NONE, null)
    };
    assertThat(fates("2026-05-04", FILES, rows)).isEqualTo("3: 2 0 0");
    assertThat(fates("2026-05-05", FILES, rows)).isEqualTo("3: 0 0 2");
  }

  @Test
  void refund_documents_go_by_state_then_amount() {
    assertThat(fates("2026-05-04", FILES, refund(5, 2, "1", "R1", 0, 30))).isEqualTo("5: 1 0 0");
    assertThat(
            fates(
                "2026-05-05",
                FILES,
                refund(5, 2, "1", "R1", 0, 30),
                refund(5, 3, "1", "R2", 2, 10),
                refund(5, 4, "1", "R2", 2, 10)))
        .isEqualTo("5: 1 0 2");
    assertThat(
            fates(
                "2026-05-06",
                FILES,
                refund(5, 2, "1", "R1", 2, 30),
                refund(5, 3, "1", "R2", 0, 10)))
        .isEqualTo("5: 1 1 0");
  }

  @Test
  void a_return_is_kept_as_it_was_first_shown() {
    Shown back = back(1, 2, "R9", "A", 500, "2026-05-04T12:00:00", "CA1");
    assertThat(fates("2026-05-04", TILL, back)).isEqualTo("1: 1 0 0");
    assertThat(
            fates(
                "2026-05-05", TILL, back, back(1, 3, "R9", "A", 400, "2026-05-04T12:00:00", "CA1")))
        .isEqualTo("1: 1 0 1");
  }

  @Test
  void rows_that_contradict_each_other_have_no_fate_but_their_rejects() {
    assertThat(
            fates(
                "2026-05-04",
                FILES,
                paid(1, 2),
                order(1, 3, "1", OrderState.PAID, "2026-05-04T10:00:00", 90, null)))
        .isEmpty();
  }
}
