package omnipoints.files.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects every fault of a setup, so that they are shown all at once. Not thread-safe. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  /** Notes a fault; {@code line} 0 means the file as a whole. */
  public void add(String file, int line, String message) {
    Problem problem = new Problem(file, line, message);
    if (!found.contains(problem)) found.add(problem);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All faults, by file and line. */
  public List<Problem> all() {
    return found.stream()
        .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
        .toList();
  }

  /** Throws {@link SetupFailed} with all faults if there are any. */
  public void throwIfAny(String what) {
    if (!found.isEmpty()) throw new SetupFailed(what, all());
  }
}
