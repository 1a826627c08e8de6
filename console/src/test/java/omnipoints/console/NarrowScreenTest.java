package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Terminals of 80 and 120 columns show what people read and what they type again whole. */
class NarrowScreenTest {
  private static final String FILE = "ExportOrderDetailList202601021200云上旗舰店全店导出.csv";
  private static final String KEY = "202601020000000000001/6900000000059#0000002550#001";

  @TempDir static Path directory;
  private static SampleBooks books;

  @BeforeAll
  static void write() throws Exception {
    books = new SampleBooks(directory);
    books.execute(
        """
        update night_input set file = '%1$s', shop = '云上旗舰店（杭州）', document = 'receipts_of_tills',
          rows_in = 1234567, merged = 1000000, superseded = 200000, duplicate = 34566, rejected = 1;
        update delivery set file = '%1$s';
        update quarantine set file = '%1$s', value_masked = '一二三四五六七八九十一二三四五六七八九十';
        update entry set cause_key = '%2$s' where cause_type = 'LINE';
        update lot set order_no = split_part('%2$s', '/', 1), line_key = split_part('%2$s', '/', 2);
        update break set key = '%2$s', detail = 'buyer unknown, so that nothing is posted; it would be 7 points'
        """
            .formatted(FILE, KEY));
  }

  @AfterAll
  static void drop() {
    books.close();
  }

  @ParameterizedTest
  @CsvSource({"80,C", "80,zh_CN.UTF-8", "120,C", "120,zh_CN.UTF-8"})
  void a_night_a_member_and_their_lists_are_read_on_a_screen(int columns, String language) {
    String night = show(columns, language, "status", "2026-01-02");
    assertThat(flat(night))
        .contains(FILE, "ACCEPTED", "1234567")
        .contains(
            language.equals("C")
                ? "merged 1000000 + superseded 200000 + duplicate 34566 + rejected 1"
                : "合入 1000000 + 被取代 200000 + 重复 34566 + 拒收 1");

    String member = show(columns, language, "member", "M1");
    for (JsonNode entry : json("member", "M1").get("statement")) {
      assertThat(member).containsPattern("(?m)^" + entry.get("entry").asString() + " ");
      assertThat(member).contains(entry.get("cause").asString());
    }
    for (JsonNode lot : json("member", "M1").get("lots"))
      assertThat(member).contains(lot.get("line").asString());

    show(columns, language, "explain", "20260101-M1-00001");
    assertThat(show(columns, language, "breaks", "list"))
        .contains("buyer unknown, so that nothing is posted; it would be 7 points", KEY);
    assertThat(show(columns, language, "quarantine", "list")).contains("q1", "一二三四五六七八九十");
    show(columns, language, "quarantine", "list", "--group");
    show(columns, language, "quarantine", "show", "q1");
    show(columns, language, "ledger", "--date", "2026-01-02");
  }

  /** What the verb prints, after the looks of it: no line is too wide, nothing is cut. */
  private static String show(int columns, String language, String... args) {
    Ran ran =
        Ran.in(directory, "", Map.of("LANG", language), new Screen(columns, false, false), args);
    assertThat(ran.exit()).as(ran.err()).isZero();
    List<String> wide = new ArrayList<>();
    for (String line : ran.out().lines().toList()) {
      boolean command = line.startsWith("  ./omnipoints ");
      if (!command && CharWidth.of(line) > columns) wide.add(line);
    }
    assertThat(wide).as(ran.out()).isEmpty();
    assertThat(ran.out()).doesNotContain("…");
    return ran.out();
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static JsonNode json(String... args) {
    List<String> words = new ArrayList<>(List.of(args));
    words.add("--json");
    return books.run(words.toArray(String[]::new)).json();
  }
}
