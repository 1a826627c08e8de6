package omnipoints.console;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a command line did in this process: exit code, stdout, stderr. */
record Ran(int exit, String out, String err) {
  /** 03:00 of 2026-01-02 in Shanghai. */
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T19:00:00Z"), ZoneOffset.UTC);

  static Ran in(Path directory, String... args) {
    return in(directory, "", Map.of(), args);
  }

  static Ran chinese(Path directory, String... args) {
    return in(directory, "", Map.of("LANG", "zh_CN.UTF-8"), args);
  }

  static Ran in(Path directory, String stdin, Map<String, String> environment, String... args) {
    return in(directory, stdin, environment, Screen.NONE, args);
  }

  static Ran in(
      Path directory,
      String stdin,
      Map<String, String> environment,
      Screen screen,
      String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        new OmniPoints(
                new Surroundings(
                    directory,
                    new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                    new PrintStream(out, false, StandardCharsets.UTF_8),
                    new PrintStream(err, false, StandardCharsets.UTF_8),
                    environment,
                    CLOCK,
                    screen))
            .run(args);
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** stdout, which must be exactly one line of JSON. */
  JsonNode json() {
    if (out.isEmpty() || out.indexOf('\n') != out.length() - 1)
      throw new AssertionError("not one line: " + out + err);
    return JsonMapper.shared().readTree(out);
  }
}
