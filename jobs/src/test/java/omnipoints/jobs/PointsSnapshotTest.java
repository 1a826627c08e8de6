package omnipoints.jobs;

import static omnipoints.jobs.Youzan.customer;
import static omnipoints.jobs.Youzan.customers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What platforms say their customers hold: compared, imported once, never guessed. */
@ManyNights
class PointsSnapshotTest {

  private static final String MEMBER = "card,phone,birthday,join_date,home_shop\n";

  @TempDir Path dir;

  private TestHome home(String points) {
    return new TestHome(dir, "  youzan: {points: {" + points + "}}\n").program("7", "30d");
  }

  private static TestHome cardWithPhone(TestHome home) {
    home.drop("program/m.csv", MEMBER + "C1,13800000001,,,\n");
    home.drop("pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-02 10:00:00", "A", 120, "1", "1")));
    return home;
  }

  @Test
  void every_combine_rule_books_its_exact_figures() {
    // ours 120 pending each time; theirs, what is booked, pending + available − owed afterwards
    var table = new TreeMap<String, List<String>>();
    table.put("sum 200", List.of("OPENING 200 2026-01-02 23:59:59 youzan", "120 200 0"));
    table.put("theirs 200", List.of("OPENING 80 2026-01-02 23:59:59 youzan", "120 80 0"));
    table.put("theirs 50", List.of("OPENING -70 2026-01-02 23:59:59 youzan", "120 0 70"));
    table.put("theirs 120", List.of("", "120 0 0"));
    table.put("ours 200", List.of("", "120 0 0"));
    table.put("max 200", List.of("OPENING 80 2026-01-02 23:59:59 youzan", "120 80 0"));
    table.put("max 50", List.of("", "120 0 0"));
    table.forEach(
        (rule, expected) -> {
          String[] words = rule.split(" ");
          try (TestHome home =
              new TestHome(
                      dir.resolve(rule),
                      "  youzan: {points: {opening: {combine: " + words[0] + "}}}\n")
                  .program("7", "30d")) {
            cardWithPhone(home)
                .drop("youzan/y1/c.csv", customers(customer("甲", "13800000001", words[1])));
            assertThat(home.night("2026-01-02").exit()).as(rule).isZero();
            List<String> ledger = home.ledger("2026-01-02");
            assertThat(ledger.subList(1, ledger.size()))
                .as(rule)
                .isEqualTo(expected.get(0).isEmpty() ? List.of() : List.of(expected.get(0)));
            assertThat(home.balances()).as(rule).containsExactly(expected.get(1));
            assertThat(home.breaks()).as(rule).isEmpty();
          }
        });
  }

  @Test
  void an_opening_makes_a_member_and_says_where_its_points_are_from() {
    try (TestHome home = home("opening: {combine: sum}").program("7", "5d")) {
      home.drop(
          "youzan/y1/c.csv",
          customers(customer("甲", "13800000001", 200), customer("乙", "138 0000 0002", 30)),
          Youzan.GBK);
      assertThat(home.night("2026-01-02").exit()).isZero();
      assertThat(new String(home.ledgerCsv("2026-01-02"), java.nio.charset.StandardCharsets.UTF_8))
          .contains(",OPENING,200,2026-01-02T23:59:59+08:00,youzan,y1,OPENING,youzan,2,0\n")
          .contains(",OPENING,30,2026-01-02T23:59:59+08:00,youzan,y1,OPENING,youzan,2,0\n");
      assertThat(
              home.rows(
                  "select distinct join_channel || ' ' || join_date || ' ' || home_shop from member"))
          .containsExactly("youzan 2026-01-02 y1");
      assertThat(home.rows("select expires_on::text from lot"))
          .containsExactly("2026-01-06", "2026-01-06");
      assertThat(home.rows("select adjusted::text from balance order by 1"))
          .containsExactly("200", "30");
      assertThat(home.file("reports/2026-01-02/liability.csv"))
          .contains("youzan,y1,available,0,0,0,0,0,0,0,230,0,230\n")
          .contains("TOTAL,,available,0,0,0,0,0,0,0,230,0,230\n");
      home.night("2026-01-06");
      assertThat(home.ledger("2026-01-06"))
          .containsExactlyInAnyOrder(
              "EXPIRE -200 2026-01-06 23:59:59 2026-01-06",
              "EXPIRE -30 2026-01-06 23:59:59 2026-01-06");
    }
  }

  @Test
  void without_opening_snapshots_make_no_members_and_move_no_points() {
    try (TestHome home = home("pool: separate")) {
      home.drop("youzan/y1/c.csv", customers(customer("甲", "13800000001", 200)));
      assertThat(home.night("2026-01-02").exit()).isZero();
      assertThat(home.rows("select member_id from member")).isEmpty();
      assertThat(home.ledger("2026-01-02")).isEmpty();
      assertThat(home.breaks()).isEmpty();
      assertThat(home.rows("select message from night_input where channel = 'youzan'"))
          .containsExactly(
              "1 of 1 customers cannot be tied to a member; they hold 200 of 200 points");
    }
  }

  @Test
  void a_balance_is_imported_once_whatever_is_shown_later() {
    try (TestHome home = home("opening: {combine: sum}")) {
      String first = customers(customer("甲", "13800000001", 200));
      home.drop("youzan/y1/c.csv", first);
      home.night("2026-01-02");
      home.drop("youzan/y1/again.csv", first);
      home.drop("youzan/y1/c.csv", customers(customer("甲", "13800000001", 260)));
      home.night("2026-01-03");
      assertThat(home.ledger("2026-01-03")).isEmpty();
      assertThat(
              home.rows(
                  "select outcome || ' ' || merged || ' ' || duplicate from night_input"
                      + " where night = '2026-01-03' order by 1"))
          .containsExactly("DUPLICATE 0 1", "REVISION 1 0");
      assertThat(home.balances()).containsExactly("0 200 0");
      home.drop("youzan/y2/c.csv", customers(customer("甲", "13800000001", 40)));
      home.night("2026-01-04");
      assertThat(home.ledger("2026-01-04")).isEmpty();
      assertThat(home.rows("select detail from break where shop = 'y2'"))
          .containsExactly(
              "holds 40 points here; the opening of 2026-01-02 was taken from other shops of youzan");
    }
  }

  /** A platform that knows cards and phones. */
  private static TestHome loyal(TestHome home) {
    try {
      java.nio.file.Files.writeString(
          home.dir.resolve("mappings/loyal.yaml"),
          """
          channel: loyal
          title: Loyal
          encodings: [utf-8]
          shop: {from: [folder]}
          documents:
            wallets:
              grain: balance
              fields:
                card: {column: card, type: id, required: column}
                phone: {column: mobile, type: phone, required: column}
                points: {column: points, type: points, required: value}
          """);
      return home;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static final String LOYAL = "  loyal: {points: {opening: {combine: sum}}}\n";

  @Test
  void members_that_both_had_openings_merge_without_a_third_one() {
    try (TestHome home = loyal(new TestHome(dir, LOYAL).program("7", "30d"))) {
      home.drop("loyal/l1/a.csv", "card,mobile,points\nC1,,50\n,13800000001,200\n");
      home.night("2026-01-02");
      assertThat(home.balances()).containsExactlyInAnyOrder("0 50 0", "0 200 0");
      home.drop("program/m.csv", MEMBER + "C1,13800000001,,,\n");
      home.drop("loyal/l1/b.csv", "card,mobile,points\nC1,,70\n,13800000001,200\n");
      home.night("2026-01-03");
      assertThat(home.ledger("2026-01-03")).hasSize(2).allMatch(e -> e.startsWith("MERGE"));
      assertThat(home.balances()).containsExactly("0 250 0");
    }
  }

  @Test
  void tokens_on_one_row_are_one_person_and_a_contradiction_is_nobody() {
    try (TestHome home = loyal(new TestHome(dir, LOYAL).program("7", "30d"))) {
      home.drop("loyal/l1/a.csv", "card,mobile,points\nC1,13800000001,50\nC2,13800000002,10\n");
      assertThat(home.night("2026-01-02").exit()).isZero();
      assertThat(home.rows("select member_id from member")).hasSize(2);
      home.drop(
          "loyal/l1/b.csv",
          "card,mobile,points\nC1,13800000002,70\nC3,13800000001,5\nC4,13800000004,6\n");
      assertThat(home.night("2026-01-03").exit()).isEqualTo(3);
      assertThat(home.ledger("2026-01-03")).containsExactly("OPENING 6 2026-01-03 23:59:59 loyal");
      assertThat(home.rows("select detail from break where type = 'IDENTITY_CONFLICT'"))
          .containsExactly("the tokens of the row belong to 2 members");
    }
  }

  @Test
  void a_customer_row_that_names_two_members_merges_them_and_stays_their_evidence() {
    try (TestHome home = loyal(new TestHome(dir, LOYAL).program("7", "30d"))) {
      home.drop("loyal/l1/a.csv", "card,mobile,points\nC1,,50\n,13800000001,200\n");
      home.night("2026-01-02");
      home.drop("loyal/l1/b.csv", "card,mobile,points\nC1,13800000001,300\n");
      assertThat(home.night("2026-01-03").exit()).isZero();
      assertThat(home.ledger("2026-01-03")).hasSize(2).allMatch(e -> e.startsWith("MERGE"));
      assertThat(home.balances()).containsExactly("0 250 0");
      assertThat(
              home.rows(
                  "select e.source || ' ' || d.file || ' ' || e.source_row || ' '"
                      + " || (select count(*) from evidence_token t where t.content = e.content)"
                      + " from merge_evidence e join delivery d on d.sha256 = e.source_sha256"))
          .containsExactly("BALANCE b.csv 2 2");
    }
  }

  @Test
  void several_customers_of_one_phone_add_up_and_equal_rows_count_once() {
    try (TestHome home = home("pool: shared, opening: {combine: sum}")) {
      home.drop(
          "youzan/y1/c.csv",
          customers(
              customer("甲", "13800000001", 200),
              customer("甲二", "13800000001", 200),
              customer("甲二", "13800000001", 200),
              customer("乙", "186******05", 10),
              customer("丙", " ", 0),
              customer("丁", "13800000002", "1.5")));
      home.night("2026-01-02");
      assertThat(home.ledger("2026-01-02"))
          .containsExactly("OPENING 400 2026-01-02 23:59:59 youzan");
      assertThat(
              home.rows(
                  "select rows_in || ' ' || merged || ' ' || duplicate || ' ' || rejected from night_input"))
          .containsExactly("6 4 1 1");
      assertThat(home.breaks()).containsExactly("POINTS_DIFF unidentified customers");
      assertThat(home.rows("select detail from break"))
          .containsExactly("1 customers that nobody can be told by hold 10 points");
      home.drop("youzan/y1/d.csv", customers(customer("甲", "13800000001", 500)));
      home.night("2026-01-03");
      assertThat(home.rows("select key || ': ' || detail from break where state = 'OPEN'"))
          .containsExactly(
              "M00000000001: youzan says 500 points, the ledger 400: 100 too many there");
    }
  }

  @Test
  void where_both_claim_the_same_pool_a_difference_opens_a_break_and_agreement_closes_it() {
    try (TestHome home = home("pool: shared")) {
      cardWithPhone(home)
          .drop(
              "youzan/y1/c.csv",
              customers(
                  customer("甲", "13800000001", 20),
                  customer("甲二", "13800000001", 100),
                  customer("乙", "13800000002", 7),
                  customer("丙", "13800000003", 0)));
      assertThat(home.night("2026-01-02").exit()).isZero();
      // pending points cannot be spent: the platform shows 120 too early
      List<String> open =
          home.rows("select key || ': ' || detail from break where state = 'OPEN' order by 1");
      assertThat(open).hasSize(2);
      assertThat(open.get(0))
          .matches(
              "138\\*\\*\\*\\*0002~[0-9a-f]{6}: youzan says 7 points, the ledger 0: 7 too many there");
      assertThat(open.get(1))
          .isEqualTo(
              "M00000000001: youzan says 120 points on 2 customers, the ledger 0: 120 too many there");
      home.drop(
          "youzan/y1/d.csv",
          customers(customer("甲", "13800000001", 119), customer("乙", "13800000002", 0)));
      home.night("2026-01-09");
      assertThat(home.rows("select detail from break where state = 'OPEN'"))
          .containsExactly("youzan says 119 points, the ledger 120: 1 too few there");
      home.drop("youzan/y1/e.csv", customers(customer("甲", "13800000001", 120)));
      home.night("2026-01-10");
      assertThat(home.breaks()).isEmpty();
      assertThat(home.rows("select closed_night::text from break order by 1"))
          .containsExactly("2026-01-09", "2026-01-10");
    }
  }

  @Test
  void right_after_an_opening_a_platform_is_compared_with_what_the_opening_saw() {
    try (TestHome home = home("pool: shared, opening: {combine: max}")) {
      cardWithPhone(home)
          .drop(
              "youzan/y1/c.csv",
              customers(customer("甲", "13800000001", 200), customer("乙", "13800000002", 30)))
          .drop("youzan/y2/c.csv", customers(customer("甲", "13800000001", 40)));
      assertThat(home.night("2026-01-02").exit()).isZero();
      assertThat(home.balances())
          .as("120 pending, 240 there")
          .containsExactlyInAnyOrder("120 120 0", "0 30 0");
      assertThat(home.breaks()).as("both shops together agree").isEmpty();
      home.night("2026-01-03");
      assertThat(home.breaks()).as("nobody has looked again").isEmpty();
      home.drop("youzan/y1/d.csv", customers(customer("甲", "13800000001", 201)));
      home.night("2026-01-04");
      assertThat(home.rows("select shop || ': ' || detail from break where state = 'OPEN'"))
          .containsExactly("y1: youzan says 201 points, the ledger 120: 81 too many there");
    }
    try (TestHome home =
        new TestHome(
                dir.resolve("sum"), "  youzan: {points: {pool: shared, opening: {combine: sum}}}\n")
            .program("7", "30d")) {
      cardWithPhone(home).drop("youzan/y1/c.csv", customers(customer("甲", "13800000001", 200)));
      home.night("2026-01-02");
      assertThat(home.rows("select detail from break where state = 'OPEN'"))
          .as("the ledger has both, the platform only its own")
          .containsExactly(
              "youzan says 200 points, the ledger 320 after the opening, pending and owed counted:"
                  + " 120 too few there");
    }
  }

  @Test
  void two_files_of_one_night_that_disagree_about_somebody_import_nothing_yet() {
    try (TestHome home = home("opening: {combine: sum}")) {
      home.drop(
          "youzan/y1/a.csv",
          customers(customer("甲", "13800000001", 200), customer("乙", "13800000002", 30)));
      home.drop(
          "youzan/y1/b.csv",
          customers(customer("甲", "13800000001", 260), customer("乙", "13800000002", 30)));
      home.night("2026-01-02");
      assertThat(home.ledger("2026-01-02"))
          .containsExactly("OPENING 30 2026-01-02 23:59:59 youzan");
      assertThat(home.rows("select detail from break"))
          .containsExactly("snapshots of one night say 200 and 260 points");
      home.drop("youzan/y1/c.csv", customers(customer("甲", "13800000001", 260)));
      home.night("2026-01-03");
      assertThat(home.ledger("2026-01-03"))
          .containsExactly("OPENING 260 2026-01-03 23:59:59 youzan");
      assertThat(home.breaks()).isEmpty();
    }
  }

  @Test
  void rows_in_another_order_and_files_under_other_names_give_the_same_bytes() {
    String[] rows = {
      customer("甲", "13800000001", 200),
      customer("甲二", "13800000001", 50),
      customer("乙", "13800000002", 30),
      customer("丙", "13800000003", 0)
    };
    Map<String, String> reference;
    try (TestHome home = new TestHome(dir.resolve("a"), OPEN).program("7", "30d")) {
      home.drop("youzan/y1/c.csv", customers(rows));
      home.night("2026-01-02");
      reference = Snapshot.business(home, "2026-01-02");
    }
    try (TestHome home = new TestHome(dir.resolve("b"), OPEN).program("7", "30d")) {
      home.drop("youzan/y1/z.csv", customers(rows[3], rows[1], rows[0]));
      home.drop("youzan/y1/a.csv", customers(rows[2]));
      home.night("2026-01-02");
      assertThat(Snapshot.business(home, "2026-01-02")).isEqualTo(reference);
    }
  }

  private static final String OPEN =
      "  youzan: {points: {pool: shared, opening: {combine: theirs}}}\n";

  @Test
  void a_night_that_dies_anywhere_opens_the_same_balances() {
    try (TestHome home = new TestHome(dir.resolve("home"), OPEN).program("7", "30d")) {
      cardWithPhone(home).night("2026-01-02");
      home.drop(
          "youzan/y1/c.csv",
          customers(
              customer("甲", "13800000001", 20),
              customer("乙", "13800000002", 30),
              customer("丙", "13*", 5)));
      Map<String, String> reference;
      try (TestHome unbroken = home.copy(dir.resolve("unbroken"))) {
        unbroken.night("2026-01-03");
        reference = Snapshot.of(unbroken, "2026-01-03");
      }
      try (TestHome dying = home.copy(dir.resolve("dying"))) {
        for (String point :
            List.of(
                "read:delivery",
                "read:applied",
                "join:snapshots",
                "join:applied",
                "identify:middle",
                "post:member",
                "post:applied",
                "reconcile:applied",
                "close:attached",
                "close:applied",
                "extract:written")) {
          try (DyingNight night = new DyingNight(dying, "2026-01-03", point)) {
            night.diesAt(point);
          }
        }
        dying.night("2026-01-03");
        assertThat(Snapshot.of(dying, "2026-01-03")).isEqualTo(reference);
      }
      assertThat(reference.get("ledger")).contains("OPENING,-100").contains("OPENING,30");
    }
  }

  @Test
  void settings_that_make_no_sense_are_told_all_at_once() {
    try (TestHome home =
        new TestHome(
            dir, "  youzan: {points: {pool: both, opening: {combine: most}, more: 1}}\n")) {
      assertThatThrownBy(home::home)
          .hasMessageContaining(
              "channels.youzan.points.pool: 'both' is unknown; there are shared, separate")
          .hasMessageContaining(
              "channels.youzan.points.opening.combine: 'most' is unknown; there are sum, theirs, ours, max")
          .hasMessageContaining("channels.youzan.points.more: unknown key");
    }
  }

  @Test
  void a_channel_without_balances_has_nothing_to_compare() {
    try (TestHome home =
        new TestHome(dir, "  t2: {mappings: tmall, points: {opening: {combine: max}}}\n")) {
      assertThatThrownBy(() -> home.night("2026-01-02"))
          .isInstanceOf(NightRefused.class)
          .hasMessageContaining(
              "channels.t2.points: the mapping 'tmall' has no document of grain balance");
    }
  }
}
