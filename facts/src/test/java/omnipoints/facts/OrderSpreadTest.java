package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import omnipoints.facts.OrderSpread.Amounts;
import omnipoints.facts.OrderSpread.Line;
import omnipoints.facts.OrderSpread.LineRefund;
import omnipoints.facts.OrderSpread.LineShare;
import omnipoints.facts.OrderSpread.OrderRefund;
import omnipoints.facts.OrderSpread.RefundDocument;
import omnipoints.facts.OrderSpread.Spread;
import org.junit.jupiter.api.Test;

class OrderSpreadTest {
  private static final Instant T1 = Instant.parse("2026-01-01T02:00:00Z");
  private static final Instant T2 = Instant.parse("2026-01-02T02:00:00Z");
  private static final Instant T3 = Instant.parse("2026-01-03T02:00:00Z");

  private static Line due(String line, long dueFen) {
    return new Line(line, true, false, dueFen, null, BigDecimal.ONE, false, List.of());
  }

  private static Line priced(String line, long priceFen, String qty) {
    return new Line(line, true, false, null, priceFen, new BigDecimal(qty), false, List.of());
  }

  private static Line refunded(Line l, Object... timesAndFen) {
    List<LineRefund> refunds = new ArrayList<>();
    for (int i = 0; i < timesAndFen.length; i += 2) {
      refunds.add(new LineRefund((Instant) timesAndFen[i], (Integer) timesAndFen[i + 1]));
    }
    return new Line(
        l.line(), l.live(), l.excluded(), l.dueFen(), l.priceFen(), l.qty(), true, refunds);
  }

  private static Line closed(Line l) {
    return new Line(
        l.line(), l.live(), l.excluded(), l.dueFen(), l.priceFen(), l.qty(), true, l.refunds());
  }

  private static Line excluded(Line l) {
    return new Line(
        l.line(),
        l.live(),
        true,
        l.dueFen(),
        l.priceFen(),
        l.qty(),
        l.closedOrRefunded(),
        l.refunds());
  }

  private static Line dead(Line l) {
    return new Line(
        l.line(),
        false,
        false,
        l.dueFen(),
        l.priceFen(),
        l.qty(),
        l.closedOrRefunded(),
        l.refunds());
  }

  private static Amounts order(Long gross, Long freight, Line... lines) {
    return new Amounts(gross, freight, List.of(), List.of(lines), List.of());
  }

  private static Amounts refunds(Amounts o, Object... timesAndFen) {
    List<OrderRefund> refunds = new ArrayList<>();
    for (int i = 0; i < timesAndFen.length; i += 2) {
      refunds.add(new OrderRefund((Instant) timesAndFen[i], (Integer) timesAndFen[i + 1]));
    }
    return new Amounts(o.grossFen(), o.freightFen(), refunds, o.lines(), o.refundDocuments());
  }

  private static Amounts documents(Amounts o, RefundDocument... documents) {
    return new Amounts(o.grossFen(), o.freightFen(), o.refunds(), o.lines(), List.of(documents));
  }

  /** {@code line base[: time-index=refund …]}. */
  private static List<String> rows(Amounts facts) {
    List<String> rows = new ArrayList<>();
    for (LineShare share : OrderSpread.spread(facts).lines()) {
      StringBuilder row = new StringBuilder(share.line() + " " + share.baseFen());
      for (RefundStep step : share.refunds()) {
        row.append(" T")
            .append(step.at().equals(T1) ? 1 : step.at().equals(T2) ? 2 : 3)
            .append('=')
            .append(step.refundedFen());
      }
      rows.add(row.toString());
    }
    return rows;
  }

  @Test
  void the_order_base_is_what_the_buyer_paid_without_freight() {
    assertThat(OrderSpread.spread(order(10000L, 800L, due("a", 5000))).orderBaseFen())
        .isEqualTo(9200);
    assertThat(OrderSpread.spread(order(10000L, null, due("a", 5000))).orderBaseFen())
        .isEqualTo(10000);
    assertThat(OrderSpread.spread(order(500L, 800L, due("a", 5000))).orderBaseFen()).isZero();
  }

  @Test
  void the_base_is_spread_by_weight_with_largest_remainder() {
    assertThat(rows(order(10000L, 0L, due("a", 1), due("b", 1), due("c", 1))))
        .containsExactly("a 3334", "b 3333", "c 3333");
    assertThat(rows(order(100L, 0L, due("a", 5), due("b", 11)))).containsExactly("a 31", "b 69");
  }

  @Test
  void ties_go_to_the_smaller_line_key_by_code_point_whatever_the_order_of_lines() {
    assertThat(rows(order(10001L, 0L, due("10", 1), due("9", 1))))
        .containsExactly("10 5001", "9 5000");
    assertThat(rows(order(10001L, 0L, due("9", 1), due("10", 1))))
        .containsExactly("9 5000", "10 5001");
    String beyondTheBasicPlane = new String(Character.toChars(0x1F600));
    assertThat(rows(order(1L, 0L, due(beyondTheBasicPlane, 1), due("\uFF5E", 1))))
        .containsExactly(beyondTheBasicPlane + " 0", "\uFF5E 1");
  }

