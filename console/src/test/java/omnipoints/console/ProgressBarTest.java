package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void a_terminal_sees_how_much_of_how_much_and_the_time_left() {
    ProgressBar bar = bar(new Screen(80, true, false));
    bar.step("post");
    pass(1_250);
    bar.rows(61_000, 200_000);
    assertThat(drawn())
        .isEqualTo("post       [=======>                ] 61,000/200,000  48,800/s  0:03 left");
    pass(2_750);
    bar.rows(200_000, 200_000);
    assertThat(drawn())
        .isEqualTo("post       [========================] 200,000/200,000  50,000/s  0:00 left");
    bar.step("read");
    pass(10_000);
    bar.bytes(41_900_000, 419_000_000);
    assertThat(drawn())
        .isEqualTo("read       [==>                     ] 41.9/419.0 MB  4.2 MB/s  1:30 left");
  }

  @Test
  void a_step_that_cannot_count_says_what_it_is_at_and_how_long_it_may_take() {
    ProgressBar bar = bar(new Screen(80, true, false));
    bar.step("join");
    bar.expected(Duration.ofSeconds(100));
    pass(25_000);
    bar.doing("touched_orders");
    assertThat(drawn())
        .isEqualTo("join       [======>                 ] touched_orders  0:25  about 1:15 left");
    pass(50_000);
    bar.tick();
    assertThat(drawn())
        .isEqualTo("join       [==================>     ] touched_orders  1:15  about 0:25 left");
    pass(3_600_000);
    bar.tick();
    assertThat(drawn()).isEqualTo("join       touched_orders  1:01:15");
    bar.step("post");
    bar.expected(Duration.ofSeconds(100));
    bar.rows(0, 500);
    pass(20_000);
    bar.tick();
    assertThat(drawn())
        .isEqualTo("post       [>                       ] 0/500  0/s  about 1:20 left");
  }

  @Test
  void a_long_statement_does_not_look_like_a_standstill_and_nothing_is_drawn_after_the_night() {
    ProgressBar bar = bar(new Screen(80, true, false));
    bar.step("join");
    pass(7_000);
    bar.tick();
    assertThat(drawn()).isEqualTo("join       0:07");
    bar.over();
    String before = text();
    bar.tick();
    assertThat(text()).isEqualTo(before).endsWith("\r\u001b[K");
  }

  @Test
  void nights_before_the_one_asked_for_are_told_by_their_date_in_every_line() {
    for (int columns : new int[] {80, 120}) {
      ProgressBar bar = bar(new Screen(columns, true, false));
      bar.night(LocalDate.parse("2026-03-01"), 2);
      bar.step("post");
      pass(10_000);
      bar.rows(1_234_567, 12_345_678);
      assertThat(drawn())
          .startsWith("2026-03-01 post       [=")
          .endsWith("] 1,234,567/12,345,678  123,457/s  1:30 left")
          .hasSizeLessThan(columns);
      bar.done("post", 1, 1, 0, Duration.ofSeconds(1));
      assertThat(text()).endsWith("✓ 2026-03-01 post       read 1, written 1, rejected 0, 1.0 s\n");
    }
  }

  private void pass(long milliseconds) {
    nanos.addAndGet(milliseconds * 1_000_000);
  }

  private String drawn() {
    return text().substring(text().lastIndexOf("\r\u001b[K") + 4);
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
    bar.step("read");
    nanos.addAndGet(1_000_000_000);
    bar.rows(1, 2);
    bar.done("read", 2, 2, 0, Duration.ofMillis(1_234));
    assertThat(text())
        .isEqualTo("read       read 2, written 2, rejected 0, 1.2 s" + System.lineSeparator());
  }

  private ProgressBar bar(Screen screen) {
    return new ProgressBar(
        new PrintStream(err, true, StandardCharsets.UTF_8), screen, Words.english(), nanos::get);
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
