package omnipoints.routes;

import java.util.List;

/**
 * The result of one collection.
 *
 * @param arrivals everything that arrived, in {@link Arrival#ORDER}
 * @param failures the sources that failed, in the order of the settings; empty = all was collected
 */
public record Collected(List<Arrival> arrivals, List<SourceFailure> failures) {
  public Collected {
    arrivals = arrivals.stream().sorted(Arrival.ORDER).toList();
    failures = List.copyOf(failures);
  }
}
