package omnipoints.mappings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import omnipoints.facts.FactRecord;

/** The golden samples of {@code mappings/samples}, and short ways to read a file in tests. */
final class Samples {
  static final Path FOLDER = Path.of("samples");
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final String SHOP = "S1";
  static final Channels CHANNELS = Channels.load(Path.of("src/test/mappings"));

  private static final String EXPECTED = ".expected.jsonl";

  private Samples() {}

  /** The document of that name among the sample channels. */
  static Document document(String channel, String name) {
    return CHANNELS.channel(channel).documents().stream()
        .filter(document -> document.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What a check tells of the first part of a file. */
  static CheckReport check(
      Channels channels,
      Path file,
      String channel,
      String shop,
      ZoneId zone,
      Consumer<FactRecord> sink) {
    return CheckReport.all(channels, file, channel, shop, zone, sink).get(0);
  }

  /** {@code case.csv} has {@code case.expected.jsonl}. */
  static Path expected(Path sample) {
    String name = sample.getFileName().toString();
    return sample.resolveSibling(name.substring(0, name.lastIndexOf('.')) + EXPECTED);
  }

  static List<Path> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      List<Path> found =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(EXPECTED))
              .filter(file -> !file.toString().endsWith(".md"))
              .sorted()
              .toList();
      if (found.size() < 2) throw new AssertionError("no samples in " + FOLDER.toAbsolutePath());
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Samples of the shipped channels: those of the test mappings apart. */
  static List<Path> shipped() {
    Channels shipped = Channels.load(null);
    return all().stream().filter(sample -> shipped.codes().contains(channel(sample))).toList();
  }

  static String channel(Path sample) {
    return sample.getParent().getFileName().toString();
  }

  static Recognition recognise(Path file, String channel) {
    return CHANNELS.recognise(file, channel, file.getFileName().toString());
  }

  static Recognition.Recognised recognised(Path file, String channel) {
    Recognition recognition = recognise(file, channel);
    if (recognition instanceof Recognition.Recognised recognised) return recognised;
    throw new AssertionError(recognition.toString());
  }

  static List<FactRecord> read(Path file, String channel) {
    List<FactRecord> records = new ArrayList<>();
    RecordReader.read(recognised(file, channel), file, SHOP, SHANGHAI, records::add);
    return records;
  }
}
