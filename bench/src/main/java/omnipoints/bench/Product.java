package omnipoints.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import omnipoints.bench.Measured.Step;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The product, called the way people call it. */
final class Product {

  private static final Pattern HEAP = Pattern.compile("->(\\d+)([KMG])\\(");
  private static final Pattern LIVE = Pattern.compile("Pause Full.*->(\\d+)([KMG])\\(");

  /** Holds a day and is valid for 365: small dates, and none that depends on a leap year. */
  static final String PROGRAMME =
      """
      program: bench
      version: 1
      effective_from: 2000-01-01
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 1, from: completed}
      expiry: {kind: rolling, length: 365d, start: available}
      tiers: []
      debt: {policy: allow}
      returns: {unlinked: clawback}
      claim: {days: 90}
      """;

  private static final String SETTINGS =
      """
      zone: Asia/Shanghai
      programme: bench
      channels:
        tmall: {transport: folder}
        pos: {transport: folder}
        douyin: {transport: folder}
        program: {transport: folder}
      thresholds: {reject_percent: 1.0}
      collect: {polls: 2, poll_seconds: 1}
      """;

  private final String name;
  private final Launcher launcher;
  private final Path home;

  /**
   * @param name by which reports call it
   */
  Product(String name, Launcher launcher, Path home) {
    this.name = name;
    this.launcher = launcher;
    this.home = home;
  }

  Path home() {
    return home;
  }

  /** Makes a home whose channels are fed by files, under this programme. */
  void init(String programme) {
    init(SETTINGS, programme);
  }

  /** Makes a home with these settings. */
  void init(String settings, String programme) {
    run(home.getParent().resolve("init.log"), null, "init", "--home", home.toString(), "--json");
    try {
      Files.writeString(home.resolve("omnipoints.yaml"), settings);
      Files.writeString(home.resolve("programs/bench.yaml"), programme);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the night over what lies in the inbox; refuses to go on if a row was not accepted. */
  Measured night(LocalDate date, Server server) {
    return night(date, server, false);
  }

  /**
   * The same.
   *
   * @param live whether it is also seen what of the heap lives, which costs some hundredths
   */
  Measured night(LocalDate date, Server server, boolean live) {
    Path log = home.resolve("logs/bench-" + date + ".log");
    Path gc = home.resolve("logs/bench-" + date + ".gc");
    // The launcher builds what was changed: that is no part of a night.
    run(log, null, "program", "lint", "--home", home.toString(), "--json");
    long wal = server.walPosition();
    long size = server.size();
    Meter meter = new Meter(server.pid);
    JsonNode answer;
    try (meter) {
      answer =
          run(
              log,
              new Launcher.Watch(meter, gc, live),
              "nightly",
              "--date",
              date.toString(),
              "--home",
              home.toString(),
              "--json");
    }
    Meter.Seen seen = meter.stop();
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : answer.path("steps"))
      steps.add(new Step(step.path("name").asString(), step.path("seconds").asDouble()));
    for (JsonNode delivery : answer.path("deliveries")) {
      if (!List.of("ACCEPTED", "EMPTY").contains(delivery.path("outcome").asString())
          || delivery.path("rows").path("rejected").asLong() > 0)
        throw new IllegalStateException("a delivery was not accepted whole: " + delivery);
    }
    return new Measured(
        name,
        steps,
        seen,
        server.walPosition() - wal,
        server.size() - size,
        most(HEAP, gc),
        most(LIVE, gc));
  }

  /** Writes the entries of a closed night as the product exports them. */
  void ledger(LocalDate date, Path to) {
    try {
      run(
          to,
          home.resolve("logs/bench-ledger.log"),
          null,
          "ledger",
          "--date",
          date.toString(),
          "--csv",
          "--home",
          home.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path profiles(LocalDate date) {
    return home.resolve("outbox/crm/" + date + "/member_profile_full_" + date + ".csv");
  }

  Path liability(LocalDate date) {
    return home.resolve("reports/" + date + "/liability.csv");
  }

  private JsonNode run(Path log, Launcher.Watch watch, String... arguments) {
    try {
      Path out = Files.createTempFile("omnipoints-bench", ".json");
      try {
        run(out, log, watch, arguments);
        return JsonMapper.shared().readTree(Files.readString(out, StandardCharsets.UTF_8));
      } finally {
        Files.delete(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Path out, Path log, Launcher.Watch watch, String... arguments)
      throws IOException {
    Files.createDirectories(log.getParent());
    int exit = launcher.run(List.of(arguments), out, log, watch);
    if (exit != 0)
      throw new IllegalStateException(
          String.join(" ", arguments)
              + " ended with "
              + exit
              + ": "
              + Files.readString(out)
              + Files.readString(log));
  }

  private static long most(Pattern used, Path gc) {
    if (!Files.exists(gc)) return 0;
    long most = 0;
    try {
      for (String line : Files.readAllLines(gc)) {
        Matcher after = used.matcher(line);
        if (!after.find()) continue;
        int shift = 10 * (1 + "KMG".indexOf(after.group(2)));
        most = Math.max(most, Long.parseLong(after.group(1)) << shift);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return most;
  }
}
