package omnipoints.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import omnipoints.facts.Shown.GluedShown;
import omnipoints.facts.Shown.LineShown;
import omnipoints.facts.Shown.OrderShown;
import omnipoints.facts.Shown.RefundShown;
import omnipoints.facts.Shown.RejectShown;
import omnipoints.facts.Shown.ReturnShown;
import omnipoints.facts.Shown.SplitShown;

/** Tonight's rows of one order, by what they are. */
record OrderRows(
    List<OrderShown> orders,
    List<LineShown> lines,
    List<ReturnShown> returns,
    List<RefundShown> refunds,
    List<RejectShown> rejects,
    List<SplitShown> splits,
    List<GluedShown> glued) {

  static OrderRows empty() {
    return new OrderRows(
        new ArrayList<>(2),
        new ArrayList<>(2),
        new ArrayList<>(0),
        new ArrayList<>(0),
        new ArrayList<>(0),
        new ArrayList<>(0),
        new ArrayList<>(0));
  }

  void add(Shown row) {
    if (row instanceof OrderShown order) orders.add(order);
    else if (row instanceof LineShown line) lines.add(line);
    else if (row instanceof ReturnShown back) returns.add(back);
    else if (row instanceof RefundShown refund) refunds.add(refund);
    else if (row instanceof RejectShown reject) rejects.add(reject);
    else if (row instanceof GluedShown other) glued.add(other);
    else splits.add((SplitShown) row);
  }

  /** Those of them that meet the condition. */
  OrderRows where(Predicate<Shown> condition) {
    return new OrderRows(
        orders.stream().filter(condition).toList(),
        lines.stream().filter(condition).toList(),
        returns.stream().filter(condition).toList(),
        refunds.stream().filter(condition).toList(),
        rejects.stream().filter(condition).toList(),
        splits.stream().filter(condition).toList(),
        glued.stream().filter(condition).toList());
  }

  /** Whether it shows the order, a line or a refund of it: something to decide anew. */
  boolean decides() {
    return !orders.isEmpty() || !lines.isEmpty() || !refunds.isEmpty();
  }
}
