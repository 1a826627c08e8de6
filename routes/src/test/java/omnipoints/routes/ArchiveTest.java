package omnipoints.routes;

import static omnipoints.routes.Scene.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  @TempDir Path dir;
  private Archive archive;

  @BeforeEach
  void an_archive_that_does_not_exist_yet() {
    archive = new Archive(dir.resolve("archive"));
  }

  private static InputStream bytes(String content) {
    return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bytes_are_found_again_by_their_hash() throws IOException {
    Archive.Stored stored = archive.store(bytes("积分"), 100);
    assertThat(stored)
        .isEqualTo(
            new Archive.Stored(
                sha256("积分"),
                6,
                dir.resolve("archive")
                    .resolve(sha256("积分").substring(0, 2))
                    .resolve(sha256("积分"))));
    assertThat(archive.path(stored.sha256())).hasContent("积分");
    assertThat(Scene.files(dir)).hasSize(1);
  }

  @Test
  void storing_again_is_harmless_and_mends_a_damaged_copy() throws IOException {
    Path path = archive.store(bytes("whole"), 100).path();
    Files.writeString(path, "who");
    assertThat(archive.store(bytes("whole"), 100).path()).isEqualTo(path).hasContent("whole");
    assertThat(Scene.files(dir)).hasSize(1);
  }

  @Test
  void the_limit_is_the_largest_size_allowed() throws IOException {
    assertThat(archive.store(bytes("12345"), 5).bytes()).isEqualTo(5);
    assertThatThrownBy(() -> archive.store(bytes("123456"), 5))
        .isInstanceOf(Archive.TooLarge.class);
    assertThat(Scene.files(dir)).hasSize(1);
  }

  @Test
  void a_stream_that_breaks_leaves_nothing() {
    InputStream breaking =
        new InputStream() {
          private int left = 100_000;

          @Override
          public int read() throws IOException {
            if (left-- <= 0) {
              throw new IOException("line dropped");
            }
            return 'x';
          }
        };
    assertThatThrownBy(() -> archive.store(breaking, 1 << 20)).hasMessage("line dropped");
    assertThat(Scene.files(dir)).isEmpty();
  }

  @Test
  void what_a_killed_process_left_half_written_is_swept_and_living_drafts_stay()
      throws IOException {
    archive.store(bytes("kept"), 100);
    Path orphan = Scene.write(dir.resolve("archive/6f0c.part"), "half");
    try (Archive.Draft living = archive.draft(bytes("living"), 100, () -> false)) {
      archive.sweep();
      assertThat(orphan).doesNotExist();
      assertThat(living.keep().path()).hasContent("living");
    }
    assertThat(Scene.files(dir)).hasSize(2);
  }

  @Test
  void a_full_disk_is_our_fault_and_leaves_nothing() {
    Archive full =
        new Archive(
            dir.resolve("archive"),
            (file, chunk) -> {
              if (file.size() > 0) {
                throw new FileSystemException(null, null, "No space left on device");
              }
              return file.write(chunk);
            });
    assertThatThrownBy(() -> full.store(bytes("x".repeat(100_000)), 1 << 20))
        .isInstanceOf(Archive.Unwritable.class)
        .hasMessage("cannot write to " + dir.resolve("archive") + ": No space left on device");
    assertThat(Scene.files(dir)).isEmpty();
  }

  @Test
  void a_hash_is_no_path() {
    for (String evil :
        new String[] {"", "../../etc/passwd", "ab", sha256("x").toUpperCase(Locale.ROOT)}) {
      assertThatThrownBy(() -> archive.path(evil))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not a SHA-256");
    }
  }
}
