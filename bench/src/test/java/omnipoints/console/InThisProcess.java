package omnipoints.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Verbs without a process of their own, for tests that need several of them. */
public final class InThisProcess {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T19:00:00Z"), ZoneOffset.UTC);

  private InThisProcess() {}

  /** Runs a verb with stdout and stderr into files; returns its exit code. */
  public static int run(List<String> arguments, Path out, Path log) throws IOException {
    try (OutputStream stdout = Files.newOutputStream(out);
        OutputStream stderr = Files.newOutputStream(log)) {
      return new OmniPoints(
              new Surroundings(
                  Path.of(""),
                  new ByteArrayInputStream(new byte[0]),
                  new PrintStream(stdout, false, StandardCharsets.UTF_8),
                  new PrintStream(stderr, false, StandardCharsets.UTF_8),
                  Map.of(),
                  CLOCK,
                  Screen.NONE))
          .run(arguments.toArray(String[]::new));
    }
  }
}
