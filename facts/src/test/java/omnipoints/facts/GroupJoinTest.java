package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import omnipoints.facts.Delivery.Shows;
import org.junit.jupiter.api.Test;

/** Rows given, rows known and rejected expected: the rules of the join, one by one. */
class GroupJoinTest {

  private static final Map<Integer, Delivery> LISTS =
      JoinCase.deliveries("tmall", Shows.ORDER, Shows.LINE, Shows.LINE, Shows.ORDER);

  private static List<String> lineKeys(JoinCase join, String number) {
    return join.order("s1", number).lines().stream().map(LineRow::lineKey).sorted().toList();
  }

  private static Shown line(
      int delivery, int row, String sku, List<String> also, long price, long due) {
    return JoinCase.line(
        delivery, row, "1", null, sku, also, price, 1, due, RefundState.NONE, null);
  }

  @Test
  void equal_rows_of_one_order_are_counted_by_amount_then_by_content() {
    var join = new JoinCase("tmall");
    join.night(
        "2026-05-04",
        LISTS,
        line(2, 2, "A", null, 100, 90),
        line(2, 3, "A", null, 100, 80),
        line(2, 4, "B", null, 5, 5));
    assertThat(join.order("s1", "1").lines())
        .extracting(l -> l.lineKey() + " " + l.dueFen())
        .containsExactlyInAnyOrder(
            "A#0000000100#001 80", "A#0000000100#002 90", "B#0000000005#001 5");
  }

  @Test
  void a_line_that_lost_part_of_its_amount_keeps_its_key_although_it_sorts_elsewhere() {
    var join = new JoinCase("tmall");
    join.night("2026-05-04", LISTS, line(2, 2, "A", null, 100, 80), line(2, 3, "A", null, 100, 90));
    join.night("2026-05-05", LISTS, line(2, 2, "A", null, 100, 80), line(2, 3, "A", null, 100, 70));
    assertThat(join.order("s1", "1").lines())
        .extracting(LineRow::lineKey)
        .containsExactlyInAnyOrder("A#0000000100#001", "A#0000000100#002");
    assertThat(join.order("s1", "1").lines())
        .extracting(l -> l.lineKey() + " from " + l.dueFen())
        .contains("A#0000000100#001 from 80");
  }

  @Test
  void a_line_whose_sku_moves_to_another_column_is_the_line_that_is_known() {
    var join = new JoinCase("tmall");
    join.night("2026-05-04", LISTS, line(2, 2, "outer-1", null, 100, 90));
    join.night("2026-05-05", LISTS, line(2, 2, "M1", List.of("outer-1"), 100, 90));
    assertThat(lineKeys(join, "1")).containsExactly("outer-1#0000000100#001");
  }

  @Test
  void a_line_whose_merchant_code_was_taken_away_is_the_line_that_is_known() {
    var join = new JoinCase("tmall");
    join.night("2026-05-04", LISTS, line(2, 2, "M1", List.of("outer-1"), 100, 90));
    join.night("2026-05-05", LISTS, line(2, 2, "outer-1", null, 100, 85));
    assertThat(lineKeys(join, "1")).containsExactly("M1#0000000100#001");
  }

  @Test
  void a_line_is_found_by_any_name_it_ever_had() {
    for (long due : new long[] {90, 91, 92, 93, 94}) { // whichever row stands by its hash
      var join = new JoinCase("tmall");
      join.night("2026-05-04", LISTS, line(2, 2, "outer-1", null, 100, due));
      join.night("2026-05-05", LISTS, line(2, 2, "M1", List.of("outer-1"), 100, due));
      join.night("2026-05-06", LISTS, line(2, 2, "M1", null, 100, due));
      join.night("2026-05-07", LISTS, line(2, 2, "outer-1", null, 100, due));
      assertThat(lineKeys(join, "1")).containsExactly("outer-1#0000000100#001");
    }
  }

  @Test
  void two_files_of_one_night_that_call_a_line_otherwise_show_one_line() {
    for (boolean richFirst : new boolean[] {true, false}) {
      var join = new JoinCase("tmall");
      join.night(
          "2026-05-04",
          LISTS,
          line(richFirst ? 2 : 3, 2, "M1", List.of("outer-1"), 100, 90),
          line(richFirst ? 3 : 2, 2, "outer-1", null, 100, 90));
      assertThat(lineKeys(join, "1")).containsExactly("M1#0000000100#001");
    }
  }

  @Test
  void rows_of_one_order_in_one_file_that_state_other_amounts_are_conflicting_and_none_is_used() {
    var join = new JoinCase("tmall");
    JoinResult result =
        join.night(
            "2026-05-04",
            LISTS,
            JoinCase.order(1, 2, "1", OrderState.PAID, "2026-05-04T10:00:00", 100, null),
            JoinCase.order(1, 3, "1", OrderState.PAID, "2026-05-04T10:00:00", 200, null),
            JoinCase.order(1, 4, "2", OrderState.PAID, "2026-05-04T10:00:00", 300, null));
    assertThat(result.rejections)
        .extracting(r -> r.row() + " " + r.reason() + " " + r.value())
        .containsExactlyInAnyOrder("2 CONFLICTING_ROWS 1", "3 CONFLICTING_ROWS 1");
    assertThat(join.order("s1", "1").order().present()).isFalse();
    assertThat(join.order("s1", "2").order().present()).isTrue();
  }

