package omnipoints.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import omnipoints.bench.Measured.Step;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.World;

/**
 * Whole nights whose orders are pulled from a simulated platform: how long they take beside what
 * the platform's rate allows, and in how much memory. Their points are held against what the orders
 * are worth.
 */
final class PulledNight {
  static final String USAGE =
      """
      bench/pulled [OPTIONS]: nights whose orders are pulled by API from a simulator on this machine

        --orders N,N    orders of each night, one home for each (20000,100000)
        --rate N        calls a second the platform allows (20)
        --seed N        (1)
        --dir DIR       where the homes lie, made anew (bench/target/pulled)
        --product CMD   the launcher to measure (./omnipoints, which gives a night 512 MiB of heap)
        --report FILE   also write the report there, e.g. docs/performance.md
      """;

  private static final String TITLE = "# A night that is pulled";
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String CHANNEL = "douyin";
  private static final int DAYS = 14;
  private static final double MIB = 1 << 20;

  /** The words of the command line. */
  record Options(
      List<Integer> orders, int rate, long seed, Path dir, List<String> launcher, Path report) {
    static Options parse(String... words) {
      List<Integer> orders = List.of(20_000, 100_000);
      int rate = 20;
      long seed = 1;
      Path dir = Path.of("bench/target/pulled");
      List<String> launcher = List.of("./omnipoints");
      Path report = null;
      for (int i = 0; i < words.length; i += 2) {
        String value = i + 1 < words.length ? words[i + 1] : "";
        if (value.isEmpty())
          throw new IllegalArgumentException("without a value: " + words[i] + "\n" + USAGE);
        switch (words[i]) {
          case "--orders" -> orders = Stream.of(value.split(",")).map(Integer::valueOf).toList();
          case "--rate" -> rate = Integer.parseInt(value);
          case "--seed" -> seed = Long.parseLong(value);
          case "--dir" -> dir = Path.of(value);
          case "--product" -> launcher = List.of(value.split(" "));
          case "--report" -> report = Path.of(value);
          default -> throw new IllegalArgumentException("unknown: " + words[i] + "\n" + USAGE);
        }
      }
      return new Options(orders, rate, seed, dir.toAbsolutePath().normalize(), launcher, report);
    }

    String words() {
      return "--orders "
          + String.join(",", orders.stream().map(String::valueOf).toList())
          + " --rate "
          + rate
          + " --seed "
          + seed;
    }
  }

  /**
   * One night.
   *
   * @param bytes of the answers that were kept
   * @param pullSeconds from the first call to the last
   * @param points what the night awarded
   */
  record Pulled(
      int orders, long calls, long bytes, double pullSeconds, long points, Measured measured) {}

  private final Options options;
  private final Launcher launcher;
  private final Clock clock;

  PulledNight(Options options, Launcher launcher, Clock clock) {
    this.options = options;
    this.launcher = launcher;
    this.clock = clock;
  }

