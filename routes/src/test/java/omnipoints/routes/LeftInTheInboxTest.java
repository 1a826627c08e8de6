package omnipoints.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a collection looked at and left where it lies is told by every collection until it is gone.
 */
class LeftInTheInboxTest {
  private static final List<String> JUNK =
      List.of(
          ".hidden.csv",
          "~$sales.xlsx",
          "sales.csv~",
          "sales.csv.TMP",
          "sales.csv.part",
          "sales.csv.filepart",
          "sales.csv.crdownload",
          ".sales.csv.swp",
          "sales.swp",
          "Thumbs.db",
          "THUMBS.DB",
          "desktop.ini");

  @TempDir Path dir;
  private Scene scene;

  @BeforeEach
  void two_channels() {
    scene = new Scene(dir.resolve("home")).channel("pos").channel("program");
  }

  private List<String> left() {
    return scene.collect().left().stream().map(one -> one.file() + " " + one.kind()).toList();
  }

  @Test
  void junk_stays_and_is_named_even_with_a_marker() {
    for (String name : JUNK) scene.dropDone("pos/S1/" + name, "junk");
    scene.dropDone("pos/S1/sales.csv", "a");
    Collected collected = scene.collect();
    assertThat(collected.arrivals()).extracting(Arrival::fileName).containsExactly("sales.csv");
    assertThat(collected.left())
        .extracting(Left::file)
        .containsExactlyElementsOf(JUNK.stream().map(name -> "pos/S1/" + name).sorted().toList());
    assertThat(collected.left().get(0).reason())
        .isEqualTo(
            "by its name it is junk or unfinished (hidden, temporary, or an editor's own), so nobody"
                + " takes it; remove it, or rename it if it is a delivery");
    for (String name : JUNK) assertThat(scene.inbox()).contains("pos/S1/" + name);
  }

  @Test
  void junk_on_a_server_stays_there_and_is_named() throws IOException {
    try (SftpServerOnLoopback server = new SftpServerOnLoopback(dir.resolve("server"))) {
      scene.secret("known_hosts", server.knownHostsLine() + "\n");
      Files.setPosixFilePermissions(
          scene.secret("partner.password", SftpServerOnLoopback.PASSWORD + "\n"),
          PosixFilePermissions.fromString("rw-------"));
      scene.sources.clear();
      scene.sources.add(
          new SftpSource(
              "jd",
              "5011",
              "127.0.0.1",
              server.port(),
              SftpServerOnLoopback.USER,
              new SftpSource.Credential.PasswordFile("partner.password"),
              "known_hosts",
              "",
              SftpSource.After.DELETE,
              Patience.USUAL));
      for (String name : JUNK) server.putDone(name, "junk");
      server.putDone("orders.csv", "a");
      Collected collected = scene.collect();
      assertThat(collected.failures()).isEmpty();
      assertThat(collected.arrivals()).extracting(Arrival::fileName).containsExactly("orders.csv");
      assertThat(collected.left())
          .extracting(Left::file)
          .containsExactlyElementsOf(
              JUNK.stream().map(name -> "jd/5011/" + name).sorted().toList());
      assertThat(server.files()).containsAll(JUNK);
    }
  }

  @Test
  void every_reason_is_told_again_until_the_file_is_gone() throws IOException {
    scene.drop("stray.csv", "1");
    scene.drop("unknown/S1/a.csv", "1");
    scene.drop("pos/S1/2026/deep.csv", "1");
    scene.drop("program/S1/binding.csv", "1");
    scene.drop("pos/S1/hash.csv", "1");
    scene.drop("pos/S1/hash.csv.done", Scene.sha256("2"));
    scene.drop("pos/S1/marker.csv", "1");
    scene.drop("pos/S1/marker.csv.done", "fertig");
    Files.createSymbolicLink(
        dir.resolve("home/inbox/pos/S1/link.csv"), scene.drop("pos/S1/hash.csv", "1"));
    scene.drop("pos/S1/grows.csv", "1");
    scene.world = pause -> scene.drop("pos/S1/grows.csv", "12" + pause);
    List<String> all =
        List.of(
            "pos/S1/2026/deep.csv MISPLACED",
            "pos/S1/grows.csv NOT_SETTLED",
            "pos/S1/hash.csv HASH_DIFFERS",
            "pos/S1/link.csv NOT_A_FILE",
            "pos/S1/marker.csv BAD_MARKER",
            "program/S1/binding.csv MISPLACED",
            "stray.csv MISPLACED",
            "unknown/S1/a.csv UNKNOWN_CHANNEL");
    assertThat(left()).isEqualTo(all);
    scene.drop("pos/S1/grows.csv", "1");
    assertThat(left()).isEqualTo(all);
    scene.world = pause -> {};
    scene.drop("pos/S1/hash.csv.done", Scene.sha256("1"));
    Files.delete(dir.resolve("home/inbox/pos/S1/link.csv"));
    assertThat(left())
        .containsExactly(
            "pos/S1/2026/deep.csv MISPLACED",
            "pos/S1/marker.csv BAD_MARKER",
            "program/S1/binding.csv MISPLACED",
            "stray.csv MISPLACED",
            "unknown/S1/a.csv UNKNOWN_CHANNEL");
  }

  @Test
  void a_folder_nobody_looks_into_names_its_first_files_and_counts_the_rest() {
    for (int i = 10; i < 40; i++) scene.drop("unknown/" + i + ".csv", "1");
    assertThat(left())
        .hasSize(21)
        .contains("unknown/10.csv UNKNOWN_CHANNEL", "unknown/29.csv UNKNOWN_CHANNEL")
        .contains("unknown/ (10 more files) UNKNOWN_CHANNEL");
  }
}
