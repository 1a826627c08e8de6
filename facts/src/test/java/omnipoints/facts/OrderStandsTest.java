package omnipoints.facts;

import static omnipoints.facts.JoinCase.completed;
import static omnipoints.facts.JoinCase.line;
import static omnipoints.facts.JoinCase.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.facts.Delivery.Shows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an order stands after the join: its state, and when it was paid and completed. */
class OrderStandsTest {

  private static final Map<Integer, Delivery> LISTS =
      JoinCase.deliveries("tmall", Shows.ORDER, Shows.LINE, Shows.LINE, Shows.ORDER, Shows.REFUND);
  private static final Map<Integer, Delivery> BOTH = JoinCase.deliveries("jd", Shows.ORDER_LINE);
  private static final String PAID = "2026-05-03T10:00:00";
  private static final String DONE = "2026-05-04T11:00:00";

  private static OrderRow one(JoinCase join) {
    return join.order("s1", "1").order();
  }

  private static String local(Instant at) {
    return at == null ? "-" : at.atZone(JoinCase.ZONE).toLocalDateTime().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "PAID COMPLETED, PAID, -",
    "COMPLETED PAID, PAID, -",
    "COMPLETED COMPLETED, COMPLETED, 2026-05-04T11:00",
    "CLOSED COMPLETED, COMPLETED, 2026-05-04T11:00",
    "CLOSED CLOSED, CLOSED, 2026-05-04T11:00",
    "CLOSED SHIPPED PAID, PAID, -",
    "UNKNOWN PAID, UNKNOWN, -"
  })
  void an_order_of_several_rows_of_a_file_stands_as_the_line_furthest_behind(
      String states, OrderState expected, String completedAt) {
    var rows = new ArrayList<Shown>();
    for (String state : states.split(" "))
      rows.add(
          completed(
              order(1, 2 + rows.size(), "1", OrderState.valueOf(state), PAID, 100, null),
              DONE,
              false));
    var join = new JoinCase("jd");
    join.night("2026-05-04", BOTH, rows.toArray(Shown[]::new));
    assertThat(OrderRank.state(one(join).state())).isEqualTo(expected);
    assertThat(local(one(join).completedAt())).isEqualTo(completedAt);
  }

  @Test
  void rows_of_an_order_in_two_files_are_not_folded_but_the_later_state_wins() {
    var join = new JoinCase("tmall");
    join.night(
        "2026-05-04",
        LISTS,
        order(1, 2, "1", OrderState.COMPLETED, PAID, 100, null),
        order(4, 2, "1", OrderState.PAID, PAID, 100, null));
    assertThat(OrderRank.state(one(join).state())).isEqualTo(OrderState.COMPLETED);
  }

  @Test
  void a_row_that_tells_no_payment_contradicts_none_that_does_and_the_order_is_paid() {
    var join = new JoinCase("jd");
    JoinResult result =
        join.night(
            "2026-05-04",
            BOTH,
            order(1, 2, "1", OrderState.PAID, null, 100, null),
            order(1, 3, "1", OrderState.PAID, PAID, 100, null));
    assertThat(result.rejections).isEmpty();
    assertThat(local(one(join).paidAt())).isEqualTo("2026-05-03T10:00");
    assertThat(one(join).sourceRow()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, , 2026-05-04T11:00:00, true, 2026-05-04T11:00",
    "COMPLETED, , , true, 2026-05-04T23:59:59",
    "COMPLETED, , 2026-05-04T11:00:00, false, -",
    "SHIPPED, , 2026-05-04T11:00:00, true, -",
    "COMPLETED, 2026-05-03T10:00:00, 2026-05-04T11:00:00, true, 2026-05-03T10:00"
  })
  void cash_on_delivery_is_paid_when_it_completes(
      OrderState state, String paid, String done, boolean cash, String expected) {
    var join = new JoinCase("tmall");
    join.night(
        "2026-05-04", LISTS, completed(order(1, 2, "1", state, paid, 100, null), done, cash));
    assertThat(local(one(join).paidAt())).isEqualTo(expected);
  }

  @Test
  void cash_on_delivery_without_a_time_keeps_the_night_that_first_saw_it_completed() {
    var join = new JoinCase("tmall");
    var row = completed(order(1, 2, "1", OrderState.COMPLETED, null, 100, null), null, true);
    join.night("2026-05-04", LISTS, row);
    join.night("2026-05-06", LISTS, row);
    join.night(
        "2026-05-07",
        LISTS,
        completed(order(1, 2, "1", OrderState.COMPLETED, null, 100, 50L), null, true));
    assertThat(local(one(join).paidAt())).isEqualTo("2026-05-04T23:59:59");
    assertThat(one(join).refundedFen()).isEqualTo(50);
  }

  /** Rows of lines L1, L2, …; {@code +} separates what two files show of the same line. */
  @ParameterizedTest
  @CsvSource({
    "COMPLETED, true",
    "COMPLETED COMPLETED, true",
    "COMPLETED PAID, false",
    "PAID PAID, false",
    "COMPLETED CLOSED, true",
    "CLOSED CLOSED, false",
    "COMPLETED PAID+CLOSED, true",
    "COMPLETED+CLOSED PAID+CLOSED, false",
    "COMPLETED+CLOSED COMPLETED+CLOSED, true"
  })
  void an_order_without_a_state_is_completed_by_its_lines(String lines, boolean expected) {
    var rows = new ArrayList<Shown>();
    rows.add(order(1, 2, "1", OrderState.UNKNOWN, PAID, 100, null));
    int n = 0;
    for (String of : lines.split(" ")) {
      n++;
      int delivery = 2;
      for (String state : of.split("\\+"))
        rows.add(line(delivery++, 1 + n, "1", "L" + n, OrderState.valueOf(state), true));
    }
    var join = new JoinCase("tmall");
    join.night("2026-05-04", LISTS, rows.toArray(Shown[]::new));
    assertThat(one(join).completedSeen())
        .isEqualTo(expected ? java.time.LocalDate.of(2026, 5, 4) : null);
  }

  @ParameterizedTest
  @CsvSource({
    "UNPAID, , 1, 2026-05-02T08:00",
    "COMPLETED, , 5, 2026-05-02T08:00",
    "COMPLETED, 2026-05-03T10:00:00, 5, 2026-05-03T10:00",
    "CLOSED, , 6, -"
  })
  void the_child_of_a_split_order_was_paid_with_it(
      OrderState state, String paid, short rank, String paidAt) {
    for (boolean knownBefore : new boolean[] {true, false}) {
      var join = new JoinCase("tmall");
      var row = order(1, 2, "1", state, paid, 100, null);
      if (knownBefore) join.night("2026-05-04", LISTS, row);
      join.withParentPaid("1", "2026-05-02T08:00:00");
      join.night("2026-05-05", LISTS, row);
      assertThat(one(join).state()).isEqualTo(rank);
      assertThat(local(one(join).paidAt())).isEqualTo(paidAt);
      assertThat(one(join).parentPaid()).isTrue();
    }
  }

  @Test
  void an_order_is_split_into_others_never_into_itself() {
    var join = new JoinCase("tmall");
    JoinResult result =
        join.night(
            "2026-05-04",
            LISTS,
            order(1, 2, "1", OrderState.CLOSED, PAID, 100, null),
            new Shown.SplitShown(1, 2, "s1", "1", "11", JoinCase.at(PAID)),
            new Shown.SplitShown(1, 2, "s1", "1", "12", JoinCase.at(PAID)),
            new Shown.SplitShown(1, 2, "s1", "1", "1", JoinCase.at(PAID)));
    var keys = new OrderKeys();
    assertThat(result.splits)
        .extracting(JoinResult.Split::childKey)
        .containsExactly(keys.of("tmall", "s1", "11"), keys.of("tmall", "s1", "12"));
  }

  @Test
  void refund_documents_may_come_before_the_order_and_stay_when_it_comes() {
    var join = new JoinCase("tmall");
    JoinResult first = join.night("2026-05-04", LISTS, JoinCase.refund(5, 2, "1", "R1", 2, 30));
    assertThat(first.work).hasSize(1);
    assertThat(one(join).present()).isFalse();
    join.night("2026-05-05", LISTS, order(1, 2, "1", OrderState.PAID, PAID, 100, null));
    assertThat(one(join).present()).isTrue();
    assertThat(one(join).firstNight()).isEqualTo("2026-05-04");
    List<RefundRow> refunds = join.order("s1", "1").refunds();
    assertThat(refunds)
        .extracting(r -> r.refundNo() + " " + r.amountFen() + " " + local(r.refundedAt()))
        .containsExactly("R1 30 2026-05-04T23:59:59");
  }

  @Test
  void money_that_went_back_at_no_told_time_is_dated_by_the_night_that_first_saw_it() {
    var join = new JoinCase("tmall");
    join.night("2026-05-04", LISTS, JoinCase.refund(5, 2, "1", "R1", 0, 30));
    assertThat(join.order("s1", "1").refunds().get(0).refundedAt()).isNull();
    join.night("2026-05-05", LISTS, JoinCase.refund(5, 2, "1", "R1", 2, 30));
    join.night("2026-05-06", LISTS, JoinCase.refund(5, 2, "1", "R1", 2, 40));
    join.night("2026-05-07", LISTS, JoinCase.refund(5, 2, "1", "R1", 1, 90));
    assertThat(join.order("s1", "1").refunds())
        .extracting(r -> r.amountFen() + " " + local(r.refundedAt()))
        .containsExactly("40 2026-05-05T23:59:59");
  }
}
