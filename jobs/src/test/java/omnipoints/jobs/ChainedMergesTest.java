package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Survivors that merge on: whoever held a lot or a debt first, it moves with the account it is on.
 */
class ChainedMergesTest {

  private static final String BINDING =
      "channel,order_no,platform_id,phone,card,unionid,bound_at\n";

  @TempDir Path dir;

  private static String bound(String nick, String card, String at) {
    return "tmall,," + nick + ",," + card + ",," + at + "\n";
  }

  private static List<String> merges(TestHome home, String night) {
    return home.rows(
        "select coalesce((select min(t.shown) from token t where t.member_id = e.member_id), 'buyer') || ' '"
            + " || e.points || ' ' || to_char(e.effective_at at time zone 'Asia/Shanghai', 'DD HH24:MI')"
            + " from entry e where e.kind = 'MERGE' and e.night = '"
            + night
            + "' order by e.effective_at, e.points");
  }

  /** Net worth and what it is made of, by the smallest token of each person. */
  private static List<String> accounts(TestHome home) {
    return home.rows(
        "select min(t.shown) || ': ' || b.pending || ' ' || b.available || ' ' || b.owed"
            + " from token t join member m using (member_id)"
            + " join balance b on b.member_id = coalesce(m.merged_into, m.member_id)"
            + " group by b.member_id, b.pending, b.available, b.owed order by 1");
  }

  @Test
  void a_survivor_that_inherited_lots_and_debts_merges_like_any_other() {
    try (TestHome home = new TestHome(dir).program("1", "1y")) {
      home.drop(
          "pos/p1/1.csv",
          Pos.file(
              Pos.row("CC", "2026-01-01 10:00:00", "A", 30, "1", "1"),
              Pos.row("D1", "2026-01-01 10:00:00", "A", 11, "1", "2")));
      home.night("2026-01-01");
      home.drop(
          "pos/p1/2.csv",
          Pos.file(
              Pos.row("CB", "2026-01-02 10:00:00", "B", -40, "1", "1"),
              Pos.row("D2", "2026-01-02 10:00:00", "B", 20, "1", "2")));
      home.night("2026-01-02");
      home.drop(
          "pos/p1/3.csv",
          Pos.file(
              Pos.row("D3", "2026-01-03 10:00:00", "B", -7, "1", "1"),
              Pos.row("D4", "2026-01-03 10:00:00", "C", 13, "1", "2")));
      Tmall.Order order =
          Tmall.Order.unpaid("1", "na", 0, Tmall.Line.of("1-1", "A", 8000, 1))
              .paid("2026-01-03 11:00:00")
              .shipped();
      home.drop("tmall/s1/o.csv", Tmall.orders(order.row()), Tmall.GBK);
      home.drop("tmall/s1/l.csv", Tmall.lines(order.lineRows().get(0)), Tmall.GBK);
      home.night("2026-01-03");
      home.drop(
          "program/4.csv",
          BINDING
              + bound("na", "CB", "2026-01-04 09:00:00")
              + bound("nd", "D3", "2026-01-04 10:00:00")
              + bound("nd", "D4", "2026-01-04 10:01:00")
              + bound("nd", "D2", "2026-01-04 10:02:00"));
      assertThat(home.night("2026-01-04").exit()).isZero();
      assertThat(merges(home, "2026-01-04"))
          .hasSize(6)
          .contains("buyer -80 04 09:00", "CB 80 04 09:00");
      home.drop("program/5.csv", BINDING + bound("nd", "D1", "2026-01-05 10:00:00"));
      assertThat(home.night("2026-01-05").exit()).isZero();
      assertThat(merges(home, "2026-01-05")).containsExactly("D2 -26 05 10:00", "D1 26 05 10:00");
      home.drop("program/6.csv", BINDING + bound("na", "CC", "2026-01-06 09:00:00"));
      assertThat(home.night("2026-01-06").exit()).isZero();
      assertThat(merges(home, "2026-01-06")).containsExactly("CB -40 06 09:00", "CC 40 06 09:00");
      assertThat(accounts(home)).as("30 repaid").containsExactly("CB: 80 0 10", "D1: 0 37 0");
      Tmall.Order done = order.completed("2026-01-07 11:00:00");
      home.drop("tmall/s1/o8.csv", Tmall.orders(done.row()), Tmall.GBK);
      home.drop("tmall/s1/l8.csv", Tmall.lines(done.lineRows().get(0)), Tmall.GBK);
      assertThat(home.night("2026-01-08").exit()).isZero();
      assertThat(home.ledger("2026-01-08"))
          .containsExactly("RELEASE 0 moved 80 2026-01-08 00:00:00 1/1-1");
      assertThat(accounts(home)).containsExactly("CB: 0 70 0", "D1: 0 37 0");
      assertThat(
              home.rows(
                  "select distinct shown || ' is ' || merged_into from token join member using (member_id)"
                      + " where merged_into is not null order by 1"))
          .allMatch(row -> row.endsWith(home.rows(holderOf(row)).get(0)));
    }
  }

