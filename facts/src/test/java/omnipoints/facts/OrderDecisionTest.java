package omnipoints.facts;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Money of orders, example by example: {@code orders.txt}. */
class OrderDecisionTest {

  @TestFactory
  List<DynamicTest> money_and_state_decide_an_order() {
    return Cases.of("orders.txt", OrderDecisionTest::decide);
  }

  /**
   * {@code ACCEPTANCE base[ -refund]}, then of each line {@code key base[ -refund on DAY]…} and
   * what else is worth telling.
   */
  private static List<String> decide(List<String> given) {
    var text = new OrderText(given);
    Purchase purchase = OrderDecision.decide(text.facts(), text.terms());
    List<String> told = new ArrayList<>();
    told.add(
        purchase.acceptance()
            + " "
            + purchase.baseFen()
            + (purchase.goodsRefundFen() == 0 ? "" : " -" + purchase.goodsRefundFen()));
    for (Purchase.Line line : purchase.lines()) told.add(told(purchase, line));
    return told;
  }

  private static String told(Purchase purchase, Purchase.Line line) {
    var text = new StringBuilder(line.key().line()).append(' ').append(line.baseFen());
    for (RefundStep step : line.refunds())
      text.append(" -").append(step.refundedFen()).append(" on ").append(Days.text(step.at()));
    if (!line.boughtAt().equals(purchase.paidAt()))
      text.append(" bought ").append(Days.text(line.boughtAt()));
    if (line.completedAt() != null) text.append(" done ").append(Days.text(line.completedAt()));
    if (line.afterSaleOpen()) text.append(" open");
    if (!line.decidable()) text.append(" later");
    if (!line.live()) text.append(" dead");
    return text.toString();
  }
}
