package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** D20: a pass is held while it is valid and uses remain. */
class PassUsesTest {
  private static Instant at(String text) {
    return text == null ? null : Scenario.at(text);
  }

  private static PassUses.Given given(String from, String to, Long uses) {
    return new PassUses.Given(at(from), at(to), uses);
  }

  private static List<PassUses.Use> uses(String... moments) {
    List<PassUses.Use> uses = new ArrayList<>();
    for (String moment : moments) uses.add(new PassUses.Use("U" + moment, at(moment)));
    return uses;
  }

  @Test
  void d20_it_ends_right_after_its_last_use() {
    PassUses.Held held =
        PassUses.count(
            List.of(given("2026-03-01T00:00", "2027-03-01T00:00", 2L)),
            uses("2026-03-05T10:00", "2026-03-03T10:00", "2026-03-06T10:00"));
    assertThat(held.held().get(0).to()).isEqualTo(at("2026-03-05T10:00").plusNanos(1000));
    assertThat(held.uncovered()).containsExactly("U2026-03-06T10:00");
  }

  @Test
  void d20_of_two_that_cover_a_use_the_one_is_used_that_ends_first() {
    PassUses.Held held =
        PassUses.count(
            List.of(
                given("2026-03-01T00:00", null, 1L),
                given("2026-03-01T00:00", "2026-04-01T00:00", 1L)),
            uses("2026-03-10T10:00", "2026-05-01T10:00"));
    assertThat(held.uncovered()).isEmpty();
    assertThat(held.held())
        .extracting(PassUses.Given::to)
        .containsExactly(
            at("2026-03-10T10:00").plusNanos(1000), at("2026-05-01T10:00").plusNanos(1000));
  }

  @Test
  void d20_before_it_begins_and_after_its_end_nothing_is_held_and_one_without_number_never_ends() {
    PassUses.Held held =
        PassUses.count(
            List.of(given("2026-03-01T00:00", "2026-04-01T00:00", null)),
            uses("2026-02-28T23:59", "2026-03-01T00:00", "2026-03-31T23:59", "2026-04-01T00:00"));
    assertThat(held.uncovered()).containsExactly("U2026-02-28T23:59", "U2026-04-01T00:00");
    assertThat(held.held().get(0).to()).isEqualTo(at("2026-04-01T00:00"));
  }
}
