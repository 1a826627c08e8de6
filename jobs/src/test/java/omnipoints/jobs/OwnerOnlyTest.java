package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a night writes into a home is its owner's; what it delivers is for who may read the folder.
 */
class OwnerOnlyTest {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  @TempDir Path dir;

  @Test
  void nobody_else_can_read_what_a_night_writes() throws IOException {
    Path crm = Files.createDirectory(dir.resolve("crm"));
    Files.setPosixFilePermissions(crm, PosixFilePermissions.fromString("rwxr-x---"));
    Path place = Files.createDirectory(dir.resolve("home"));
    try (TestHome home = new TestHome(place, "deliver: {folder: " + crm + "}\n")) {
      home.drop("pos/S1/a.csv", Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 9, "1", "1")));
      home.night("2026-05-01");
    }
    for (String folder : List.of("archive", "outbox/crm/2026-05-01", "reports/2026-05-01")) {
      assertThat(below(place.resolve(folder)))
          .as(folder)
          .hasSizeGreaterThan(1)
          .allMatch(path -> OWNER.containsAll(permissions(path)));
    }
    assertThat(PosixFilePermissions.toString(permissions(crm.resolve("2026-05-01"))))
        .isEqualTo("rwxr-x---");
    assertThat(below(crm.resolve("2026-05-01")))
        .filteredOn(Files::isRegularFile)
        .isNotEmpty()
        .allMatch(path -> PosixFilePermissions.toString(permissions(path)).equals("rw-r-----"));
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.toList();
    }
  }

  private static Set<PosixFilePermission> permissions(Path path) {
    try {
      return Files.getPosixFilePermissions(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
