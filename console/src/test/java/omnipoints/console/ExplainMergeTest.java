package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Besides M2, three more members merge into M1 on the 2nd: M4 was shown to be M2 by a member row,
 * M5 to be M1 by an order, and of M6 it was not kept.
 */
class ExplainMergeTest {
  @TempDir static Path directory;
  private static SampleBooks books;

  @BeforeAll
  static void write() throws Exception {
    books = new SampleBooks(directory);
    books.execute(
        """
        insert into delivery (channel, shop, document, sha256, file, bytes, first_night, rows_in) values
          ('program', '', 'member', 'f5', 'members.csv', 100, '2026-01-02', 1);
        insert into member_fact (content, home_shop, first_night, source_sha256, source_row) values
          ('\\xfa', '', '2026-01-02', 'f5', 7);
        insert into evidence_token (content, side, kind, channel, hash, shown) values
          ('\\xfa', 'PERSON', 'card', '', '\\x04', 'C4'),
          ('\\xfa', 'PERSON', 'phone', '', '\\x05', '139****0004');
        insert into order_token (night, order_key, kind, channel, hash, shown) values
          ('2026-01-02', '%1$s', 'unionid', '', '\\x06', 'u-5'),
          ('2026-01-03', '%1$s', 'phone', '', '\\x07', '137****0009');
        insert into merge_evidence (member_id, night, joined, source, content, source_sha256, source_row) values
          ('M4', '2026-01-02', 'M2', 'FACT', '\\xfa', 'f5', 7),
          ('M5', '2026-01-02', 'M1', 'ORDER', uuid_send('%1$s'), 'f1', 2);
        insert into entry (night, bucket, member_id, n, kind, points, moved, effective_at, channel, shop, cause_type,
          cause_key, program_version)
        select '2026-01-02', 1, member_id, n, 'MERGE', points, 0, '2026-01-02T15:59:59Z', '', '', 'MERGE', cause, 1
        from (values ('M1', 3, 7, 'M4'), ('M4', 1, -7, 'M1'), ('M1', 4, 8, 'M5'), ('M5', 1, -8, 'M1'),
          ('M6', 1, -9, 'M1')) e (member_id, n, points, cause);
        """
            .formatted(SampleBooks.ORDER_1));
  }

  @AfterAll
  static void drop() {
    books.close();
  }

  private static JsonNode explained(String entry) {
    return books.run("explain", entry, "--json").json();
  }

