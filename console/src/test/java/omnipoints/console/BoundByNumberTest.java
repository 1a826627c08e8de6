package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** P1 was bound by its number in time, T3 too late. */
class BoundByNumberTest {
  @TempDir static Path directory;
  private static SampleBooks books;

  @BeforeAll
  static void write() throws Exception {
    books = new SampleBooks(directory);
    books.execute(
        """
        insert into delivery (channel, shop, document, sha256, file, bytes, first_night, rows_in) values
          ('program', '', 'binding', 'f9', '补绑.csv', 100, '2026-01-01', 3);
        insert into binding (content, channel, order_no, shop, bound_at, state, first_night, applied_night,
          source_sha256, source_row) values
          ('\\xc1', 'pos', 'P1', '一号店', '2026-01-01T03:00:00Z', 'APPLIED', '2026-01-01', '2026-01-01', 'f9', 3),
          ('\\xc2', 'pos', 'P1', '二号店', '2026-01-01T03:00:00Z', 'APPLIED', '2026-01-01', '2026-01-01', 'f9', 2),
          ('\\xc3', 'tmall', 'T3', null, '2026-05-02T03:00:00Z', 'APPLIED', '2026-01-02', '2026-01-02', 'f9', 4);
        insert into order_claim (order_key, member_id, bound_at, night) values
          ('%1$s', 'M1', '2026-01-01T03:00:00Z', '2026-01-01'),
          ('%2$s', 'M1', '2026-05-02T03:00:00Z', '2026-01-02');
        """
            .formatted(SampleBooks.ORDER_1, SampleBooks.ORDER_3));
  }

  @AfterAll
  static void drop() {
    books.close();
  }

  @Test
  void an_entry_of_an_order_bound_by_its_number_names_the_binding_row() {
    JsonNode json = books.run("explain", "20260101-M1-00001", "--json").json();
    assertThat(json.get("evidence").toString())
        .isEqualTo(
            "{\"type\":\"BINDING\",\"channel\":\"pos\",\"shop\":\"一号店\",\"order\":\"P1\","
                + "\"bound_at\":\"2026-01-01T11:00:00+08:00\",\"source\":{\"file\":\"补绑.csv\",\"sha256\":\"f9\","
                + "\"row\":3,\"document\":\"binding\"}}");
    assertThat(books.run("explain", "20260101-M1-00001").out())
        .contains("Evidence  binding of pos P1, bound at 2026-01-01T11:00:00+08:00")
        .contains("Bound by  补绑.csv, row 3, sha256 f9");
  }

  @Test
  void an_order_that_was_bound_too_late_says_so() {
    assertThat(
            books.run("member", "--order", "tmall:T3", "--json").json().get("message").asString())
        .isEqualTo(
            "order tmall:T3 belongs to no member: UNATTRIBUTED; 补绑.csv, row 4, bound it at"
                + " 2026-05-02T11:00:00+08:00, longer after its payment at 2026-01-01T11:00:00+08:00 than"
                + " claim.days of the programme allows");
  }
}
