package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import omnipoints.files.yaml.Problems;
import omnipoints.files.yaml.YamlSource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** docs/programme.md says what is so. */
class ProgrammeDocsTest {
  private static final Path DOCS = Path.of("../docs/programme.md");

  private static Program campaign() throws IOException {
    Matcher block =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCS));
    assertThat(block.find()).isTrue();
    return Programs.parse(
        "base", "2.yaml", block.group(1).stripIndent().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void the_campaign_loads_and_costs_what_the_page_says() throws IOException {
    ProgramLint lint = ProgramLint.of(campaign());
    assertThat(lint.rebates())
        .extracting(rebate -> rebate.stack() + " " + ProgramLint.percent(rebate.rebate()))
        .containsExactly("base 1%", "best 4.8%");
    assertThat(lint.findings())
        .extracting(found -> found.code() + " " + found.rule())
        .containsExactly("OVERLAP double_week");
  }

  @Test
  void the_order_it_asks_about_is_worth_what_it_says() throws IOException {
    PinnedRule rule = campaign().rule(FactsText.of("at=2026-11-04T10:00 order_fen=19900"));
    assertThat(Earning.arithmetic(rule, 19900)).isEqualTo("floor(19900/100*2)");
    assertThat(Earning.points(rule, 19900)).isEqualTo(398);
    assertThat(Files.readString(DOCS)).contains("398 points", "floor(19900/100*2)");
  }

  @Test
  void every_shipped_programme_stands_on_the_page_and_loads() throws IOException {
    String page = Files.readString(DOCS);
    try (Stream<Path> files = Files.list(Path.of("programs"))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".yaml"))
              .map(file -> file.substring(0, file.length() - 5))
              .filter(name -> !name.equals("demo"))
              .collect(Collectors.toList());
      assertThat(names).hasSize(7);
      for (String name : names) {
        assertThat(page).contains("| `" + name + "` |");
        assertThat(Programs.load(name, null).versions()).isNotEmpty();
      }
    }
  }

  @Test
  void every_word_of_the_schema_has_its_sentence_and_every_built_word_stands_on_the_page()
      throws IOException {
    String text = new String(Programs.resource("program.schema.json"), StandardCharsets.UTF_8);
    JsonNode schema = YamlSource.parse("program.schema.json", text, new Problems()).root();
    String page = Files.readString(DOCS);
    var without = new ArrayList<String>();
    var untold = new ArrayList<String>();
    words(schema, "", without, untold, page);
    words(schema.at("/$defs/when"), "when", without, untold, page);
    assertThat(without).isEmpty();
    assertThat(untold).isEmpty();
  }

  private static void words(
      JsonNode schema, String at, List<String> without, List<String> untold, String page) {
    JsonNode properties = schema.path("properties");
    for (String word : properties.propertyNames()) {
      JsonNode of = properties.get(word);
      String name = at.isEmpty() ? word : at + "." + word;
      if (of.path("description").asString().isEmpty()) without.add(name);
      if (!Pattern.compile("\\b" + word + "\\b").matcher(page).find()) untold.add(name);
      words(of, name, without, untold, page);
      words(of.path("items"), name, without, untold, page);
    }
  }
}
