package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void a_terminal_sees_rows_rows_a_second_and_time_left() {
    assertThat(
            bar(new Screen(80, true, false))
                .line("post", 61_000, 200_000, Duration.ofMillis(1_250)))
        .isEqualTo("post       [=======>                ] 61,000/200,000  48,800/s  0:03");
    assertThat(
            bar(new Screen(80, true, false)).line("post", 200_000, 200_000, Duration.ofSeconds(4)))
        .isEqualTo("post       [========================] 200,000/200,000  50,000/s  0:00");
    assertThat(bar(new Screen(80, true, false)).line("land", 5, 0, Duration.ofSeconds(1)))
        .isEqualTo("land        5  5/s");
  }

  @Test
  void the_line_is_drawn_at_most_ten_times_a_second_and_wiped_at_the_end() {
    ProgressBar bar = bar(new Screen(60, true, false));
    bar.step("post");
    for (int i = 1; i <= 1000; i++) {
      nanos.addAndGet(1_000_000);
      bar.rows(i, 1000);
    }
    bar.done("post", 1000, 900, 1, Duration.ofSeconds(1));
    String[] drawings = text().split("\r", -1);
    assertThat(drawings.length - 1).isBetween(10, 13);
    for (String drawing : drawings)
      assertThat(drawing.replace("\u001b[K", "").lines().findFirst().orElse("").length())
          .isLessThan(60);
    assertThat(text())
        .endsWith(
            "\r\u001b[K✓ post       read 1000, written 900, rejected 1, 1.0 s"
                + System.lineSeparator());
  }

  @Test
  void elsewhere_there_is_one_plain_line_for_each_finished_step() {
    ProgressBar bar = bar(Screen.NONE);
    bar.step("land");
    nanos.addAndGet(1_000_000_000);
    bar.rows(1, 2);
    bar.done("land", 2, 2, 0, Duration.ofMillis(1_234));
    assertThat(text())
        .isEqualTo("land       read 2, written 2, rejected 0, 1.2 s" + System.lineSeparator());
  }

  private ProgressBar bar(Screen screen) {
    return new ProgressBar(
        new PrintStream(err, true, StandardCharsets.UTF_8), screen, Words.english(), nanos::get);
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
