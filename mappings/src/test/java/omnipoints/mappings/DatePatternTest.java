package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatePatternTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private static Instant instant(String pattern, String text) {
    return DatePattern.of(pattern).instant(text.toCharArray(), 0, text.length(), SHANGHAI);
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd HH:mm:ss, 2017-07-08 00:42:32, 2017-07-07T16:42:32Z",
    "yyyy-MM-dd HH:mm:ss, 2018-01-03 21:20:24.783, 2018-01-03T13:20:24.783Z",
    "yyyy-MM-dd HH:mm:ss, 2024-02-29 23:59:59, 2024-02-29T15:59:59Z",
    "yyyy/M/d H:mm, 2017/7/8 0:42, 2017-07-07T16:42:00Z",
    "yyyy/M/d H:mm, 2017/11/18 10:42, 2017-11-18T02:42:00Z",
    "yyyyMMdd, 20170708, 2017-07-07T16:00:00Z",
    "epoch_seconds, 1781834400, 2026-06-19T02:00:00Z",
    "epoch_millis, 1781834400123, 2026-06-19T02:00:00.123Z",
    "yyyy-MM-dd'T'HH:mm:ssXXX, 2021-11-20T02:00:00Z, 2021-11-20T02:00:00Z",
    "yyyy-MM-dd'T'HH:mm:ssXXX, 2021-11-20T02:00:00.5-05:30, 2021-11-20T07:30:00.5Z",
  })
  void a_written_time_is_the_instant_of_the_zone(String pattern, String text, Instant instant) {
    assertThat(instant(pattern, text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "epoch_seconds, 1781834400123",
    "epoch_millis, 1781834400",
    "epoch_seconds, 0",
    "epoch_seconds, 17818344.5",
    "epoch_seconds, 2026-06-19",
    "yyyy-MM-dd HH:mm:ss, 2017-07-08 00:42",
    "yyyy-MM-dd HH:mm:ss, 2017-07-08 00:42:3",
    "yyyy-MM-dd HH:mm:ss, 2017-07-08 00:42:320",
    "yyyy-MM-dd HH:mm:ss, 2017-7-8 00:42:32",
    "yyyy-MM-dd HH:mm:ss, 2017-02-29 00:42:32",
    "yyyy-MM-dd HH:mm:ss, 2017-13-01 00:42:32",
    "yyyy-MM-dd HH:mm:ss, 2017-07-08 24:00:00",
    "yyyy-MM-dd HH:mm:ss, 2017-07-08 23:59:60",
    "yyyy-MM-dd HH:mm:ss, 0017-07-08 00:42:32",
    "yyyy-MM-dd HH:mm:ss, 2017-07-08 00:42:32.",
    "yyyy-MM-dd HH:mm:ss, 2017-07-08 00:42:32 x",
    "yyyy-MM-dd'T'HH:mm:ssXXX, 2021-11-20T02:00:00",
    "yyyy-MM-dd'T'HH:mm:ssXXX, 2021-11-20T02:00:00+08",
    "yyyy-MM-dd'T'HH:mm:ssXXX, 2021-11-20T02:00:00+19:00",
  })
  void what_does_not_match_from_end_to_end_is_no_date(String pattern, String text) {
    assertThat(instant(pattern, text)).isNull();
  }

  @Test
  void a_date_has_no_time() {
    char[] text = "1992-02-29".toCharArray();
    assertThat(DatePattern.of("yyyy-MM-dd").date(text, 0, text.length))
        .isEqualTo(LocalDate.of(1992, 2, 29));
    assertThat(DatePattern.of("yyyy-MM-dd").withTime()).isFalse();
  }

  @Test
  void an_unknown_letter_is_named() {
    assertThatThrownBy(() -> DatePattern.of("yyyy-MM-dd hh:mm"))
        .hasMessage("date format yyyy-MM-dd hh:mm: 'hh' is none of yyyy MM M dd d HH H mm ss XXX");
    assertThatThrownBy(() -> DatePattern.of("yyyy-MM"))
        .hasMessage("date format yyyy-MM has no day");
  }
}
