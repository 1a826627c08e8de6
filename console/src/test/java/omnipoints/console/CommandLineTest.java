package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                             | omnipoints needs one of: init",
        "nihgtly                        | there is no verb \"nihgtly\"; there are: init",
        "status --bogus                 | omnipoints status does not know \"--bogus\"",
        "status a b                     | omnipoints status does not know \"b\"",
        "explain                        | omnipoints explain needs ENTRY",
        "explain 2026                   | \"2026\" is no entry id; one looks like 20260101-MEMBER-00001",
        "explain 20261301-M1-00001      | \"20261301-M1-00001\" is no entry id",
        "ledger                         | ledger needs --date",
        "ledger --date tomorrow         | --date takes a date like 2026-01-31, not \"tomorrow\"",
        "ledger --date 2026-02-30       | --date takes a date like 2026-01-31, not \"2026-02-30\"",
        "ledger --date                  | omnipoints ledger needs DATE",
        "ledger --date 2026-01-01 --csv | --csv and --json cannot be combined",
        "member                         | name one member: MEMBER, --phone -, --card, --id or --order",
        "member M1 --card 1             | name one member: MEMBER, --phone -, --card, --id or --order",
        "member --phone 13800000001     | a phone number does not belong on a command line",
        "member --card 1 --card 2       | --card is given twice",
        "quarantine                     | omnipoints quarantine needs one of: list show replay waive export import",
        "db restart                     | there is no verb \"restart\"; there are: start stop url",
      })
  void a_command_line_that_cannot_be_read_ends_with_2_as_text_and_as_json(
      String line, String message) {
    String[] words = line.isEmpty() ? new String[0] : line.split(" ");
    String[] json = java.util.Arrays.copyOf(words, words.length + 1);
    json[words.length] = "--json";

    Ran told = Ran.in(directory, json);
    assertThat(told.exit()).isEqualTo(2);
    assertThat(told.json().get("schema").asString()).isEqualTo("omnipoints.error/1");
    assertThat(told.json().get("exit").asInt()).isEqualTo(2);
    assertThat(told.json().get("code").asString()).isEqualTo("USAGE");
    assertThat(told.json().get("message").asString()).contains(message);
    assertThat(told.json().get("next").get(0).asString())
        .startsWith("./omnipoints")
        .endsWith("--help");
    assertThat(told.err()).isEmpty();

    if (line.endsWith("--csv")) return;
    Ran text = Ran.in(directory, words);
    assertThat(text.exit()).isEqualTo(2);
    assertThat(text.out()).isEmpty();
    assertThat(text.err()).startsWith("USAGE: ").contains(message).contains("What to type next:");
  }

  @Test
  void a_phone_number_on_the_command_line_is_not_repeated() {
    Ran ran = Ran.in(directory, "member", "--phone", "13800000001");
    assertThat(ran.err() + ran.out()).doesNotContain("13800000001");
  }

  @Test
  void json_may_stand_before_or_after_other_words() {
    assertThat(Ran.in(directory, "status", "--json", "--home", "x").json().get("code").asString())
        .isEqualTo("NO_HOME");
    assertThat(Ran.in(directory, "status", "--home", "x", "--json").json().get("code").asString())
        .isEqualTo("NO_HOME");
    assertThat(Ran.in(directory, "breaks", "list", "--json").json().get("code").asString())
        .isEqualTo("NO_HOME");
  }

  @Test
  void help_is_a_result_in_english_and_in_chinese() {
    Ran english = Ran.in(directory, "--help");
    assertThat(english.exit()).isZero();
    assertThat(english.out())
        .startsWith("Usage: omnipoints")
        .contains("Verbs:")
        .contains("Exit codes: 0 ok");
    Ran chinese = Ran.chinese(directory, "--help");
    assertThat(chinese.exit()).isZero();
    assertThat(chinese.out()).startsWith("用法：omnipoints").contains("命令：").contains("退出码：0 成功");
  }

  @Test
  void every_verb_and_option_is_explained_in_both_languages() {
    for (Verb verb : Verbs.all()) {
      String[] line = (verb.name() + " --help").split(" ");
      Ran english = Ran.in(directory, line);
      Ran chinese = Ran.chinese(directory, line);
      assertThat(english.exit()).as(verb.name()).isZero();
      assertThat(english.out()).startsWith("Usage: omnipoints " + verb.name()).contains("Options:");
      assertThat(chinese.out()).startsWith("用法：omnipoints " + verb.name()).contains("选项：");
      assertThat(english.out().codePoints().filter(c -> c > 0x2E80)).as(verb.name()).isEmpty();
    }
  }

  @Test
  void next_commands_name_the_same_home() {
    Ran ran = Ran.in(directory, "status", "--home", "my home", "--json");
    assertThat(ran.json().get("message").asString()).contains("my home");
    assertThat(
            Ran.in(directory, "init", "--home", "店 1", "--json")
                .json()
                .get("next")
                .get(0)
                .asString())
        .isEqualTo("./omnipoints nightly --home '店 1'");
  }

  @Test
  void options_of_all_verbs_may_stand_before_the_verb() {
    assertThat(
            Ran.in(directory, "--home", "x", "--json", "db", "url")
                .json()
                .get("message")
                .asString())
        .contains(directory.resolve("x").toString());
    assertThat(
            Ran.in(directory, "db", "--home", "y", "url", "--json")
                .json()
                .get("message")
                .asString())
        .contains(directory.resolve("y").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "./omnipoints restart 2026-01-01                  | ./omnipoints restart --home 'my home' 2026-01-01",
        "./omnipoints db start                            | ./omnipoints db start --home 'my home'",
        "./omnipoints restart D --accept-version (n)       | ./omnipoints restart --home 'my home' D --accept-version (n)",
        "./omnipoints init --home x                       | ./omnipoints init --home x",
        "free some disk space                             | free some disk space",
        "./omnipoints status                              | ./omnipoints status --home 'my home'",
      })
  void advice_of_other_modules_names_this_home(String advice, String completed) {
    picocli.CommandLine.ParseResult parsed =
        new picocli.CommandLine(CommandTree.of(Verbs.all(), Words.english()))
            .parseArgs("--home", "my home");
    Call call = new Call(java.util.List.of(parsed), null, Words.english());
    assertThat(call.forThisHome(java.util.List.of(advice))).containsExactly(completed);
  }

  @Test
  void what_nobody_foresaw_is_one_message_and_a_trace_in_the_logs() throws Exception {
    Path logs = Files.createDirectories(directory.resolve("logs"));
    RuntimeException surprise = new IllegalStateException("row of 13800000001");
    Failure failure = Failures.of(new RuntimeException(surprise), Words.english(), logs);
    assertThat(failure.exit()).isEqualTo(4);
    assertThat(failure.code()).isEqualTo("INTERNAL");
    assertThat(failure.message())
        .contains("RuntimeException at omnipoints.console.CommandLineTest")
        .doesNotContain("138");
    assertThat(failure.next())
        .containsExactly(
            "report the message above with the file " + logs.resolve("internal-errors.log"));
    assertThat(logs.resolve("internal-errors.log"))
        .content()
        .contains("row of 13*********")
        .doesNotContain("13800000001");
  }

  @Test
  void without_a_home_nothing_is_written_about_what_nobody_foresaw() {
    Failures.of(new IllegalStateException(), Words.english(), directory.resolve("logs"));
    assertThat(directory).isEmptyDirectory();
  }
}
