package omnipoints.routes;

import static omnipoints.routes.Scene.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import omnipoints.routes.SftpSource.After;
import omnipoints.routes.SftpSource.Credential.PasswordFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RoutesTest {
  private static final Duration EVERY = Duration.ofMillis(50);

  @TempDir Path dir;
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final List<SourceFailure> failures = new CopyOnWriteArrayList<>();
  private SftpServerOnLoopback server;
  private Scene scene;

  @BeforeEach
  void a_folder_and_a_server() throws IOException {
    server = new SftpServerOnLoopback(dir.resolve("server"));
    scene = new Scene(dir.resolve("home")).channel("tmall");
    scene.secret("known_hosts", server.knownHostsLine() + "\n");
    scene.secret("password", SftpServerOnLoopback.PASSWORD);
    scene.sources.add(
        new SftpSource(
            "jd",
            "1",
            "127.0.0.1",
            server.port(),
            SftpServerOnLoopback.USER,
            new PasswordFile("password"),
            "known_hosts",
            "",
            After.KEEP,
            Patience.USUAL));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Routes start(java.util.function.Consumer<Arrival> register) {
    CollectorSettings settings =
        new CollectorSettings(scene.home, scene.sources, 2, EVERY, 100_000_000);
    return Routes.start(settings, register, notices::add, failures::add);
  }

  @Test
  void files_are_taken_as_they_come() {
    try (Routes routes = start(arrivals::add)) {
      assertThat(routes).isNotNull();
      scene.drop("tmall/9001/a.csv", "1");
      server.put("b.csv", "2");
      await().until(() -> arrivals.size() == 2);
      scene.dropDone("tmall/9001/c.csv", "3");
      await().until(() -> arrivals.size() == 3);
      await().until(() -> scene.inbox().isEmpty());
    }
    assertThat(arrivals)
        .extracting(Arrival::sha256)
        .containsExactlyInAnyOrder(sha256("1"), sha256("2"), sha256("3"));
    assertThat(failures).isEmpty();
    assertThat(server.downloads).as("a kept file is fetched once").hasValue(1);
  }

  @Test
  void a_file_that_could_not_be_registered_comes_again() {
    AtomicBoolean down = new AtomicBoolean(true);
    scene.dropDone("tmall/9001/a.csv", "1");
    try (Routes routes =
        start(
            arrival -> {
              if (down.get()) {
                throw new IllegalStateException("database gone");
              }
              arrivals.add(arrival);
            })) {
      assertThat(routes).isNotNull();
      await().until(() -> !failures.isEmpty());
      assertThat(scene.inbox()).hasSize(2);
      down.set(false);
      await().until(() -> arrivals.size() == 1);
    }
    assertThat(failures)
        .extracting(SourceFailure::kind)
        .containsExactly(SourceFailure.Kind.NOT_REGISTERED);
  }

  @Test
  void a_refused_login_is_told_once_and_not_repeated() {
    scene.secret("password", "wrong");
    try (Routes routes = start(arrivals::add)) {
      assertThat(routes).isNotNull();
      await().until(() -> !failures.isEmpty());
      scene.drop("tmall/9001/a.csv", "1");
      await().until(() -> arrivals.size() == 1);
    }
    assertThat(failures)
        .extracting(SourceFailure::kind)
        .containsExactly(SourceFailure.Kind.LOGIN_REFUSED);
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void an_outage_is_told_once_and_ends_by_itself() {
    server.connectionsToDrop.set(3);
    server.putDone("a.csv", "1");
    try (Routes routes = start(arrivals::add)) {
      assertThat(routes).isNotNull();
      await().until(() -> arrivals.size() == 1);
    }
    assertThat(failures)
        .extracting(SourceFailure::kind)
        .containsExactly(SourceFailure.Kind.UNREACHABLE);
  }

  @Test
  void closing_in_the_middle_of_a_download_takes_seconds_and_leaves_nothing_half_done()
      throws IOException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Files.write(server.root.resolve("big.csv"), new byte[50_000_000]);
    server.put("big.csv.done", "");
    server.onDownload =
        () -> {
          begun.countDown();
          awaitQuietly(over);
        };
    Routes routes = start(arrivals::add);
    awaitQuietly(begun);
    long start = System.nanoTime();
    routes.close();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    over.countDown();
    assertThat(took).isLessThan(Duration.ofSeconds(10));
    assertThat(arrivals).isEmpty();
    assertThat(scene.archive()).isEmpty();
    assertThat(server.files()).hasSize(2);
  }

  @Test
  void a_registration_under_way_is_finished_before_closing_ends() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    scene.dropDone("tmall/9001/a.csv", "1");
    Routes routes =
        start(
            arrival -> {
              begun.countDown();
              awaitQuietly(goOn);
              arrivals.add(arrival);
            });
    awaitQuietly(begun);
    Thread closing = new Thread(routes::close);
    closing.start();
    await()
        .until(
            () ->
                closing.getState() == Thread.State.TIMED_WAITING
                    || closing.getState() == Thread.State.WAITING);
    goOn.countDown();
    await().until(() -> !closing.isAlive());
    assertThat(arrivals).hasSize(1);
    assertThat(scene.inbox()).isEmpty();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
