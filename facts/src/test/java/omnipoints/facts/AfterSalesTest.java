package omnipoints.facts;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What refund documents concern, example by example: {@code after_sales.txt}. */
class AfterSalesTest {

  @TestFactory
  List<DynamicTest> refund_documents_open_and_end_the_cases_of_lines() {
    return Cases.of("after_sales.txt", AfterSalesTest::open);
  }

  /** {@code key open} or {@code key -} for each line. */
  private static List<String> open(List<String> given) {
    OrderFacts facts = new OrderText(given).facts();
    return facts.lines().stream()
        .map(
            line ->
                line.line() + (AfterSales.open(facts, facts.generation(), line) ? " open" : " -"))
        .toList();
  }
}
