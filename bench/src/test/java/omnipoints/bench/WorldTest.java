package omnipoints.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTest {

  @TempDir Path dir;

  @Test
  void the_files_of_a_night_do_not_depend_on_how_many_nights_are_asked_for() throws IOException {
    for (int night = 0; night <= 2; night++) {
      Exports.Night few = write(night, 0, 2, "few");
      Exports.Night many = write(night, 5, 3, "many");
      for (int i = 0; i < few.all().length; i++)
        assertThat(Files.mismatch(few.all()[i], many.all()[i])).as(few.all()[i] + "").isEqualTo(-1);
    }
  }

  @Test
  void redemptions_are_the_same_words_whatever_is_asked_for_and_two_of_a_hundred_are_cancelled()
      throws IOException {
    var sizes = new Sizes(7, 2000, 500, 6000, 60, 0, 2, LocalDate.of(2025, 6, 10), 5000);
    for (int night = 0; night <= 2; night++) {
      new Redeemed(sizes).write(night, dir.resolve("a"));
      new Redeemed(sizes).write(night, dir.resolve("b"));
    }
    assertThat(Files.exists(Redeemed.requests(0, dir.resolve("a")))).isFalse();
    Path second = Redeemed.requests(2, dir.resolve("a"));
    assertThat(Files.mismatch(second, Redeemed.requests(2, dir.resolve("b")))).isEqualTo(-1);
    assertThat(Files.readAllLines(second)).hasSize(5001);
    Path cancelled = Redeemed.events(2, dir.resolve("a"));
    assertThat(Files.readAllLines(cancelled).size() - 1).isBetween(70, 130);
    assertThat(Files.readString(Redeemed.requests(1, dir.resolve("a"))))
        .contains(Files.readAllLines(cancelled).get(1).split(",")[0]);
  }

  private Exports.Night write(int night, int history, int nights, String name) {
    Sizes sizes = new Sizes(7, 2000, 500, 6000, 60, history, nights, LocalDate.of(2025, 6, 10));
    Path folder = dir.resolve(name);
    new Exports(new World(sizes)).write(night, folder);
    return Exports.Night.in(folder, sizes.date(night));
  }
}