  /** The way in of bench/pulled. */
  public static void main(String[] words) throws IOException {
    if (List.of(words).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    try {
      Options options = Options.parse(words);
      new PulledNight(options, Launcher.of(options.launcher()), Clock.systemDefaultZone())
          .run(System.out);
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /**
   * Runs the nights.
   *
   * @throws IllegalStateException a night did not close, or awarded other points than its orders
   *     are worth
   */
  void run(PrintStream out) throws IOException {
    List<Pulled> nights = new ArrayList<>();
    for (int orders : options.orders()) nights.add(night(orders));
    String report = report(nights);
    out.println(report);
    if (options.report() != null)
      ReportFile.write(
          options.report(),
          TITLE,
          Machine.heading(TITLE, "bench/pulled " + options.words(), clock) + report);
  }

  private Pulled night(int orders) throws IOException {
    LocalDate night = LocalDate.now(clock.withZone(ZONE)).minusDays(1);
    Instant end = night.plusDays(1).atStartOfDay(ZONE).toInstant();
    World world =
        World.of(options.seed(), orders, Math.max(10, orders * 3 / 10), end, DAYS, "69", true);
    Path home = options.dir().resolve(orders + "/home");
    if (Files.exists(home))
      throw new IllegalStateException(home + " is there: remove it, or choose another --dir");
    Files.createDirectories(home.getParent());
    Product product = new Product("product", launcher, home);
    try (Simulator platform = Simulator.of(CHANNEL, world, options.seed(), Set.of(), 1)) {
      product.init(settings(platform.url()), Product.PROGRAMME);
      Path keys = home.resolve("secrets/api-" + CHANNEL + "-s1.json");
      Files.writeString(keys, Simulator.keys(CHANNEL));
      Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
      Server server = new Server(home);
      try {
        server.settle();
        Pace pace = new Pace(platform);
        Measured measured;
        try (pace) {
          measured = product.night(night, server, true);
        }
        Path ledger = home.getParent().resolve("ledger.csv");
        product.ledger(night, ledger);
        long points = points(ledger);
        long worth = worth(world);
        if (points != worth)
          throw new IllegalStateException(
              "the night awarded " + points + " points, its orders are worth " + worth);
        return new Pulled(orders, platform.calls(), bytes(home), pace.seconds(), points, measured);
      } finally {
        server.stop();
      }
    }
  }

  private String settings(String url) {
    return """
        zone: %s
        programme: bench
        channels:
          program: {}
          %s:
            transport: {api: {url: '%s', calls_per_second: %d, back_days: %d}}
        """
        .formatted(ZONE, CHANNEL, url, options.rate(), DAYS + 2);
  }

  /** What was earned and not clawed back. */
  private static long points(Path ledger) throws IOException {
    try (Stream<String> rows = Files.lines(ledger)) {
      return rows.skip(1)
          .map(row -> row.split(",", 6))
          .filter(cells -> cells[3].equals("EARN") || cells[3].equals("CLAWBACK"))
          .mapToLong(cells -> Long.parseLong(cells[4]))
          .sum();
    }
  }

  /** A point for each yuan of a line that was paid and stayed so. */
  private static long worth(World world) {
    long points = 0;
    for (var order : world.orders()) {
      if (order.paidAt() == null) continue;
      for (var line : order.lines()) {
        var refund = order.refundOrNull();
        long back = refund != null && refund.line().equals(line.id()) ? refund.fen() : 0;
        points += (line.dueFen() - back) / 100;
      }
    }
    return points;
  }

  private static long bytes(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("archive"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private String report(List<Pulled> nights) {
    StringBuilder text = new StringBuilder("| orders |");
    for (Pulled night : nights) text.append(format(" %,d |", night.orders()));
    text.append("\n|---|").append("---:|".repeat(nights.size())).append('\n');
    line(text, "calls", nights, night -> format("%,d", night.calls()));
    line(text, "JSON, MB", nights, night -> format("%.0f", night.bytes() / 1e6));
    line(
        text,
        "the rate allows, s",
        nights,
        night -> format("%.1f", night.calls() / (double) options.rate()));
    line(text, "from the first call to the last, s", nights, n -> format("%.1f", n.pullSeconds()));
    line(text, "whole night, s", nights, night -> format("%.1f", night.measured().seconds()));
    line(text, "points awarded", nights, night -> format("%,d", night.points()));
    line(
        text,
        "JVM heap after a collection, MiB",
        nights,
        night -> format("%.0f", night.measured().heapBytes() / MIB));
    line(
        text,
        "JVM heap that lives, MiB",
        nights,
        night -> format("%.0f", night.measured().liveBytes() / MIB));
    line(
        text,
        "JVM resident, MiB",
        nights,
        night -> format("%.0f", night.measured().seen().processResident() / MIB));
    for (Step step : nights.get(0).measured().steps())
      line(
          text,
          step.name() + ", s",
          nights,
          night ->
              night.measured().steps().stream()
                  .filter(one -> one.name().equals(step.name()))
                  .findFirst()
                  .map(one -> format("%.1f", one.seconds()))
                  .orElse("–"));
    return text.toString();
  }

  private interface Cell {
    String of(Pulled night);
  }

  private static void line(StringBuilder text, String name, List<Pulled> nights, Cell cell) {
    text.append("| ").append(name).append(" |");
    for (Pulled night : nights) text.append(' ').append(cell.of(night)).append(" |");
    text.append('\n');
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
