package omnipoints.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  @TempDir Path dir;
  private Path source;
  private Path target;

  @BeforeEach
  void an_extract_of_one_night() {
    source = dir.resolve("outbox/crm/2025-06-01");
    target = dir.resolve("crm/in");
    for (String name :
        List.of("manifest.json", "member_profile_full_2025-06-01.csv", "zz.csv", "left.csv.part")) {
      Scene.write(source.resolve(name), "content of " + name);
    }
  }

  @Test
  void the_manifest_comes_last_and_unfinished_files_stay() throws IOException {
    assertThat(Outbox.deliver(source, target))
        .containsExactly("member_profile_full_2025-06-01.csv", "zz.csv", "manifest.json");
    assertThat(Scene.files(target))
        .containsExactly("manifest.json", "member_profile_full_2025-06-01.csv", "zz.csv");
    assertThat(target.resolve("zz.csv")).hasSameBinaryContentAs(source.resolve("zz.csv"));
  }

  @Test
  void repeating_copies_only_what_differs() throws IOException {
    Outbox.deliver(source, target);
    assertThat(Outbox.deliver(source, target)).isEmpty();
    Files.writeString(target.resolve("zz.csv"), "content of zz.csW");
    Scene.write(
        target.resolve("manifest.json.part"), "from a killed run, longer than the file will be");
    Files.delete(target.resolve("manifest.json"));
    assertThat(Outbox.deliver(source, target)).containsExactly("zz.csv", "manifest.json");
    assertThat(Scene.files(target))
        .containsExactly("manifest.json", "member_profile_full_2025-06-01.csv", "zz.csv");
    assertThat(target.resolve("manifest.json")).hasContent("content of manifest.json");
  }

  @Test
  void delivering_to_the_folder_itself_does_nothing() throws IOException {
    assertThat(Outbox.deliver(source, source.resolve("../2025-06-01"))).isEmpty();
    assertThat(Scene.files(source)).hasSize(4);
  }

  @Test
  void a_missing_extract_is_named() {
    assertThatThrownBy(() -> Outbox.deliver(dir.resolve("none"), target))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none");
  }
}
