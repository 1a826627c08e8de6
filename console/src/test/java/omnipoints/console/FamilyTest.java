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
          update member set merged_into = 'M0', merged_night = '2026-01-03' where member_id = 'M1';
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
}
