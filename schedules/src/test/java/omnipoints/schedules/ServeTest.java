package omnipoints.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import omnipoints.files.yaml.SetupFailed;
import omnipoints.jobs.CrashPoints;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.NightRequest;
import omnipoints.jobs.Nightly;
import omnipoints.jobs.Progress;
import omnipoints.jobs.Rerun;
import omnipoints.jobs.RunStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;

  private final List<ServeEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  @Test
  void files_dropped_while_serving_are_archived_and_frozen_into_the_next_night() throws Exception {
    try (ServingHome home = new ServingHome(dir, ServingHome.NEVER_SOON)) {
      CompletableFuture<Served> serving = serve(home);
      awaitEvents(ServeEvent.Ready.class, 1);
      home.dropOrder();
      awaitEvents(ServeEvent.Arrived.class, 2);
      assertThat(home.rows("select file from arrival where night = '-infinity' order by file"))
          .containsExactly("lines.csv", "orders.csv");
      stopping.set(true);
      assertThat(serving.get()).isEqualTo(new Served(2, List.of()));
      assertThat(Files.list(dir.resolve("inbox/tmall/s1"))).isEmpty();

      run(home, LocalDate.parse("2026-01-02"));
      assertThat(
              home.rows(
                  "select file || ' ' || outcome from night_input where night = '2026-01-02' order by n"))
          .containsExactlyInAnyOrder("lines.csv ACCEPTED", "orders.csv ACCEPTED");
      assertThat(home.rows("select kind || ' ' || points from entry")).containsExactly("EARN 199");
    }
  }

  @Test
  void a_due_night_is_run_once_and_takes_each_file_once() throws Exception {
    try (ServingHome home = new ServingHome(dir, ServingHome.EVERY_SECOND)) {
      home.dropOrder();
      CompletableFuture<Served> serving = serve(home);
      awaitEvents(ServeEvent.NightEnded.class, 2);
      stopping.set(true);
      assertThat(serving.get().nights()).isNotEmpty();
      assertThat(home.rows("select count(*) from arrival")).containsExactly("2");
      assertThat(home.rows("select distinct outcome from night_input")).containsExactly("ACCEPTED");
      assertThat(home.rows("select count(*) from entry where kind = 'EARN'")).containsExactly("1");
    }
  }

  @Test
  void the_routes_work_again_after_a_night_has_collected() throws Exception {
    try (ServingHome home = new ServingHome(dir, ServingHome.EVERY_SECOND)) {
      CompletableFuture<Served> serving = serve(home);
      awaitEvents(ServeEvent.NightEnded.class, 1);
      home.dropOrder();
      awaitEvents(ServeEvent.Arrived.class, 2);
      stopping.set(true);
      assertThat(serving.get().arrivals()).isEqualTo(2);
    }
  }

  @Test
  void messages_of_platforms_are_taken_while_serving_where_the_home_says_so() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    HttpRequest push =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/push/douyin/s1"))
            .header("event-sign", "2c3ed51ce0a6ba9a5a93a9a2cb0f7d3e")
            .POST(HttpRequest.BodyPublishers.ofString("[]"))
            .build();
    HttpClient http = HttpClient.newHttpClient();
    try (ServingHome home = new ServingHome(dir, ServingHome.NEVER_SOON)) {
      home.write("secrets/api-douyin-s1.json", "{\"app_key\":\"k\",\"app_secret\":\"s\"}");
      home.write(
          "omnipoints.yaml",
          "zone: Asia/Shanghai\nprogramme: base\nwebhook: {port: "
              + port
              + "}\nchannels: {tmall: {}, douyin: {transport: {api: {url: 'http://127.0.0.1:1'}}}}\n");
      CompletableFuture<Served> serving = serve(home);
      awaitEvents(ServeEvent.Ready.class, 1);
      assertThat(http.send(push, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(403);
      awaitEvents(ServeEvent.Noticed.class, 1);
      stopping.set(true);
      serving.get();
      assertThatThrownBy(() -> http.send(push, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_night_that_another_process_runs_is_no_failure() throws Exception {
    try (ServingHome home = new ServingHome(dir, ServingHome.EVERY_SECOND);
        var other = home.database.database().connection();
        var statement = other.createStatement()) {
      ProcessHandle me = ProcessHandle.current();
      String host = System.getenv("HOSTNAME") == null ? "localhost" : System.getenv("HOSTNAME");
      statement.execute("select pg_advisory_lock(7310, 1)");
      statement.execute(
          "update run_lock set owner = '"
              + host
              + " "
              + me.pid()
              + " "
              + me.info().startInstant().orElseThrow().toEpochMilli()
              + "'");
      CompletableFuture<Served> serving = serve(home);
      awaitEvents(ServeEvent.NightElsewhere.class, 1);
      stopping.set(true);
      assertThat(serving.get()).isEqualTo(new Served(0, List.of()));
      assertThat(seen(ServeEvent.NightFailed.class)).isEmpty();
      statement.execute("select pg_advisory_unlock(7310, 1)");
    }
  }

  @Test
  void a_night_that_fails_ends_nothing() throws Exception {
    try (ServingHome home = new ServingHome(dir, ServingHome.EVERY_SECOND)) {
      Files.delete(dir.resolve("secrets/token.key"));
      CompletableFuture<Served> serving = serve(home);
      awaitEvents(ServeEvent.NightFailed.class, 1);
      home.write(
          "secrets/token.key", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
      awaitEvents(ServeEvent.NightEnded.class, 1);
      stopping.set(true);
      assertThat(serving.get().nights()).isNotEmpty();
    }
  }

  @Test
  void a_night_that_somebody_stops_is_told_and_serving_goes_on() throws Exception {
    try (ServingHome home = new ServingHome(dir, ServingHome.EVERY_SECOND)) {
      var asked = new AtomicBoolean();
      CrashPoints stoppedOnce =
          point -> {
            if (!point.equals("read:begin") || asked.getAndSet(true)) return;
            RunStop.ask(
                home.database.database(),
                Clock.systemUTC(),
                LocalDate.parse(home.rows("select night from night").get(0)),
                new Rerun.Asked("li", "the till is being repaired"),
                true);
          };
      var request =
          new ServeRequest(
              stopping::get, events::add, Progress.SILENT, stoppedOnce, Clock.systemUTC());
      CompletableFuture<Served> serving =
          CompletableFuture.supplyAsync(
              () -> Serve.run(home.home(), home.database.database(), request));
      awaitEvents(ServeEvent.NightFailed.class, 1);
      var told = (ServeEvent.NightFailed) seen(ServeEvent.NightFailed.class).get(0);
      assertThat(told.why().code()).isEqualTo("STOPPED");
      awaitEvents(ServeEvent.NightEnded.class, 1);
      stopping.set(true);
      assertThat(serving.get().nights()).isNotEmpty();
    }
  }

  @Test
  void a_second_serve_is_refused_while_the_first_one_goes_on() throws Exception {
    try (ServingHome home = new ServingHome(dir, ServingHome.NEVER_SOON)) {
      CompletableFuture<Served> serving = serve(home);
      awaitEvents(ServeEvent.Ready.class, 1);
      assertThatThrownBy(() -> Serve.run(home.home(), home.database.database(), request()))
          .isInstanceOfSatisfying(
              NightRefused.class,
              refused -> {
                assertThat(refused.exit()).isEqualTo(7);
                assertThat(refused.code()).isEqualTo("ALREADY_SERVING");
                assertThat(refused)
                    .hasMessageStartingWith("another serve runs on this database since 20");
              });
      assertThat(serving).isNotDone();
      stopping.set(true);
      serving.get();
      stopping.set(false);
      CompletableFuture<Served> next = serve(home);
      awaitEvents(ServeEvent.Ready.class, 2);
      stopping.set(true);
      next.get();
    }
  }

  @Test
  void bad_setup_refuses_to_start() {
    try (ServingHome home =
        new ServingHome(dir, "nightly: {job: nightly, cron: never, date: previous_day}")) {
      assertThatThrownBy(() -> Serve.run(home.home(), home.database.database(), request()))
          .isInstanceOf(SetupFailed.class)
          .hasMessageContaining("schedules.yaml:1: cron: 'never' is not readable");
      home.write("schedules.yaml", ServingHome.NEVER_SOON);
      home.write("mappings/pos.yaml", "channel: pos\n");
      assertThatThrownBy(() -> Serve.run(home.home(), home.database.database(), request()))
          .isInstanceOf(SetupFailed.class);
    }
  }

  @Test
  void sigterm_in_the_middle_of_a_night_leaves_it_stopped_and_restartable() throws Exception {
    try (ServingHome home = new ServingHome(dir, ServingHome.EVERY_SECOND)) {
      home.dropOrder();
      Process child = child(home, "post:begin");
      List<String> said = new CopyOnWriteArrayList<>();
      CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(child, said));
      await().atMost(PATIENCE).until(() -> said.contains(ServeInChild.HOLDING) || !child.isAlive());
      child.toHandle().destroy(); // SIGTERM; that of Process closes the pipe we read from
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).as(() -> String.join("\n", said)).isTrue();
      reading.get();
      assertThat(child.exitValue()).as(() -> String.join("\n", said)).isEqualTo(5);

      LocalDate night = LocalDate.parse(home.rows("select night from night").get(0));
      assertThat(home.rows("select state from night")).containsExactly("STOPPED");
      assertThat(home.rows("select step from night_step where state = 'DONE' order by ended_at"))
          .containsExactly("collect", "read", "join", "identify", "post");
      assertThat(said.get(said.size() - 1))
          .isEqualTo(
              "STOPPED stopped before step tier of night "
                  + night
                  + " [./omnipoints restart "
                  + night
                  + "]");

      assertThat(run(home, night)).isZero();
      assertThat(home.rows("select state from night")).containsExactly("CLOSED");
      assertThat(home.rows("select kind || ' ' || points from entry where kind = 'EARN'"))
          .containsExactly("EARN 199");
    }
  }

  @Test
  void a_killed_serve_finishes_its_night_when_it_is_started_again() throws Exception {
    try (ServingHome home = new ServingHome(dir, ServingHome.EVERY_SECOND)) {
      home.dropOrder();
      Process child = child(home, "post:begin");
      List<String> said = new CopyOnWriteArrayList<>();
      CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(child, said));
      await().atMost(PATIENCE).until(() -> said.contains(ServeInChild.HOLDING) || !child.isAlive());
      child.toHandle().destroyForcibly();
      child.waitFor();
      reading.get();
      LocalDate night = LocalDate.parse(home.rows("select night from night").get(0));
      // No time of its own is due any more: what runs is what the killed process left.
      home.write("schedules.yaml", ServingHome.NEVER_SOON);
      home.execute("update quartz.qrtz_triggers set next_fire_time = 4070908800000");

      CompletableFuture<Served> serving = serve(home);
      awaitEvents(ServeEvent.NightEnded.class, 1);
      stopping.set(true);
      assertThat(serving.get().nights()).extracting("date").contains(night);
      assertThat(seen(ServeEvent.Unfinished.class))
          .contains(new ServeEvent.Unfinished(night, "RUNNING"));
      assertThat(home.rows("select distinct state from night")).containsExactly("CLOSED");
    }
  }

  private static int run(ServingHome home, LocalDate night) {
    return Nightly.run(
            home.home(), home.database.database(), NightRequest.of(night, Progress.SILENT))
        .exit();
  }

  private ServeRequest request() {
    return new ServeRequest(stopping::get, events::add, Progress.SILENT, Clock.systemUTC());
  }

  private CompletableFuture<Served> serve(ServingHome home) {
    return CompletableFuture.supplyAsync(
        () -> Serve.run(home.home(), home.database.database(), request()));
  }

  private void awaitEvents(Class<? extends ServeEvent> kind, int many) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(seen(kind)).hasSizeGreaterThanOrEqualTo(many));
  }

  private List<ServeEvent> seen(Class<? extends ServeEvent> kind) {
    return events.stream().filter(kind::isInstance).toList();
  }

  private static Process child(ServingHome home, String point) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            ServeInChild.class.getName(),
            home.dir.toString(),
            home.database.url(),
            point)
        .redirectErrorStream(true)
        .start();
  }

  private static void read(Process child, List<String> said) {
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(said::add);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
