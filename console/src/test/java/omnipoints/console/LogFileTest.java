package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogFileTest {
  @TempDir Path directory;

  @Test
  void a_line_of_the_log_is_an_object_that_says_run_step_and_delivery() throws Exception {
    String before = System.getProperty(LogFile.FOLDER);
    System.setProperty(LogFile.FOLDER, directory.toString());
    LoggerContext context = new LoggerContext();
    LogbackMDCAdapter about = new LogbackMDCAdapter();
    context.setMDCAdapter(about);
    try {
      new LogFile().configure(context);
      about.put("run", "nightly-2026-05-01");
      about.put("step", "read");
      about.put("delivery", "aa11");
      context.getLogger("omnipoints.jobs.Read").info("a \"quoted\"\nline of {}", "the file");
    } finally {
      context.stop();
      if (before == null) System.clearProperty(LogFile.FOLDER);
      else System.setProperty(LogFile.FOLDER, before);
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<String> lines = Files.readAllLines(files.findFirst().orElseThrow());
      assertThat(lines).hasSize(1);
      JsonNode line = JsonMapper.shared().readTree(lines.get(0));
      assertThat(line.get("level").asString()).isEqualTo("INFO");
      assertThat(line.get("formattedMessage").asString())
          .isEqualTo("a \"quoted\"\nline of the file");
      JsonNode of = line.get("mdc");
      assertThat(of.get("run").asString()).isEqualTo("nightly-2026-05-01");
      assertThat(of.get("step").asString()).isEqualTo("read");
      assertThat(of.get("delivery").asString()).isEqualTo("aa11");
    }
  }
}
