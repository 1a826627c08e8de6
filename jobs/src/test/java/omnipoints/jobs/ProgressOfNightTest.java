package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running night tells how much of how much, what it is at, and for which date. */
class ProgressOfNightTest {

  @Test
  void a_night_tells_totals_from_the_start_of_its_steps_and_the_dates_it_catches_up(
      @TempDir Path dir) {
    try (TestHome home = new TestHome(dir)) {
      home.drop("pos/s1/0501.csv", receipts("2026-05-01", 1)).night("2026-05-01");
      String file = receipts("2026-05-03", 2_400);
      home.drop("pos/s1/0503.csv", file);
      var told = new Told();
      Nightly.run(
          home.home(),
          home.database.database(),
          NightRequest.of(LocalDate.parse("2026-05-03"), told));

      assertThat(told.nights).containsExactly("2026-05-02 of 2", "over", "2026-05-03 of 2", "over");
      long bytes = file.getBytes(StandardCharsets.UTF_8).length;
      List<long[]> read = told.counts.get("read");
      assertThat(read).allMatch(count -> count[1] == bytes);
      assertThat(read.get(0)[0]).isZero();
      assertThat(read).anyMatch(count -> count[0] > 0 && count[0] <= bytes);
      assertThat(told.counts.get("post"))
          .extracting(count -> count[0] + " of " + count[1])
          .containsExactly(
              "0 of 2400", "1000 of 2400", "2000 of 2400", "0 of 1200", "1000 of 1200");
      assertThat(told.counts.get("extract"))
          .extracting(count -> count[0] + " of " + count[1])
          .containsExactly("0 of 1200", "1000 of 1200");
      for (String step : List.of("join", "identify", "check", "reconcile", "close"))
        assertThat(told.doing.get(step)).as(step).isNotEmpty();
      assertThat(told.expected).containsKeys("collect", "read", "join", "post", "close");
    }
  }

  /** Receipts of one line each, two for every card but the first. */
  private static String receipts(String day, int count) {
    return Pos.file(
        IntStream.rangeClosed(1, count)
            .mapToObj(
                i ->
                    Pos.row(
                        "C" + (i + 1) / 2, day + " 10:00:00", "6900000000011", 10, "01", "" + i))
            .toArray(String[]::new));
  }

  private static final class Told implements Progress {
    final List<String> nights = new ArrayList<>();
    final Map<String, List<long[]>> counts = new HashMap<>();
    final Map<String, List<String>> doing = new HashMap<>();
    final Map<String, Duration> expected = new HashMap<>();
    private String step;

    @Override
    public void night(LocalDate date, int of) {
      nights.add(date + " of " + of);
      counts.clear();
      doing.clear();
    }

    @Override
    public void over() {
      nights.add("over");
    }

    @Override
    public void step(String name) {
      step = name;
    }

    @Override
    public void expected(Duration whole) {
      expected.put(step, whole);
    }

    @Override
    public void doing(String what) {
      doing.computeIfAbsent(step, name -> new ArrayList<>()).add(what);
    }

    @Override
    public void rows(long done, long total) {
      counts.computeIfAbsent(step, name -> new ArrayList<>()).add(new long[] {done, total});
    }

    @Override
    public void bytes(long done, long total) {
      rows(done, total);
    }

    @Override
    public void done(String name, long read, long written, long rejected, Duration took) {}
  }
}
