package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Between what values a figure is as it was lately. */
class BandTest {

  @ParameterizedTest(name = "{0} after {1} is from {2} to {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        // without variance half of the median is let through
        "POINTS_ISSUED, 100 100 100 100 100 100 100, 50, 100, 150",
        // weekdays and weekends both fit
        "POINTS_ISSUED, 100 100 100 100 100 200 200, -, 100, 500",
        // one night of sales moves nothing
        "POINTS_ISSUED, 100 100 100 100 100 100 100 100 9000, 50, 100, 150",
        "POINTS_ISSUED, 0 0 0 0 0 0 0, -, 0, 0",
        "MULTIPLIED, 3000 3000 3000 3000 3000 3000 3000, 2000, 3000, 4000",
        "RETURNED, 500 500 500 500 500 500 500, -, 500, 1500",
        // too little of it is no trouble
        "REJECTED, 2000 2000 2000 2000 2000 2000 2000, -, 2000, 2100",
        "UNATTRIBUTED, 2000 2000 2000 2000 2100 2200 2300, -, 2000, 3200",
      })
  void reaches_as_far_as_the_last_nights_say(
      Figure figure, String values, Long low, Long middle, Long high) {
    List<Long> nights = Arrays.stream(values.split(" ")).map(Long::valueOf).toList();
    Band band = Band.of(figure, nights);
    assertThat(band).isEqualTo(new Band(nights.size(), low, middle, high));
    assertThat(band.holds(high)).isTrue();
    assertThat(band.holds(high + 1)).isFalse();
    assertThat(low == null || !band.holds(low - 1)).isTrue();
  }
}
