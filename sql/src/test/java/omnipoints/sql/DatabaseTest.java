package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class DatabaseTest {

  private final List<Duration> pauses = new ArrayList<>();
  private TestDatabase test;
  private Database database;

  @BeforeAll
  void open() {
    test = TestDatabase.bare();
    database =
        Database.open(
            test.url(), new Retries(3, Duration.ofMillis(50), new Random(7), pauses::add));
  }

  @AfterAll
  void close() {
    database.close();
    test.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void a_transaction_that_met_another_one_is_run_again(String state) {
    pauses.clear();
    var runs = new ArrayList<Integer>();
    int result =
        database.inTransaction(
            connection -> {
              runs.add(runs.size());
              if (runs.size() < 3) throw new SQLException("met another", state);
              return 42;
            });
    assertThat(result).isEqualTo(42);
    assertThat(runs).hasSize(3);
    assertThat(pauses).hasSize(2);
    assertThat(pauses.get(0)).isBetween(Duration.ofNanos(1), Duration.ofMillis(50));
    assertThat(pauses.get(1)).isBetween(Duration.ofNanos(1), Duration.ofMillis(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void what_hands_rows_on_is_run_once_whatever_it_met(String state) {
    var runs = new ArrayList<Integer>();
    assertThatThrownBy(
            () ->
                database.readOnce(
                    connection -> {
                      runs.add(1);
                      throw new SQLException("met another", state);
                    }))
        .isInstanceOf(StatementFailed.class);
    assertThat(runs).hasSize(1);
  }

  @Test
  void a_connection_that_the_pool_took_away_is_the_environments_fault() {
    DatabaseFailure failure =
        Database.failure("rollback", new SQLException("Connection is closed"));
    assertThat(failure.environment()).isTrue();
    assertThat(failure).hasMessageContaining("the connection to the database was lost");
    assertThat(failure.next()).contains("./omnipoints db start");
  }

  @Test
  void after_the_third_meeting_it_fails_and_tells_of_all() {
    pauses.clear();
    assertThatThrownBy(
            () ->
                database.transact(
                    connection -> {
                      throw new SQLException("met another", "40001");
                    }))
        .isInstanceOfSatisfying(
            StatementFailed.class,
            failed -> {
              assertThat(failed.environment()).isTrue();
              assertThat(failed.getSuppressed()).hasSize(1);
              assertThat(failed.getSuppressed()[0].getSuppressed()).hasSize(1);
            });
    assertThat(pauses).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "55P03", "08006", "57P01", "53100", "XX000", "42P01"})
  void nothing_else_is_run_again(String state) {
    var runs = new ArrayList<Integer>();
    assertThatThrownBy(
            () ->
                database.transact(
                    connection -> {
                      runs.add(1);
                      throw new SQLException("no", state);
                    }))
        .isInstanceOf(StatementFailed.class);
    assertThat(runs).hasSize(1);
  }

  @Test
  void what_failed_is_rolled_back() {
    database.transact(c -> Database.execute(c, "table", "create table kept (id int)"));
    assertThatThrownBy(
            () ->
                database.transact(
                    connection -> {
                      Database.execute(connection, "row", "insert into kept values (1)");
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat((long) database.inTransaction(c -> Database.execute(c, "count", "delete from kept")))
        .isZero();
  }

  @Test
  void sessions_think_in_utc() {
    assertThat(text("show timezone")).isEqualTo("UTC");
    assertThat(text("show client_connection_check_interval")).isEqualTo("2s");
    assertThat(text("show application_name")).isEqualTo("omnipoints");
  }

  @Test
  void a_full_disk_is_the_environments_fault_and_says_what_to_do() {
    assertThatThrownBy(
            () ->
                database.transact(
                    connection ->
                        Database.execute(
                            connection,
                            "statements/nightly/join.sql#inputs",
                            "do $$ begin raise exception 'could not extend' using errcode = '53100'; end $$")))
        .isInstanceOfSatisfying(
            StatementFailed.class,
            failed -> {
              assertThat(failed)
                  .hasMessage(
                      "statements/nightly/join.sql#inputs: the disk of the database is full (SQLSTATE 53100)");
              assertThat(failed.environment()).isTrue();
              assertThat(failed.code()).isEqualTo("DB_FAILED");
              assertThat(failed.next())
                  .containsExactly(
                      "free disk space of the database, then ./omnipoints restart DATE");
            });
  }

  @Test
  void a_value_the_server_quotes_is_not_repeated() {
    assertThatThrownBy(
            () ->
                database.transact(
                    c -> Database.execute(c, "cast", "select '13800138000x'::bigint")))
        .hasMessage("cast: invalid input syntax for type bigint: \"…\" (SQLSTATE 22P02)");
  }

  @Test
  void nobody_listening_is_told_with_place_and_next_step() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/points?user=me&password=geheim";
    assertThatThrownBy(() -> Database.open(url))
        .isInstanceOfSatisfying(
            DatabaseUnreachable.class,
            unreachable -> {
              assertThat(unreachable)
                  .hasMessage(
                      "the database at 127.0.0.1:"
                          + port
                          + "/points does not answer (SQLSTATE 08001)");
              assertThat(unreachable.code()).isEqualTo("DB_UNREACHABLE");
              assertThat(unreachable.next()).first().isEqualTo("./omnipoints db start");
              assertThat(unreachable.environment()).isTrue();
              assertThat(unreachable).hasStackTraceContaining("DatabaseUnreachable");
              assertThat(unreachable.toString() + unreachable.next()).doesNotContain("geheim");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:mysql://localhost/x", "postgresql://localhost/x", ""})
  void another_kind_of_url_is_refused(String url) {
    assertThatThrownBy(() -> Database.open(url))
        .isInstanceOf(DatabaseUnreachable.class)
        .hasMessage("database.url is not a PostgreSQL JDBC URL");
  }

  @Test
  void a_database_name_that_does_not_exist_is_told() {
    String url = test.url().replaceFirst("/t_[0-9a-f]+", "/nowhere");
    assertThatThrownBy(() -> Database.open(url))
        .hasMessageContaining("/nowhere has no database of that name");
  }

  private String text(String sql) {
    return database.inTransaction(
        connection -> {
          try (var statement = connection.createStatement();
              var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
          }
        });
  }
}