  private static final Map<Integer, Delivery> TILL = JoinCase.deliveries("pos", Shows.RECEIPT_LINE);

  @Test
  void rows_of_two_cards_on_one_receipt_are_conflicting() {
    var join = new JoinCase("pos");
    JoinResult result =
        join.night(
            "2026-05-04",
            TILL,
            JoinCase.receipt(1, 2, "R1", "2026-05-04T09:10:00", "CA1"),
            JoinCase.sale(1, 2, "R1", "A", 10_000, "2026-05-04T09:10:00", "CA1"),
            JoinCase.receipt(1, 3, "R1", "2026-05-04T18:40:00", "CA2"),
            JoinCase.sale(1, 3, "R1", "A", 20_000, "2026-05-04T18:40:00", "CA2"));
    assertThat(result.rejections).extracting(Rejection::row).containsExactlyInAnyOrder(2, 3);
    assertThat(join.facts()).allMatch(text -> text.startsWith("-[]"));
  }

  @Test
  void rows_without_a_card_beside_rows_with_one_are_a_receipt_of_their_own() {
    var join = new JoinCase("pos");
    join.night(
        "2026-05-04",
        TILL,
        JoinCase.receipt(1, 2, "R1", "2026-05-04T09:10:00", "CA1"),
        JoinCase.sale(1, 2, "R1", "A", 10_000, "2026-05-04T09:10:00", "CA1"),
        JoinCase.receipt(1, 3, "R1", "2026-05-04T18:40:00", null),
        JoinCase.sale(1, 3, "R1", "A", 20_000, "2026-05-04T18:40:00", null));
    assertThat(join.order("s1", "R1").lines()).extracting(LineRow::dueFen).containsExactly(10_000L);
    assertThat(join.order("s1", "R1-0").lines())
        .extracting(LineRow::dueFen)
        .containsExactly(20_000L);
    assertThat(join.order("s1", "R1-0").tokens()).isEmpty();
  }

  @Test
  void a_receipt_known_without_a_card_steps_aside_when_a_card_shows_rows_of_it() {
    var join = new JoinCase("pos");
    join.night(
        "2026-05-04",
        TILL,
        JoinCase.receipt(1, 2, "R1", "2026-05-04T09:10:00", null),
        JoinCase.sale(1, 2, "R1", "A", 10_000, "2026-05-04T09:10:00", null));
    JoinResult result =
        join.night(
            "2026-05-05",
            TILL,
            JoinCase.receipt(1, 2, "R1", "2026-05-04T09:12:00", "CA1"),
            JoinCase.sale(1, 2, "R1", "A", 30_000, "2026-05-04T09:12:00", "CA1"));
    assertThat(result.moved).hasSize(1);
    assertThat(join.order("s1", "R1").lines()).extracting(LineRow::dueFen).containsExactly(30_000L);
    assertThat(join.order("s1", "R1-0").lines())
        .extracting(LineRow::dueFen)
        .containsExactly(10_000L);
  }

  @Test
  void a_return_is_counted_apart_and_known_again_by_its_amount() {
    var join = new JoinCase("pos");
    join.night(
        "2026-05-04", TILL, JoinCase.back(1, 2, "R9", "A", 500, "2026-05-04T12:00:00", "CA1"));
    join.night(
        "2026-05-05",
        TILL,
        JoinCase.back(1, 2, "R9", "A", 500, "2026-05-04T12:00:00", "CA1"),
        JoinCase.back(1, 3, "R9", "A", 500, "2026-05-04T12:00:00", "CA1"));
    assertThat(join.order("s1", "R9").returns())
        .extracting(ReturnRow::lineKey)
        .containsExactly("A#0000000500#R001", "A#0000000500#R002");
    assertThat(join.order("s1", "R9").order()).isNull();
  }

  @Test
  void an_order_number_known_in_another_shop_is_double_shop() {
    var join = new JoinCase("tmall").ofSeveralShops();
    join.night(
        "2026-05-04",
        LISTS,
        JoinCase.order(1, 2, "1", OrderState.PAID, "2026-05-04T10:00:00", 100, null));
    Shown.OrderShown here =
        JoinCase.order(1, 2, "1", OrderState.PAID, "2026-05-04T10:00:00", 100, null);
    var there =
        new Shown.OrderShown(
            1,
            2,
            "s0",
            "1",
            here.buyer(),
            here.state(),
            null,
            here.paidAt(),
            false,
            null,
            null,
            100L,
            0L,
            null,
            null,
            null,
            null,
            null,
            here.content(),
            here.amounts(),
            null);
    JoinResult result = join.night("2026-05-05", LISTS, there);
    assertThat(result.rejections)
        .extracting(r -> r.reason() + " " + r.record() + " " + r.orderKey())
        .containsExactly("DOUBLE_SHOP order 1: known in shop s1 null");
    assertThat(result.orders.added).isEmpty();
  }
}
