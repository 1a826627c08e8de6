package omnipoints.facts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cumulative refunded money of a line, or of an order, as of a moment, with that moment as
 * effective time of what it adds.
 */
public record RefundStep(Instant at, long refundedFen) {

  /**
   * What went back of several lines together.
   *
   * @param lines the steps of each line, in time order
   */
  public static List<RefundStep> together(List<List<RefundStep>> lines) {
    var changes = new ArrayList<RefundStep>();
    for (List<RefundStep> line : lines) {
      long before = 0;
      for (RefundStep step : line) {
        changes.add(new RefundStep(step.at(), step.refundedFen() - before));
        before = step.refundedFen();
      }
    }
    changes.sort(Comparator.comparing(RefundStep::at));
    var steps = new ArrayList<RefundStep>(changes.size());
    long sum = 0;
    for (RefundStep change : changes) {
      sum = Math.addExact(sum, change.refundedFen());
      int last = steps.size() - 1;
      if (last >= 0 && steps.get(last).at().equals(change.at())) steps.remove(last);
      steps.add(new RefundStep(change.at(), sum));
    }
    return steps;
  }
}
