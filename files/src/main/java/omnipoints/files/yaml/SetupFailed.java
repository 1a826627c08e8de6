package omnipoints.files.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A setup that refuses to start; the message lists every problem, one a line. */
public final class SetupFailed extends RuntimeException {
  private final transient List<Problem> problems;

  public SetupFailed(String what, List<Problem> problems) {
    super(
        what
            + ", "
            + count(problems)
            + ":"
            + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()));
    this.problems = List.copyOf(problems);
  }

  /** All problems, by file and line. */
  public List<Problem> problems() {
    return problems;
  }

  private static String count(List<Problem> problems) {
    return problems.size() == 1 ? "1 problem" : problems.size() + " problems";
  }
}
