package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a programme side by side: which files they are, and which of them a date follows. */
class ProgrammeTest {
  @TempDir Path programs;

  private void file(String path, int version, String from, int points) {
    try {
      Files.createDirectories(programs.resolve(path).getParent());
      Files.writeString(programs.resolve(path), text(version, from, points));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(int version, String from, int points) {
    return "program: base\nversion: "
        + version
        + "\neffective_from: "
        + from
        + "\nearn: {per_fen: 100, points: "
        + points
        + ", mode: linear, rounding: floor, scope: line}\n"
        + "hold: {days: 7, from: completed}\nexpiry: {kind: rolling, length: 1y, start: available}\n";
  }

  private Programme base() {
    return Programs.load("base", programs);
  }

  private List<String> problems() {
    return catchThrowableOfType(ProgramRefused.class, this::base).problems().stream()
        .map(p -> p.replace(programs + "/", ""))
        .toList();
  }

  @Test
  void each_date_has_the_version_in_force_on_it() {
    file("base/2.yaml", 2, "2026-05-05", 2);
    file("base/3.yaml", 3, "2026-06-01", 3);
    Programme base = base();
    assertThat(base.versions()).extracting(Program::version).containsExactly(1, 2, 3);
    assertThat(base.at(LocalDate.parse("1999-12-31"))).isNull();
    assertThat(base.rule(LocalDate.parse("1999-12-31"))).isNull();
    assertThat(base.ofNight(LocalDate.parse("1999-12-31")).version()).isEqualTo(1);
    assertThat(base.at(LocalDate.parse("2026-05-04")).version()).isEqualTo(1);
    assertThat(base.at(LocalDate.parse("2026-05-05")).version()).isEqualTo(2);
    assertThat(base.at(LocalDate.parse("2026-05-31")).version()).isEqualTo(2);
    assertThat(base.rule(LocalDate.parse("2030-01-01")).points()).isEqualTo(3);
    assertThat(base.hash()).isNotEqualTo(base.versions().get(0).hash());
  }

  @Test
  void a_home_may_give_every_version_as_a_file_of_its_own() {
    file("base/1.yaml", 1, "2000-01-01", 5);
    file("base/2.yaml", 2, "2026-05-05", 2);
    assertThat(base().versions()).extracting(v -> v.earn().points()).containsExactly(5L, 2L);
  }

  @Test
  void one_version_has_the_hash_of_its_file() {
    assertThat(base().hash()).isEqualTo(base().versions().get(0).hash());
  }

  @Test
  void holes_twins_and_dates_that_do_not_grow_are_told_with_file_and_line() {
    file("base.yaml", 1, "2026-01-01", 1);
    file("base/3.yaml", 3, "2026-05-05", 1);
    file("base/4.yaml", 4, "2026-05-05", 1);
    assertThat(problems())
        .containsExactly(
            "base/3.yaml:2: version: 3 follows 1 of base.yaml:2; raise the version by 1, or give the one between",
            "base/4.yaml:3: effective_from: 2026-05-05 is not after 2026-05-05 of version 3 (base/3.yaml:3);"
                + " a later version begins later");
    file("base/1.yaml", 1, "2026-01-01", 1);
    assertThat(problems()).anyMatch(p -> p.contains("version: 1 is also that of base"));
  }

  @Test
  void a_version_file_is_called_by_its_number() throws IOException {
    file("base/2.yaml", 3, "2026-05-05", 1);
    file("base/new.yaml", 4, "2026-05-05", 1);
    Files.writeString(programs.resolve("base/notes.txt"), "remember");
    assertThat(problems())
        .containsExactlyInAnyOrder(
            "base/new.yaml:0: a version's file is called by its number, such as 2.yaml",
            "base/2.yaml:2: version: is 3 but the file is called 2.yaml; make them equal");
  }

  @Test
  void what_has_booked_stays_in_force_for_its_dates_when_its_file_is_gone() {
    String first = text(1, "2026-01-01", 1);
    file("base.yaml", 2, "2026-05-05", 2);
    Programme all = base().with(List.of(Programs.booked("base", 1, first, "h1")));
    assertThat(all.at(LocalDate.parse("2026-05-04")).earn().points()).isEqualTo(1);
    assertThat(all.at(LocalDate.parse("2026-05-04")).hash()).isEqualTo("h1");
    assertThat(all.at(LocalDate.parse("2026-05-05")).earn().points()).isEqualTo(2);
  }

  @Test
  void a_rate_with_zeros_too_many_is_refused() {
    file("base.yaml", 1, "2026-01-01", 1_000_000_000);
    assertThat(problems())
        .containsExactly(
            "base.yaml:4: earn.points: 1000000000 for 100 fen are more than 10 points a fen;"
                + " look for a zero too many");
    file("base.yaml", 1, "2026-01-01", 1000);
    assertThat(base().versions()).hasSize(1);
  }
}
