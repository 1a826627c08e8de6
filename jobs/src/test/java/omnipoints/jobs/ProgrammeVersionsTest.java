package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of a programme side by side: each decides the orders of its own dates. */
class ProgrammeVersionsTest {

  private static final String MAY_DAY = Pos.row("C1", "2026-05-01 10:00:00", "A", 100, "1", "1");
  private static final String KEY = "20260501-1-1/A#0000010000#001";

  @TempDir Path dir;

  private static String version(int version, String from, int perFen, int hold, String length) {
    return "program: base\nversion: "
        + version
        + "\neffective_from: "
        + from
        + "\nearn: {per_fen: "
        + perFen
        + ", points: 1, mode: linear, rounding: floor, scope: line}\nhold: {days: "
        + hold
        + ", from: completed}\nexpiry: {kind: rolling, length: "
        + length
        + ", start: available}\n";
  }

  private static void sales(TestHome home, String file, String... rows) {
    home.drop("pos/S1/" + file, Pos.file(rows));
  }

  private static List<String> entries(TestHome home, String night) {
    return home.rows(
        "select kind || ' ' || points || ' ' || moved || ' v' || program_version || ' ' || cause_key from entry"
            + " where night = '"
            + night
            + "' order by member_id, n");
  }

  private static NightRefused refused(TestHome home, String night) {
    return catchThrowableOfType(NightRefused.class, () -> home.night(night));
  }

  private static NightOutcome accepting(TestHome home, String night) {
    NightRequest plain = NightRequest.of(LocalDate.parse(night), Progress.SILENT);
    return Nightly.run(
        home.home(),
        home.database.database(),
        new NightRequest(
            plain.date(),
            true,
            false,
            plain.progress(),
            plain.crash(),
            plain.clock(),
            plain.stopping()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"programs/base/2.yaml", "programs/base.yaml"})
  void a_new_version_destroys_nothing_that_was_booked(String file) {
    try (TestHome home = new TestHome(dir)) {
      sales(home, "1.csv", MAY_DAY);
      home.night("2026-05-01");
      home.write(file, version(2, "2026-05-05", 1000, 1, "30d"));
      // released by the pinned hold of seven days, for the pinned year
      home.night("2026-05-08");
      assertThat(entries(home, "2026-05-06")).isEmpty();
      assertThat(entries(home, "2026-05-08")).containsExactly("RELEASE 0 100 v1 " + KEY);
      assertThat(home.rows("select available_on || ' ' || expires_on from lot"))
          .containsExactly("2026-05-08 2027-05-07");
      // an overlapping export shows it again; late orders follow the version of their own date
      sales(
          home,
          "2.csv",
          MAY_DAY,
          Pos.row("C1", "2026-05-04 23:59:59", "B", 100, "1", "2"),
          Pos.row("C1", "2026-05-05 00:00:00", "C", 100, "1", "3"));
      home.night("2026-05-09");
      assertThat(entries(home, "2026-05-09"))
          .containsExactly(
              "EARN 100 0 v1 20260504-1-2/B#0000010000#001",
              "EARN 10 0 v2 20260505-1-3/C#0000010000#001",
              "RELEASE 0 10 v2 20260505-1-3/C#0000010000#001");
      assertThat(home.rows("select expires_on::text from lot where line_key like 'C%'"))
          .containsExactly("2026-06-04");
      // a return takes back what its own line was given
      sales(home, "3.csv", Pos.row("C1", "2026-05-10 12:00:00", "A", -100, "1", "1"));
      home.night("2026-05-10");
      assertThat(entries(home, "2026-05-10")).containsExactly("CLAWBACK -100 0 v1 " + KEY);
      assertThat(home.file("outbox/crm/2026-05-10/manifest.json"))
          .contains("\"program\" : \"base\"", "\"program_version\" : 2");
    }
  }

  @Test
  void what_comes_next_is_told_by_the_pinned_hold() {
    try (TestHome home = new TestHome(dir)) {
      sales(home, "1.csv", MAY_DAY);
      home.night("2026-05-01");
      home.write("programs/base/2.yaml", version(2, "2026-05-02", 100, 1, "1y"));
      home.night("2026-05-02");
      assertThat(home.file("outbox/crm/2026-05-02/member_profile_full_2026-05-02.csv"))
          .contains(",2026-05-08,100,");
    }
  }

  @Test
  void B26_a_version_that_has_booked_is_not_edited() {
    try (TestHome home = new TestHome(dir)) {
      home.write("programs/base.yaml", version(1, "2000-01-01", 100, 7, "1y"));
      sales(home, "1.csv", MAY_DAY);
      home.night("2026-05-01");
      home.write("programs/base.yaml", version(1, "2000-01-01", 50, 7, "1y"));
      sales(home, "2.csv", MAY_DAY, Pos.row("C1", "2026-05-01 11:00:00", "B", 100, "1", "2"));
      NightRefused refused = refused(home, "2026-05-02");
      assertThat(refused.exit()).isEqualTo(8);
      assertThat(refused.code()).isEqualTo("RULES_CHANGED");
      assertThat(refused)
          .hasMessage(
              dir.resolve("programs/base.yaml")
                  + ":2: version 1 of programme base has booked until 2026-05-01 and says something else now;"
                  + " put it back and write the change as version 2");
      assertThat(refused.next())
          .contains("./omnipoints restart 2026-05-02 --accept-version   (the close records it)");
      assertThat(home.rows("select count(*) from night where night = '2026-05-02'"))
          .containsExactly("0");
      accepting(home, "2026-05-02");
      assertThat(home.rows("select accepted from night where night = '2026-05-02'"))
          .containsExactly("base version 1 has other content by --accept-version");
      // accepted for what is new; what was pinned stays
      assertThat(entries(home, "2026-05-02"))
          .containsExactly("EARN 200 0 v1 20260501-1-2/B#0000010000#001");
      home.night("2026-05-03");
    }
  }

  @Test
  void a_version_that_would_begin_in_closed_nights_is_refused() {
    try (TestHome home = new TestHome(dir)) {
      sales(home, "1.csv", MAY_DAY);
      home.night("2026-05-01");
      home.write("programs/base/2.yaml", version(2, "2026-05-01", 50, 7, "1y"));
      NightRefused refused = refused(home, "2026-05-02");
      assertThat(refused.exit()).isEqualTo(8);
      assertThat(refused)
          .hasMessageContaining("programs/base/2.yaml:3: version 2 of programme base would begin")
          .hasMessageContaining("nights are closed until 2026-05-01");
      // what is not in force yet may still be edited
      home.write("programs/base/2.yaml", version(2, "2026-05-04", 50, 7, "1y"));
      home.night("2026-05-02");
      home.write("programs/base/2.yaml", version(2, "2026-05-03", 20, 7, "1y"));
      sales(home, "2.csv", Pos.row("C1", "2026-05-03 10:00:00", "B", 100, "1", "2"));
      home.night("2026-05-03");
      assertThat(entries(home, "2026-05-03"))
          .containsExactly("EARN 500 0 v2 20260503-1-2/B#0000010000#001");
    }
  }

  @Test
  void a_gap_between_what_has_booked_and_its_next_version_is_told() {
    try (TestHome home = new TestHome(dir)) {
      home.night("2026-05-01");
      home.write("programs/base.yaml", version(3, "2026-05-05", 50, 7, "1y"));
      NightRefused refused = refused(home, "2026-05-02");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused).hasMessageContaining("base.yaml:2: version: 3 follows 1");
      assertThat(refused.next()).contains("edit " + dir.resolve("programs/base.yaml"));
    }
  }

