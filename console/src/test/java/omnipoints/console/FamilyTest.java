package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FamilyTest {
  @TempDir Path directory;

  /**
   * M2 went to M1 on the 2nd, M1 to M0 on the 3rd: the alias of M2 names M0, its points went
   * through M1.
   */
  @Test
  void a_merge_that_has_moved_no_points_yet_does_not_count() throws Exception {
    try (SampleBooks books = new SampleBooks(directory)) {
      books.execute(
          """
          insert into member (member_id, bucket, birth_night, join_channel, join_date) values
            ('M0', 0, '2025-12-31', 'pos', '2025-12-31');
          update member set merged_into = 'M0', merged_to = 'M0', merged_night = '2026-01-03' where member_id = 'M1';
          update member set merged_into = 'M0' where member_id = 'M2';
          """);
      JsonNode m2 = books.run("member", "M2", "--json").json();
      assertThat(m2.get("member_id").asString()).isEqualTo("M1");
      assertThat(m2.get("merged").toString()).isEqualTo("[\"M2\"]");
      assertThat(m2.get("pending").asLong()).isEqualTo(50);
      assertThat(m2.get("owed").asLong()).isZero();
      JsonNode m0 = books.run("member", "M0", "--json").json();
      assertThat(m0.get("member_id").asString()).isEqualTo("M0");
      assertThat(m0.get("merged").size()).isZero();
      assertThat(
              m0.get("available").asLong() + m0.get("pending").asLong() + m0.get("owed").asLong())
          .isZero();
    }
  }

  /** M1 released and clawed back on the 2nd what M2 had earned; on the 3rd M1 went to M0. */
  @Test
  void inherited_points_are_explained_after_their_heir_merged_on() throws Exception {
    try (SampleBooks books = new SampleBooks(directory)) {
      books.execute(
          """
          create table lot_release_n20260102 partition of lot_release for values in ('2026-01-02');
          insert into lot_release (night, lot_night, lot_member, lot_n, available_on, expires_on) values
            ('2026-01-02', '2026-01-01', 'M2', 1, '2026-01-02', '2027-01-01');
          insert into entry (night, bucket, member_id, n, kind, points, moved, effective_at, channel, shop, order_key,
            line_key, cause_type, cause_key, program_version) values
            ('2026-01-01', 2, 'M2', 2, 'CLAWBACK', -10, 0, '2026-01-01T04:00:00Z', 'tmall', '旗舰店', '%1$s', '1',
             'LINE', 'T2/1', 1),
            ('2026-01-02', 1, 'M1', 8, 'RELEASE', 0, 40, '2026-01-02T03:00:00Z', 'tmall', '旗舰店', '%1$s', '1',
             'LINE', 'T2/1', 1),
            ('2026-01-02', 1, 'M1', 9, 'CLAWBACK', -20, 0, '2026-01-02T04:00:00Z', 'tmall', '旗舰店', '%1$s', '1',
             'LINE', 'T2/1', 1);
          insert into allocation (night, member_id, n, kind, debit_night, debit_member, debit_n, lot_night, lot_member,
            lot_n, points, pending) values
            ('2026-01-02', 'M1', 9, 'DEBIT', '2026-01-02', 'M1', 9, '2026-01-01', 'M2', 1, 20, false);
          insert into member (member_id, bucket, birth_night, join_channel, join_date) values
            ('M0', 0, '2025-12-31', 'pos', '2025-12-31');
          update member set merged_into = 'M0', merged_to = 'M0', merged_night = '2026-01-03' where member_id = 'M1';
          update member set merged_into = 'M0' where member_id = 'M2';
          """
              .formatted(SampleBooks.ORDER_2));
      assertThat(
              books
                  .run("explain", "20260102-M1-00008", "--json")
                  .json()
                  .get("consumed_by")
                  .toString())
          .isEqualTo("[{\"entry\":\"20260102-M1-00009\",\"points\":20,\"night\":\"2026-01-02\"}]");
      assertThat(
              books
                  .run("explain", "20260102-M1-00009", "--json")
                  .json()
                  .get("arithmetic")
                  .asString())
          .as("of both accounts")
          .endsWith(" - 10");
    }
  }
}