  @Test
  void the_weight_is_the_amount_due_only_where_every_line_has_it() {
    assertThat(rows(order(9000L, 0L, due("a", 1000), due("b", 2000))))
        .containsExactly("a 3000", "b 6000");
    Line both = new Line("a", true, false, 1000L, 500L, BigDecimal.ONE, false, List.of());
    assertThat(rows(order(9000L, 0L, both, priced("b", 500, "2"))))
        .containsExactly("a 3000", "b 6000");
  }

  @Test
  void lines_of_a_dead_key_generation_neither_weigh_nor_earn() {
    Line noDue = dead(priced("old", 500, "1"));
    assertThat(rows(order(9000L, 0L, due("a", 1000), due("b", 2000), noDue)))
        .containsExactly("a 3000", "b 6000", "old 0");
  }

  @Test
  void fractions_of_a_quantity_weigh_exactly() {
    assertThat(rows(order(1000L, 0L, priced("a", 300, "0.5"), priced("b", 100, "1.500"))))
        .containsExactly("a 500", "b 500");
  }

  @Test
  void lines_without_any_weight_share_equally() {
    assertThat(rows(order(101L, 0L, priced("a", 0, "1"), priced("b", 0, "3"))))
        .containsExactly("a 51", "b 50");
  }

  @Test
  void an_excluded_line_takes_its_share_and_earns_nothing() {
    Amounts facts = order(3000L, 0L, due("a", 1000), excluded(due("gift", 2000)));
    assertThat(rows(facts)).containsExactly("a 1000", "gift 0");
    assertThat(rows(refunds(facts, T1, 1500))).containsExactly("a 1000 T1=500", "gift 0");
  }

  @Test
  void without_an_order_amount_each_line_is_worth_what_is_due_for_it() {
    Amounts receipt = order(null, null, due("a", 1999), due("b", 1), excluded(due("bag", 50)));
    assertThat(rows(receipt)).containsExactly("a 1999", "b 1", "bag 0");
    assertThat(OrderSpread.spread(receipt).orderBaseFen()).isEqualTo(2050);
  }

  @Test
  void a_line_that_says_refunded_keeps_its_own_amount_and_the_rest_goes_to_all() {
    assertThat(
            rows(
                refunds(
                    order(4000L, 0L, refunded(due("a", 1000), T1, 800), due("b", 3000)), T1, 800)))
        .containsExactly("a 1000 T1=800", "b 3000");
    assertThat(
            rows(
                refunds(
                    order(
                        4000L,
                        0L,
                        refunded(due("a", 1000), T1, 1000),
                        due("b", 1000),
                        due("c", 2000)),
                    T1,
                    1900)))
        .containsExactly("a 1000 T1=1000", "b 1000 T1=300", "c 2000 T1=600");
  }

  @Test
  void a_refund_of_unknown_line_goes_first_to_closed_lines_in_key_order() {
    Amounts facts =
        order(6000L, 0L, closed(due("c", 1000)), due("a", 4000), closed(due("b", 1000)));
    assertThat(rows(refunds(facts, T1, 500))).containsExactly("c 1000", "a 4000", "b 1000 T1=500");
    assertThat(rows(refunds(facts, T1, 1500)))
        .containsExactly("c 1000 T1=500", "a 4000", "b 1000 T1=1000");
    assertThat(rows(refunds(facts, T1, 2500)))
        .containsExactly("c 1000 T1=1000", "a 4000 T1=500", "b 1000 T1=1000");
  }

  @Test
  void what_is_left_is_refunded_in_proportion_with_largest_remainder() {
    assertThat(
            rows(
                refunds(order(3000L, 0L, due("b", 1000), due("a", 1000), due("c", 1000)), T1, 100)))
        .containsExactly("b 1000 T1=33", "a 1000 T1=34", "c 1000 T1=33");
  }

  @Test
  void beyond_the_bases_a_refund_is_freight_and_claws_nothing() {
    Amounts facts = refunds(order(3800L, 800L, due("a", 1000), due("b", 2000)), T1, 3800);
    assertThat(rows(facts)).containsExactly("a 1000 T1=1000", "b 2000 T1=2000");
    assertThat(OrderSpread.spread(facts).goodsRefundFen()).isEqualTo(3000);
  }

  @Test
  void evidence_of_one_refund_is_never_added_the_larger_counts() {
    Amounts facts = refunds(order(2000L, 0L, due("a", 1000), due("b", 1000)), T1, 500);
    assertThat(rows(documents(facts, new RefundDocument(null, T1, 300))))
        .containsExactly("a 1000 T1=250", "b 1000 T1=250");
    assertThat(
            rows(
                documents(
                    facts, new RefundDocument(null, T1, 300), new RefundDocument(null, T1, 400))))
        .containsExactly("a 1000 T1=350", "b 1000 T1=350");
    // What a document says of one line is part of what the order says: 500 in all, however it is
    // told.
    assertThat(rows(documents(facts, new RefundDocument("a", T1, 500))))
        .containsExactly("a 1000 T1=500", "b 1000");
    assertThat(rows(documents(facts, new RefundDocument("a", T1, 300))))
        .containsExactly("a 1000 T1=382", "b 1000 T1=118");
    assertThat(rows(documents(facts, new RefundDocument("a", T1, 700))))
        .containsExactly("a 1000 T1=700", "b 1000");
  }

