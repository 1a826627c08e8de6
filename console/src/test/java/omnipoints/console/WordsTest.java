package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

  @Test
  void chinese_says_everything_english_says_with_the_same_values() throws Exception {
    PropertyResourceBundle english = bundle("messages.properties");
    PropertyResourceBundle chinese = bundle("messages_zh_CN.properties");
    for (String key : english.keySet()) {
      assertThat(chinese.keySet()).contains(key);
      assertThat(values(chinese.getString(key))).as(key).isEqualTo(values(english.getString(key)));
    }
  }

  @Test
  void what_only_chinese_says_translates_codes_and_fields() throws Exception {
    TreeSet<String> only = new TreeSet<>(bundle("messages_zh_CN.properties").keySet());
    only.removeAll(bundle("messages.properties").keySet());
    assertThat(only).allMatch(key -> key.matches("(state|kind|reason|label)\\..*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages.properties", "messages_zh_CN.properties"})
  void nothing_is_said_twice(String name) throws Exception {
    try (var in = WordsTest.class.getResourceAsStream(name)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
          .filteredOn(line -> line.matches("[a-zA-Z].*=.*"))
          .extracting(line -> line.substring(0, line.indexOf('=')))
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LANG,zh_CN.UTF-8,成功",
    "LANG,zh_TW.UTF-8,成功",
    "LANG,zh,成功",
    "LC_ALL,zh_CN,成功",
    "LANG,en_US.UTF-8,ok",
    "LANG,C,ok"
  })
  void the_environment_chooses_the_language(String variable, String value, String expected) {
    assertThat(Words.of(Map.of(variable, value)).say("help.footer")).contains("0 " + expected);
  }

  @Test
  void lc_all_beats_lang() {
    Words words = Words.of(Map.of("LC_ALL", "en_US.UTF-8", "LANG", "zh_CN.UTF-8"));
    assertThat(words.say("init.done", "home")).isEqualTo("Created the home home.");
  }

  @Test
  void what_the_launcher_passes_on_beats_the_locale_it_had_to_put_in_place() {
    Map<String, String> environment =
        Map.of("OMNIPOINTS_LANGUAGE", "zh_CN.GBK", "LC_ALL", "C.UTF-8", "LANG", "zh_CN.UTF-8");
    assertThat(Words.of(environment).say("help.footer")).contains("0 成功");
  }

  @Test
  void ids_keep_their_digits_and_braces_in_values_stay() {
    assertThat(Words.english().say("night.unknown", 20260101L))
        .isEqualTo("there is no night 20260101");
    assertThat(Words.english().say("night.unknown", "{0}")).isEqualTo("there is no night {0}");
  }

  private static PropertyResourceBundle bundle(String name) throws Exception {
    try (var in = WordsTest.class.getResourceAsStream(name)) {
      return new PropertyResourceBundle(in);
    }
  }

  private static TreeSet<String> values(String text) {
    TreeSet<String> values = new TreeSet<>();
    Pattern.compile("\\{\\d}").matcher(text).results().forEach(match -> values.add(match.group()));
    return values;
  }
}
