package omnipoints.routes;

import static omnipoints.routes.Scene.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import omnipoints.files.DeliveryOutcome;
import omnipoints.routes.SftpSource.After;
import omnipoints.routes.SftpSource.Credential;
import omnipoints.routes.SftpSource.Credential.PasswordFile;
import omnipoints.routes.SftpSource.Credential.PrivateKeyFile;
import omnipoints.routes.SourceFailure.Kind;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SftpTest {
  @TempDir Path dir;
  private SftpServerOnLoopback server;
  private Scene scene;

  @BeforeEach
  void a_partner_with_a_server_we_know() throws IOException {
    server = new SftpServerOnLoopback(dir.resolve("server"));
    scene = new Scene(dir.resolve("home"));
    scene.secret("known_hosts", server.knownHostsLine() + "\n");
    ownerOnly(scene.secret("partner.password", SftpServerOnLoopback.PASSWORD + "\n"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static void ownerOnly(Path secret) throws IOException {
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
  }

  private SftpSource source(Credential credential, String remoteDir, After after) {
    return new SftpSource(
        "jd",
        "5011",
        "127.0.0.1",
        server.port(),
        SftpServerOnLoopback.USER,
        credential,
        "known_hosts",
        remoteDir,
        after,
        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), LeastRate.USUAL));
  }

  private Scene from(String remoteDir, After after) {
    scene.sources.add(source(new PasswordFile("partner.password"), remoteDir, after));
    return scene;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "out", "/out", "/out/中 文"})
  void a_file_comes_by_password_from_any_directory_and_is_removed_if_so_agreed(String remoteDir) {
    server.putDone((remoteDir + "/订单 (1).csv").replaceFirst("^/+", ""), "a,b\n");
    Collected collected = from(remoteDir, After.DELETE).collect();
    assertThat(collected.failures()).isEmpty();
    assertThat(collected.arrivals())
        .containsExactly(
            new Arrival(
                "jd",
                "5011",
                "订单 (1).csv",
                sha256("a,b\n"),
                4,
                scene.settings().archive().path(sha256("a,b\n")),
                null,
                ""));
    assertThat(collected.arrivals().get(0).archived()).hasContent("a,b\n");
    assertThat(server.files()).isEmpty();
    assertThat(scene.pauses).isEmpty();
    assertThat(scene.notices).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"EC, 256", "RSA, 2048"})
  void a_file_comes_by_private_key(String algorithm, int bits) throws IOException {
    server.putDone("a.csv", "1");
    ownerOnly(scene.secret("partner.key", server.authorizeNewKey(algorithm, bits)));
    scene.sources.add(source(new PrivateKeyFile("partner.key"), "", After.KEEP));
    Collected collected = scene.collect();
    assertThat(collected.failures()).isEmpty();
    assertThat(collected.arrivals()).hasSize(1);
    assertThat(server.loginsTried).hasValue(0);
  }

  @Test
  void a_kept_file_comes_every_night_once_and_is_the_same() {
    server.putDone("a.csv", "1");
    server.put("b.csv", "2");
    Collected first = from("", After.KEEP).collect();
    Collected second = scene.collect();
    assertThat(first.arrivals()).extracting(Arrival::fileName).containsExactly("a.csv", "b.csv");
    assertThat(second).isEqualTo(first);
    assertThat(server.files()).containsExactly("a.csv", "a.csv.done", "b.csv");
    assertThat(scene.archive()).hasSize(2);
    assertThat(server.downloads).hasValue(4);
  }

  @Test
  void a_read_only_account_is_told_once_and_loses_nothing() {
    server.readOnly = true;
    server.putDone("a.csv", "1");
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.arrivals()).hasSize(1);
    assertThat(collected.failures()).isEmpty();
    assertThat(scene.notices)
        .extracting(Notice::kind, Notice::file)
        .containsExactly(tuple(Notice.Kind.NOT_REMOVED, "a.csv"));
    assertThat(scene.notices.get(0).next())
        .startsWith("set after: keep, or ask the partner for permission");
  }

  @Test
  void a_refused_login_is_tried_once_and_told_without_the_password() throws IOException {
    ownerOnly(scene.secret("partner.password", "wrong-canary\n"));
    Collected collected = from("", After.KEEP).collect();
    assertThat(collected.failures())
        .extracting(SourceFailure::text)
        .containsExactly(
            "LOGIN_REFUSED channel jd, sftp partner@127.0.0.1 port "
                + server.port()
                + ", secret file partner.password: "
                + "the server refused the login with secret file partner.password (JSchException: Auth fail for methods "
                + "'password,keyboard-interactive,publickey'); check user and secret with the partner, then collect again; "
                + "nothing was retried, so the account is not locked");
    assertThat(server.loginsTried).hasValueLessThanOrEqualTo(2);
    assertThat(scene.pauses).isEmpty();
  }

  @Test
  void a_key_the_server_does_not_know_is_a_refused_login() throws IOException {
    String key = server.authorizeNewKey("EC", 256);
    server.authorizeNewKey("EC", 256);
    ownerOnly(scene.secret("partner.key", key));
    scene.sources.add(source(new PrivateKeyFile("partner.key"), "", After.KEEP));
    assertThat(scene.collect().failures())
        .extracting(SourceFailure::kind)
        .containsExactly(Kind.LOGIN_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void a_changed_host_key_is_refused_with_both_sides_named(String algorithm) {
    server.putDone("a.csv", "1");
    server.changeHostKey(algorithm, algorithm.equals("EC") ? 256 : 2048);
    Collected collected = from("", After.KEEP).collect();
    assertThat(collected.arrivals()).isEmpty();
    assertThat(collected.failures())
        .extracting(SourceFailure::text)
        .containsExactly(
            "HOST_KEY_CHANGED channel jd, sftp partner@127.0.0.1 port "
                + server.port()
                + ", secret file partner.password: "
                + "the server shows another key than "
                + scene.home.resolve("secrets/known_hosts")
                + " has: "
                + server.fingerprint()
                + "; ask the partner, not by the same network, whether this fingerprint is theirs; "
                + "if so replace its line in "
                + scene.home.resolve("secrets/known_hosts")
                + " by: "
                + server.knownHostsLine());
    assertThat(server.loginsTried).hasValue(0);
    assertThat(scene.pauses).isEmpty();
  }

  @Test
  void an_unknown_host_is_refused_and_the_line_to_add_is_given() throws IOException {
    server.putDone("a.csv", "1");
    Files.delete(scene.home.resolve("secrets/known_hosts"));
    SourceFailure failure = from("", After.KEEP).collect().failures().get(0);
    assertThat(failure.kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
    assertThat(failure.message()).endsWith("known_hosts: " + server.fingerprint());
    assertThat(server.loginsTried).hasValue(0);
    assertThat(scene.home.resolve("secrets/known_hosts")).doesNotExist();

    scene.secret(
        "known_hosts", failure.next().substring(failure.next().indexOf("known_hosts: ") + 13));
    assertThat(scene.collect().arrivals()).hasSize(1);
  }

  @Test
  void an_unreachable_host_is_tried_three_times_with_growing_pauses() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    scene.sources.add(
        new SftpSource(
            "jd",
            null,
            "127.0.0.1",
            nobody,
            "u",
            new PasswordFile("partner.password"),
            "known_hosts",
            "",
            After.KEEP,
            Patience.USUAL));
    scene.channel("tmall").dropDone("tmall/1/a.csv", "1");
    Collected collected = scene.collect();
    assertThat(collected.failures())
        .extracting(SourceFailure::text)
        .containsExactly(
            "UNREACHABLE channel jd, sftp "
                + "u@127.0.0.1 port "
                + nobody
                + ", secret file partner.password: Connection refused; "
                + "check host, port and network, then collect again; what other sources brought is safe");
    assertThat(collected.arrivals()).extracting(Arrival::channel).containsExactly("tmall");
    assertThat(scene.pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(scene.noticeKinds()).contains(Notice.Kind.RETRYING);
  }

  @Test
  void a_connection_that_drops_is_made_again() {
    server.putDone("a.csv", "1");
    server.putDone("b.csv", "2");
    server.connectionsToDrop.set(1);
    server.downloadsToDrop.set(1);
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.failures()).isEmpty();
    assertThat(collected.arrivals()).hasSize(2);
    assertThat(server.files()).isEmpty();
    assertThat(server.connections).hasValue(3);
  }

  @Test
  void a_download_cut_short_is_fetched_again_whole() {
    String content = "x".repeat(100_000);
    server.putDone("a.csv", content);
    server.downloadsToCut.set(2);
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.failures()).isEmpty();
    assertThat(collected.arrivals()).extracting(Arrival::sha256).containsExactly(sha256(content));
    assertThat(scene.archive()).hasSize(1);
  }

  @Test
  void a_download_that_breaks_off_goes_on_where_it_stopped() {
    String content = "0123456789".repeat(30_000);
    server.putDone("a.csv", content);
    server.downloadsToCut.set(1);
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.failures()).isEmpty();
    assertThat(collected.arrivals()).extracting(Arrival::sha256).containsExactly(sha256(content));
    assertThat(scene.pauses).isEmpty();
    assertThat(server.downloads).hasValue(2);
    assertThat(server.bytesRead.get()).isBetween(300_000L, 340_000L);
    assertThat(server.files()).isEmpty();
  }

  @Test
  void a_file_that_is_another_one_by_now_is_not_gone_on_with() {
    server.putDone("a.csv", "0".repeat(200_000));
    server.downloadsToCut.set(1);
    server.onDownload =
        () -> {
          if (server.downloads.get() == 1) server.put("a.csv", "1".repeat(200_001));
        };
    Collected collected = from("", After.KEEP).collect();
    assertThat(collected.arrivals())
        .extracting(Arrival::sha256)
        .containsExactly(sha256("1".repeat(200_001)));
  }

  @Test
  void a_download_that_is_always_cut_short_is_never_kept_nor_removed() {
    server.putDone("a.csv", "x".repeat(100_000));
    server.downloadsToCut.set(100);
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.arrivals()).isEmpty();
    assertThat(collected.failures())
        .extracting(SourceFailure::kind)
        .containsExactly(Kind.DOWNLOAD_CUT);
    assertThat(collected.failures().get(0).message())
        .endsWith("50000 bytes came, the listing says 100000; nothing of it was kept");
    assertThat(server.files()).containsExactly("a.csv", "a.csv.done");
    assertThat(scene.archive()).isEmpty();
  }

  @Test
  void five_hundred_files_of_two_servers_come_in_one_collection_although_lines_break()
      throws IOException {
    try (SftpServerOnLoopback other = new SftpServerOnLoopback(dir.resolve("other"))) {
      for (int i = 0; i < 250; i++) {
        server.putDone("in/orders-" + i + ".csv", "first " + i);
        other.putDone("lines-" + i + ".csv", "second " + i);
      }
      scene.secret("known_hosts", server.knownHostsLine() + "\n" + other.knownHostsLine() + "\n");
      ownerOnly(scene.secret("other.key", other.authorizeNewKey("EC", 256)));
      scene.sources.add(
          new SftpSource(
              "douyin",
              "s2",
              "127.0.0.1",
              other.port(),
              SftpServerOnLoopback.USER,
              new PrivateKeyFile("other.key"),
              "known_hosts",
              "",
              After.KEEP,
              Patience.USUAL));
      server.onDownload =
          () -> {
            // Once in a hundred files the line is cut, twice in all.
            if (server.downloads.get() % 100 == 0) server.downloadsToDrop.set(1);
          };
      Collected collected = from("in", After.DELETE).collect();
      assertThat(collected.failures()).isEmpty();
      assertThat(collected.arrivals()).hasSize(500);
      assertThat(collected.arrivals())
          .filteredOn(one -> one.channel().equals("jd"))
          .extracting(Arrival::sha256)
          .doesNotHaveDuplicates()
          .contains(sha256("first 0"), sha256("first 249"))
          .hasSize(250);
      assertThat(server.files()).isEmpty();
      assertThat(other.files()).hasSize(500);
      assertThat(scene.archive()).hasSize(500);
      assertThat(server.connections.get()).isBetween(3, 6);
    }
  }

  @Test
  void one_bad_file_does_not_hold_up_the_others() {
    server.putDone("a.csv", "x".repeat(100_000));
    server.putDone("b.csv", "2");
    server.putDone("c.csv", "3");
    server.onDownload =
        () -> {
          try {
            Files.deleteIfExists(server.root.resolve("b.csv"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          server.downloadsToCut.set(server.downloads.get() <= 2 ? 1 : 0);
        };
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.arrivals())
        .extracting(Arrival::fileName)
        .containsExactly("a.csv", "c.csv");
    assertThat(collected.failures()).isEmpty();
    assertThat(scene.pauses).hasSize(1);
  }

  @Test
  @Timeout(60)
  void a_server_that_falls_silent_is_given_up() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    server.putDone("a.csv", "1");
    server.onDownload = () -> awaitQuietly(over);
    scene.sources.add(
        new SftpSource(
            "jd",
            "5011",
            "127.0.0.1",
            server.port(),
            SftpServerOnLoopback.USER,
            new PasswordFile("partner.password"),
            "known_hosts",
            "",
            After.DELETE,
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(1), LeastRate.USUAL)));
    scene.world =
        pause -> {
          if (pause == 2) {
            over.countDown();
          }
        };
    Collected collected = scene.collect();
    assertThat(collected.arrivals()).hasSize(1);
    assertThat(scene.pauses).hasSize(2);
    assertThat(scene.notices)
        .extracting(Notice::message)
        .allSatisfy(
            message ->
                assertThat(message).startsWith("UNREACHABLE").endsWith("did not answer for 1 s"));
  }

  @Test
  @Timeout(60)
  void a_server_that_brings_too_little_is_given_up_and_what_it_brought_is_told() {
    server.putDone("a.csv", "0123456789".repeat(20_000));
    scene.sources.add(
        new SftpSource(
            "jd",
            "5011",
            "127.0.0.1",
            server.port(),
            SftpServerOnLoopback.USER,
            new PasswordFile("partner.password"),
            "known_hosts",
            "",
            After.DELETE,
            new Patience(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                new LeastRate(1L << 40, Duration.ofMillis(1)))));
    assertThat(scene.collect().failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
              assertThat(failure.message())
                  .containsPattern(
                      ": the server took or gave \\d+ bytes in 0 s, fewer than 1099511627776 a second$");
              assertThat(failure.next()).contains("lower least_bytes_per_second of its transport");
            });
    assertThat(server.files()).contains("a.csv");
    assertThat(scene.archive()).isEmpty();

    scene.sources.clear();
    assertThat(from("", After.DELETE).collect().arrivals()).hasSize(1);
    assertThat(server.files()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // bytes a second, over so many ms; bytes in so many ms; whether that is too few
    "1024, 60000,      0,  59999, false",
    "1024, 60000,      0,  60000, true",
    "1024, 60000,  61439,  60000, true",
    "1024, 60000,  61440,  60000, false",
    "1024, 60000,  61440,  90000, true",
    "   0, 60000,      0, 600000, false",
  })
  void too_little_is_less_than_the_least_rate_over_its_time(
      long rate, long over, long bytes, long millis, boolean missed) {
    assertThat(new LeastRate(rate, Duration.ofMillis(over)).isMissed(bytes, millis * 1_000_000))
        .isEqualTo(missed);
  }

  @Test
  @Timeout(60)
  void a_host_that_accepts_and_says_nothing_is_unreachable() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      scene.sources.add(
          new SftpSource(
              "jd",
              null,
              "127.0.0.1",
              silent.getLocalPort(),
              "u",
              new PasswordFile("partner.password"),
              "known_hosts",
              "",
              After.KEEP,
              new Patience(Duration.ofMillis(300), Duration.ofMillis(300), LeastRate.USUAL)));
      assertThat(scene.collect().failures())
          .extracting(SourceFailure::kind)
          .containsExactly(Kind.UNREACHABLE);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_growing_file_is_left_and_a_resting_one_is_fetched() {
    server.put("grows.csv", "1");
    server.put("rests.csv", "1");
    server.put("being.csv.part", "1");
    scene.world = pause -> server.put("grows.csv", "12");
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.arrivals()).extracting(Arrival::fileName).containsExactly("rests.csv");
    assertThat(server.files()).containsExactly("being.csv.part", "grows.csv");
    assertThat(scene.pauses).containsExactly(Duration.ofSeconds(30));
    assertThat(scene.noticeKinds()).containsExactly(Notice.Kind.JUNK, Notice.Kind.NOT_SETTLED);
  }

  @Test
  void a_file_rewritten_during_its_download_is_not_removed() throws IOException {
    Path file = server.putDone("a.csv", "old");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000));
    server.onDownload = () -> server.put("a.csv", "new");
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.arrivals()).isEmpty();
    assertThat(server.files()).containsExactly("a.csv", "a.csv.done");
    server.onDownload = () -> {};
    assertThat(scene.collect().arrivals())
        .extracting(Arrival::sha256)
        .containsExactly(sha256("new"));
  }

  @Test
  void a_done_with_the_hash_is_verified() {
    server.put("good.csv", "1");
    server.put("good.csv.done", sha256("1"));
    server.put("bad.csv", "1");
    server.put("bad.csv.done", sha256("2"));
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.arrivals()).extracting(Arrival::fileName).containsExactly("good.csv");
    assertThat(scene.notices)
        .extracting(Notice::kind, Notice::file)
        .containsExactly(tuple(Notice.Kind.HASH_DIFFERS, "bad.csv"));
    assertThat(server.files()).containsExactly("bad.csv", "bad.csv.done");
  }

  @Test
  void names_that_lead_elsewhere_are_neither_fetched_nor_removed() {
    for (String evil :
        List.of("../../etc/passwd", "/etc/passwd", "a/../b.csv", "..\\b.csv", "nul\0.csv")) {
      String real = "real" + server.listedAs.size() + ".csv";
      server.put(real, "1");
      server.listedAs.put(real, evil);
    }
    server.putDone("good.csv", "2");
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.failures()).isEmpty();
    assertThat(collected.arrivals()).extracting(Arrival::fileName).containsExactly("good.csv");
    assertThat(scene.notices)
        .extracting(Notice::kind, Notice::file)
        .containsExactlyInAnyOrder(
            tuple(Notice.Kind.EVIL_NAME, "../../etc/passwd"),
            tuple(Notice.Kind.EVIL_NAME, "/etc/passwd"),
            tuple(Notice.Kind.EVIL_NAME, "a/../b.csv"),
            tuple(Notice.Kind.EVIL_NAME, "..\\b.csv"),
            tuple(Notice.Kind.EVIL_NAME, "nul<U+0000>.csv"));
    assertThat(server.files()).hasSize(5);
    assertThat(server.downloads).hasValue(1);
    assertThat(Scene.files(dir)).noneMatch(path -> path.contains("passwd"));
  }

  @Test
  void other_evil_names_are_archived_by_hash_and_shown_escaped() {
    server.put("line\nbreak.csv", "1");
    server.put("gpj\u202Evsc.csv", "2");
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.arrivals())
        .extracting(Arrival::fileName, Arrival::refused, Arrival::sha256)
        .containsExactly(
            tuple("gpj<U+202E>vsc.csv", DeliveryOutcome.EVIL_NAME, sha256("2")),
            tuple("line<U+000A>break.csv", DeliveryOutcome.EVIL_NAME, sha256("1")));
    assertThat(server.files()).isEmpty();
  }

  @Test
  void a_name_that_is_a_pattern_means_only_itself() {
    server.putDone("*", "star");
    server.put("other.part", "unfinished");
    server.putDone("a?.csv", "question");
    server.put("ab.csv.tmp", "unfinished");
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.arrivals())
        .extracting(Arrival::fileName, Arrival::sha256)
        .containsExactly(tuple("*", sha256("star")), tuple("a?.csv", sha256("question")));
    assertThat(server.files()).containsExactly("ab.csv.tmp", "other.part");
  }

  @Test
  void a_name_of_255_bytes_is_normal() {
    String name = "单".repeat(83) + "01.csv";
    server.put(name, "1");
    assertThat(from("", After.DELETE).collect().arrivals())
        .extracting(Arrival::fileName, Arrival::refused)
        .containsExactly(tuple(name, null));
  }

  @Test
  void an_empty_file_arrives_and_a_too_large_one_stays() {
    server.putDone("empty.csv", "");
    server.putDone("big.csv", "12345");
    scene.fileBytesMax = 4;
    Collected collected = from("", After.DELETE).collect();
    assertThat(collected.arrivals())
        .extracting(Arrival::fileName, Arrival::refused)
        .containsExactly(tuple("empty.csv", DeliveryOutcome.EMPTY));
    assertThat(server.files()).containsExactly("big.csv", "big.csv.done");
    assertThat(scene.noticeKinds())
        .containsExactlyInAnyOrder(Notice.Kind.TOO_LARGE, Notice.Kind.EMPTY);
  }

  @Test
  void links_and_folders_are_not_followed() throws IOException {
    server.put("done/old.csv", "1");
    Files.createSymbolicLink(server.root.resolve("link.csv"), server.put("target.tmp", "1"));
    assertThat(from("", After.DELETE).collect().arrivals()).isEmpty();
    assertThat(scene.notices)
        .extracting(Notice::kind, Notice::file)
        .containsExactly(
            tuple(Notice.Kind.JUNK, "target.tmp"), tuple(Notice.Kind.NOT_A_FILE, "link.csv"));
  }

  @Test
  void files_in_the_inbox_of_a_channel_that_comes_by_server_are_told() {
    scene.drop("jd/5011/a.csv", "1");
    from("", After.KEEP).collect();
    assertThat(scene.notices)
        .extracting(Notice::text)
        .containsExactly(
            "inbox/jd: channel jd does not come from the "
                + "inbox, so nobody looks into it; move its files to where the channel's transport looks, or change the "
                + "transport in omnipoints.yaml");
  }

  @Test
  void a_missing_remote_directory_is_named() {
    SourceFailure failure = from("/nowhere", After.KEEP).collect().failures().get(0);
    assertThat(failure.kind()).isEqualTo(Kind.SOURCE_UNREADABLE);
    assertThat(failure.message()).contains("Cannot list directory: /nowhere");
    assertThat(scene.pauses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "../partner.password", "empty", "rubbish.key"})
  void an_unusable_secret_is_named_before_anything_is_sent(String name) throws IOException {
    ownerOnly(scene.secret("empty", "\n"));
    ownerOnly(scene.secret("rubbish.key", "canary-not-a-key"));
    Credential credential =
        name.endsWith(".key") ? new PrivateKeyFile(name) : new PasswordFile(name);
    scene.sources.add(source(credential, "", After.KEEP));
    Collected collected = scene.collect();
    assertThat(collected.failures())
        .extracting(SourceFailure::kind)
        .containsExactly(Kind.SECRET_UNREADABLE);
    assertThat(collected.failures().get(0).text()).contains(name).doesNotContain("canary");
    assertThat(server.connections).hasValue(0);
  }

  @Test
  void a_secret_others_may_read_is_told() throws IOException {
    Files.setPosixFilePermissions(
        scene.home.resolve("secrets/partner.password"),
        PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(from("", After.KEEP).collect().failures()).isEmpty();
    assertThat(scene.noticeKinds()).containsExactly(Notice.Kind.SECRET_EXPOSED);
  }

  @Test
  void the_password_is_in_no_log_line_no_endpoint_and_no_message() throws Exception {
    LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
    Logger camel = logging.getLogger("org.apache.camel");
    Logger sshd = logging.getLogger("org.apache.sshd");
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    AppenderBase<ILoggingEvent> recorder =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            lines.add(
                event.getFormattedMessage()
                    + " "
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy())));
          }
        };
    recorder.setContext(logging);
    recorder.start();
    root.detachAppender("STDERR");
    root.addAppender(recorder);
    root.setLevel(Level.TRACE);
    camel.setLevel(Level.TRACE);
    try {
      server.putDone("a.csv", "1");
      from("", After.KEEP);
      StringBuilder everything = new StringBuilder();
      try (DefaultCamelContext context = QuietCamel.context("canary")) {
        Desk desk = new Desk(scene.settings(), arrival -> {}, scene.notices::add);
        SourceRoutes.add(context, scene.settings(), desk, null, failure -> {})
            .forEach(
                route -> {
                  context.start();
                  route.poll();
                });
        for (Route route : context.getRoutes()) {
          Endpoint endpoint = route.getEndpoint();
          everything.append(endpoint.getEndpointUri()).append(endpoint);
          if (endpoint instanceof SftpEndpoint sftp) {
            assertThat(sftp.getConfiguration().getPassword()).isNull();
            everything.append(sftp.getConfiguration()).append(sftp.remoteServerInformation());
          }
        }
      }
      assertThat(everything.toString()).contains("sftp");
      Collected ok = scene.collect();
      server.changeHostKey("EC", 256);
      Collected refused = scene.collect();
      everything.append(ok).append(refused).append(scene.settings()).append(scene.notices);
      assertThat(lines)
          .hasSizeGreaterThan(100)
          .anyMatch(line -> line.contains("Connected to sftp"));
      assertThat(lines).noneMatch(line -> line.contains("canary-Pa55"));
      assertThat(everything.toString()).doesNotContain("canary-Pa55");
    } finally {
      root.detachAppender(recorder);
      sshd.setLevel(Level.OFF);
      camel.setLevel(Level.ERROR);
      root.setLevel(Level.WARN);
    }
  }
}