  @Test
  void a_document_without_a_line_tells_again_what_a_line_says_itself() {
    Amounts facts = order(2000L, 0L, refunded(due("a", 1000), T1, 300), due("b", 1000));
    assertThat(rows(documents(facts, new RefundDocument(null, T1, 300))))
        .containsExactly("a 1000 T1=300", "b 1000");
    assertThat(
            rows(
                documents(
                    facts, new RefundDocument(null, T1, 300), new RefundDocument(null, T1, 100))))
        .containsExactly("a 1000 T1=400", "b 1000");
  }

  @Test
  void refund_documents_of_a_line_add_up_and_are_capped_at_its_base() {
    Amounts facts =
        documents(
            order(null, null, due("a", 1000), due("b", 1000)),
            new RefundDocument("a", T1, 600),
            new RefundDocument("a", T2, 600));
    assertThat(rows(facts)).containsExactly("a 1000 T1=600 T2=1000", "b 1000");
    assertThat(OrderSpread.spread(facts).goodsRefundFen()).isEqualTo(1000);
  }

  @Test
  void a_refund_grows_step_by_step_and_equal_steps_are_left_out() {
    assertThat(rows(refunds(order(2000L, 0L, due("a", 2000)), T1, 500, T2, 500, T3, 900)))
        .containsExactly("a 2000 T1=500 T3=900");
  }

  @Test
  void a_step_that_a_later_one_takes_back_is_never_booked() {
    Amounts facts = order(2000L, 0L, refunded(due("b", 1000), T2, 500), due("a", 1000));
    assertThat(rows(refunds(new Amounts(2000L, 0L, List.of(), facts.lines(), List.of()), T1, 500)))
        .as("the line that was meant is known by its own row")
        .containsExactly("b 1000 T1=500", "a 1000");
    Amounts open =
        order(
            2000L,
            0L,
            new Line("b", true, false, 1000L, null, null, false, List.of(new LineRefund(T2, 500))),
            due("a", 1000));
    assertThat(rows(refunds(open, T1, 500))).containsExactly("b 1000 T1=250 T2=500", "a 1000");
  }

  @Test
  void shares_and_refunds_are_whole_ordered_and_do_not_depend_on_the_order_of_lines() {
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      Amounts facts = random(random);
      Spread spread = OrderSpread.spread(facts);
      long base = 0;
      long refunded = 0;
      for (LineShare share : spread.lines()) {
        base += share.baseFen();
        long before = 0;
        Instant at = Instant.MIN;
        for (RefundStep step : share.refunds()) {
          assertThat(step.refundedFen())
              .as("seed %d", seed)
              .isGreaterThan(before)
              .isLessThanOrEqualTo(share.baseFen());
          assertThat(step.at()).as("seed %d", seed).isAfter(at);
          before = step.refundedFen();
          at = step.at();
        }
        refunded += before;
      }
      assertThat(spread.orderBaseFen()).as("seed %d", seed).isEqualTo(base);
      assertThat(spread.goodsRefundFen()).as("seed %d", seed).isEqualTo(refunded);
      long last =
          facts.refunds().isEmpty()
              ? 0
              : facts.refunds().get(facts.refunds().size() - 1).refundedFen();
      boolean onlyOrderLevel = facts.lines().stream().allMatch(l -> l.refunds().isEmpty());
      if (onlyOrderLevel) assertThat(refunded).as("seed %d", seed).isEqualTo(Math.min(base, last));
      List<Line> shuffled = new ArrayList<>(facts.lines());
      Collections.shuffle(shuffled, random);
      Spread again =
          OrderSpread.spread(
              new Amounts(
                  facts.grossFen(),
                  facts.freightFen(),
                  facts.refunds(),
                  shuffled,
                  facts.refundDocuments()));
      assertThat(again.lines())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(spread.lines());
    }
  }

  private static Amounts random(Random random) {
    List<Line> lines = new ArrayList<>();
    int n = 1 + random.nextInt(4);
    for (int i = 0; i < n; i++) {
      List<LineRefund> own =
          random.nextInt(4) > 0 ? List.of() : List.of(new LineRefund(T2, random.nextInt(1000)));
      lines.add(
          new Line(
              "l" + i,
              true,
              false,
              random.nextInt(5) == 0 ? null : (long) random.nextInt(1000),
              (long) random.nextInt(1000),
              BigDecimal.valueOf(random.nextInt(30), 1),
              random.nextInt(3) == 0,
              own));
    }
    List<OrderRefund> refunds = new ArrayList<>();
    long fen = 0;
    for (Instant at : List.of(T1, T2, T3)) {
      fen += random.nextInt(400);
      if (random.nextBoolean()) refunds.add(new OrderRefund(at, fen));
    }
    Long gross = (long) random.nextInt(2000);
    return new Amounts(gross, (long) random.nextInt(50), refunds, lines, List.of());
  }
}
