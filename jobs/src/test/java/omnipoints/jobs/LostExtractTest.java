package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import omnipoints.jobs.extract.KeptFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outbox that was lost or damaged after its night. */
class LostExtractTest {

  @TempDir Path dir;

  @Test
  void a_lost_outbox_is_written_again_byte_for_byte_also_when_the_books_have_moved_on()
      throws Exception {
    try (TestHome home = new TestHome(dir).program("1", "1y")) {
      home.drop(
          "pos/p1/a.csv",
          Pos.file(
              Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1"),
              Pos.row("C2", "2026-01-05 11:00:00", "B", 20, "1", "2")));
      home.night("2026-01-05");
      Map<String, byte[]> first = outbox(home, "2026-01-05");
      assertThat(first).hasSize(6);
      home.drop(
          "pos/p1/b.csv",
          Pos.file(
              Pos.row("C1", "2026-01-06 10:00:00", "A", -30, "1", "3"),
              Pos.row("C3", "2026-01-06 11:00:00", "B", 20, "1", "4")));
      home.night("2026-01-06");
      Map<String, byte[]> second = outbox(home, "2026-01-06");

      // The older one is gone: its profiles cannot be computed any more, and are the same.
      delete(home.dir.resolve("outbox/crm/2026-01-05"));
      assertThat(writeAgain(home, "2026-01-05")).allMatch(KeptFiles.Written::written).hasSize(6);
      assertSame(outbox(home, "2026-01-05"), first);
      assertThat(writeAgain(home, "2026-01-05")).noneMatch(KeptFiles.Written::written);

      // The last one is damaged without a change of its size: the night's own command mends it.
      Path full = home.dir.resolve("outbox/crm/2026-01-06/member_profile_full_2026-01-06.csv");
      byte[] damaged = Files.readAllBytes(full);
      damaged[damaged.length - 2] ^= 1;
      Files.write(full, damaged);
      Files.delete(home.dir.resolve("outbox/crm/2026-01-06/manifest.json"));
      assertThat(home.night("2026-01-06").exit()).isZero();
      assertSame(outbox(home, "2026-01-06"), second);

      // So does the next night; and the delta of that one is taken against it as ever.
      delete(home.dir.resolve("outbox/crm/2026-01-06"));
      home.night("2026-01-07");
      assertSame(outbox(home, "2026-01-06"), second);

      // What was kept is damaged: nothing else is passed off as it.
      delete(home.dir.resolve("outbox/crm/2026-01-05"));
      Path kept = home.dir.resolve("archive/crm/2026-01-05");
      Files.delete(kept.resolve("identities_full_2026-01-05.csv.gz"));
      byte[] gzip = Files.readAllBytes(kept.resolve("member_profile_full_2026-01-05.csv.gz"));
      Files.write(
          kept.resolve("member_profile_full_2026-01-05.csv.gz"),
          java.util.Arrays.copyOf(gzip, gzip.length / 2));
      NightRefused refused =
          catchThrowableOfType(NightRefused.class, () -> writeAgain(home, "2026-01-05"));
      assertThat(refused.exit()).isEqualTo(9);
      assertThat(refused.code()).isEqualTo("EXTRACT_LOST");
      assertThat(refused)
          .hasMessageEndingWith(
              "is missing or damaged: identities_full_2026-01-05.csv, member_profile_full_2026-01-05.csv");
      assertThat(outbox(home, "2026-01-05")).isEmpty();

      // Nor does it hold up the nights that follow.
      delete(home.dir.resolve("archive/crm/2026-01-07"));
      delete(home.dir.resolve("outbox/crm/2026-01-07"));
      assertThat(home.night("2026-01-08").exit()).isZero();
      home.execute("update extract set manifest_sha256 = null where night = '2026-01-05'");
      assertThat(
              catchThrowableOfType(NightRefused.class, () -> writeAgain(home, "2026-01-05")).code())
          .isEqualTo("EXTRACT_NOT_KEPT");
      assertThat(
              catchThrowableOfType(NightRefused.class, () -> writeAgain(home, "2026-01-09")).code())
          .isEqualTo("NOT_EXTRACTED");
    }
  }

  private static List<KeptFiles.Written> writeAgain(TestHome home, String date)
      throws SQLException {
    try (Connection connection = home.database.database().connection()) {
      return KeptExtract.writeAgain(home.home(), connection, LocalDate.parse(date));
    }
  }

  private static void assertSame(Map<String, byte[]> actual, Map<String, byte[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name).isEqualTo(bytes));
  }

  private static Map<String, byte[]> outbox(TestHome home, String date) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (Stream<Path> paths = Files.list(home.dir.resolve("outbox/crm/" + date))) {
      for (Path path : paths.toList())
        files.put(path.getFileName().toString(), Files.readAllBytes(path));
    }
    return files;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) Files.delete(path);
    }
    Files.delete(folder);
  }
}
