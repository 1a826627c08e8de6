package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class ScriptTest {

  private static final String FILE = "statements/nightly/example.sql";
  private static final LocalDate NIGHT = LocalDate.of(2025, 11, 11);
  private static final String HEADER =
      """
      -- grain: one row per word
      -- writes: word
      """;

  private TestDatabase test;

  @BeforeAll
  void open() {
    test = TestDatabase.bare();
  }

  @AfterAll
  void close() {
    test.close();
  }

  @Test
  void statements_run_in_order_and_tell_the_rows_of_each() {
    Script script =
        parse(
            """
            -- params: :night date, :words text[],
            --         :least int
            -- cost: small

            -- name: make
            create table word_{night} (night date check (night = date '2025-11-11'), word text, note text);

            -- name: fill
            -- Each word once; the colon in ':night' and the mark in "a;b" are no placeholder and no end.
            insert into word_{night}
            select :night, w, ':night {} ;' || $$:least {night} ;$$ from unnest(:words) w
            where length(w) >= :least::int;

            -- name: count
            select * from word_{night} where not (jsonb_build_object(word, 1) ? 'x')
            """);
    assertThat(script.names()).containsExactly("make", "fill", "count");
    Map<String, Object> params =
        Map.of("night", NIGHT, "words", List.of("a", "bb", "ccc"), "least", 2);
    test.database()
        .transact(
            connection -> {
              assertThat(script.names())
                  .extracting(name -> script.statement(name).run(connection, params))
                  .containsExactly(0L, 2L, 2L);
              assertThat(
                      script
                          .statement("count")
                          .list(connection, Map.of("night", NIGHT), row -> row.getString("note")))
                  .containsOnly(":night {} ;:least 20251111 ;");
            });
  }

  @Test
  void every_type_of_parameter_is_bound_and_may_be_null() {
    var values = new HashMap<String, Object>();
    values.put("a", true);
    values.put("b", 7);
    values.put("c", -7);
    values.put("d", Long.MAX_VALUE);
    values.put("e", new java.math.BigDecimal("1.50"));
    values.put("f", "分");
    values.put("g", new byte[] {1, 2});
    values.put("h", UUID.fromString("00000000-0000-0000-0000-000000000001"));
    values.put("i", NIGHT);
    values.put("j", Instant.parse("2025-11-11T00:00:00Z"));
    values.put("k", "{\"x\": 1}");
    values.put("l", List.of(1L, 2L));
    values.put("m", List.of(NIGHT));
    Script script =
        parse(
            """
            -- params: :a boolean, :b smallint, :c int, :d bigint, :e numeric, :f text, :g bytea, :h uuid, :i date
            -- params: :j timestamptz, :k jsonb, :l bigint[], :m date[]
            select concat_ws('|', :a::boolean, :b::smallint, :c::int, :d::bigint, :e::numeric, :f::text, :g::bytea,
              :h::uuid, :i::date, :j::timestamptz, :k::jsonb, :l::bigint[], :m::date[])
            """);
    assertThat(texts(script, values))
        .containsExactly(
            "t|7|-7|9223372036854775807|1.50|分|\\x0102|00000000-0000-0000-0000-000000000001|2025-11-11"
                + "|2025-11-11 00:00:00+00|{\"x\": 1}|{1,2}|{2025-11-11}");
    values.replaceAll((name, value) -> null);
    assertThat(texts(script, values)).containsExactly("");
  }

  @Test
  void all_contradictions_of_a_file_are_listed_with_their_lines() {
    assertThatThrownBy(
            () ->
                Script.parse(
                    FILE,
                    """
                    -- grain: one row per word
                    -- params: :night date, :epoch bigint, :unused int, :odd float, :twice int, :twice int

                    -- name: first
                    update word set night = :night
                    where epoch = :epcoh;
                    -- name: Second
                    select 1 from word_{epoch} where :twice > 0; select 2
                    -- name: first
                    select 1
                    """,
                    List.of("grain", "writes")))
        .isInstanceOfSatisfying(
            StatementsRefused.class,
            refused ->
                assertThat(refused.problems())
                    .containsExactlyInAnyOrder(
                        FILE
                            + ":1: no line '-- writes: …' in the comment block the file opens with",
                        FILE
                            + ":2: :odd has the unknown type 'float'; known: boolean, smallint, int, bigint, numeric,"
                            + " text, bytea, uuid, date, timestamp, timestamptz, jsonb, text[], bigint[], int[],"
                            + " date[], uuid[]",
                        FILE + ":2: :twice is declared twice",
                        FILE + ":6: :epcoh is used but not declared in '-- params:'",
                        FILE + ":7: 'Second' is not a name of the form lower_case",
                        FILE
                            + ":8: 2 statements under one name; give each its own line '-- name: …'",
                        FILE + ":10: two statements are named 'first'",
                        FILE + ":8: {epoch} must be declared ':epoch date'",
                        FILE + ":2: :unused is declared but no statement uses it"));
  }

  @Test
  void only_dates_become_part_of_a_name() {
    assertThatThrownBy(() -> parse("-- params: :t text\ndrop table {t}"))
        .hasMessage(FILE + ":4: {t} must be declared ':t date'");
  }

  @Test
  void parameters_that_do_not_fit_are_all_named() {
    Script script = parse("-- params: :night date, :epoch bigint\nselect :night, :epoch");
    assertThatThrownBy(() -> texts(script, Map.of("nigth", NIGHT, "epoch", 1L)))
        .hasMessage(
            """
            statements/nightly/example.sql#example: parameter :night is missing
            statements/nightly/example.sql#example: parameter :nigth is given but not declared""");
    assertThatThrownBy(() -> texts(script, Map.of("night", "2025-11-11", "epoch", 1L)))
        .hasMessage(
            "statements/nightly/example.sql#example: parameter :night is declared date and takes LocalDate, not String");
  }

  @Test
  void a_name_that_is_not_there_is_answered_with_those_that_are() {
    Script script = parse("-- params: none\n-- name: one\nselect 1;\n-- name: two\nselect 2;");
    assertThatThrownBy(() -> script.statement("three"))
        .hasMessage(FILE + ": no statement 'three'; it has [one, two]");
    assertThatThrownBy(() -> Statements.job("nightly").step("no_such_step"))
        .hasMessage("statements/nightly/no_such_step.sql: no such file");
  }

  @Test
  void a_check_returns_all_rows_counted_and_some_shown() {
    Check check =
        Checks.parse(
            "checks/few_words.sql",
            """
            -- scope: rolling
            -- invariant: There are fewer words
            --            than numbers.
            -- params: :most int
            select n as number, null::text as word from generate_series(1, :most) n
            """);
    assertThat(check.name()).isEqualTo("few_words");
    assertThat(check.scope()).isEqualTo(Check.Scope.ROLLING);
    assertThat(check.invariant()).isEqualTo("There are fewer words than numbers.");
    Check.Finding finding =
        test.database()
            .inTransaction(connection -> check.run(connection, Map.of("most", 12000), 2));
    assertThat(finding.holds()).isFalse();
    assertThat(finding.count()).isEqualTo(12000);
    assertThat(finding.sample()).hasSize(2);
    assertThat(finding.sample().get(1)).containsEntry("number", "2").containsEntry("word", null);
    assertThat(
            test.database()
                .inTransaction(connection -> check.run(connection, Map.of("most", 0), 2))
                .holds())
        .isTrue();
  }

  @Test
  void a_check_states_its_scope() {
    assertThatThrownBy(
            () ->
                Checks.parse(
                    "checks/x.sql", "-- scope: weekly\n-- invariant: x\n-- params: none\nselect 1"))
        .hasMessage("checks/x.sql:1: scope 'weekly' is not night, rolling or full");
  }

  @Test
  void every_statement_and_check_of_ours_agrees_with_its_header() {
    for (String job : ClasspathFolder.list("statements", ""))
      for (String file : ClasspathFolder.list("statements/" + job, ".sql"))
        Statements.job(job).step(file.replace(".sql", ""));
    Checks.all();
  }

  @Test
  void many_rows_stream_through_a_cursor() {
    Script script =
        parse("-- params: :most int\nselect n, repeat('x', 1000) from generate_series(1, :most) n");
    long rows =
        test.database()
            .inTransaction(
                connection ->
                    script
                        .statement("example")
                        .forEachRow(connection, Map.of("most", 300_000), row -> row.getInt(1)));
    assertThat(rows).isEqualTo(300_000);
  }

  private static Script parse(String rest) {
    return Script.parse(FILE, HEADER + rest, List.of("grain", "writes"));
  }

  private List<String> texts(Script script, Map<String, ?> params) {
    return test.database()
        .inTransaction(
            connection -> {
              return script
                  .statement(script.names().get(0))
                  .list(connection, params, row -> row.getString(1));
            });
  }
}
