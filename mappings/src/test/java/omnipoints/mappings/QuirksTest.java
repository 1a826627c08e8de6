package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of oddities in {@code samples/README.md} and the samples agree. */
class QuirksTest {
  private static final int QUIRKS = 27;
  private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| (.*) \\| (.*) \\|$");
  private static final Pattern SAMPLE = Pattern.compile("(pending )?`([a-z_]+/[^`]+)`");

  /** Why samples are pending, by the way their names end. */
  private static final Map<String, String> WAITS_FOR =
      Map.of(".xlsx", "the reader of workbooks", ".zip", "the reader of archives");

  private record Sample(String name, boolean pending) {
    boolean exists() {
      return Files.exists(Samples.FOLDER.resolve(name));
    }
  }

  private record Quirk(String what, String cell, List<Sample> samples) {}

  @TestFactory
  Stream<DynamicTest> every_quirk_has_samples() {
    Map<Integer, Quirk> quirks = quirks();
    return IntStream.rangeClosed(1, QUIRKS)
        .mapToObj(n -> DynamicTest.dynamicTest("quirk " + n, () -> check(n, quirks.get(n))));
  }

  private static void check(int number, Quirk quirk) {
    assertThat(quirk).as("quirk " + number).isNotNull();
    if (quirk.cell.startsWith("no file: ")) return;
    assertThat(quirk.samples).as(quirk.what).anyMatch(sample -> !sample.pending);
    for (Sample sample : quirk.samples) {
      if (sample.pending) {
        assertThat(sample.exists()).as(sample.name + " is there: no longer pending").isFalse();
      } else {
        assertThat(sample.exists()).as(sample.name + " is listed").isTrue();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> pending_samples_say_what_they_wait_for() {
    Stream<DynamicTest> pending =
        quirks().values().stream()
            .flatMap(quirk -> quirk.samples.stream())
            .filter(sample -> sample.pending)
            .map(sample -> DynamicTest.dynamicTest(sample.name, () -> waits(sample.name)));
    return Stream.concat(pending, Stream.of(DynamicTest.dynamicTest("no others", () -> {})));
  }

  private static void waits(String name) {
    String reason = WAITS_FOR.get(name.substring(name.lastIndexOf('.')));
    assertThat(reason).as(name).isNotNull();
    abort(name + " waits for " + reason);
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
        if (quirks.get(number).samples.stream().noneMatch(sample -> sample.name.equals(name)))
          unlisted.add(name);
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

  private static List<Sample> samples(String cell) {
    return SAMPLE
        .matcher(cell)
        .results()
        .map((MatchResult found) -> new Sample(found.group(2), found.group(1) != null))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<String> readme() {
    try {
      return Files.readAllLines(Samples.FOLDER.resolve("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
