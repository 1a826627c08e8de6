package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many nights that grow, on two homes: one is left alone, of the other processes are killed at
 * random instants until so many were; every night of both must be the same, byte by byte. Says on
 * the way what the process and the database of the first home take. {@code bench/soak} runs it.
 */
@EnabledIfSystemProperty(
    named = "soak.nights",
    matches = "\\d+",
    disabledReason = "takes long: bench/soak runs it")
class SoakTest {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final int NIGHTS = Integer.getInteger("soak.nights", 0);
  private static final int KILLS = Integer.getInteger("soak.kills", 3 * NIGHTS);
  private static final long SEED = Long.getLong("soak.seed", 1);
  private static final int EVERY = 10;
  private static final int FIRST_SALES = 50;
  private static final int MORE_SALES = 5;
  private static final int MEMBERS = 400;

  @TempDir Path dir;
  private final Random random = new Random(SEED);
  private final List<String> sold = new ArrayList<>();
  private int kills;

  @Test
  void many_nights_under_kills_are_those_of_a_home_that_was_left_alone() {
    System.out.println("soak of " + NIGHTS + " nights with " + KILLS + " kills, soak.seed=" + SEED);
    System.out.println(
        "| night | kills | s of the night | heap MiB | open files | tables | MiB of rows |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|");
    try (TestHome alone = new TestHome(dir.resolve("alone")).program("3", "40d");
        TestHome killed = new TestHome(dir.resolve("killed")).program("3", "40d")) {
      for (int n = 0; n < NIGHTS; n++) {
        String night = FIRST.plusDays(n).toString();
        String file = sales(n);
        alone.drop("pos/S1/" + night + ".csv", file);
        killed.drop("pos/S1/" + night + ".csv", file);
        long began = System.nanoTime();
        alone.night(night);
        double seconds = (System.nanoTime() - began) / 1e9;
        while (kills < (long) KILLS * (n + 1) / NIGHTS) kill(killed, night);
        killed.night(night);
        same(alone, killed, night);
        if ((n + 1) % EVERY == 0) tell(alone, night, seconds);
      }
      assertThat(kills).isEqualTo(KILLS);
      assertThat(Snapshot.tables(killed)).isEqualTo(Snapshot.tables(alone));
    }
  }

  /** More every night: sales of some hundred members, and returns of what they bought before. */
  private String sales(int n) {
    var rows = new ArrayList<String>();
    LocalDate day = FIRST.plusDays(n);
    for (int i = 0; i < FIRST_SALES + MORE_SALES * n; i++) {
      String card = "C" + random.nextInt(MEMBERS);
      String sku = "SKU-" + random.nextInt(40);
      int yuan = 5 + random.nextInt(400);
      String time = day + " 1" + random.nextInt(9) + ":00:00";
      rows.add(Pos.row(card, time, sku, yuan, "T" + i % 7, "R" + i));
      if (random.nextInt(12) == 0) sold.add(card + "," + sku + "," + yuan);
    }
    for (int i = 0; i < 3 && !sold.isEmpty(); i++) {
      String[] back = sold.remove(random.nextInt(sold.size())).split(",");
      rows.add(
          Pos.row(back[0], day + " 20:30:00", back[1], -Integer.parseInt(back[2]), "T9", "B" + i));
    }
    return Pos.file(rows.toArray(String[]::new));
  }

  private void kill(TestHome home, String night) {
    Process process = CrashingNight.start(home, night, "", ProcessBuilder.Redirect.DISCARD);
    try {
      if (!process.waitFor(random.nextInt(2_500), TimeUnit.MILLISECONDS))
        process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    kills++;
  }

  private static void same(TestHome alone, TestHome killed, String night) {
    Map<String, String> expected = Snapshot.outside(alone, night);
    Map<String, String> books = Snapshot.outside(killed, night);
    expected.forEach(
        (what, text) -> assertThat(books.get(what)).as(night + ": " + what).isEqualTo(text));
  }

  private void tell(TestHome home, String night, double seconds) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    String tables =
        home.rows(
                "select count(*) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
            .get(0);
    String bytes = home.rows("select pg_database_size(current_database()) >> 20").get(0);
    System.out.printf(
        "| %s | %d | %.1f | %d | %d | %s | %s |%n",
        night,
        kills,
        seconds,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        openFiles(),
        tables,
        bytes);
  }

  private static long openFiles() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      return -1;
    }
  }
}
