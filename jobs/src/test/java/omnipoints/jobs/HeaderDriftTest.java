package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.jobs.quarantine.Reject;
import omnipoints.jobs.quarantine.Replay;
import omnipoints.jobs.quarantine.ReplayRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderDriftTest {
  private static final String HEADER = "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc";

  @TempDir Path dir;

  private static byte[] sales(String header, int receipt) {
    String row = "C1,2026-01-01 10:00:00,A,1,10,10,a,10,1," + receipt + ",g,w";
    return (header + "\n" + row + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> messages(TestHome home) {
    return home.rows(
        "select concat_ws(' ', file, outcome, message) from night_input order by night, n");
  }

  @Test
  void a_night_tells_of_each_delivery_how_its_header_changed_and_goes_on() {
    try (TestHome home = new TestHome(dir)) {
      home.drop("pos/S1/1.csv", sales(HEADER, 1));
      assertThat(home.night("2026-01-01").exit()).isZero();
      home.drop("pos/S1/2.csv", sales(HEADER.replace("gzmc", "营业员").replace("jf", "jfs"), 2));
      home.drop("pos/S2/3.csv", sales(HEADER.replace("jf", "积"), 3));
      assertThat(home.night("2026-01-02").exit()).isZero();
      home.drop("pos/S1/2.csv", sales(HEADER, 4));
      home.drop("pos/S2/4.csv", sales(HEADER.replace("jf", "积"), 5));
      assertThat(home.night("2026-01-03").exit()).isZero();
      assertThat(messages(home))
          .containsExactly(
              "1.csv ACCEPTED ",
              "2.csv ACCEPTED header changed: new 营业员; jfs may be jf; gone gzmc",
              "3.csv ACCEPTED header changed: new 积; missing jf",
              "2.csv REVISION a file of this name came before with other bytes; header changed:"
                  + " came jf, gzmc; gone jfs, 营业员",
              "4.csv ACCEPTED header changed: new 积");
      assertThat(home.rows("select sum(rows_in)::text from night_input where rejected = 0"))
          .containsExactly("5");
    }
  }

  @Test
  void rows_that_are_read_again_under_their_old_header_are_no_news() {
    try (TestHome home = new TestHome(dir)) {
      String bad =
          new String(sales(HEADER, 1), StandardCharsets.UTF_8).replace(",10,1,1,", ",x,1,1,");
      home.drop("pos/S1/1.csv", bad.getBytes(StandardCharsets.UTF_8));
      home.night("2026-01-01");
      String later = HEADER.replace(",gzmc", "") + ",gz";
      home.drop("pos/S1/2.csv", sales(later, 2));
      home.night("2026-01-02");
      String id = home.rows("select id from quarantine").get(0);
      Replay replay =
          Replay.plan(
              home.home(),
              home.database.database(),
              new ReplayRequest(
                  Reject.Selection.of(Set.of(id)),
                  Map.of(id, Map.of("jf", new ReplayRequest.Edit("10", true))),
                  false));
      replay.register(
          home.database.database(), Instant.parse("2026-01-03T02:00:00Z"), "ann", "keyed wrong");
      home.night("2026-01-03");
      home.drop("pos/S1/4.csv", sales(later, 4));
      home.night("2026-01-04");
      assertThat(
              home.rows(
                  "select concat_ws(' ', night, header is null, message) from night_input order by night"))
          .containsExactly(
              "2026-01-01 f ",
              "2026-01-02 f header changed: new gz; gone gzmc",
              "2026-01-03 t ",
              "2026-01-04 f header changed: new gz");
      assertThat(home.rows("select state from quarantine")).containsExactly("REPLAYED");
    }
  }

  @Test
  void a_file_without_a_required_column_is_quarantined_with_what_may_be_renamed() {
    try (TestHome home = new TestHome(dir)) {
      home.drop("pos/S1/1.csv", sales(HEADER, 1));
      home.drop("pos/S1/2.csv", sales(HEADER.replace("dtime", "dtimes"), 2));
      assertThat(home.night("2026-01-01").exit()).isEqualTo(3);
      assertThat(
              home.rows(
                  "select message from night_input where outcome = 'NO_MAPPING' and header is null"))
          .singleElement()
          .asString()
          .contains("pos/store_sales: row 1 lacks dtime")
          .contains("nearest is pos/store_sales: dtimes may be dtime");
      assertThat(home.rows("select order_no from sales_order")).containsExactly("20260101-1-1");
    }
  }
}
