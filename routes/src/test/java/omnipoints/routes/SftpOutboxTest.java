package omnipoints.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import omnipoints.routes.SftpSource.After;
import omnipoints.routes.SftpSource.Credential;
import omnipoints.routes.SftpSource.Credential.PasswordFile;
import omnipoints.routes.SftpSource.Credential.PrivateKeyFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extracts handed over to a real SFTP server. */
class SftpOutboxTest {
  private static final String BIG = "member_profile_full_2025-06-01.csv";

  @TempDir Path dir;
  private SftpServerOnLoopback server;
  private Path source;
  private Path secrets;
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void an_extract_and_a_server() throws IOException {
    server = new SftpServerOnLoopback(dir.resolve("server"));
    Files.createDirectories(server.root.resolve("in"));
    secrets = dir.resolve("home/secrets");
    Scene.write(secrets.resolve("known_hosts"), server.knownHostsLine() + "\n");
    Scene.write(secrets.resolve("crm.password"), SftpServerOnLoopback.PASSWORD + "\n");
    source = dir.resolve("outbox/crm/2025-06-01");
    Scene.write(source.resolve(BIG), "row\n".repeat(200_000));
    for (String name : List.of("manifest.json", "zz.csv", "left.csv.part"))
      Scene.write(source.resolve(name), "content of " + name);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private List<String> deliver(Credential credential) throws SftpOutbox.Undelivered {
    SftpSource target =
        new SftpSource(
            "crm",
            null,
            "127.0.0.1",
            server.port(),
            SftpServerOnLoopback.USER,
            credential,
            "known_hosts",
            "in",
            After.KEEP,
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), LeastRate.USUAL));
    return SftpOutbox.deliver(source, target, "2025-06-01", secrets, pauses::add);
  }

  private List<String> byPassword() throws SftpOutbox.Undelivered {
    return deliver(new PasswordFile("crm.password"));
  }

  @Test
  void the_manifest_comes_last_and_repeating_sends_only_what_differs() throws Exception {
    assertThat(byPassword()).containsExactly(BIG, "zz.csv", "manifest.json");
    assertThat(server.files())
        .containsExactly(
            "in/2025-06-01/manifest.json", "in/2025-06-01/" + BIG, "in/2025-06-01/zz.csv");
    assertThat(server.root.resolve("in/2025-06-01/" + BIG))
        .hasSameBinaryContentAs(source.resolve(BIG));
    assertThat(byPassword()).isEmpty();
    Files.writeString(server.root.resolve("in/2025-06-01/zz.csv"), "content of zz.csW");
    assertThat(byPassword()).containsExactly("zz.csv", "manifest.json");
    assertThat(server.root.resolve("in/2025-06-01/zz.csv")).hasContent("content of zz.csv");
  }

  @Test
  void a_key_logs_in_as_well() throws Exception {
    Scene.write(secrets.resolve("crm.key"), server.authorizeNewKey("EC", 256));
    assertThat(deliver(new PrivateKeyFile("crm.key"))).hasSize(3);
  }

  @Test
  void what_was_broken_off_goes_on_where_it_stopped() throws Exception {
    String half = Files.readString(source.resolve(BIG)).substring(0, 400_001);
    server.put("in/2025-06-01/" + BIG + ".part", half);
    server.put("in/2025-06-01/zz.csv.part", "other");
    assertThat(byPassword()).hasSize(3);
    assertThat(server.root.resolve("in/2025-06-01/" + BIG))
        .hasSameBinaryContentAs(source.resolve(BIG));
    assertThat(server.root.resolve("in/2025-06-01/zz.csv")).hasContent("content of zz.csv");
    assertThat(server.files()).noneMatch(file -> file.endsWith(".part"));
    assertThat(server.bytesWritten).hasValue(800_000 - 400_001 + 17 - 5 + 17 + 24);
  }

  @Test
  void a_connection_that_drops_is_made_again() throws Exception {
    server.connectionsToDrop.set(1);
    server.downloadsToDrop.set(1);
    assertThat(byPassword()).containsExactly(BIG, "zz.csv", "manifest.json");
    assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void a_refused_login_is_tried_once_and_told_without_the_password() {
    Scene.write(secrets.resolve("crm.password"), "planted-secret\n");
    assertThatThrownBy(this::byPassword)
        .isInstanceOf(SftpOutbox.Undelivered.class)
        .hasMessageContaining("the server refused the login with secret file crm.password")
        .hasMessageNotContaining("planted-secret");
    assertThat(pauses).isEmpty();
    assertThat(server.loginsTried).hasValue(1);
  }

  @Test
  void a_server_that_shows_another_key_gets_nothing() {
    server.changeHostKey("EC", 256);
    assertThatThrownBy(this::byPassword).hasMessageContaining("HOST_KEY_CHANGED");
    assertThat(server.files()).isEmpty();
  }

  @Test
  void a_missing_remote_directory_is_named() throws IOException {
    Files.delete(server.root.resolve("in"));
    assertThatThrownBy(this::byPassword).hasMessageContaining("SOURCE_UNREADABLE");
  }
}
