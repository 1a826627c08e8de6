package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What operators type to settle rejects, on a home whose nights really run. */
class QuarantineVerbsTest {
  private static final String HEADER = "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n";

  @TempDir Path directory;
  private TestDatabase database;

  @BeforeEach
  void a_home_with_rejects_and_a_refused_file() throws Exception {
    database = TestDatabase.fresh();
    Ran.in(directory, "init");
    Path settings = directory.resolve("home/omnipoints.yaml");
    Files.writeString(
        settings, Files.readString(settings) + "database:\n  url: " + database.url() + "\n");
    drop(
        "pos/S1/sales.csv",
        HEADER
            + "C1,2026-01-01 10:00:00,A,1,10.00,1O.00,衣,10,1,0001,g,g\n"
            + "C2,2026-01-01 11:00:00,B,1,20.00,20.00,衣,20,1,0002,g,g\n"
            + "C3,2026-01-01 12:00:00,C,1,30.00,3O.00,衣,30,1,0003,g,g\n");
    drop("pos/S1/strange.csv", "a,b\n1,2\n");
    drop(
        "program/members.csv",
        "card,phone,birthday,join_date,home_shop\nC1,138000000011,1990-01-01,2020-01-01,S1\n");
    Ran night = run("nightly", "--date", "2026-01-01");
    assertThat(night.exit()).as(night.err()).isEqualTo(3);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void drop(String path, String content) throws IOException {
    Path file = directory.resolve("home/inbox").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.createFile(file.resolveSibling(file.getFileName() + ".done"));
  }

  private Ran run(String... args) {
    return Ran.in(directory, args);
  }

  private JsonNode json(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    Ran ran = run(all.toArray(String[]::new));
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    return ran.json();
  }

  private List<String> ids(String reason, String channel) {
    List<String> ids = new ArrayList<>();
    json("quarantine", "list", "--reason", reason, "--channel", channel)
        .get("items")
        .forEach(item -> ids.add(item.get("id").asString()));
    return ids;
  }

  private List<String> rows(String sql) throws Exception {
    try (Connection connection = database.database().connection();
        var result = connection.createStatement().executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) rows.add(result.getString(1));
      return rows;
    }
  }

  @Test
  void rejects_are_grouped_filtered_and_files_are_found() {
    JsonNode groups = json("quarantine", "list", "--group").get("groups");
    assertThat(groups.size()).isEqualTo(2);
    assertThat(groups.get(0).get("reason").asString()).isEqualTo("MONEY_LEFTOVER");
    assertThat(groups.get(0).get("channel").asString()).isEqualTo("pos");
    assertThat(groups.get(0).get("column").asString()).isEqualTo("je");
    assertThat(groups.get(0).get("rejects").asInt()).isEqualTo(2);
    assertThat(json("quarantine", "list", "--file", "members.csv").get("items").size())
        .isEqualTo(1);
    assertThat(json("quarantine", "list", "--state", "WAIVED").get("items").size()).isZero();
    JsonNode file = json("quarantine", "list", "--files").get("items").get(0);
    assertThat(file.get("reason").asString()).isEqualTo("NO_MAPPING");
    assertThat(file.get("key").asString()).isEqualTo("strange.csv");
    assertThat(file.get("state").asString()).isEqualTo("OPEN");
    assertThat(run("quarantine", "list").out())
        .contains("1 files were refused whole")
        .contains("./omnipoints quarantine list --files");
    assertThat(run("quarantine", "list", "--state", "open").exit()).isEqualTo(2);
    Ran replay = run("quarantine", "replay", "--file", file.get("id").asString(), "--json");
    assertThat(replay.exit()).isEqualTo(8);
    assertThat(replay.json().get("code").asString()).isEqualTo("NO_MAPPING");
  }

