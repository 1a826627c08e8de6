package omnipoints.files.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our YAML is that of the 1.2 core schema, and nothing in it is passed over. */
class YamlSourceTest {

  private static String problems(String text) {
    Problems problems = new Problems();
    YamlSource.parse("f.yaml", text, problems);
    return problems.all().toString();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          on,        '"on"'
          yes,       '"yes"'
          NO,        '"NO"'
          09:00,     '"09:00"'
          1_000,     '"1_000"'
          2026-05-05,'"2026-05-05"'
          'True',    '"True"'
          12,        '12'
          True,      'true'
          FALSE,     'false'
          ~,         'null'
          Null,      'null'
          1.50,      '1.50'
          1e3,       '1E+3'
          -7,        '-7'
          """)
  void a_scalar_means_what_the_core_schema_says(String written, String read) {
    Problems problems = new Problems();
    YamlSource source = YamlSource.parse("f.yaml", "a: " + written + "\n", problems);
    assertThat(source.root().get("a").toString()).isEqualTo(read.replaceAll("^'|'$", ""));
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void keys_twice_aliases_doubtful_numbers_and_second_documents_are_told_with_their_line() {
    assertThat(problems("a: 1\nb:\n  c: 1\n  c: 2\n"))
        .isEqualTo("[f.yaml:4: key 'c' stands here a second time (first on line 3)]");
    assertThat(problems("a: &x 1\nb: *x\n"))
        .isEqualTo("[f.yaml:2: an alias is not followed here: write the value itself]");
    assertThat(problems("a: 010\n"))
        .isEqualTo("[f.yaml:1: 010 is the number 10 to YAML; write that, or '010' in quotes]");
    assertThat(problems("a: 1\n---\nb: 1\n"))
        .isEqualTo("[f.yaml:2: only one YAML document per file]");
    assertThat(problems("a: [1\n")).startsWith("[f.yaml:2: no valid YAML: ");
    assertThat(problems("? [a]\n: 1\n")).contains("f.yaml:1: a key must be a text");
    assertThat(problems("")).isEqualTo("[f.yaml:1: the file is empty]");
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_first_key() {
    Problems problems = new Problems();
    assertThat(YamlSource.parse("f", "\uFEFFa: 1\n", problems).root().has("a")).isTrue();
  }
}
