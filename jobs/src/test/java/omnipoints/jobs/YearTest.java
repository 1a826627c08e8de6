package omnipoints.jobs;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Members live a seeded year under every kind of rule at once, in files that come late, twice and
 * in any order: every entry of every night, every outcome and every balance is what {@link
 * YearOracle} says. {@code -Dnights=all} takes longer years; {@code -Dyear.members=10000
 * -Dyear.days=365 -Dyear.busy=0.02 -Dyear.step=7 -Dyear.seed=1} one of your own.
 */
class YearTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");

  @TempDir Path dir;

  static Stream<Year> years() {
    if (System.getProperty("year.members") != null)
      return Stream.of(
          new Year(
              Long.getLong("year.seed", 1),
              FIRST,
              Integer.getInteger("year.days", 365),
              Integer.getInteger("year.step", 7),
              Integer.getInteger("year.members"),
              Double.parseDouble(System.getProperty("year.busy", "0.05"))));
    Stream<Year> small = Stream.of(new Year(20260301, FIRST, 14, 1, 14, 2));
    if (!"all".equals(System.getProperty("nights"))) return small;
    return Stream.concat(
        small,
        Stream.of(
            new Year(1, FIRST, 60, 1, 14, 2),
            new Year(2, FIRST, 60, 3, 14, 1),
            new Year(3, FIRST, 365, 7, 40, 0.3)));
  }

  @ParameterizedTest
  @MethodSource("years")
  void B_D_F_G_H_K_every_rule_together_gives_what_one_would_give_by_hand(Year year) {
    Map<LocalDate, List<Told>> told = year.live();
    String differs = live(year, told, "year");
    if (differs == null) return;
    fail(
        "%s%n%s%nAs small as it gets:%n%s"
            .formatted(
                year, differs, YearShrink.smallest(year, told, t -> live(year, t, "small"))));
  }

  private int homes;

  /** What differs from the oracle first; null for nothing. */
  private String live(Year year, Map<LocalDate, List<Told>> told, String name) {
    try (TestHome home = YearFiles.home(Files.createDirectory(dir.resolve(name + ++homes)), year)) {
      return new Run(year, told, home).differs();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Run {
    private final Year year;
    private final Map<LocalDate, List<Told>> told;
    private final TestHome home;
    private final YearOracle oracle;
    private final Random random;

    Run(Year year, Map<LocalDate, List<Told>> told, TestHome home) {
      this.year = year;
      this.told = told;
      this.home = home;
      this.oracle = new YearOracle(year);
      this.random = new Random(year.seed());
    }

    String differs() {
      Tokens tokens = Tokens.of(home.home());
      List<Export> before = List.of();
      LocalDate next = year.first();
      for (Map.Entry<LocalDate, List<Told>> one : told.entrySet()) {
        LocalDate night = one.getKey();
        var files = new ArrayList<Export>(YearFiles.of(one.getValue(), tokens));
        List<Export> tonight = List.copyOf(files);
        if (random.nextInt(4) == 0)
          for (Export file : before) files.add(file.named("again-" + file.name()));
        Collections.shuffle(files, random);
        for (Export file : files) file.shuffled(random).dropInto(home);
        before = tonight;
        home.night(night.toString());
        Map<String, String> cards = cards();
        LocalDate from = next;
        var ours = new TreeSet<String>();
        for (; !next.isAfter(night); next = next.plusDays(1)) {
          oracle.night(next, next.equals(night) ? one.getValue() : List.of(), cards);
          ours.addAll(oracle.ledger());
        }
        String differs = compare("entries", ours, ledger(from, night));
        if (differs == null) differs = compare("outcomes", lines(oracle.outcomes), outcomes());
        if (differs == null) differs = compare("balances", lines(oracle.balances()), balances());
        if (differs == null) differs = compare("tiers", lines(oracle.tiers()), tiers());
        if (differs != null) return night + ": " + differs;
      }
      return end();
    }

    private String end() {
      for (String item : List.of("mug", "ten")) {
        long all = item.equals("mug") ? year.mugs() : year.coupons();
        String differs =
            compare(
                "left of " + item,
                List.of(Long.toString(oracle.left(item))),
                home.rows(
                    "select %d - taken from item_gone where item = '%s'".formatted(all, item)));
        if (differs != null) return differs;
      }
      String differs =
          compare(
              "budgets",
              lines(oracle.budgets()),
              home.rows(
                  "select rule || ' ' || sum(granted) from budget_taken group by rule order by 1"));
      if (differs != null) return differs;
      differs = compare("vouchers", oracle.uses(), uses());
      if (differs != null) return differs;
      differs = compare("money", oracle.spent(), spent());
      if (differs != null) return differs;
      return compare(
          "winners", oracle.winners, home.rows("select request_no from draw_win order by place"));
    }

    private static List<String> lines(Map<String, ?> map) {
      List<String> lines = new ArrayList<>();
      map.forEach((key, value) -> lines.add(key + " " + value));
      return lines;
    }

    /** The first rows that one of both has alone. */
    private static String compare(
        String what, java.util.Collection<String> ours, java.util.Collection<String> theirs) {
      var missing = new TreeSet<>(ours);
      missing.removeAll(theirs);
      var extra = new TreeSet<>(theirs);
      extra.removeAll(ours);
      if (missing.isEmpty() && extra.isEmpty()) return null;
      return what
          + "\n by hand only:\n  "
          + String.join("\n  ", missing.stream().limit(12).toList())
          + "\n booked only:\n  "
          + String.join("\n  ", extra.stream().limit(12).toList());
    }

    private List<String> ledger(LocalDate from, LocalDate to) {
      return home.rows(
          "select concat_ws(' ', night, member_id, kind, points, moved, cause_key,"
              + " to_char(effective_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')"
              + " || coalesce(nullif(to_char(effective_at at time zone 'Asia/Shanghai', ':SS'), ':00'), ''))"
              + " from entry where night between '"
              + from
              + "' and '"
              + to
              + "'");
    }

    private List<String> balances() {
      return home.rows(
          "select concat_ws(' ', member_id, pending, available, owed) from balance b join member m using (member_id)"
              + " where m.merged_into is null");
    }

    private List<String> tiers() {
      return home.rows(
          "select s.member_id || ' ' || s.tier from tier_state s join member m using (member_id) where m.merged_into is null");
    }

    private List<String> outcomes() {
      return home.rows(
          "select request_no || ' ' || outcome || coalesce(' ' || refusal, '') from redeemed"
              + " union all select transfer_no || ' ' || outcome || coalesce(' ' || refusal, '') from transferred");
    }

    private List<String> spent() {
      String night = year.last().toString();
      String profiles = home.file("outbox/crm/" + night + "/member_profile_full_" + night + ".csv");
      List<String> head = List.of(profiles.lines().findFirst().orElseThrow().split(","));
      return profiles
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(
              cells ->
                  cells[0]
                      + " "
                      + cells[head.indexOf("spend_365d_fen")]
                      + " "
                      + cells[head.indexOf("refund_365d_fen")])
          .filter(line -> !line.endsWith(" 0 0"))
          .toList();
    }

    private List<String> uses() {
      return home.rows(
          "select to_char(u.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')"
              + " || coalesce(nullif(to_char(u.at at time zone 'Asia/Shanghai', ':SS'), ':00'), '') || ' ' || j.outcome"
              + " from (select distinct on (key) key, outcome from voucher_used order by key, night desc) j"
              + " join voucher_use u using (key)");
    }

    private Map<String, String> cards() {
      Map<String, String> cards = new TreeMap<>();
      for (String row :
          home.rows("select shown || ' ' || member_id from token where kind = 'card'"))
        cards.put(row.split(" ")[0], row.split(" ")[1]);
      return cards;
    }
  }
}
