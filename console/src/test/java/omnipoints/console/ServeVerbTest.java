package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The verb as a process of its own, because only a process can be sent a signal. */
class ServeVerbTest {
  private static final String STAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+08:00 ";

  @TempDir Path directory;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private Thread reader;
  private TestDatabase database;

  @BeforeEach
  void open() throws IOException {
    database = TestDatabase.bare();
    Ran.in(directory, "init");
    Path settings = directory.resolve("home/omnipoints.yaml");
    Files.writeString(
        settings, Files.readString(settings) + "database:\n  url: " + database.url() + "\n");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void it_tells_what_happens_on_stderr_and_ends_with_0_when_told_to_stop() throws Exception {
    calendar("nightly: {job: nightly, cron: 0 30 2 1 1 ? 2099, date: previous_day}\n");
    Process serving = start("serve", "--json");
    assertThat(lines.poll(60, TimeUnit.SECONDS))
        .matches(STAMP + "serving: files are archived as they come; .*");
    assertThat(lines.poll(60, TimeUnit.SECONDS))
        .matches(STAMP + "nightly: night 2098-12-31 is due at 2099-01-01T02:30:00\\+08:00");
    Path inbox = Files.createDirectories(directory.resolve("home/inbox/pos/S1"));
    Files.writeString(inbox.resolve("a.csv"), "x");
    Files.createFile(inbox.resolve("a.csv.done"));
    assertThat(lines.poll(60, TimeUnit.SECONDS)).matches(STAMP + "archived pos/S1/a.csv");
    serving.toHandle().destroy();
    String out = new String(serving.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(serving.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(serving.exitValue()).as(out + lines).isZero();
    JsonNode answer = JsonMapper.shared().readTree(out);
    assertThat(answer.toString())
        .isEqualTo("{\"schema\":\"omnipoints.serve/1\",\"arrivals\":1,\"nights\":[]}");
  }

  @Test
  void a_broken_calendar_is_refused_with_file_and_line() throws Exception {
    calendar("nightly:\n  job: nightly\n  cron: 30 2 * * *\n  date: previous_day\n");
    Process serving = start("serve");
    assertThat(serving.waitFor(60, TimeUnit.SECONDS)).isTrue();
    reader.join();
    assertThat(serving.exitValue()).isEqualTo(Exit.USAGE);
    assertThat(String.join("\n", lines))
        .contains("schedules.yaml:3: cron: '30 2 * * *' is not readable");
  }

  private void calendar(String text) throws IOException {
    Files.writeString(directory.resolve("home/schedules.yaml"), text);
  }

  private Process start(String... arguments) throws IOException {
    var command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                OmniPoints.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).directory(directory.toFile()).start();
    reader = new Thread(() -> read(process));
    reader.setDaemon(true);
    reader.start();
    return process;
  }

  private void read(Process process) {
    try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      err.lines().forEach(lines::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
