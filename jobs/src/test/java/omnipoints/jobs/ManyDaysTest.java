package omnipoints.jobs;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two months and a year of what {@link YearTest} lives for two weeks. */
@ManyNights
class ManyDaysTest {
  @TempDir Path dir;

  static Stream<Year> sixtyDays() {
    return Stream.of(
        new Year(1, YearTest.FIRST, 60, 1, 14, 2),
        new Year(2, YearTest.FIRST, 60, 3, 30, 1),
        new Year(3, YearTest.FIRST, 60, 2, 20, 0.8),
        new Year(41, YearTest.FIRST, 60, 2, 40, 1.5));
  }

  @ParameterizedTest
  @MethodSource("sixtyDays")
  void B_D_F_G_H_K_three_tills_a_mall_and_a_marketplace_live_sixty_days_and_agree(Year year) {
    YearTest.agrees(year, dir);
  }

  static Stream<Year> years() {
    return Stream.of(new Year(3, YearTest.FIRST, 365, 7, 40, 0.3));
  }

  @ParameterizedTest
  @MethodSource("years")
  void B_D_F_G_H_K_everything_lives_a_year_and_agrees(Year year) {
    YearTest.agrees(year, dir);
  }
}
