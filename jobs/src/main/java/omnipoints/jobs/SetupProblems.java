package omnipoints.jobs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import omnipoints.files.yaml.Problem;
import omnipoints.points.ProgramRefused;

/** What is wrong with a home's files, all of it, and which files to edit. */
final class SetupProblems {

  private final List<String> messages = new ArrayList<>();
  private final Set<String> files = new LinkedHashSet<>();

  void add(List<Problem> problems) {
    for (Problem problem : problems) add(problem.file(), problem.toString());
  }

  void add(ProgramRefused refused) {
    messages.addAll(refused.problems());
    files.addAll(refused.files());
  }

  /** A problem of a file that its message names. */
  void add(String file, String message) {
    messages.add(message);
    files.add(file);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** One refusal for all of it: exit 2. */
  NightRefused refusal() {
    return new NightRefused(
        2,
        "SETUP",
        "the setup has "
            + (messages.size() == 1 ? "1 problem: " : messages.size() + " problems: ")
            + String.join("; ", messages),
        files.stream().map(file -> "edit " + file).toList());
  }
}
