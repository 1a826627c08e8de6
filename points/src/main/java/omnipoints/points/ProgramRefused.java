package omnipoints.points;

import java.util.List;

/**
 * A programme file that cannot be trusted: every problem at once, each {@code <file>:<line>: <what
 * is wrong>}.
 */
public final class ProgramRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ProgramRefused(String name, List<String> problems) {
    super(
        "programme "
            + name
            + " is refused, "
            + problems.size()
            + (problems.size() == 1 ? " problem:\n  " : " problems:\n  ")
            + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** The files to edit. */
  public List<String> files() {
    return problems.stream()
        .map(problem -> problem.replaceFirst(":\\d+: (?s).*", ""))
        .distinct()
        .toList();
  }

  /** The problems in file order. */
  public List<String> problems() {
    return problems;
  }
}
