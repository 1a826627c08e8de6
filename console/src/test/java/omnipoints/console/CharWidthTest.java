package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharWidthTest {

  @ParameterizedTest
  @CsvSource({
    "abc,3",
    "订单,4",
    "１２,4",
    "店a铺,5",
    "e\u0301,1",
    "，,2",
    "한글,4",
    "ｱ,1",
    "🎉,2",
    "𠮷,2",
    "ﬁ,1",
    "é,1",
    "—,1"
  })
  void text_is_as_wide_as_the_terminal_draws_it(String text, int columns) {
    assertThat(CharWidth.of(text)).isEqualTo(columns);
  }

  @Test
  void what_a_terminal_would_obey_is_shown_instead() {
    assertThat(CharWidth.printable("plain 文字")).isEqualTo("plain 文字");
    assertThat(CharWidth.printable("\u001b[31mred")).isEqualTo("\\u001B[31mred");
    assertThat(CharWidth.printable("a\u202Eb")).isEqualTo("a\\u202Eb");
    assertThat(CharWidth.printable("a\u0007b")).isEqualTo("a\\u0007b");
    assertThat(CharWidth.printable("a\u200Bb")).isEqualTo("a\\u200Bb");
    assertThat(CharWidth.printable("line\nend")).isEqualTo("line\\u000Aend");
    assertThat(CharWidth.printable("\u2066x\u2069")).isEqualTo("\\u2066x\\u2069");
    assertThat(CharWidth.printable("a\ud83d")).isEqualTo("a\\uD83D");
  }

  @ParameterizedTest
  @CsvSource({"订单编号,8,订单编号", "订单编号,7,订单编…", "订单编号,6,订单…", "abc,2,a…"})
  void a_text_is_cut_between_characters(String text, int columns, String fitted) {
    assertThat(CharWidth.fit(text, columns)).isEqualTo(fitted);
    assertThat(CharWidth.of(fitted)).isLessThanOrEqualTo(columns);
  }

  @Test
  void a_sentence_is_broken_between_words_and_after_chinese_stops() {
    assertThat(CharWidth.wrap("  File a.csv, row 3, sha256 aa4de3", 20, 4))
        .containsExactly("  File a.csv, row 3,", "    sha256 aa4de3");
    assertThat(CharWidth.wrap("文件 a.csv，第 3 行，校验 x", 16, 2))
        .containsExactly("文件 a.csv，第 3", "  行，校验 x");
    assertThat(CharWidth.wrap("it is " + "a".repeat(30) + " so", 20, 2))
        .containsExactly("it is", "  " + "a".repeat(30), "  so");
    assertThat(CharWidth.wrap("fits,  as it is ", 20, 2)).containsExactly("fits,  as it is ");
  }
}
