package omnipoints.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import omnipoints.points.EntryKey;
import omnipoints.points.Kind;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.Test;

class RowReaderTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private record Booked(
      EntryKey entry, Kind kind, long points, OffsetDateTime effectiveAt, Limits limits) {}

  private record Limits(Long most, LocalDate until, BigDecimal share, Boolean hard) {}

  @Test
  void components_are_the_columns_of_their_names_and_moments_are_told_in_the_zone()
      throws Exception {
    assertThat(
            read(
                "select 'EARN' as kind, 5::bigint as points, date '2026-01-02' as entry_night,"
                    + " 'M1' as entry_member, 7 as entry_n, null::bigint as limits_most,"
                    + " date '2026-03-01' as limits_until, 0.50 as limits_share, false as limits_hard,"
                    + " timestamptz '2026-01-02T01:00:00Z' as effective_at, 'unread' as more"))
        .isEqualTo(
            new Booked(
                new EntryKey(LocalDate.parse("2026-01-02"), "M1", 7),
                Kind.EARN,
                5,
                OffsetDateTime.parse("2026-01-02T09:00:00+08:00"),
                new Limits(null, LocalDate.parse("2026-03-01"), new BigDecimal("0.50"), false)));
  }

  private static final String NOTHING =
      " null::date as entry_night, null::text as entry_member, null::int as entry_n,"
          + " null::timestamptz as effective_at, null::bigint as limits_most,"
          + " null::date as limits_until, null::numeric as limits_share,"
          + " null::boolean as limits_hard";

  @Test
  void a_record_of_which_nothing_is_known_is_null() throws Exception {
    assertThat(read("select null::text as kind, 5::bigint as points," + NOTHING))
        .isEqualTo(new Booked(null, null, 5, null, null));
  }

  @Test
  void a_null_that_has_no_place_and_a_name_of_no_constant_are_refused() {
    assertThatThrownBy(() -> read("select 'EARN' as kind, null::bigint as points," + NOTHING))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> read("select 'GIFT' as kind, 5::bigint as points," + NOTHING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("kind: unknown value GIFT");
  }

  private static Booked read(String sql) throws SQLException {
    try (TestDatabase test = TestDatabase.bare();
        Connection connection = test.database().connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return RowReader.of(Booked.class, ZONE).map(row);
    }
  }
}
