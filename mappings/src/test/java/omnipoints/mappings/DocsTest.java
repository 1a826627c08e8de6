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
    Path home = Files.createDirectory(folder.resolve("mappings"));
    Files.writeString(home.resolve("wholesale.yaml"), blocks.get(1));
    Path file = folder.resolve("orders.csv");
    Files.writeString(file, blocks.get(0), Charset.forName("GB18030"));
    List<String> lines = new ArrayList<>();
    RecordJson json = new RecordJson(Samples.SHANGHAI);
    CheckReport.of(
        Channels.load(home),
        file,
        "wholesale",
        "S1",
        Samples.SHANGHAI,
        record -> lines.add(json.line(record)));
    assertThat(lines).containsExactly(blocks.get(2).strip());
  }
}
