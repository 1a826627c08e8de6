package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import omnipoints.facts.Shown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

  @TempDir Path dir;

  private Scratch scratch(int ranges) {
    return new Scratch(dir.resolve("2026-05-04").resolve("1"), "made for a test\n", ranges);
  }

  private static Shown line(int row) {
    return new Shown.LineShown(
        1,
        row,
        "s",
        "订单" + row,
        null,
        "A",
        row % 2 == 0 ? null : List.of("B", "C"),
        new BigDecimal("1.50"),
        100L,
        null,
        -5L,
        (short) 3,
        (short) 0,
        null,
        Instant.parse("2026-05-04T01:02:03.123456Z"),
        null,
        true,
        new byte[] {1, 2},
        Long.MIN_VALUE,
        row == 3 ? null : -7L);
  }

  private static List<Shown> all() {
    List<Shown> rows = new ArrayList<>();
    for (int row = 0; row < 50; row++) rows.add(line(row));
    rows.add(
        new Shown.OrderShown(
            2,
            9,
            "s",
            "o",
            List.of(new Shown.Buyer("card", "", new byte[] {9}, "c*")),
            (short) 5,
            null,
            null,
            true,
            null,
            Instant.EPOCH,
            1L,
            2L,
            3L,
            4L,
            null,
            "presale",
            null,
            new byte[0],
            0,
            null));
    rows.add(new Shown.RejectShown(1, 5, "s", "o"));
    rows.add(new Shown.SplitShown(1, 6, "s", "o", "child", null));
    rows.add(
        new Shown.ReturnShown(
            1, 7, "s", "o", List.of(), "A", null, 5, Instant.EPOCH, 3L, new byte[16], null));
    rows.add(
        new Shown.RefundShown(1, 8, "s", "o", "r", null, "A", (short) 2, 7, null, new byte[16]));
    return rows;
  }

  private static String text(Shown row) {
    return row.toString().replaceAll("\\[B@[0-9a-f]+", "bytes");
  }

  private static List<String> written(Scratch scratch) {
    List<String> rows = new ArrayList<>();
    for (int range = 0; range < scratch.ranges(); range++)
      scratch.read(range).forEach(row -> rows.add(row.group() + " " + text(row.row())));
    return rows;
  }

  private void write(Scratch scratch) throws IOException {
    try (Scratch.Writer writer = scratch.write(0)) {
      for (Shown row : all()) writer.put(row.order().hashCode() * 0x9e3779b97f4a7c15L, row);
      writer.finish();
    }
  }

  @Test
  void rows_come_back_whole_and_in_the_order_of_their_keys_however_they_are_cut()
      throws IOException {
    List<String> first = null;
    for (int ranges : new int[] {1, 2, 7, 64}) {
      Scratch scratch = scratch(ranges);
      write(scratch);
      List<String> rows = written(scratch);
      assertThat(rows).hasSize(all().size());
      if (first == null) first = rows;
      assertThat(rows).as("%s ranges", ranges).isEqualTo(first);
    }
    assertThat(first.stream().map(row -> row.replaceFirst("^-?[0-9]+ ", "")).sorted().toList())
        .isEqualTo(all().stream().map(ScratchTest::text).sorted().toList());
  }

  @Test
  void what_is_damaged_cut_off_missing_or_made_for_something_else_is_not_whole()
      throws IOException {
    Scratch scratch = scratch(4);
    assertThat(scratch.whole()).isFalse();
    try (Scratch.Writer writer = scratch.write(0)) {
      writer.put(1, line(1));
    }
    assertThat(scratch.whole()).as("never finished").isFalse();
    write(scratch);
    assertThat(scratch.whole()).isTrue();
    assertThat(new Scratch(dir.resolve("2026-05-04").resolve("1"), "for another\n", 4).whole())
        .isFalse();
    Path file = dir.resolve("2026-05-04/1/002");
    byte[] bytes = Files.readAllBytes(file);
    byte[] flipped = bytes.clone();
    flipped[bytes.length / 2] ^= 1;
    Files.write(file, flipped);
    assertThat(scratch.whole()).as("flipped bit").isFalse();
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(scratch.whole()).as("cut off").isFalse();
    Files.delete(file);
    assertThat(scratch.whole()).as("missing").isFalse();
    write(scratch);
    assertThat(scratch.whole()).isTrue();
  }
}