  @Test
  void a_merge_is_explained_by_the_binding_that_proved_it() {
    assertThat(explained("20260102-M1-00001").toString())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
        {"schema":"omnipoints.explain/1","entry":"20260102-M1-00001","member_id":"M1","night":"2026-01-02",
         "kind":"MERGE","points":50,"moved":0,"effective_at":"2026-01-02T10:00:00+08:00",
         "source":{"file":"绑定.csv","sha256":"f4","row":2,"document":"binding"},
         "line_source":null,"order_source":null,"returns":[],"channel":"","shop":"","line":null,
         "cause":{"type":"MERGE","key":"M2"},
         "identity":[
          {"kind":"card","channel":"","masked":"C1"},
          {"kind":"order_no","channel":"tmall","masked":"T2"},
          {"kind":"phone","channel":"","masked":"138****0001"},
          {"kind":"tmall_nick","channel":"tmall","masked":"小明:明"}],
         "evidence":{"type":"BINDING","channel":"tmall","shop":null,"order":"T2","platform_id":null,
          "bound_at":"2026-01-02T10:00:00+08:00","merged":"M2","joined":"M1"},
         "rule":{"program":"base","version":1,"name":"merge"},"facts":[],"missing":[],"arithmetic":"50",
         "consumed_by":[],"took":[]}
        """)
                .toString());
  }

  @ParameterizedTest
  @CsvSource({
    "20260102-M1-00001,20260102-M2-00001",
    "20260102-M1-00003,20260102-M4-00001",
    "20260102-M1-00004,20260102-M5-00001",
  })
  void both_sides_of_a_merge_are_explained_by_the_same_evidence(String survivor, String merged) {
    for (String field : new String[] {"source", "identity", "evidence"}) {
      JsonNode value = explained(survivor).get(field);
      assertThat(value.size()).as(field).isPositive();
      assertThat(explained(merged).get(field)).as(field).isEqualTo(value);
    }
  }

  @Test
  void a_member_that_merged_by_way_of_another_shows_the_row_that_tied_it_to_that_one() {
    JsonNode json = explained("20260102-M4-00001");
    assertThat(json.get("source").toString())
        .isEqualTo(
            "{\"file\":\"members.csv\",\"sha256\":\"f5\",\"row\":7,\"document\":\"member\"}");
    assertThat(json.get("identity").toString())
        .isEqualTo(
            "[{\"kind\":\"card\",\"channel\":\"\",\"masked\":\"C4\"},"
                + "{\"kind\":\"phone\",\"channel\":\"\",\"masked\":\"139****0004\"}]");
    assertThat(json.get("cause").get("key").asString()).isEqualTo("M1");
    assertThat(json.get("evidence").toString())
        .isEqualTo(
            "{\"type\":\"MEMBER\",\"channel\":null,\"shop\":null,\"order\":null,\"platform_id\":null,"
                + "\"bound_at\":null,\"merged\":\"M4\",\"joined\":\"M2\"}");
  }

  @Test
  void an_order_that_proved_a_merge_shows_the_tokens_it_carried_by_then() {
    JsonNode json = explained("20260102-M5-00001");
    assertThat(json.get("source").toString())
        .isEqualTo("{\"file\":\"0101.csv\",\"sha256\":\"f1\",\"row\":2,\"document\":\"receipts\"}");
    assertThat(json.get("identity").findValuesAsString("masked")).containsExactly("C1", "u-5");
    assertThat(json.get("evidence").get("type").asString()).isEqualTo("ORDER");
    assertThat(json.get("evidence").get("order").asString()).isEqualTo("P1");
    assertThat(json.get("evidence").get("shop").asString()).isEqualTo("一号店");
  }

  @Test
  void evidence_that_was_not_kept_is_unknown() {
    JsonNode json = explained("20260102-M6-00001");
    assertThat(json.get("source").isNull()).isTrue();
    assertThat(json.get("evidence").isNull()).isTrue();
    assertThat(json.get("identity").size()).isZero();
    assertThat(books.run("explain", "20260102-M6-00001").out())
        .contains("Evidence  unknown: the merge was booked before evidence was kept\n");
  }

  @Test
  void a_merge_explained_for_people_says_the_same_in_both_languages() {
    assertThat(books.run("explain", "20260102-M2-00001").out())
        .isEqualTo(
            """
            20260102-M2-00001: MERGE -50 points, effective 2026-01-02T10:00:00+08:00
            Cause     MERGE M1
            Evidence  binding of tmall T2, bound at 2026-01-02T10:00:00+08:00
            Proves    M2 is M1
            File      绑定.csv, row 2, sha256 f4
            Identity  card C1
            Identity  order_no T2
            Identity  phone 138****0001
            Identity  tmall_nick 小明:明
            Rule      base version 1, merge
            Points    -50
            """);
    assertThat(Ran.chinese(directory, "explain", "20260102-M2-00001").out())
        .contains(
            "依据    tmall T2 的绑定，绑定于 2026-01-02T10:00:00+08:00\n证明    M2 即 M1\n文件    绑定.csv，第 2 行");
    assertThat(books.run("explain", "20260102-M4-00001").out())
        .contains(
            "Evidence  a member row\nProves    M4 is M2\nFile      members.csv, row 7, sha256 f5\n");
    assertThat(books.run("explain", "20260102-M5-00001").out())
        .contains("Evidence  order P1 (pos, 一号店)\nProves    M5 is M1\nFile      0101.csv, row 2");
  }
}
