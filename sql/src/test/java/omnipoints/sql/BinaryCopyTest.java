package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class BinaryCopyTest {

  private static final String[] COLUMNS = {
    "n", "bool", "short", "int", "long", "text", "bytes", "uuid", "date", "tz", "num", "texts"
  };

  private TestDatabase test;
  private Database database;

  @BeforeAll
  void open() {
    test = TestDatabase.bare();
    database = test.database();
    database.transact(
        connection ->
            Database.execute(
                connection,
                "table",
                """
                create table every_type (
                  n int, bool boolean, short smallint, int int, long bigint, text text, bytes bytea, uuid uuid,
                  date date, tz timestamptz, num numeric, texts text[]);
                create table small (id bigint primary key, word text)
                """));
  }

  @AfterAll
  void close() {
    test.close();
  }

  @Test
  void a_copy_that_begins_later_asks_for_a_connection_once_and_for_no_rows_never() {
    for (int rows : new int[] {0, 1, 20_000}) {
      database.transact(
          connection -> {
            var asked = new AtomicInteger();
            Database.execute(connection, "empty", "truncate small");
            try (BinaryCopy copy =
                Database.copyInLater(
                    () -> {
                      asked.incrementAndGet();
                      return connection;
                    },
                    "small",
                    "id",
                    "word")) {
              for (int id = 0; id < rows; id++) copy.row().putLong(id).putText("word");
              // 20,000 rows are many buffers, one row is none until the end
              assertThat(asked.get()).isEqualTo(rows > 1 ? 1 : 0);
              assertThat(copy.finish()).isEqualTo(rows);
            }
            assertThat(asked.get()).isEqualTo(rows > 0 ? 1 : 0);
            try (ResultSet count =
                connection.createStatement().executeQuery("select count(*) from small")) {
              count.next();
              assertThat(count.getInt(1)).isEqualTo(rows);
            }
            Database.execute(connection, "empty", "truncate small");
          });
    }
  }

  @Test
  void every_type_comes_back_as_it_was_put() {
    UUID uuid = UUID.fromString("0f5e1c9a-7b1d-4c62-9a3e-ffffffffffff");
    database.transact(
        connection -> {
          try (BinaryCopy copy = Database.copyIn(connection, "every_type", COLUMNS)) {
            copy.row()
                .putInt(1)
                .putBoolean(true)
                .putShort(-32768)
                .putInt(Integer.MIN_VALUE)
                .putLong(Long.MAX_VALUE)
                .putText("积分 \uD83D\uDE00 \"x\"\\")
                .putBytes(new byte[] {0, -1, 127})
                .putUuid(uuid)
                .putDate(LocalDate.of(1999, 12, 31))
                .putTimestamptz(Instant.parse("2025-11-11T15:59:59.123456Z"))
                .putNumeric(new BigDecimal("-12345.0600"))
                .putTexts(List.of("a", "积,分", ""));
            copy.row().putInt(2);
            for (int i = 1; i < COLUMNS.length; i++) copy.putNull();
            assertThat(copy.finish()).isEqualTo(2);
          }
        });
    assertThat(rows("select e.*::text from every_type e order by n"))
        .containsExactly(
            "1|t|-32768|-2147483648|9223372036854775807|积分 \uD83D\uDE00 \"x\"\\|\\x00ff7f|"
                + uuid
                + "|1999-12-31|2025-11-11 15:59:59.123456+00|-12345.0600|"
                + "{a,\"积,分\",\"\"}",
            "2|null|null|null|null|null|null|null|null|null|null|null");
  }

  @Test
  void random_numbers_keep_value_and_scale() {
    long seed = 20251111;
    var random = new Random(seed);
    var values = new java.util.ArrayList<BigDecimal>();
    for (String edge :
        List.of("0", "0.00", "1E+10", "9999", "10000", "0.0001", "-0.00010000", "100000000.5")) {
      values.add(new BigDecimal(edge));
    }
    for (int i = 0; i < 2000; i++) {
      values.add(
          new BigDecimal(
              new java.math.BigInteger(random.nextInt(1, 200), random), random.nextInt(0, 20)));
    }
    database.transact(
        connection ->
            Database.execute(connection, "table", "create table numbers (i int, num numeric)"));
    database.transact(
        connection -> {
          try (BinaryCopy copy = Database.copyIn(connection, "numbers", "i", "num")) {
            for (int i = 0; i < values.size(); i++) copy.row().putInt(i).putNumeric(values.get(i));
            copy.finish();
          }
        });
    List<String> read = rows("select num::text from numbers order by i");
    for (int i = 0; i < values.size(); i++) {
      assertThat(read.get(i))
          .as("seed %d, value %d", seed, i)
          .isEqualTo(values.get(i).toPlainString());
    }
  }

  @Test
  void values_longer_than_the_buffer_and_many_rows_pass() {
    String text = "分".repeat(100_000);
    database.transact(
        connection -> {
          try (BinaryCopy copy = Database.copyIn(connection, "small", "id", "word")) {
            copy.row().putLong(-1).putText(text);
            for (int i = 0; i < 100_000; i++) copy.row().putLong(i).putText("w" + i);
            assertThat(copy.finish()).isEqualTo(100_001);
          }
        });
    assertThat(rows("select count(*), sum(length(word)) filter (where id = -1) from small"))
        .containsExactly("100001|100000");
    database.transact(connection -> Database.execute(connection, "empty", "truncate small"));
  }

  @Test
  void a_copy_left_by_an_exception_leaves_no_row() {
    assertThatThrownBy(
            () ->
                database.transact(
                    connection -> {
                      try (BinaryCopy copy = Database.copyIn(connection, "small", "id", "word")) {
                        copy.row().putLong(1).putText("x");
                        throw new IllegalStateException("on the way");
                      }
                    }))
        .hasMessage("on the way");
    assertThat(rows("select count(*) from small")).containsExactly("0");
  }

  @Test
  void a_row_with_a_missing_value_is_refused_before_it_is_sent() {
    assertThatThrownBy(
            () ->
                database.transact(
                    connection -> {
                      try (BinaryCopy copy = Database.copyIn(connection, "small", "id", "word")) {
                        copy.row().putLong(1);
                        copy.row();
                      }
                    }))
        .hasMessage("copy small: row 1 has 1 of 2 values; next is word");
  }

  @Test
  void a_repeated_key_is_told_without_its_value() {
    assertThatThrownBy(
            () ->
                database.transact(
                    connection -> {
                      try (BinaryCopy copy = Database.copyIn(connection, "small", "id", "word")) {
                        copy.row().putLong(13800138000L).putText("x");
                        copy.row().putLong(13800138000L).putText("x");
                        copy.finish();
                      }
                    }))
        .isInstanceOfSatisfying(
            StatementFailed.class,
            failed -> {
              assertThat(failed.sqlState()).isEqualTo("23505");
              assertThat(failed.environment()).isFalse();
              assertThat(failed)
                  .hasMessage(
                      "copy small: duplicate key value violates unique constraint \"small_pkey\" (SQLSTATE 23505)");
              assertThat(failed).hasStackTraceContaining("SQLException: PSQLException 23505");
              var trace = new java.io.StringWriter();
              failed.printStackTrace(new java.io.PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("13800138000");
            });
  }

  @Test
  void copy_out_writes_csv() {
    var out = new ByteArrayOutputStream();
    long rows =
        database.inTransaction(
            connection ->
                Database.copyOut(
                    connection, "copy (values (1, 'a,b'), (2, null)) to stdout (format csv)", out));
    assertThat(rows).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("1,\"a,b\"\n2,\n");
  }

  private List<String> rows(String sql) {
    return database.inTransaction(
        connection -> {
          var lines = new java.util.ArrayList<String>();
          try (var statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql.replace("e.*::text", "e.*"))) {
            while (row.next()) {
              var cells = new java.util.ArrayList<String>();
              for (int i = 1; i <= row.getMetaData().getColumnCount(); i++)
                cells.add(String.valueOf(row.getString(i)));
              lines.add(String.join("|", cells));
            }
          }
          return lines;
        });
  }
}
