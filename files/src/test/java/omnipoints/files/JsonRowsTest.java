package omnipoints.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowsTest {
  private static final Limits LIMITS = new Limits(1 << 20, 2000, 256, 1 << 20, 10);

  @TempDir Path dir;

  private List<String> rows(String each, String lines, List<String> columns, String json) {
    Path file = dir.resolve("page.json");
    try {
      Files.writeString(file, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var rows = new ArrayList<String>();
    var shape = new JsonShape(each, lines, columns);
    try (JsonRows source = JsonRows.open(file, "page.json", Encoding.UTF_8, shape, LIMITS)) {
      for (Row row = source.next(); row != null; row = source.next()) {
        var cells = new ArrayList<String>();
        for (int i = 0; i < row.size(); i++)
          cells.add(row.kind(i) == Row.BROKEN ? "!" : row.text(i));
        rows.add(row.number() + "@" + row.line() + " " + String.join("|", cells));
      }
    }
    return rows;
  }

  @Test
  void lines_stand_beside_all_of_their_order_wherever_it_is_written() {
    assertThat(
            rows(
                "$.data.orders[*]",
                "lines[*]",
                List.of("id", "lines[*].sku", "lines[*].kinds[1]", "buyer.id", "late"),
                """
                {"code":1,"data":{"page":{"orders":[{"id":"no"}]},"orders":[
                 {"id":"A","lines":[{"sku":"x","kinds":["p","q"]},{"kinds":["r"]}],"buyer":{"id":7,"name":["n"]},"late":true},
                 {"lines":[],"id":"B"}, null,
                 {"id":"C","lines":[null]}]}}
                """))
        .containsExactly("1@2 A|x|q|7|true", "2@2 A|||7|true", "3@3 B||||", "4@4 C||||");
  }

  @Test
  void several_values_of_one_file_are_read_on() {
    assertThat(
            rows(
                "$.order",
                null,
                List.of("id"),
                "{\"order\":{\"id\":1}}\n{\"e\":0,\"order\":{\"id\":2}} {\"order\":null}"))
        .containsExactly("1@1 1", "2@2 2");
    assertThat(rows("$[*]", null, List.of("id"), "[{\"id\":1},{\"id\":2}][]"))
        .containsExactly("1@1 1", "2@1 2");
    assertThat(rows("$", null, List.of("id"), "{\"id\":1}{\"id\":2}"))
        .containsExactly("1@1 1", "2@1 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5116000000000000001 | 5116000000000000001",
        "36.80 | 36.80",
        "6.9E+18 | 6.9E+18",
        "'\"\\\"6986853269519810849\\\"\"' | 6986853269519810849",
        "'\"\\\"\"' | '\"'",
        "null | ''",
        "false | false",
        "'[1]' | !",
        "'{\"a\":1}' | !",
      })
  void a_value_keeps_its_digits(String written, String read) {
    assertThat(rows("$", null, List.of("v"), "{\"v\":" + written + "}"))
        .containsExactly("1@1 " + read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"o\":[{\"id\":1}]}{\"code\":60000} | STRUCTURE_BROKEN | page.json:1: column 30: value 2 of the file leads to no $.o[*]",
        "{\"code\":60000} | STRUCTURE_BROKEN | page.json:1: column 14: value 1 of the file leads to no $.o[*]",
        "{\"o\":[1]} | STRUCTURE_BROKEN | page.json:1: column 7: no object stands at $.o[*]",
        "{\"o\":[{\"id\":1},{\"id\" | TRUNCATED | page.json:1: column 21: the file ends in the middle of a value",
        "{\"o\":[{\"id\":1,\"id\":2}]} | STRUCTURE_BROKEN | page.json:1: column 19: this is no valid JSON",
        "{\"o\":[]}<html> | STRUCTURE_BROKEN | page.json:1: column 9: this is no valid JSON",
      })
  void damage_refuses_the_file(String json, DeliveryOutcome outcome, String message) {
    DeliveryRefused refused =
        catchThrowableOfType(
            DeliveryRefused.class, () -> rows("$.o[*]", null, List.of("id"), json));
    assertThat(refused.outcome()).isEqualTo(outcome);
    assertThat(refused).hasMessage(message);
  }

  @Test
  void what_is_too_long_or_no_text_is_refused() {
    String longText = "x".repeat(300);
    assertThatThrownBy(() -> rows("$", null, List.of("id"), "{\"id\":\"" + longText + "\"}"))
        .isInstanceOf(DeliveryRefused.class)
        .hasMessageContaining("longer or deeper than allowed");
    String lines = "{\"s\":1},".repeat(400) + "{}";
    assertThatThrownBy(() -> rows("$", "l[*]", List.of("l[*].s"), "{\"l\":[" + lines + "]}"))
        .hasMessage("page.json:1: one element has more than 2000 characters");
    assertThatThrownBy(
            () -> {
              Path file = Files.write(dir.resolve("bad"), new byte[] {'{', '"', (byte) 0xff, '"'});
              var shape = new JsonShape("$", null, List.of("a"));
              try (JsonRows source = JsonRows.open(file, "f", Encoding.UTF_8, shape, LIMITS)) {
                source.next();
              }
            })
        .isInstanceOf(DeliveryRefused.class)
        .hasMessage("f: bytes that are no text in UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "a[", "a[x]", "[*]x", "a b[-1]"})
  void what_is_no_path_is_named(String path) {
    assertThatThrownBy(() -> JsonPath.of(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("path " + path + " cannot be read from '");
  }

  @Test
  void a_hundred_thousand_orders_are_read_one_by_one() throws IOException {
    Path file = dir.resolve("many.json");
    try (Writer text = Files.newBufferedWriter(file)) {
      for (int page = 0; page < 1000; page++) {
        text.write("{\"o\":[");
        for (int i = 0; i < 100; i++)
          text.write((i > 0 ? "," : "") + "{\"id\":" + (page * 100L + i) + ",\"rest\":[1,2,3]}");
        text.write("]}\n");
      }
    }
    long sum = 0;
    var shape = new JsonShape("$.o[*]", null, List.of("id"));
    try (JsonRows source = JsonRows.open(file, "many", Encoding.UTF_8, shape, LIMITS)) {
      for (Row row = source.next(); row != null; row = source.next())
        sum += Long.parseLong(row.text(0));
    }
    assertThat(sum).isEqualTo(99_999L * 50_000);
  }
}
