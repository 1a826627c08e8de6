package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D18, H5: a voucher's code is worth something to whoever reads it; the database holds none. */
class VoucherCodesTest {
  private static final String USES = "code,shop,order_channel,order_no,event,at,off_fen\n";

  @TempDir Path dir;

  @Test
  void h5_d18_codes_of_vouchers_are_kept_as_keyed_hashes_and_told_by_their_ends() {
    try (TestHome home = new TestHome(dir)) {
      home.drop(
          "program/v.csv",
          USES
              + "SECRET-CODE-4711,s1,pos,1,use,2026-03-01 10:00:00,1000\n"
              + "SECRET-CODE-4712,s1,pos,2,use,2026-03-01 10:00:00,1000\n"
              + "SECRET-CODE-4712,s1,pos,2,use,2026-03-01 10:00:00,2000\n");
      home.night("2026-03-01");
      assertThat(
              home.rows(
                  "select event || ' ' || length(code) || ' ' || (key = 'voucher:' || code || '/USE/2026-03-01T02:00:00Z')"
                      + " from voucher_use"))
          .containsExactly("USE 64 true");
      assertThat(home.rows("select row_to_json(o)::text from own_row o"))
          .noneMatch(row -> row.contains("SECRET"));
      assertThat(home.file("reports/2026-03-01/rejects.csv"))
          .contains("voucher:…4712")
          .contains("CONFLICTING_ROWS");
      home.drop(
          "program/again.csv", USES + "SECRET-CODE-4711,s1,pos,1,use,2026-03-01 10:00:00,1000\n");
      home.night("2026-03-02");
      assertThat(home.rows("select count(*) from voucher_use")).containsExactly("1");
    }
  }
}
