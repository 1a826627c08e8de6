package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import omnipoints.mappings.draft.FirstMapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsTest {
  private static final Pattern BLOCK = Pattern.compile("```(?:yaml)?\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void the_worked_example_of_the_page_works() throws IOException {
    String page = Files.readString(Path.of("../docs/mappings.md"));
    List<String> blocks =
        BLOCK.matcher(page).results().map((MatchResult block) -> block.group(1)).toList();
    Path file = folder.resolve("orders.csv");
    Files.writeString(file, blocks.get(0), Charset.forName("GB18030"));
    FirstMapping first =
        FirstMapping.of(Samples.CHANNELS, file, "orders.csv", "wholesale", "wholesale");
    assertThat(first.yaml()).isEqualTo(blocks.get(1));
    String completed =
        first.yaml().replace("# 待确认: 已自提: UNPAID|PAID|SHIPPED|COMPLETED|CLOSED", "已自提: COMPLETED");
    List<String> records = blocks.get(3).lines().toList();
    assertThat(records(file, completed)).containsExactlyElementsOf(records);
    assertThat(records(file, blocks.get(2))).containsExactlyElementsOf(records);
  }

  private List<String> records(Path file, String mapping) throws IOException {
    Path home = Files.createDirectories(folder.resolve("mappings"));
    Files.writeString(home.resolve("wholesale.yaml"), mapping);
    List<String> lines = new ArrayList<>();
    RecordJson json = new RecordJson(Samples.SHANGHAI);
    CheckReport report =
        Samples.check(
            Channels.load(home),
            file,
            "wholesale",
            "S1",
            Samples.SHANGHAI,
            record -> lines.add(json.line(record)));
    assertThat(report.drift().isEmpty()).isTrue();
    return lines;
  }
}
