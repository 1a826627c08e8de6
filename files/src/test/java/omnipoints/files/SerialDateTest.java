package omnipoints.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialDateTest {
  @Test
  void serials_are_days_since_the_epoch_with_its_quirks() {
    List<List<Object>> table =
        List.of(
            List.of("1", false, "1900-01-01T00:00"),
            List.of("59", false, "1900-02-28T00:00"),
            List.of("60", false, "none"),
            List.of("61", false, "1900-03-01T00:00"),
            List.of("60", true, "1904-03-01T00:00"),
            List.of("1", true, "1904-01-02T00:00"),
            List.of("0.5", false, "none"),
            List.of("-1", false, "none"),
            List.of("2958465", false, "9999-12-31T00:00"),
            List.of("2958466", false, "none"),
            List.of("46143.9999999999", false, "2026-05-02T00:00"),
            List.of("46143.5000115741", false, "2026-05-01T12:00:01"),
            List.of("1E5", false, "2173-10-14T00:00"));
    for (List<Object> one : table) {
      LocalDateTime time = SerialDate.of((String) one.get(0), (boolean) one.get(1));
      assertThat(time == null ? "none" : time.toString()).as(one.toString()).isEqualTo(one.get(2));
    }
  }
}