  @Test
  void another_programme_or_zone_does_not_come_unseen() {
    try (TestHome home = new TestHome(dir)) {
      home.night("2026-05-01");
      String settings = home.file("omnipoints.yaml");
      home.write("omnipoints.yaml", settings.replace("Asia/Shanghai", "Asia/Tokyo"));
      assertThat(refused(home, "2026-05-02"))
          .hasMessage(
              "omnipoints.yaml:1: the zone is Asia/Tokyo, but nights until 2026-05-01 were closed in"
                  + " Asia/Shanghai; put it back");
      home.write("omnipoints.yaml", settings.replace("programme: base", "programme: demo"));
      NightRefused other = refused(home, "2026-05-02");
      assertThat(other.exit()).isEqualTo(8);
      assertThat(other).hasMessageContaining("omnipoints.yaml:2: the programme is demo");
      home.write("omnipoints.yaml", settings);
      assertThat(home.night("2026-05-02").exit()).isZero();
    }
  }

  @Test
  void an_order_of_before_the_first_version_earns_nothing_and_one_claimed_stays_claimed() {
    try (TestHome home = new TestHome(dir)) {
      home.write("programs/base.yaml", version(1, "2026-05-02", 100, 7, "1y"));
      sales(home, "1.csv", MAY_DAY, Pos.row("C1", "2026-05-02 00:00:00", "B", 100, "1", "2"));
      home.night("2026-05-02");
      assertThat(entries(home, "2026-05-02"))
          .containsExactly("EARN 100 0 v1 20260502-1-2/B#0000010000#001");
      assertThat(home.orderClass("20260501-1-1")).isEqualTo("ZERO");
    }
  }
}
