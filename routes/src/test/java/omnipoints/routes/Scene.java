package omnipoints.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A home directory on disk and the collector at work on it. Pauses run the given script instead of
 * waiting.
 */
final class Scene {
  /** What the world does while the collector waits the n-th time (from 1). */
  @FunctionalInterface
  interface World {
    void during(int pause) throws IOException;
  }

  final Path home;
  final List<Notice> notices = new ArrayList<>();
  final List<Duration> pauses = new ArrayList<>();
  final List<Transport> sources = new ArrayList<>();
  World world = pause -> {};
  Consumer<Arrival> register = arrival -> {};
  int polls = 2;
  long fileBytesMax = CollectorSettings.FILE_BYTES_MAX;

  Scene(Path home) {
    this.home = home;
  }

  Scene channel(String channel) {
    sources.add(Transport.inbox(home, channel));
    return this;
  }

  CollectorSettings settings() {
    return new CollectorSettings(home, sources, polls, Duration.ofSeconds(30), fileBytesMax);
  }

  Collected collect() {
    return new Collector(this::pause).collect(settings(), register, notices::add);
  }

  private void pause(Duration duration) {
    pauses.add(duration);
    try {
      world.during(pauses.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file below the inbox. */
  Path drop(String path, String content) {
    return write(home.resolve("inbox").resolve(path), content);
  }

  /** Writes a file below the inbox with an empty done marker. */
  Path dropDone(String path, String content) {
    Path file = drop(path, content);
    write(file.resolveSibling(file.getFileName() + ".done"), "");
    return file;
  }

  Path secret(String name, String content) {
    return write(home.resolve("secrets").resolve(name), content);
  }

  static Path write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is left below the inbox, relative, sorted; folders are left out. */
  List<String> inbox() {
    return files(home.resolve("inbox"));
  }

  List<String> archive() {
    return files(home.resolve("archive"));
  }

  static List<String> files(Path dir) {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(path -> !Files.isDirectory(path))
          .map(path -> dir.relativize(path).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Notice.Kind> noticeKinds() {
    return notices.stream().map(Notice::kind).toList();
  }

  static String sha256(String content) {
    return HexFormat.of()
        .formatHex(Archive.sha256().digest(content.getBytes(StandardCharsets.UTF_8)));
  }
}
