package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadVerbsTest {
  @TempDir static Path directory;
  private static SampleBooks books;

  @BeforeAll
  static void write() throws Exception {
    books = new SampleBooks(directory);
  }

  @AfterAll
  static void drop() {
    books.close();
  }

  @Test
  void status_tells_a_night_in_the_agreed_shape() {
    assertSame(
        books.run("status", "2026-01-02", "--json").json(),
        """
        {"schema":"omnipoints.status/1","date":"2026-01-02","run":"nightly-2026-01-02","state":"CLOSED","message":"",
         "steps":[
          {"name":"collect","state":"DONE","read":1,"written":1,"rejected":0,"seconds":1.500,"message":""},
          {"name":"read","state":"DONE","read":3,"written":2,"rejected":1,"seconds":0.250,"message":""}],
         "deliveries":[{"channel":"pos","shop":"一号店","document":"receipts","file":"销售.csv","sha256":"aa",
          "outcome":"ACCEPTED","message":"","rows":{"in":3,"merged":2,"superseded":0,"duplicate":0,"rejected":1,
          "filtered":0,"waiting":0}}],
         "points":{"earned":0,"released":0,"clawed_back":99,"redeemed":0,"restored":0,"expired":0,"adjusted":0},
         "breaks_opened":1,"breaks_by_type":{"REFUND_MISMATCH":1},"left":[],
         "expected":[],"figures":[],"accepted":"",
         "orders":[{"channel":"pos","shop":"一号店","class":"POSTED","orders":1},
          {"channel":"tmall","shop":"旗舰店","class":"POSTED","orders":1},
          {"channel":"tmall","shop":"旗舰店","class":"UNATTRIBUTED","orders":1}],
         "entries":3,"entry_root":"root2","close_hash":"close2","evidence_hash":"evidence2","program":"base",
         "program_version":1,"next":["./omnipoints quarantine list","./omnipoints breaks list"]}
        """);
  }

  @ParameterizedTest
  @CsvSource({"'',2026-01-03", "2026-01-01,2026-01-01", "nightly-2026-01-01,2026-01-01"})
  void a_run_is_a_date_or_a_run_id_and_the_last_night_by_default(String run, String date) {
    Ran ran = run.isEmpty() ? books.run("status", "--json") : books.run("status", run, "--json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.json().get("date").asString()).isEqualTo(date);
  }

  @Test
  void a_failed_night_says_how_to_go_on() {
    JsonNode status = books.run("status", "--json").json();
    assertThat(status.get("state").asString()).isEqualTo("FAILED");
    assertThat(status.get("message").asString()).isEqualTo("the disk is full");
    assertThat(status.get("close_hash").isNull()).isTrue();
    assertThat(status.get("next").get(0).asString()).isEqualTo("./omnipoints restart 2026-01-03");
  }

  @Test
  void status_for_people_shows_that_classes_add_up() {
    Ran ran = books.run("status", "2026-01-02");
    assertThat(ran.out())
        .startsWith("Night 2026-01-02: CLOSED (nightly-2026-01-02)\n")
        .contains("tmall    旗舰店       2  POSTED 1 + UNATTRIBUTED 1\n")
        .contains("Close hash close2\nEntry root root2 (3 entries)\n")
        .endsWith(
            "What to type next:\n  ./omnipoints quarantine list\n  ./omnipoints breaks list\n");
    assertThat(Ran.chinese(directory, "status", "2026-01-02").out())
        .startsWith("2026-01-02 夜：已关账（nightly-2026-01-02）\n");
  }

  @Test
  void a_member_is_told_in_the_agreed_shape_with_lots_of_the_merged() {
    assertSame(
        books.run("member", "M1", "--json").json(),
        """
        {"schema":"omnipoints.member/1","member_id":"M1","asked_for":"M1","merged":["M2"],"as_of":"2026-01-02",
         "tier":null,"available":100,"pending":50,"owed":0,
         "lots":[
          {"line":"P1/1","points":199,"remaining":100,"available_on":"2026-01-01","expires_on":"2026-12-31",
           "entry":"20260101-M1-00001","channel":"pos","shop":"一号店"},
          {"line":"T2/1","points":50,"remaining":50,"available_on":null,"expires_on":null,
           "entry":"20260101-M2-00001","channel":"tmall","shop":"旗舰店"}],
         "statement":[
          {"entry":"20260101-M1-00001","night":"2026-01-01","effective_at":"2026-01-01T10:00:00+08:00","kind":"EARN",
           "points":199,"moved":0,"balance_after":199,"cause":"P1/1","cause_type":"LINE","channel":"pos",
           "shop":"一号店","formula":"floor(19999/100)*1"},
          {"entry":"20260101-M1-00002","night":"2026-01-01","effective_at":"2026-01-01T10:00:00+08:00",
           "kind":"RELEASE","points":0,"moved":199,"balance_after":199,"cause":"P1/1","cause_type":"LINE",
           "channel":"pos","shop":"一号店"},
          {"entry":"20260102-M1-00001","night":"2026-01-02","effective_at":"2026-01-02T10:00:00+08:00","kind":"MERGE",
           "points":50,"moved":0,"balance_after":249,"cause":"M2","cause_type":"MERGE","channel":"","shop":""},
          {"entry":"20260102-M1-00002","night":"2026-01-02","effective_at":"2026-01-02T09:00:00.5+08:00",
           "kind":"CLAWBACK","points":-99,"moved":0,"balance_after":150,"cause":"P1/1","cause_type":"LINE",
           "channel":"pos","shop":"一号店","formula":"floor(19999/100)*1 - floor(10000/100)*1"}],
         "identities":[
          {"kind":"card","channel":"","masked":"C1"},
          {"kind":"phone","channel":"","masked":"138****0001"},
          {"kind":"tmall_nick","channel":"tmall","masked":"小明:明"}]}
        """);
  }

  @ParameterizedTest
  @CsvSource({
    "M1,M1",
    "M2,M2",
    "--card C1,M1",
    "--id tmall:小明:明,M2",
    "--id card:C1,M1",
    "--order pos:P1,M1",
    "--order tmall:T2,M1",
    "--phone -,M1"
  })
  void every_selector_finds_the_survivor(String selector, String asked) {
    String[] line = ("member " + selector + " --json").split(" ");
    JsonNode member = Ran.in(directory, "138 0000 0001\n", Map.of(), line).json();
    assertThat(member.get("member_id").asString()).isEqualTo("M1");
    assertThat(member.get("asked_for").asString()).isEqualTo(asked);
  }

  @Test
  void a_merged_member_says_who_it_became() {
    assertThat(books.run("member", "M2").out()).startsWith("M2 was merged into M1 on 2026-01-02\n");
  }

  @ParameterizedTest
  @CsvSource({
    // as of, member, answers, available, pending, entries
    "2026-01-01,M1,M1,199,0,2",
    "2026-01-01,M2,M2,0,50,1",
    "2026-01-02,M1,M1,100,50,4",
    "2026-01-02,M2,M1,100,50,4",
  })
  void an_account_of_the_past_is_what_was_booked_by_then(
      String asOf, String member, String answers, long available, long pending, int entries) {
    JsonNode json = books.run("member", member, "--as-of", asOf, "--json").json();
    assertThat(json.get("member_id").asString()).isEqualTo(answers);
    assertThat(json.get("available").asLong()).isEqualTo(available);
    assertThat(json.get("pending").asLong()).isEqualTo(pending);
    assertThat(json.get("owed").asLong()).isZero();
    assertThat(json.get("statement").size()).isEqualTo(entries);
  }

  @Test
  void the_last_night_is_the_same_recomputed_and_as_kept() {
    assertThat(books.run("member", "M1", "--as-of", "2026-01-02", "--json").out())
        .isEqualTo(books.run("member", "M1", "--json").out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "member M9                       | 8 | NO_SUCH_MEMBER       | there is no member M9",
        "member --card C9                | 8 | NO_SUCH_MEMBER       | no member has that card",
        "member --id jd:x                | 8 | NO_SUCH_MEMBER       | no member has that id on channel jd",
        "member --id phone:1             | 2 | USAGE                | a phone number does not belong on a command line",
        "member --id tmall               | 2 | USAGE                | --id takes CHANNEL:VALUE, not \"tmall\"",
        "member --order tmall:T9         | 8 | NO_SUCH_ORDER        | there is no order tmall:T9",
        "member --order tmall:T3         | 8 | ORDER_WITHOUT_MEMBER | order tmall:T3 belongs to no member: UNATTR",
        "member --phone -                | 2 | USAGE                | standard input holds no mobile number",
        "member M3 --as-of 2026-01-02    | 8 | NO_SUCH_MEMBER       | member M3 is known since night 2026-01-03",
        "member M1 --as-of 2026-01-03    | 8 | NOT_CLOSED           | night 2026-01-03 is not closed; the last",
        "ledger --date 2026-01-03        | 8 | NOT_CLOSED           | night 2026-01-03 is not closed",
        "explain 20260103-M1-00001       | 8 | NO_SUCH_ENTRY        | no closed night has booked an entry 202601",
        "explain 20260101-M1-00009       | 8 | NO_SUCH_ENTRY        | no closed night has booked an entry 202601",
        "status 2025-01-01               | 8 | NO_SUCH_RUN          | there is no night 2025-01-01",
        "status nightly-x                | 2 | USAGE                | there is no run \"nightly-x\", the last ones are n",
        "restart nightly-x               | 2 | USAGE                | there is no run \"nightly-x\", the last ones are n",
        "status nosuchrun                | 2 | USAGE                | there is no run \"nosuchrun\", the last ones are n",
        "restart nosuchrun               | 2 | USAGE                | there is no run \"nosuchrun\", the last ones are n",
        "restart nightly-2025-01-01      | 2 | USAGE                | there is no run \"nightly-2025-01-01\", the last",
        "status 2026-02-30               | 2 | USAGE                | RUN takes a date like 2026-01-31, not \"2026-02-30",
        "restart 2026-02-30              | 2 | USAGE                | RUN takes a date like 2026-01-31, not \"2026-02-30",
        "quarantine show q9              | 8 | NO_SUCH_ITEM         | there is no rejected row q9",
        "db start                        | 8 | DATABASE_NOT_LOCAL   | database.url names a database",
      })
  void what_is_not_there_is_refused_with_what_to_type_next(
      String line, int exit, String code, String message) {
    Ran ran = books.run((line + " --json").split(" +"));
    assertThat(ran.exit()).isEqualTo(exit);
    assertThat(ran.json().get("schema").asString()).isEqualTo("omnipoints.error/1");
    assertThat(ran.json().get("code").asString()).isEqualTo(code);
    assertThat(ran.json().get("message").asString()).startsWith(message);
    assertThat(ran.json().get("next").size()).isPositive();
    assertThat(books.run(line.split(" +")).exit()).isEqualTo(exit);
  }

  @ParameterizedTest
  @CsvSource({"status", "restart"})
  void a_run_that_is_not_known_is_answered_with_the_last_ones_and_what_to_type(String verb) {
    JsonNode refused = books.run(verb, "nosuchrun", "--json").json();
    assertThat(refused.get("message").asString())
        .isEqualTo(
            "there is no run \"nosuchrun\", the last ones are nightly-2026-01-03, nightly-2026-01-02,"
                + " nightly-2026-01-01; RUN takes the id of a run or a date like 2026-01-31");
    assertThat(refused.get("next").toString()).isEqualTo("[\"./omnipoints status\"]");
    assertThat(Ran.chinese(directory, verb, "nosuchrun").err())
        .contains("没有运行“nosuchrun”，最近的是 nightly-");
  }

  @Test
  void an_award_is_explained_from_its_row_to_what_consumed_it() {
    assertSame(
        books.run("explain", "20260101-M1-00001", "--json").json(),
        """
        {"schema":"omnipoints.explain/1","entry":"20260101-M1-00001","member_id":"M1","night":"2026-01-01",
         "kind":"EARN","points":199,"moved":0,"effective_at":"2026-01-01T10:00:00+08:00",
         "source":{"file":"0101.csv","sha256":"f1","row":2,"document":"receipts"},
         "line_source":{"file":"0101.csv","sha256":"f1","row":2,"document":"receipts"},
         "order_source":{"file":"0101.csv","sha256":"f1","row":2,"document":"receipts"},
         "returns":[],"channel":"pos","shop":"一号店","line":"P1/1","cause":{"type":"LINE","key":"P1/1"},
         "identity":[{"kind":"card","channel":"","masked":"C1"}],"evidence":null,
         "rule":{"program":"base","version":1,"name":"earn"},"facts":[],"missing":[],
         "arithmetic":"floor(19999/100)*1",
         "consumed_by":[{"entry":"20260102-M1-00002","points":99,"night":"2026-01-02"}],"took":[]}
        """);
  }

  @Test
  void an_award_spread_from_an_order_names_both_rows() {
    JsonNode json = books.run("explain", "20260101-M2-00001", "--json").json();
    assertThat(json.get("source").toString())
        .isEqualTo(
            "{\"file\":\"lines.csv\",\"sha256\":\"f2\",\"row\":8,\"document\":\"line_list\"}");
    assertThat(json.get("order_source").get("row").asInt()).isEqualTo(5);
    assertThat(json.get("arithmetic").asString()).isEqualTo("floor(5000/100)*1");
  }

  @ParameterizedTest
  @CsvSource({
    "20260101-M1-00002,RELEASE,199 pending -> available,P1/1,earn",
    "20260102-M1-00002,CLAWBACK,floor(19999/100)*1 - floor(10000/100)*1,P1/1,earn",
    "20260102-M1-00001,MERGE,50,,merge",
  })
  void every_kind_of_entry_has_its_arithmetic(
      String entry, String kind, String arithmetic, String line, String rule) {
    JsonNode json = books.run("explain", entry, "--json").json();
    assertThat(json.get("kind").asString()).isEqualTo(kind);
    assertThat(json.get("arithmetic").asString()).isEqualTo(arithmetic);
    assertThat(json.get("line").isNull() ? null : json.get("line").asString()).isEqualTo(line);
    assertThat(json.get("rule").get("name").asString()).isEqualTo(rule);
  }

  @Test
  void a_clawback_names_the_lots_it_took() {
    assertThat(books.run("explain", "20260102-M1-00002", "--json").json().get("took").toString())
        .isEqualTo(
            "[{\"line\":\"P1/1\",\"points\":99,\"night\":\"2026-01-02\",\"lot\":\"20260101-M1-00001\"}]");
  }

  @Test
  void explain_for_people_says_the_same() {
    assertThat(books.run("explain", "20260101-M1-00001").out())
        .isEqualTo(
            """
        20260101-M1-00001: EARN 199 points, effective 2026-01-01T10:00:00+08:00
        Line      P1/1 (pos, 一号店)
        File      0101.csv, row 2, sha256 f1
        Identity  card C1
        Rule      base version 1, earn
        Points    floor(19999/100)*1

        Consumed by
        entry              points  night
        -----------------  ------  ----------
        20260102-M1-00002      99  2026-01-02
        """);
  }

  @Test
  void breaks_are_listed_open_ones_first_night_first() {
    assertSame(
        books.run("breaks", "list", "--json").json(),
        """
        {"schema":"omnipoints.breaks/1","items":[
         {"id":"b1","type":"UNATTRIBUTED","channel":"tmall","shop":"旗舰店","key":"2026-01-01",
          "first_night":"2026-01-01","age_nights":1,"state":"OPEN","closed_night":null,
          "detail":"1 order without a known buyer; would earn 7 points","orders":1,"points":7,"owner":"","due_on":null,"cause":"","age_band":"0-1"},
         {"id":"b3","type":"REFUND_MISMATCH","channel":"tmall","shop":"旗舰店","key":"T2","first_night":"2026-01-02",
          "age_nights":0,"state":"OPEN","closed_night":null,"detail":"lines say 900, the order says 800 fen refunded",
          "owner":"","due_on":null,"cause":"","age_band":"0-1"}]}
        """);
    assertThat(books.run("breaks", "list", "--all", "--json").json().get("items").size())
        .isEqualTo(3);
  }

  @Test
  void rejects_are_listed_and_shown_masked() {
    JsonNode list = books.run("quarantine", "list", "--json").json();
    assertThat(list.get("items").size()).isEqualTo(1);
    JsonNode item = list.get("items").get(0);
    assertThat(item.get("reason").asString()).isEqualTo("BAD_NUMBER");
    assertThat(item.get("key").asString()).isEqualTo("20260102-1-2");
    assertThat(item.get("detail").asString()).isEqualTo("销售.csv:3 消费金额: 1O.00");
    assertThat(item.get("age_nights").asInt()).isZero();
    assertThat(
            books.run("quarantine", "show", "q1", "--json").json().get("record_masked").asString())
        .isEqualTo("20260102,1O.00,138****0001");
    assertThat(
            books
                .run("quarantine", "list", "--all", "--json")
                .json()
                .get("items")
                .get(0)
                .get("key")
                .asString())
        .isEqualTo("0101.csv:9");
  }

  @Test
  void the_ledger_of_a_night_in_figures() {
    assertSame(
        books.run("ledger", "--date", "2026-01-01", "--json").json(),
        """
        {"schema":"omnipoints.ledger/1","date":"2026-01-01","entries":3,"entry_root":"root1","kinds":[
         {"kind":"EARN","entries":2,"points":249,"moved":0},{"kind":"RELEASE","entries":1,"points":0,"moved":199}]}
        """);
  }

  @Test
  void every_read_verb_has_a_text_in_both_languages() {
    for (String line :
        new String[] {
          "status",
          "member M1",
          "explain 20260102-M1-00002",
          "ledger --date 2026-01-02",
          "breaks list",
          "breaks show b1",
          "breaks show b3",
          "quarantine list",
          "quarantine show q1",
          "db url"
        }) {
      assertThat(books.run(line.split(" ")).exit()).as(line).isZero();
      Ran chinese = Ran.chinese(directory, line.split(" "));
      assertThat(chinese.exit()).as(line).isZero();
      assertThat(chinese.out()).isNotBlank();
    }
  }

  private static void assertSame(JsonNode actual, String expected) {
    assertThat(actual.toString()).isEqualTo(JsonMapper.shared().readTree(expected).toString());
  }
}
