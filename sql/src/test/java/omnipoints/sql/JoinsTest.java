package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A join with OR in its condition can only be a nested loop: over a night's tables that is billions
 * of comparisons, chosen by a planner whose estimates are stale.
 */
class JoinsTest {

  private static final Pattern CONDITION =
      Pattern.compile(
          "\\bon\\b(?<condition>.*?)(?=\\bjoin\\b|\\bleft join\\b|\\bcross join\\b|\\bwhere\\b|\\bgroup by\\b"
              + "|\\border by\\b|\\bunion\\b|\\bconflict\\b|\\bupdate\\b|;|-- name:|\\z)",
          Pattern.DOTALL);

  @Test
  void no_join_of_the_night_has_an_or_in_its_condition_use_union_all() throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : List.of("statements/nightly", "statements/export", "checks")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".sql")).sorted().toList())
          found.addAll(offenders(file.toString(), Files.readString(file)));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void an_or_is_found_where_it_stands() {
    assertThat(
            offenders(
                "x", "select 1 from a join b on b.x = a.x or b.y = a.x where a.z = 1 or a.z = 2"))
        .hasSize(1);
    assertThat(offenders("x", "select 1 from a join b on b.x = a.x where a.z = 1 or a.z = 2"))
        .isEmpty();
  }

  private static List<String> offenders(String file, String text) {
    List<String> found = new ArrayList<>();
    Matcher join = CONDITION.matcher(text.replaceAll("(?m)--(?! name:).*$", ""));
    while (join.find()) {
      String condition = join.group("condition");
      // What stands in parentheses only filters what an equality beside it has found.
      if (condition.replaceAll("\\([^()]*\\)", "").matches("(?s).*\\bor\\b.*"))
        found.add(file + ": on" + condition.strip());
    }
    return found;
  }
}
