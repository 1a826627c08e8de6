package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every sample reads exactly as its {@code .expected.jsonl} says: what {@code channel check FILE
 * --records} prints, then what was refused. Regenerate all with {@code ./mvnw -pl mappings test
 * -Dtest=GoldenSamplesTest -Dgolden.update=true} and review the diff.
 */
class GoldenSamplesTest {
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TestFactory
  Stream<DynamicTest> every_sample_reads_as_its_golden_file_says() {
    if (UPDATE) BinarySamples.write();
    return Samples.all().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> compare(sample)));
  }

  private static void compare(Path sample) throws IOException {
    Path expected = Samples.expected(sample);
    String actual = read(sample);
    if (UPDATE) Files.writeString(expected, actual);
    assertThat(actual).isEqualTo(Files.readString(expected));
  }

  private static String read(Path sample) {
    RecordJson json = new RecordJson(Samples.SHANGHAI);
    StringBuilder lines = new StringBuilder();
    List<CheckReport> reports =
        CheckReport.all(
            Samples.CHANNELS,
            sample,
            Samples.channel(sample),
            shop(sample),
            Samples.SHANGHAI,
            record -> lines.append(json.line(record)).append('\n'));
    List<CheckReport> refused = reports.stream().filter(one -> one.refusal() != null).toList();
    if (refused.isEmpty()) return lines.toString();
    if (reports.size() == 1)
      return "{\"refused\":\"" + refused.get(0).refusal().outcome() + "\"}\n";
    for (CheckReport one : refused) {
      lines
          .append("{\"refused\":\"")
          .append(one.refusal().outcome())
          .append("\",\"file\":\"")
          .append(one.file())
          .append("\"}\n");
    }
    return lines.toString();
  }

  /** Samples of tills lie in no shop's folder; those of Tmall tell their shop themselves. */
  private static String shop(Path sample) {
    return List.of("pos", "hub").contains(Samples.channel(sample)) ? Samples.SHOP : null;
  }
}
