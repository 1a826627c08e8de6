package omnipoints.routes.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many orders in little memory, as fast as the platform allows. {@code -Dpull.orders=100000
 * -Dpull.rate=20} is the large one.
 */
class PullVolumeTest {
  private static final Instant NOW = Instant.parse("2026-06-20T15:00:00Z");
  private static final int ORDERS = Integer.getInteger("pull.orders", 20_000);
  private static final int RATE = Integer.getInteger("pull.rate", 60);

  /**
   * A small pull is over before it has its pace, and takes twice as long where the machine is busy:
   * it tells of memory, and of waiting that nobody meant; the large one tells of the pace.
   */
  private static final long SLACK = ORDERS < 100_000 ? 20_000 : 0;

  @TempDir Path home;

  @Test
  void a_pull_takes_as_long_as_its_rate_allows_and_no_more_memory_than_a_page()
      throws IOException, InterruptedException {
    Files.createDirectories(home.resolve("secrets"));
    Files.writeString(home.resolve("secrets/api-douyin-s1.json"), Simulator.keys("douyin"));
    World world = World.of(41, ORDERS, 5_000, NOW.minusSeconds(7_200), 14, "69", true);
    try (Simulator simulator = Simulator.of("douyin", world, 1, Set.of(), 1)) {
      String[] told = child(simulator.url()).strip().split(" ");
      long allowed = simulator.calls() * 1_000L / RATE;
      System.out.printf(
          "%d orders, %d calls at %d a second: %s ms (%d allowed), %s KiB held%n",
          ORDERS, simulator.calls(), RATE, told[0], allowed, told[1]);
      assertThat(Long.parseLong(told[0])).isLessThan(allowed * 110 / 100 + SLACK);
    }
    try (Stream<Path> files = Files.list(home.resolve("inbox/douyin/s1"))) {
      long bytes = files.mapToLong(file -> file.toFile().length()).sum();
      // More than all of the memory it had.
      assertThat(bytes).isGreaterThan(ORDERS * 600L);
    }
  }

  /** 40 MiB, whatever the number of orders. */
  private String child(String url) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx40m",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    PullInChild.class.getName(),
                    home.toString(),
                    url,
                    NOW.toString(),
                    Integer.toString(RATE)))
            .redirectError(Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out;
  }
}
