package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.RefundStep;
import org.junit.jupiter.api.Test;

/** F2: what goes back of points that paid a part of an order. */
class PaidBackTest {
  private static final Instant SEEN = Scenario.at("2026-01-31T23:59:59");

  /** {@code dates} and cumulative fen. */
  private static PaidBack.Line line(long price, long base, Object... refunds) {
    return new PaidBack.Line(false, null, price, BigDecimal.ONE, base, steps(refunds), false);
  }

  private static List<RefundStep> steps(Object... refunds) {
    var steps = new ArrayList<RefundStep>();
    for (int i = 0; i < refunds.length; i += 2)
      steps.add(new RefundStep(Scenario.at((String) refunds[i]), (Integer) refunds[i + 1]));
    return steps;
  }

  private static List<String> told(long points, PaidBack.Line... lines) {
    return PaidBack.of(points, List.of(lines), SEEN).stream()
        .map(back -> back.at().atZone(History.ZONE).toLocalDate() + " " + back.points())
        .toList();
  }

  @Test
  void f2_an_order_that_comes_back_whole_gives_all_points_back() {
    assertThat(told(300, line(20000, 17000, "2026-01-05", 17000)))
        .containsExactly("2026-01-05 300");
  }

  @Test
  void points_are_spread_by_what_the_lines_cost_with_largest_remainder_and_ties_by_key() {
    // 100 over three of one price: 34, 33, 33
    assertThat(told(100, line(10, 7, "2026-01-02", 7), line(10, 7), line(10, 6)))
        .containsExactly("2026-01-02 34");
    assertThat(told(100, line(10, 7), line(10, 7, "2026-01-02", 7), line(10, 6)))
        .containsExactly("2026-01-02 33");
  }

  @Test
  void a_part_of_a_line_gives_back_rounded_down_and_the_last_part_takes_what_is_left() {
    assertThat(
            told(
                100,
                line(30000, 29000, "2026-01-02", 9999, "2026-01-03", 20000, "2026-01-04", 29000)))
        .containsExactly("2026-01-02 34", "2026-01-03 68", "2026-01-04 100");
  }

  @Test
  void over_any_sequence_of_returns_the_order_gives_back_what_was_paid() {
    assertThat(
            told(
                101,
                line(100, 50, "2026-01-03", 50),
                line(200, 150, "2026-01-02", 70, "2026-01-05", 150),
                line(50, 20, "2026-01-04", 20)))
        .last()
        .isEqualTo("2026-01-05 101");
  }

  @Test
  void excepted_lines_take_no_part() {
    var excepted =
        new PaidBack.Line(
            true, null, 90000L, BigDecimal.ONE, 90000, steps("2026-01-02", 90000), false);
    assertThat(told(100, excepted, line(100, 50, "2026-01-03", 25)))
        .containsExactly("2026-01-03 50");
    assertThat(told(100, excepted)).isEmpty();
  }

  @Test
  void a_line_that_points_paid_whole_comes_back_when_it_is_said_to_have_come_back() {
    var free = new PaidBack.Line(false, null, 100L, BigDecimal.ONE, 0, List.of(), true);
    assertThat(told(100, free, line(100, 50, "2026-01-03", 50)))
        .containsExactly("2026-01-03 50", "2026-01-31 100");
  }

  @Test
  void what_a_document_says_a_line_costs_goes_before_its_price() {
    var cheap =
        new PaidBack.Line(false, 10L, 500L, BigDecimal.TEN, 5, steps("2026-01-02", 5), false);
    var dear = new PaidBack.Line(false, 90L, 1L, BigDecimal.ONE, 45, List.of(), false);
    assertThat(told(100, cheap, dear)).containsExactly("2026-01-02 10");
  }
}
