package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What member rows of several nights say of the same cards, and rows of one night that disagree.
 */
class MemberRowsTest {

  private static final String MEMBER = "card,phone,birthday,join_date,home_shop\n";

  @TempDir static Path dir;
  private static TestHome home;
  private static String homeShops = "";
  private static NightOutcome fourth;

  @BeforeAll
  static void nights() {
    home = new TestHome(dir);
    for (String shop : List.of("A5", "A6", "A7", "A5")) {
      String date = "2026-01-0" + (1 + homeShops.length() / 3);
      home.drop("program/" + date + ".csv", MEMBER + "F1,,,," + shop + "\n" + more(date));
      if (date.endsWith("4")) home.drop("program/other.csv", MEMBER + other());
      fourth = home.night(date);
      homeShops += fact("F1", "home_shop") + " ";
    }
  }

  private static String more(String date) {
    return switch (date) {
      case "2026-01-01" ->
          "G1,13800000001,1990-01-01,2020-01-01,B1\nSAME,,1990-01-01,,\nTWO,13800000002,1990-01-01,,C1\n";
      case "2026-01-02" -> "G1,,,,\nSAME,,1990-01-01,,\n";
      case "2026-01-03" -> "G1,,1991-01-01,,\n";
      default ->
          "TWO,13800000003,,,\n,13800000004,1990-01-01,,\nFITS,,1990-01-01,,\nEMPTY,,,,D1\nSAME,,1990-01-01,,\n";
    };
  }

  /** In another file of the night: two rows that contradict, two that do not. */
  private static String other() {
    return "TWO,,,,C2\nTWO,,,,C3\n,13800000004,1990-01-02,,\nFITS,13800000005,,2021-01-01,\nEMPTY,,,,\n";
  }

  @AfterAll
  static void close() {
    home.close();
  }

  private static String fact(String card, String column) {
    return home.rows(
            "select coalesce(m."
                + column
                + "::text, '-') from member m join token t using (member_id) where t.shown = '"
                + card
                + "'")
        .get(0);
  }

  @Test
  void the_row_of_the_later_night_counts() {
    assertThat(homeShops).isEqualTo("A5 A6 A7 A5 ");
    assertThat(home.file("outbox/crm/2026-01-04/member_profile_full_2026-01-04.csv"))
        .contains(",A5,program,");
  }

  @Test
  void an_empty_cell_erases_nothing_and_contradicts_nothing() {
    assertThat(fact("G1", "birthday")).isEqualTo("1991-01-01");
    assertThat(fact("G1", "join_date")).isEqualTo("2020-01-01");
    assertThat(fact("G1", "home_shop")).isEqualTo("B1");
    assertThat(home.rows("select shown from token where kind = 'phone' and valid_to = 'infinity'"))
        .contains("138****0001");
    assertThat(fact("EMPTY", "home_shop")).isEqualTo("D1");
    assertThat(fact("FITS", "birthday") + " " + fact("FITS", "join_date"))
        .isEqualTo("1990-01-01 2021-01-01");
  }

  @Test
  void A9_rows_of_one_card_or_phone_that_contradict_each_other_in_one_night_are_rejects() {
    assertThat(
            home.rows(
                "select file || ' ' || row || ' ' || reason || ' ' || record_masked from quarantine order by 1"))
        .containsExactly(
            "2026-01-04.csv 3 CONFLICTING_ROWS card TWO: phone 138****0003, birthday -, join_date -, home_shop -;"
                + " other rows of the night say otherwise",
            "2026-01-04.csv 4 CONFLICTING_ROWS phone 138****0004: phone 138****0004, birthday 1990-01-01, join_date -,"
                + " home_shop -; other rows of the night say otherwise",
            "other.csv 2 CONFLICTING_ROWS card TWO: phone -, birthday -, join_date -, home_shop C2;"
                + " other rows of the night say otherwise",
            "other.csv 3 CONFLICTING_ROWS card TWO: phone -, birthday -, join_date -, home_shop C3;"
                + " other rows of the night say otherwise",
            "other.csv 4 CONFLICTING_ROWS phone 138****0004: phone 138****0004, birthday 1990-01-02, join_date -,"
                + " home_shop -; other rows of the night say otherwise");
    assertThat(fact("TWO", "home_shop")).isEqualTo("C1");
    assertThat(
            home.rows(
                "select shown from token where kind = 'phone' and valid_to = 'infinity' order by 1"))
        .containsExactly("138****0001", "138****0002", "138****0005");
    assertThat(fourth.exit()).as("rejects above the threshold").isEqualTo(3);
    assertThat(home.breaks()).isEmpty();
  }

  @Test
  void A9_a_row_that_says_nothing_new_is_a_duplicate() {
    assertThat(
            home.rows(
                "select file || ' ' || rows_in || ' ' || merged || ' ' || duplicate || ' ' || rejected from night_input"
                    + " order by 1"))
        .containsExactly(
            "2026-01-01.csv 4 4 0 0",
            "2026-01-02.csv 3 1 2 0",
            "2026-01-03.csv 2 2 0 0",
            "2026-01-04.csv 6 3 1 2",
            "other.csv 5 2 0 3");
  }
}
