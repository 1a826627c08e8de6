package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import omnipoints.facts.Delivery.Shows;
import omnipoints.facts.Shown.GluedShown;
import omnipoints.facts.Shown.RejectShown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the join makes of rows it must not use, and of those nobody could read. */
class RejectedRowsTest {

  private static final Map<Integer, Delivery> LISTS =
      JoinCase.deliveries("tmall", Shows.ORDER, Shows.LINE, Shows.ORDER_LINE);

  private static Shown order(int row) {
    return JoinCase.order(1, row, "1", OrderState.PAID, "2026-05-04T10:00:00", 100, null);
  }

  private static Shown line(int delivery, int row, String id) {
    return JoinCase.line(delivery, row, "1", id, OrderState.PAID, true);
  }

  private static final GluedShown GLUED =
      new GluedShown(1, 9, "s1", "1", "SURPLUS_CELL", "备注", "", "9 masked");

  @ParameterizedTest
  @EnumSource(
      value = Shows.class,
      names = {"ORDER", "LINE", "ORDER_LINE", "REFUND", "RECEIPT_LINE"})
  void an_order_known_only_by_rejects_is_known_but_was_not_shown(Shows shows) {
    var join = new JoinCase("tmall");
    JoinResult result =
        join.night(
            "2026-05-04", JoinCase.deliveries("tmall", shows), new RejectShown(1, 7, "s1", "1"));
    assertThat(result.work).isEmpty();
    OrderRow order = join.order("s1", "1").order();
    // a till's row says nothing of an order before its card is known
    if (shows == Shows.RECEIPT_LINE) assertThat(order).isNull();
    else {
      assertThat(order.present()).isFalse();
      assertThat(order.sourceRow()).isEqualTo(7);
    }
  }

  @Test
  void an_order_known_only_by_rejects_is_shown_when_its_row_is_read() {
    var join = new JoinCase("tmall");
    join.night("2026-05-04", LISTS, new RejectShown(1, 7, "s1", "1"));
    join.night("2026-05-05", LISTS, order(2));
    OrderRow order = join.order("s1", "1").order();
    assertThat(order.present()).isTrue();
    assertThat(order.firstNight()).isEqualTo("2026-05-04");
    assertThat(order.changedNight()).isEqualTo("2026-05-05");
  }

  @Test
  void a_delivery_that_rejects_a_row_of_an_order_may_settle_rejects_of_it() {
    var join = new JoinCase("tmall");
    JoinResult result =
        join.night("2026-05-04", LISTS, new RejectShown(1, 7, "s1", "1"), line(2, 2, "L1"));
    assertThat(result.again).extracting(JoinResult.Again::delivery).containsExactly(2);
  }

  @Test
  void a_row_that_may_have_swallowed_another_orders_row_parks_that_order_if_there_is_one() {
    var join = new JoinCase("tmall");
    assertThat(join.night("2026-05-04", LISTS, GLUED).rejections).isEmpty();
    join.night("2026-05-05", LISTS, order(2));
    assertThat(join.night("2026-05-06", LISTS, GLUED).rejections)
        .extracting(r -> r.row() + " " + r.reason() + " " + r.glued() + " " + r.order())
        .containsExactly("9 SURPLUS_CELL true 1");
  }

  @Test
  void a_row_that_may_have_swallowed_a_row_of_an_order_shown_tonight_parks_it() {
    assertThat(new JoinCase("tmall").night("2026-05-04", LISTS, order(2), GLUED).rejections)
        .extracting(Rejection::glued)
        .containsExactly(true);
  }

  @Test
  void
      lines_of_one_id_that_contradict_each_other_withhold_what_else_the_delivery_says_of_the_order() {
    var join = new JoinCase("tmall");
    JoinResult result =
        join.night(
            "2026-05-04",
            LISTS,
            line(3, 2, "L3"),
            JoinCase.line(2, 2, "1", "L1", "A", null, 100, 1, 90L, RefundState.NONE, null),
            JoinCase.line(2, 3, "1", "L1", "A", null, 100, 1, 80L, RefundState.NONE, null),
            JoinCase.line(2, 4, "1", "L2", "A", null, 100, 1, 80L, RefundState.NONE, null));
    assertThat(result.rejections).extracting(Rejection::row).containsExactlyInAnyOrder(2, 3);
    assertThat(join.order("s1", "1").lines()).extracting(LineRow::lineKey).containsExactly("L3");
    assertThat(result.fates.byDelivery().get(2).waiting).isEqualTo(1);
    assertThat(result.fates.byDelivery().get(3).merged).isEqualTo(1);
  }

  @Test
  void rows_that_state_an_order_and_a_line_each_go_as_a_whole() {
    var join = new JoinCase("tmall");
    JoinResult result =
        join.night(
            "2026-05-04",
            LISTS,
            JoinCase.order(3, 2, "1", OrderState.PAID, null, 100, null),
            line(3, 2, "L1"),
            line(3, 3, "L2"),
            JoinCase.order(3, 4, "1", OrderState.PAID, null, 90, null),
            line(3, 4, "L3"),
            line(2, 2, "L4"));
    assertThat(result.rejections).extracting(Rejection::row).containsExactlyInAnyOrder(2, 3, 4);
    assertThat(join.order("s1", "1").order().present()).isFalse();
    assertThat(join.order("s1", "1").lines()).extracting(LineRow::lineKey).containsExactly("L4");
  }

  /** Orders do not count beside their lines; what somebody let in counts no more. */
  @ParameterizedTest
  @CsvSource({"2, 0, 3", "3, 0, 0", "2, 3, 0", "2, 2, 3", "1, 3, 0"})
  void an_order_with_more_rows_than_the_limit_is_used_for_nothing(
      long limit, long accepted, int rejected) {
    var join = new JoinCase("tmall").withOrderRows(limit);
    if (accepted > 0) join.accepting("1", accepted);
    JoinResult result =
        join.night(
            "2026-05-04",
            LISTS,
            JoinCase.order(3, 2, "1", OrderState.PAID, null, 100, null),
            line(3, 2, "L1"),
            line(3, 3, "L2"),
            line(2, 9, "L3"));
    assertThat(result.rejections).hasSize(rejected);
    assertThat(join.order("s1", "1").lines()).hasSize(rejected == 0 ? 3 : 0);
    if (rejected == 0) return;
    assertThat(join.order("s1", "1").order().present()).isFalse();
    // one row of each delivery stands for all of them in quarantine
    assertThat(result.rejections)
        .extracting(r -> r.delivery() + " " + r.row() + " " + r.reason() + " " + r.withheld())
        .containsExactly("2 9 LIMIT false", "3 2 LIMIT false", "3 3 LIMIT true");
    assertThat(result.rejections)
        .allSatisfy(
            r ->
                assertThat(r.record())
                    .isEqualTo("order 1 has 3 rows in one night, the limit is " + limit));
  }
}
