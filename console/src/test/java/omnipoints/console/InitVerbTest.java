package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.jobs.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitVerbTest {
  @TempDir Path directory;

  @Test
  void a_new_home_is_exactly_the_promised_tree() throws Exception {
    assertThat(Ran.in(directory, "init").exit()).isZero();

    assertThat(tree(directory.resolve("home")))
        .containsExactly(
            "archive/",
            "db/",
            "inbox/",
            "inbox/pos/",
            "inbox/program/",
            "inbox/tmall/",
            "logs/",
            "mappings/",
            "omnipoints.yaml",
            "outbox/",
            "outbox/crm/",
            "programs/",
            "reports/",
            "secrets/",
            "secrets/database.password",
            "secrets/token.key");
  }

  @Test
  void secrets_are_for_the_owner_only_and_differ_between_homes() throws Exception {
    Ran.in(directory, "init", "--home", "a");
    Ran.in(directory, "init", "--home", "b");
    for (String secret : List.of("token.key", "database.password")) {
      Path a = directory.resolve("a/secrets").resolve(secret);
      assertThat(Files.readString(a)).matches("[0-9a-f]{64}\\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(a)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(a))
          .isNotEqualTo(Files.readString(directory.resolve("b/secrets").resolve(secret)));
    }
  }

  @Test
  void a_home_is_its_owners_alone_also_one_that_was_an_empty_folder() throws Exception {
    Path home = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
    Ran.in(directory, "init", "--home", "open");
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void no_file_of_a_new_home_knows_where_it_lies() throws Exception {
    Ran.in(directory, "init", "--home", directory.resolve("absolute").toString());
    try (Stream<Path> files = Files.walk(directory.resolve("absolute"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(directory.toString());
      }
    }
  }

  @Test
  void a_new_home_runs_as_it_is() {
    Ran.in(directory, "init");
    Home home = Home.open(directory.resolve("home"));
    assertThat(home.config().zone().getId()).isEqualTo("Asia/Shanghai");
    assertThat(home.config().programme()).isEqualTo("base");
    assertThat(home.config().database().url()).isNull();
    assertThat(home.config().channels().keySet())
        .containsExactlyInAnyOrder("tmall", "pos", "program");
    assertThat(home.config().channels().values())
        .allSatisfy(channel -> assertThat(channel.expected()).isEmpty());
    assertThat(home.config().rejectPercent()).isEqualByComparingTo("1.0");
  }

  @Test
  void an_empty_folder_becomes_a_home() throws Exception {
    Files.createDirectory(directory.resolve("home"));
    Ran ran = Ran.in(directory, "init", "--json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.json().get("schema").asString()).isEqualTo("omnipoints.init/1");
    assertThat(ran.json().get("channels").toString()).isEqualTo("[\"tmall\",\"pos\",\"program\"]");
  }

  @Test
  void a_home_is_not_made_twice() throws Exception {
    Ran.in(directory, "init");
    String key = Files.readString(directory.resolve("home/secrets/token.key"));
    Ran again = Ran.in(directory, "init", "--json");
    assertThat(again.exit()).isEqualTo(8);
    assertThat(again.json().get("code").asString()).isEqualTo("ALREADY_A_HOME");
    assertThat(again.json().get("message").asString())
        .endsWith("home is already a home; nothing was changed");
    assertThat(Files.readString(directory.resolve("home/secrets/token.key"))).isEqualTo(key);
  }

  @Test
  void a_folder_with_something_in_it_is_left_alone() throws Exception {
    Files.createDirectory(directory.resolve("home"));
    Files.writeString(directory.resolve("home/letter.txt"), "dear");
    Ran ran = Ran.in(directory, "init", "--json");
    assertThat(ran.exit()).isEqualTo(8);
    assertThat(ran.json().get("code").asString()).isEqualTo("NOT_EMPTY");
    assertThat(tree(directory.resolve("home"))).containsExactly("letter.txt");
  }

  private static List<String> tree(Path root) throws Exception {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> !path.equals(root))
          .map(path -> root.relativize(path) + (Files.isDirectory(path) ? "/" : ""))
          .sorted()
          .toList();
    }
  }
}
