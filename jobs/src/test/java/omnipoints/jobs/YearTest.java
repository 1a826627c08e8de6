package omnipoints.jobs;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Members of a brand with three tills, a mini-programme mall and a marketplace live a seeded year
 * under every kind of rule at once, in files that come late, twice and in any order: every entry of
 * every night, every outcome and every balance is what {@link YearOracle} says. {@code
 * -Dyear.members=10000 -Dyear.days=365 -Dyear.busy=0.02 -Dyear.step=7 -Dyear.seed=1} lives one of
 * your own; what fails is made small for {@code -Dyear.shrink=10} minutes and told as a test tells
 * it.
 */
class YearTest {
  static final LocalDate FIRST = LocalDate.parse("2026-03-01");

  @TempDir Path dir;

  static Stream<Year> years() {
    if (System.getProperty("year.members") == null)
      return Stream.of(new Year(20260301, FIRST, 14, 1, 14, 2));
    return Stream.of(
        new Year(
            Long.getLong("year.seed", 1),
            FIRST,
            Integer.getInteger("year.days", 365),
            Integer.getInteger("year.step", 7),
            Integer.getInteger("year.members"),
            Double.parseDouble(System.getProperty("year.busy", "0.05"))));
  }

  @ParameterizedTest
  @MethodSource("years")
  void B_D_F_G_H_K_every_rule_together_gives_what_one_would_give_by_hand(Year year) {
    agrees(year, dir);
  }

  /** Fails, as small as it gets, where the product and the oracle differ. */
  static void agrees(Year year, Path dir) {
    agrees(year, dir, year.live());
  }

  /** The same of some rows, and of the nights up to the last one. */
  static void agrees(Year year, LocalDate last, Path dir, Told... rows) {
    agrees(year, dir, YearShrink.byNight(List.of(rows), last));
  }

  private static void agrees(Year year, Path dir, Map<LocalDate, List<Told>> told) {
    String differs = YearLife.differs(year, told, fresh(dir));
    if (differs == null) return;
    System.out.println(year + "\n" + differs);
    YearShrink.Small small =
        YearShrink.smallest(told, differs, fewer -> YearLife.differs(year, fewer, fresh(dir)));
    fail(
        "%s%n%s%nAs small as it gets:%n%s%s"
            .formatted(year, differs, YearCase.of(year, small), small.differs()));
  }

  private static Path fresh(Path dir) {
    try {
      return Files.createTempDirectory(dir, "year");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
