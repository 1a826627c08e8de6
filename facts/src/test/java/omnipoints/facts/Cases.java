package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;

/**
 * Worked examples in a file of {@code src/test/resources}: {@code ## title}, what is given, {@code
 * =>}, what is expected, line by line. A line that begins with {@code # } is a remark.
 */
final class Cases {
  private Cases() {}

  /** One test for each example: what the function makes of the given lines are the expected. */
  static List<DynamicTest> of(String file, Function<List<String>, List<String>> function) {
    List<DynamicTest> tests = new ArrayList<>();
    for (String block : text(file).split("(?m)^## ")) {
      if (tests.isEmpty() && (block.isBlank() || block.startsWith("# "))) continue;
      List<String> lines = block.lines().filter(l -> !l.isBlank() && !l.startsWith("# ")).toList();
      int arrow = lines.indexOf("=>");
      assertThat(arrow).as("=> in %s of %s", lines.get(0), file).isPositive();
      List<String> given = lines.subList(1, arrow);
      String expected = String.join("\n", lines.subList(arrow + 1, lines.size()));
      tests.add(
          DynamicTest.dynamicTest(
              lines.get(0),
              () ->
                  assertThat(String.join("\n", function.apply(given)))
                      .as("%s: %s", file, lines.get(0))
                      .isEqualTo(expected)));
    }
    assertThat(tests).as("examples in " + file).isNotEmpty();
    return tests;
  }

  private static String text(String file) {
    try (InputStream in = Cases.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
