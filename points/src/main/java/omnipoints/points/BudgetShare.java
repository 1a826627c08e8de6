package omnipoints.points;

import java.util.HashMap;
import java.util.Map;
import omnipoints.points.rules.Bound;

/**
 * What is left of budgets while awards are given one after the other: each gets what is left, the
 * last one in part. Memory: a number a rule.
 */
public final class BudgetShare {
  private final Map<String, Long> spent;

  /**
   * @param spent points that were given by now, by rule
   */
  public BudgetShare(Map<String, Long> spent) {
    this.spent = new HashMap<>(spent);
  }

  /**
   * Gives an award what is left.
   *
   * @param budget of its version, null where its rule has none
   */
  public long give(String rule, Bound.Budget budget, long desired) {
    if (budget == null) return desired;
    long before = spent.getOrDefault(rule, 0L);
    long granted = Math.max(0, Math.min(desired, budget.points() - before));
    spent.put(rule, before + granted);
    return granted;
  }
}