  @Test
  void a_row_is_edited_and_its_history_is_shown() throws Exception {
    String id = ids("MONEY_LEFTOVER", "pos").get(0);
    Ran wrong = run("quarantine", "replay", id, "--json");
    assertThat(wrong.exit()).isEqualTo(8);
    assertThat(wrong.json().get("code").asString()).isEqualTo("STILL_REJECTED");
    assertThat(wrong.json().get("next").get(0).asString()).contains("quarantine show " + id);

    JsonNode dry = json("quarantine", "replay", id, "--set", "je=10.00", "--dry-run");
    JsonNode row = dry.get("deliveries").get(0).get("rows").get(0);
    assertThat(row.get("before_masked").asString()).contains("1O.00");
    assertThat(row.get("after_masked").asString()).doesNotContain("1O.00");
    assertThat(row.get("reads").get(1).get("record").asString()).isEqualTo("line");
    assertThat(rows("select sha256 from arrival where night = '-infinity'")).isEmpty();

    assertThat(
            json("quarantine", "replay", id, "--set", "je=10.00", "--because", "asked the till")
                .get("registered")
                .asBoolean())
        .isTrue();
    assertThat(json("quarantine", "list").get("items").get(0).get("replay_waits").asBoolean())
        .isTrue();
    assertThat(run("nightly", "--date", "2026-01-02").exit()).isZero();
    JsonNode shown = json("quarantine", "show", id);
    assertThat(shown.get("state").asString()).isEqualTo("REPLAYED");
    JsonNode action = shown.get("history").get(0);
    assertThat(action.get("action").asString()).isEqualTo("REPLAY");
    assertThat(action.get("because").asString()).isEqualTo("asked the till");
    assertThat(action.get("at").asString()).isEqualTo("2026-01-02T03:00:00+08:00");
    assertThat(action.get("night").asString()).isEqualTo("2026-01-02");
    assertThat(run("quarantine", "show", id).out()).contains("asked the till").contains("before");
    assertThat(Ran.chinese(directory, "quarantine", "show", id).out()).contains("2026-01-02 之夜已读取");
    String entry =
        rows("select to_char(night, 'YYYYMMDD') || '-' || member_id || '-' || lpad(n::text, 5, '0')"
                + " from entry where night = '2026-01-02' and kind = 'EARN'")
            .get(0);
    assertThat(json("explain", entry).get("source").get("file").asString())
        .isEqualTo("replay-" + id + ".csv");
    assertThat(run("quarantine", "replay", id).out()).contains("1 were replayed already");
  }

  @Test
  void a_persons_value_is_taken_from_standard_input_only() throws Exception {
    String id = ids("BAD_NUMBER", "program").get(0);
    Ran seen = run("quarantine", "replay", id, "--set", "phone=13800000001", "--json");
    assertThat(seen.exit()).isEqualTo(2);
    assertThat(seen.json().get("code").asString()).isEqualTo("PERSON_ON_COMMAND_LINE");
    assertThat(seen.out()).doesNotContain("13800000001");
    Ran unseen =
        Ran.in(
            directory,
            "13800000001\n",
            Map.of(),
            "quarantine",
            "replay",
            id,
            "--set",
            "phone=-",
            "--json");
    assertThat(unseen.exit()).as(unseen.out()).isZero();
    assertThat(unseen.out()).doesNotContain("13800000001");
    assertThat(rows("select after_masked from quarantine_action").get(0))
        .doesNotContain("13800000001");
    assertThat(run("nightly", "--date", "2026-01-02").exit()).isZero();
    assertThat(rows("select count(*)::text from member_fact")).containsExactly("1");
  }