  private static String holderOf(String row) {
    return "select member_id from token where shown = '"
        + (row.matches("(na|CB) .*") ? "CC" : "D1")
        + "'";
  }

  /**
   * People with up to five cards and nicks who buy, return, and become known as one little by
   * little: the books hold every night, and in the end everybody has what all their tokens earned.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void random_histories_in_which_merges_chain_keep_the_books(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> worth = new TreeMap<>();
    Map<String, String> known = new TreeMap<>();
    try (TestHome home = new TestHome(dir).program("2", "999y")) {
      for (int day = 1; day <= 9; day++) {
        String date = "2026-01-0" + day;
        var receipts = new ArrayList<String>();
        for (int n = 0; n < 25; n++) {
          String card = "K" + random.nextInt(15) + "-" + random.nextInt(4);
          int yuan = random.nextInt(4) == 0 ? -1 - random.nextInt(30) : 1 + random.nextInt(90);
          if (day == 9 || random.nextInt(9) < day - 2 && !worth.containsKey(card)) continue;
          worth.merge(card, yuan, Integer::sum);
          known.putIfAbsent(card, card);
          receipts.add(
              Pos.row(
                  card, date + " 10:00:0" + n % 10, "S" + random.nextInt(3), yuan, "1", "" + n));
        }
        if (!receipts.isEmpty())
          home.drop("pos/p1/" + day + ".csv", Pos.file(receipts.toArray(String[]::new)));
        var bindings = new StringBuilder(BINDING);
        for (int n = 0; day > 1 && n < 7; n++) {
          int person = random.nextInt(15);
          String card = "K" + person + "-" + random.nextInt(4);
          if (!known.containsKey(card)) continue;
          bindings.append(bound("n" + person, card, date + " 12:00:0" + n));
          union(known, "n" + person, card);
        }
        home.drop("program/" + day + ".csv", bindings.toString());
        assertThat(home.night(date).exit()).as("seed %s, night %s", seed, date).isZero();
      }
      assertThat(home.rows("select count(*)::text from member where merged_to <> merged_into"))
          .as("seed %s: some merges chain", seed)
          .isNotEqualTo(List.of("0"));
      Map<String, Integer> people = new TreeMap<>();
      Map<String, String> smallest = new TreeMap<>();
      for (String token : known.keySet()) smallest.putIfAbsent(root(known, token), token);
      worth.forEach(
          (card, yuan) -> people.merge(smallest.get(root(known, card)), yuan, Integer::sum));
      assertThat(accounts(home).stream().map(ChainedMergesTest::net).toList())
          .as("seed %s", seed)
          .containsExactlyElementsOf(
              people.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
    }
  }

  private static String net(String account) {
    String[] parts = account.split(": ");
    long[] figures = Arrays.stream(parts[1].split(" ")).mapToLong(Long::parseLong).toArray();
    return parts[0] + ": " + (figures[0] + figures[1] - figures[2]);
  }

  private static void union(Map<String, String> parents, String a, String b) {
    parents.putIfAbsent(a, a);
    parents.put(root(parents, a), root(parents, b));
  }

  private static String root(Map<String, String> parents, String token) {
    String root = token;
    while (!parents.get(root).equals(root)) root = parents.get(root);
    return root;
  }
}
