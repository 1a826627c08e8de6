package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
  private static final String BASE =
      """
      program: base
      version: 1
      effective_from: 2000-01-01
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 7, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      tiers: []
      debt: {policy: allow}
      returns: {unlinked: clawback}
      claim: {days: 90}
      """;

  @TempDir Path home;

  private static Program parse(String yaml) {
    return Programs.parse("base", "base.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(String yaml) {
    return catchThrowableOfType(ProgramRefused.class, () -> parse(yaml)).problems();
  }

  @Test
  void the_shipped_base_programme_is_the_one_of_the_contract() {
    Program base = Programs.load("base", null).versions().get(0);
    assertThat(base)
        .isEqualTo(
            new Program(
                "base",
                1,
                LocalDate.of(2000, 1, 1),
                new Program.Earn(
                    100, 1, PinnedRule.Mode.LINEAR, PinnedRule.Rounding.FLOOR, Program.Scope.LINE),
                new Program.Hold(7),
                new Program.Expiry(Program.ExpiryKind.ROLLING, 1, Program.ExpiryUnit.YEAR),
                new Program.Debt(Program.DebtPolicy.ALLOW),
                new Program.Returns(Program.Unlinked.CLAWBACK, 90),
                new Program.Claim(90),
                base.source()));
    assertThat(base.hash()).matches("[0-9a-f]{64}");
    assertThat(base.rule())
        .isEqualTo(
            new PinnedRule(
                1,
                "base",
                100,
                1,
                PinnedRule.Mode.LINEAR,
                PinnedRule.Rounding.FLOOR,
                7,
                base.expiry()));
  }

  @Test
  void the_demo_programme_holds_and_lives_for_days() {
    Program demo = Programs.load("demo", null).versions().get(0);
    assertThat(demo.hold().days()).isEqualTo(1);
    assertThat(demo.expiry())
        .isEqualTo(new Program.Expiry(Program.ExpiryKind.ROLLING, 2, Program.ExpiryUnit.DAY));
  }

  @Test
  void a_file_of_the_home_wins_over_the_shipped_one() throws IOException {
    Files.writeString(home.resolve("base.yaml"), BASE.replace("version: 1", "version: 2"));
    assertThat(Programs.load("base", home).versions())
        .extracting(Program::version)
        .containsExactly(2);
    assertThat(Programs.load("demo", home).name()).isEqualTo("demo");
  }

  @Test
  void the_hash_is_that_of_the_files_bytes() {
    assertThat(parse(BASE).hash())
        .isEqualTo(parse(BASE).hash())
        .isNotEqualTo(parse("# a comment\n" + BASE).hash());
  }

  @Test
  void an_unknown_programme_says_where_its_file_belongs() {
    assertThatThrownBy(() -> Programs.load("gold", home))
        .isInstanceOf(ProgramRefused.class)
        .hasMessageContaining("gold.yaml")
        .hasMessageContaining("no such programme");
  }

  @Test
  void all_problems_are_listed_at_once_with_file_and_line() {
    assertThat(
            problems(
                """
        program: gold
        version: 0
        effective_from: 2025-02-30
        earn:
          per_fen: 0.5
          points: 1
          mode: logarithmic
          rounding: floor
          scope: order
          colour: red
        hold: {days: -1, from: paid}
        expiry: {kind: fixed, length: 30d, start: available}
        tiers: [gold]
        returns: {unlinked: maybe}
        """))
        .containsExactly(
            "base.yaml:1: program: is 'gold' but the file belongs to base; make them equal",
            "base.yaml:2: version: 0 is less than 1",
            "base.yaml:3: effective_from: 2025-02-30 is no date of the calendar",
            "base.yaml:5: earn.per_fen: 0.5 is no whole number",
            "base.yaml:7: earn.mode: logarithmic is not one of linear, step",
            "base.yaml:10: earn.colour: unknown key; known here are per_fen, points, mode, rounding, scope",
            "base.yaml:11: hold.days: -1 is less than 0",
            "base.yaml:12: expiry.length: 30d has no calendar end; kind fixed takes months or years such as 1m or 1y",
            "base.yaml:13: tiers: a list; the levels stand under tiers: {levels: [...]}",
            "base.yaml:14: returns.unlinked: maybe is not one of clawback, ignore");
  }

  @Test
  void missing_keys_are_named() {
    assertThat(problems("program: base\nversion: 1\nearn: {per_fen: 100}\n"))
        .contains(
            "base.yaml:1: effective_from: missing",
            "base.yaml:1: expiry: missing",
            "base.yaml:1: hold: missing",
            "base.yaml:3: earn.points: missing");
    assertThat(problems(BASE.replace(", length: 1y", "")))
        .containsExactly("base.yaml:6: expiry.length: missing; kind rolling needs it");
  }

  @Test
  void a_validity_without_a_unit_is_refused() {
    assertThat(problems(BASE.replace("length: 1y", "length: 365")))
        .containsExactly("base.yaml:6: expiry.length: 365 is no text");
    assertThat(problems(BASE.replace("length: 1y", "length: 1w")))
        .containsExactly(
            "base.yaml:6: expiry.length: 1w does not fit: n days, months or years, such as 1y");
  }

  @Test
  void a_year_ends_on_a_day_that_is_there_every_year() {
    assertThat(problems(BASE.replace("start: available}", "start: available, day: 03-31}")))
        .containsExactly(
            "base.yaml:6: expiry.day: ends years of kind fixed only, such as length 1y");
    String fixed = BASE.replace("kind: rolling", "kind: fixed");
    assertThat(problems(fixed.replace("start: available}", "start: available, day: 02-29}")))
        .containsExactly("base.yaml:6: expiry.day: 02-29 is not in every year; say 02-28");
    assertThat(problems(fixed.replace("start: available}", "start: available, day: 04-31}")))
        .containsExactly("base.yaml:6: expiry.day: 04-31 is no day of the year");
  }

  @Test
  void points_that_never_expire_need_no_length() {
    assertThat(
            parse(BASE.replace("{kind: rolling, length: 1y, start: available}", "{kind: never}"))
                .expiry())
        .isEqualTo(new Program.Expiry(Program.ExpiryKind.NEVER, 0, null));
  }

  @Test
  void what_a_programme_leaves_out_of_its_last_keys_is_as_in_base() {
    Program program = parse(BASE.substring(0, BASE.indexOf("tiers")));
    assertThat(program.returns()).isEqualTo(new Program.Returns(Program.Unlinked.CLAWBACK, 90));
    assertThat(program.claim().days()).isEqualTo(90);
  }

  @Test
  void a_key_given_twice_is_refused_with_both_lines() {
    assertThat(problems(BASE + "version: 2\n"))
        .containsExactly("base.yaml:11: version: given twice, first in line 2");
  }

  @Test
  void yaml_is_read_by_the_core_schema_and_nothing_is_passed_over() {
    assertThat(problems(BASE.replace("days: 7", "days: 07")))
        .containsExactly("base.yaml:5: 07 is the number 7 to YAML; write that, or '07' in quotes");
    assertThat(problems(BASE.replace("days: 7", "days: 1_0")))
        .containsExactly("base.yaml:5: hold.days: 1_0 is no whole number");
    assertThat(problems(BASE.replace("days: 7", "days: 7, days: 8")))
        .containsExactly("base.yaml:5: days: given twice, first in line 5");
    assertThat(
            problems(
                BASE.replace("per_fen: 100", "per_fen: &n 100").replace("days: 7", "days: *n")))
        .contains("base.yaml:5: an alias is not followed here: write the value itself");
  }

  @Test
  void broken_yaml_tells_its_line() {
    assertThat(problems("program: base\nearn: {per_fen: 100\nhold: 1\n"))
        .singleElement()
        .asString()
        .startsWith("base.yaml:3: not YAML: ");
    assertThat(problems("")).containsExactly("base.yaml:1: the file is empty");
    assertThat(problems("base\n")).singleElement().asString().startsWith("base.yaml:1: ");
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused() {
    assertThatThrownBy(
            () -> Programs.parse("base", "base.yaml", new byte[] {(byte) 0xD7, (byte) 0xF7, ':'}))
        .isInstanceOf(ProgramRefused.class)
        .hasMessageContaining("save the file as UTF-8");
  }
}
