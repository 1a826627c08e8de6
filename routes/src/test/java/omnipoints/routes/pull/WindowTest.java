package omnipoints.routes.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  private static final Api DAILY = new Api("a", Duration.ofDays(1), Duration.ofMinutes(5), false);

  private static String text(List<Window> windows) {
    return windows.stream()
        .map(window -> window.from() + "/" + window.to())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-01T00:00:00Z, 2026-06-01T00:05:00Z, ''",
    "2026-06-01T00:00:00Z, 2026-06-01T00:06:00.9Z, 2026-05-31T23:55:00Z/2026-06-01T00:01:00Z",
    "2026-06-01T00:00:00Z, 2026-06-02T12:05:00Z, 2026-05-31T23:55:00Z/2026-06-01T23:55:00Z 2026-06-01T23:55:00Z/2026-06-02T12:00:00Z",
    "2026-06-05T00:00:00Z, 2026-06-02T12:05:00Z, ''",
  })
  void windows_reach_back_by_the_lag_and_never_into_it(String known, String now, String expected) {
    assertThat(text(Window.after(Instant.parse(known), Instant.parse(now), DAILY)))
        .isEqualTo(expected);
  }

  /** What is asked again each time is cut at the same moments, so that its windows are the same. */
  @ParameterizedTest
  @CsvSource({
    "2026-06-10T10:00:00Z, 2026-06-10T10:05:00Z, ''",
    "2026-06-10T10:00:00Z, 2026-06-11T10:00:00Z, 2026-06-08T00:00:00Z/2026-06-09T00:00:00Z 2026-06-09T00:00:00Z/2026-06-10T00:00:00Z 2026-06-10T00:00:00Z/2026-06-11T00:00:00Z 2026-06-11T00:00:00Z/2026-06-11T09:55:00Z",
    "2026-06-11T09:55:00Z, 2026-06-12T00:05:00Z, 2026-06-09T00:00:00Z/2026-06-10T00:00:00Z 2026-06-10T00:00:00Z/2026-06-11T00:00:00Z 2026-06-11T00:00:00Z/2026-06-12T00:00:00Z",
  })
  void where_a_platform_lists_by_creation_windows_reach_back_as_far_as_orders_change(
      String known, String now, String expected) {
    Api byCreation =
        new Api("a", Duration.ofDays(1), Duration.ofMinutes(5), false, Duration.ofDays(2));
    assertThat(text(Window.after(Instant.parse(known), Instant.parse(now), byCreation)))
        .isEqualTo(expected);
  }

  @Test
  void a_window_is_halved_to_the_second() {
    Instant from = Instant.parse("2026-06-01T00:00:00Z");
    assertThat(text(new Window(from, from.plusSeconds(3)).halves()))
        .isEqualTo(
            "2026-06-01T00:00:00Z/2026-06-01T00:00:01Z 2026-06-01T00:00:01Z/2026-06-01T00:00:03Z");
    assertThat(new Window(from, from.plusSeconds(1)).halves()).isEmpty();
  }

  @Test
  void secrets_travel_by_https_or_stay_on_this_machine() {
    for (String bad : List.of("http://example.com", "ftp://127.0.0.2", "example.com"))
      assertThatThrownBy(
              () ->
                  new PullSettings(
                      Path.of("h"),
                      "douyin",
                      bad,
                      0,
                      Duration.ofDays(1),
                      Duration.ofHours(1),
                      false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is no https address");
  }
}
