package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of oddities in {@code samples/README.md} and the samples agree. */
class QuirksTest {
  private static final int QUIRKS = 27;
  private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| (.*) \\| (.*) \\|$");
  private static final Pattern SAMPLE = Pattern.compile("`([a-z_]+/[^`]+)`");

  private record Quirk(String what, String cell, List<String> samples) {}

  @TestFactory
  Stream<DynamicTest> every_quirk_has_samples() {
    Map<Integer, Quirk> quirks = quirks();
    return IntStream.rangeClosed(1, QUIRKS)
        .mapToObj(n -> DynamicTest.dynamicTest("quirk " + n, () -> check(n, quirks.get(n))));
  }

  private static void check(int number, Quirk quirk) {
    assertThat(quirk).as("quirk " + number).isNotNull();
    if (quirk.cell.startsWith("no file: ")) return;
    assertThat(quirk.samples).as(quirk.what).isNotEmpty();
    for (String sample : quirk.samples)
      assertThat(Samples.FOLDER.resolve(sample)).as(quirk.what).isRegularFile();
  }

  @Test
  void every_sample_named_after_a_quirk_is_listed_with_it() throws IOException {
    Map<Integer, Quirk> quirks = quirks();
    Set<String> unlisted = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Samples.FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = Samples.FOLDER.relativize(file).toString();
        if (!file.getFileName().toString().startsWith("quirk_") || name.endsWith(".jsonl"))
          continue;
        int number = Integer.parseInt(file.getFileName().toString().substring(6, 8));
        if (!quirks.get(number).samples.contains(name)) unlisted.add(name);
      }
    }
    assertThat(unlisted).isEmpty();
  }

  private static Map<Integer, Quirk> quirks() {
    Map<Integer, Quirk> quirks = new TreeMap<>();
    for (String line : readme()) {
      ROW.matcher(line)
          .results()
          .forEach(
              row ->
                  quirks.put(
                      Integer.valueOf(row.group(1)),
                      new Quirk(row.group(2), row.group(3), samples(row.group(3)))));
    }
    return quirks;
  }

  private static List<String> samples(String cell) {
    return SAMPLE.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  private static List<String> readme() {
    try {
      return Files.readAllLines(Samples.FOLDER.resolve("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
