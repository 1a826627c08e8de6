package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class RowsTest {

  private record Kept(
      int id,
      String word,
      Long fen,
      long points,
      short rank,
      boolean live,
      byte[] content,
      Instant paidAt,
      LocalDate firstNight,
      BigDecimal qty,
      UUID orderKey,
      List<String> skuAlso) {
    @Override
    public String toString() {
      return id
          + " "
          + word
          + " "
          + fen
          + " "
          + points
          + " "
          + rank
          + " "
          + live
          + " "
          + (content == null ? null : new String(content))
          + " "
          + paidAt
          + " "
          + firstNight
          + " "
          + qty
          + " "
          + orderKey
          + " "
          + skuAlso;
    }
  }

  private static final Rows<Kept> ROWS = Rows.of(Kept.class);
  private static final Kept FULL =
      new Kept(
          1,
          "字",
          5L,
          -7,
          (short) 3,
          true,
          "c".getBytes(),
          Instant.parse("2026-05-04T01:02:03.000004Z"),
          LocalDate.of(2026, 5, 4),
          new BigDecimal("1.50"),
          new UUID(-1, 2),
          List.of("a", "b"));
  private static final Kept BARE =
      new Kept(2, null, null, 0, (short) 0, false, null, null, null, null, null, null);

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
                create table kept (
                  points bigint, id int primary key, word text, fen bigint, rank smallint, live boolean, content bytea,
                  paid_at timestamptz, first_night date, qty numeric, order_key uuid, sku_also text[],
                  besides int default 9)
                """));
  }

  @AfterAll
  void close() {
    test.close();
  }

  private List<String> kept() {
    Statement all =
        Script.parse(
                "kept.sql",
                "-- grain: row\n-- writes: nothing\n-- params: none\nselect * from kept order by id;",
                List.of())
            .statement("kept");
    return database.inTransaction(
        connection -> ROWS.read(all, connection, Map.of()).stream().map(Kept::toString).toList());
  }

  @Test
  void rows_come_back_as_they_went_wherever_their_columns_stand() {
    database.transact(
        connection -> {
          Database.execute(connection, "empty", "truncate kept");
          ROWS.append(connection, "kept", List.of(FULL, BARE));
        });
    assertThat(kept()).containsExactly(FULL.toString(), BARE.toString());
  }

  @Test
  void changed_rows_take_the_place_of_those_of_their_key() {
    Kept other = new Kept(1, "new", 5L, 1, (short) 1, false, null, null, null, null, null, null);
    Kept third = new Kept(3, "3", null, 1, (short) 1, false, null, null, null, null, null, null);
    database.transact(
        connection -> {
          Database.execute(connection, "empty", "truncate kept");
          ROWS.append(connection, "kept", List.of(FULL, BARE));
          ROWS.replace(connection, "kept", List.of(other), "id");
          ROWS.upsert(connection, "kept", List.of(third, FULL), "id");
          ROWS.replace(connection, "kept", List.of(), "id");
        });
    assertThat(kept()).containsExactly(FULL.toString(), BARE.toString(), third.toString());
  }
}
