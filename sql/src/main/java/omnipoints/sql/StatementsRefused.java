package omnipoints.sql;

import java.util.List;

/**
 * A statement, check or call that contradicts its own declaration. Lists all problems at once, each
 * with file and line.
 */
public final class StatementsRefused extends DatabaseFailure {

  private final transient List<String> problems;

  StatementsRefused(List<String> problems) {
    super(
        "STATEMENTS_REFUSED",
        String.join("\n", problems),
        List.of("correct the lines named above; the format is described in sql/README.md"),
        null);
    this.problems = List.copyOf(problems);
  }

  /** One sentence each, {@code statements/<job>/<step>.sql:<line>: …}. */
  public List<String> problems() {
    return problems;
  }

  @Override
  public boolean environment() {
    return false;
  }
}
