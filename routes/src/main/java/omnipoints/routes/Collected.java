package omnipoints.routes;

import java.util.Comparator;
import java.util.List;

/**
 * The result of one collection.
 *
 * @param arrivals everything that arrived, in {@link Arrival#ORDER}
 * @param failures the sources that failed, in the order of the settings; empty = all was collected
 * @param left what was seen and left where it lies, in the order of the names
 */
public record Collected(List<Arrival> arrivals, List<SourceFailure> failures, List<Left> left) {
  public Collected {
    arrivals = arrivals.stream().sorted(Arrival.ORDER).toList();
    failures = List.copyOf(failures);
    left = left.stream().sorted(Comparator.comparing(Left::file)).toList();
  }
}
