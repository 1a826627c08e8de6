package omnipoints.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import omnipoints.bench.Measured.Step;

/**
 * The script: the same duties by hand-written SQL, in a database of its own, and what it booked
 * beside what the product booked.
 */
final class Peer {

  private final Path scripts;
  private final String settings;
  private final Path compare;
  private final Path out;
  private final Server server;

  Peer(Path bench, Path home, Server server) {
    this.scripts = bench.resolve("script");
    try {
      this.settings = Files.readString(scripts.resolve("session.sql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.compare = bench.resolve("compare/compare.sql");
    this.out = home.resolve("out");
    this.server = server;
  }

  void init() {
    SqlFile.read(scripts.resolve("00-schema.sql"), settings, Map.of())
        .run(server.database, Map.of(), out);
  }

  Measured night(LocalDate date, Exports.Night files) {
    Map<String, Path> in =
        Map.of(
            "tonight.tmall_orders", files.tmallOrders(),
            "tonight.tmall_lines", files.tmallLines(),
            "tonight.till", files.till(),
            "tonight.douyin", files.douyin(),
            "tonight.bindings", files.bindings());
    long wal = server.walPosition();
    long size = server.size();
    List<Step> steps = new ArrayList<>();
    Meter meter = new Meter(server.pid);
    try (meter) {
      for (Path file : steps()) {
        long started = System.nanoTime();
        SqlFile.read(file, settings, words(date)).run(server.database, in, out);
        String name = file.getFileName().toString();
        steps.add(
            new Step(name.substring(3, name.length() - 4), (System.nanoTime() - started) / 1e9));
      }
    }
    Meter.Seen seen = meter.stop();
    long after = server.walPosition();
    // What lies in the staging tables is gone before the next night.
    run(scripts.resolve("99-end.sql"), date);
    return new Measured("script", steps, seen, after - wal, server.size() - size, 0, 0);
  }

  private List<Path> steps() {
    try (Stream<Path> files = Files.list(scripts)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[1-9]\\d-.*\\.sql"))
          .filter(file -> !file.getFileName().toString().startsWith("99"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything the product said of the night beside everything the script said of it. */
  Compared compare(LocalDate date, Path ledger, Path profiles, Path liability) {
    Map<String, Path> in =
        Map.of("beside.ledger", ledger, "beside.profiles", profiles, "beside.liability", liability);
    SqlFile.read(compare, settings, words(date)).run(server.database, in, out);
    List<String[]> kinds = new ArrayList<>();
    for (String line : lines("counts_" + date + ".csv")) kinds.add(line.split(","));
    return new Compared(kinds, lines("differences_" + date + ".csv"));
  }

  /** Runs a file of SQL of the night's words on the script's books. */
  void run(Path file, LocalDate date) {
    SqlFile.read(file, settings, words(date)).run(server.database, Map.of(), out);
  }

  private List<String> lines(String file) {
    try {
      List<String> all = Files.readAllLines(out.resolve(file));
      return all.subList(1, all.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> words(LocalDate date) {
    return Map.of("night", date.toString(), "n", date.toString().replace("-", ""));
  }
}