  @Test
  void a_sheet_goes_out_is_edited_and_comes_back() throws Exception {
    Ran exported = run("quarantine", "export", "--out", "fix.csv", "--json");
    assertThat(exported.exit()).as(exported.out()).isZero();
    Path sheet = directory.resolve("fix.csv");
    String text = Files.readString(sheet);
    assertThat(text).startsWith("\ufeffid,reason,column,file,row,");
    assertThat(text)
        .contains("'2026-01-01 10:00:00")
        .contains("'0001")
        .contains("'138000000011")
        .doesNotContain("1990-01-01");
    assertThat(run("quarantine", "export", "--out", "fix.csv").exit()).isEqualTo(8);

    JsonNode unchanged = json("quarantine", "import", "fix.csv");
    assertThat(unchanged.get("deliveries").size()).isZero();

    // As a Chinese spreadsheet saves it, ids kept as formulas of text.
    String edited =
        text.substring(1).replace("'3O.00", "30.00").replace("'0003", "\"=\"\"0003\"\"\"");
    Files.write(sheet, edited.getBytes(Charset.forName("GB18030")));
    JsonNode imported = json("quarantine", "import", "fix.csv", "--dry-run");
    assertThat(imported.get("deliveries").size()).isEqualTo(1);
    assertThat(imported.get("deliveries").get(0).get("rows").size()).isEqualTo(1);
    assertThat(json("quarantine", "replay", "--import", "fix.csv").get("registered").asBoolean())
        .isTrue();
    assertThat(json("quarantine", "import", "fix.csv").get("registered").asBoolean()).isFalse();
    run("nightly", "--date", "2026-01-02");
    assertThat(rows("select points::text from entry where night = '2026-01-02' and kind = 'EARN'"))
        .containsExactly("30");
  }

  @Test
  void every_problem_of_a_sheet_is_told_with_its_line_and_nothing_is_done() throws Exception {
    String id = ids("MONEY_LEFTOVER", "pos").get(0);
    Files.writeString(
        directory.resolve("bad.csv"), "id,je,nonsense\n" + id + ",10.00,x\nnobody,1,\n");
    Ran refused = run("quarantine", "import", "bad.csv", "--json");
    assertThat(refused.exit()).isEqualTo(8);
    assertThat(refused.json().get("message").asString())
        .contains("line 3: there is no rejected row 'nobody'")
        .contains("line 2: sales.csv has no column nonsense");
    assertThat(rows("select sha256 from arrival where night = '-infinity'")).isEmpty();
  }

  @Test
  void waiving_needs_a_reason_and_says_which_orders_go_on() {
    assertThat(run("quarantine", "waive", "--reason", "MONEY_LEFTOVER").exit()).isEqualTo(2);
    assertThat(run("quarantine", "waive", "--because", "x").exit()).isEqualTo(2);
    Ran unknown = run("quarantine", "waive", "nobody", "--because", "x", "--json");
    assertThat(unknown.exit()).isEqualTo(8);
    assertThat(unknown.json().get("code").asString()).isEqualTo("NO_SUCH_ITEM");
    JsonNode waived =
        json(
            "quarantine",
            "waive",
            "--reason",
            "MONEY_LEFTOVER",
            "--channel",
            "pos",
            "--because",
            "till test",
            "--by",
            "ann");
    assertThat(waived.get("waived").size()).isEqualTo(2);
    assertThat(json("quarantine", "list", "--state", "WAIVED").get("items").size()).isEqualTo(2);
    assertThat(run("quarantine", "show", waived.get("waived").get(0).asString()).out())
        .contains("ann waived it. till test");
  }

  @Test
  void command_lines_that_contradict_themselves_are_refused() {
    for (String line :
        new String[] {
          "replay",
          "replay q1 --all",
          "replay q1 q2 --set je=1",
          "replay --all --set je=1",
          "replay q1 --set je",
          "replay q1 --import f.csv",
          "replay --file xyz",
          "export",
          "import nothing.csv",
          "list --group --files"
        }) {
      String[] words = ("quarantine " + line).split(" ");
      Ran ran = run(words);
      assertThat(ran.exit()).as(line).isEqualTo(2);
      assertThat(ran.err()).as(line).contains("What to type next:");
    }
  }
}
