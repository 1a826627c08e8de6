package omnipoints.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The invariants of the books: every file of {@code checks} on the classpath. */
public final class Checks {

  private static final List<String> KEYS = List.of("scope", "invariant");

  private Checks() {}

  /**
   * All checks in order of their names.
   *
   * @throws StatementsRefused with the problems of all files
   */
  public static List<Check> all() {
    var checks = new ArrayList<Check>();
    var problems = new ArrayList<String>();
    for (String name : ClasspathFolder.list("checks", ".sql")) {
      try {
        checks.add(load("checks/" + name));
      } catch (StatementsRefused e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) throw new StatementsRefused(problems);
    return checks;
  }

  private static Check load(String file) {
    String text =
        ClasspathFolder.text(file)
            .orElseThrow(() -> new StatementsRefused(List.of(file + ": no such file")));
    return parse(file, text);
  }

  static Check parse(String file, String text) {
    Script script = Script.parse(file, text, KEYS);
    Header header = Header.of(file, text.lines().toList());
    var problems = new ArrayList<String>();
    String declared = header.required("scope", problems);
    Optional<Check.Scope> scope =
        Arrays.stream(Check.Scope.values())
            .filter(s -> s.name().toLowerCase(Locale.ROOT).equals(declared))
            .findFirst();
    if (scope.isEmpty()) {
      problems.add(
          file
              + ":"
              + header.line("scope")
              + ": scope '"
              + declared
              + "' is not night, rolling or full");
    }
    if (script.names().size() != 1)
      problems.add(file + ":1: a check is one query, this file has " + script.names());
    if (!problems.isEmpty()) throw new StatementsRefused(problems);
    String name = file.substring(file.lastIndexOf('/') + 1).replace(".sql", "");
    return new Check(name, scope.get(), header.required("invariant", problems), script);
  }
}
