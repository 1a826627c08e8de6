package omnipoints.points;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who gets what there is only so much of: requests in the global order, each met whole or not at
 * all, and only where nothing else speaks against it. Pure but for what it asks.
 */
public final class StockShare {
  private StockShare() {}

  /**
   * @param item what is asked for
   * @param qty how many, at least 1
   */
  public record Asked(String requestNo, String member, String item, long qty) {}

  /** Which requests of a member would be granted if nothing but these had run out. */
  @FunctionalInterface
  public interface Granted {
    Set<String> by(String member, Set<String> outOfStock);
  }

  /**
   * Requests for which nothing is left.
   *
   * @param inOrder requests in the global order
   * @param left how many are left of each item, after what executed redemptions took; not changed
   */
  public static Set<String> outOfStock(
      List<Asked> inOrder, Map<String, Long> left, Granted granted) {
    Map<String, Long> rest = new HashMap<>(left);
    Map<String, Set<String>> out = new HashMap<>();
    Map<String, Set<String>> answers = new HashMap<>();
    for (Asked asked : inOrder) {
      Set<String> outOfMember = out.computeIfAbsent(asked.member(), m -> new HashSet<>());
      Set<String> answer =
          answers.computeIfAbsent(asked.member(), m -> granted.by(m, Set.copyOf(outOfMember)));
      if (!answer.contains(asked.requestNo())) continue;
      long there = rest.get(asked.item());
      if (there >= asked.qty()) {
        rest.put(asked.item(), there - asked.qty());
      } else {
        // What it does not take, a later request of the member may.
        outOfMember.add(asked.requestNo());
        answers.remove(asked.member());
      }
    }
    Set<String> all = new HashSet<>();
    out.values().forEach(all::addAll);
    return all;
  }
}
