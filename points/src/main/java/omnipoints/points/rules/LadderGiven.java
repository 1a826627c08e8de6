package omnipoints.points.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code ladder: {1: 1, 3: 3, 7: 10}}: points by the number of days in a row.
 *
 * @param steps points from that day of the row on
 * @param restart day after which it begins anew, null where it never does
 */
public record LadderGiven(SortedMap<Integer, Long> steps, Integer restart) implements Given {

  static LadderGiven read(Node rule) {
    var steps = new TreeMap<Integer, Long>();
    Integer restart = rule.has("restart") ? rule.at("restart").value().intValue() : null;
    rule.at("ladder")
        .members()
        .forEach(
            (day, points) -> {
              steps.put(Integer.valueOf(day), points.value().longValue());
              if (restart != null && new BigInteger(day).intValue() > restart)
                points.problem("is never reached: the ladder begins anew after day " + restart);
            });
    return new LadderGiven(steps, restart);
  }

  /** Points of the n-th day in a row. */
  public long points(int days) {
    int day = restart == null ? days : (days - 1) % restart + 1;
    SortedMap<Integer, Long> reached = steps.headMap(day + 1);
    return reached.isEmpty() ? 0 : reached.get(reached.lastKey());
  }

  /** Points of the lowest step. */
  public long least() {
    return steps.get(steps.firstKey());
  }

  @Override
  public Said said() {
    var days = new ArrayList<Said>(steps.size());
    for (Map.Entry<Integer, Long> step : steps.entrySet())
      days.add(
          new Said(
              "第" + step.getKey() + "天起" + step.getValue() + "积分",
              step.getValue() + " from day " + step.getKey() + " on"));
    Said said =
        new Said("每天一次，连续", "once a day, by days in a row: ")
            .then(Said.joined(days, new Said("、", ", ")));
    return restart == null
        ? said
        : said.then(
            new Said("，满" + restart + "天重新计算", ", beginning anew after " + restart + " days"));
  }
}
