package omnipoints.jobs;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One life of a {@link Year}: its files into a home, night by night, and {@link YearOracle} beside
 * it; every entry, outcome, balance and tier after each night with files, and in the end stock,
 * budgets, vouchers, money and winners.
 */
final class YearLife {
  private final Year year;
  private final Map<LocalDate, List<Told>> told;
  private final TestHome home;
  private final YearOracle oracle;
  private final Random random;
  private final long began = System.nanoTime();
  private long entries;

  private YearLife(Year year, Map<LocalDate, List<Told>> told, TestHome home) {
    this.year = year;
    this.told = told;
    this.home = home;
    this.oracle = new YearOracle(year);
    this.random = new Random(year.seed());
  }

  /**
   * @param dir for the home
   * @return what differs from the oracle first, and in which night; null for nothing
   */
  static String differs(Year year, Map<LocalDate, List<Told>> told, Path dir) {
    try (TestHome home = YearFiles.home(dir, year)) {
      return new YearLife(year, told, home).differs();
    }
  }

  private String differs() {
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
      for (Told row : one.getValue())
        if (row instanceof Told.LetGo held && oracle.letGo(held.no()))
          HoldRelease.of(home.database.database(), Clock.systemUTC(), held.no(), "ann", "asked");
      home.night(night.toString());
      Map<String, String> cards = cards();
      LocalDate from = next;
      var ours = new TreeSet<String>();
      for (; !next.isAfter(night); next = next.plusDays(1)) {
        oracle.night(next, next.equals(night) ? one.getValue() : List.of(), cards);
        List<String> booked = oracle.ledger();
        entries += booked.size();
        ours.addAll(booked);
      }
      String differs = compare("entries", ours, ledger(from, night));
      if (differs == null) differs = compare("outcomes", lines(oracle.outcomes), outcomes());
      if (differs == null) differs = compare("balances", lines(oracle.balances()), balances());
      if (differs == null) differs = compare("tiers", lines(oracle.tiers()), tiers());
      if (differs != null) return night + ": " + differs + whose(differs, cards);
    }
    String differs = end(next.minusDays(1));
    return differs == null ? null : next.minusDays(1) + ": " + differs;
  }

  /** The cards of the members that a difference names. */
  private static String whose(String differs, Map<String, String> cards) {
    var whose = new StringBuilder();
    cards.forEach(
        (card, member) -> {
          if (differs.contains(member))
            whose.append("\n ").append(member).append(" has ").append(card);
        });
    return whose.append('\n').toString();
  }

  private String end(LocalDate night) {
    for (String item : List.of("mug", "ten")) {
      long all = item.equals("mug") ? year.mugs() : year.coupons();
      String differs =
          compare(
              "left of " + item,
              List.of(Long.toString(oracle.left(item))),
              home.rows("select %d - taken from item_gone where item = '%s'".formatted(all, item)));
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
    differs = compare("money", oracle.spent(), spent(night));
    if (differs != null) return differs;
    differs =
        compare(
            "winners", oracle.winners, home.rows("select request_no from draw_win order by place"));
    if (differs == null)
      System.out.printf(
          "%s: %d entries, %d outcomes, %d members agree, %d s%n",
          year,
          entries,
          oracle.outcomes.size(),
          oracle.balances().size(),
          (System.nanoTime() - began) / 1_000_000_000);
    return differs;
  }

  private static List<String> lines(Map<String, ?> map) {
    List<String> lines = new ArrayList<>();
    map.forEach((key, value) -> lines.add(key + " " + value));
    return lines;
  }

  /** The first rows that one of both has alone. */
  private static String compare(String what, Collection<String> ours, Collection<String> theirs) {
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

  private List<String> spent(LocalDate night) {
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
    for (String row : home.rows("select shown || ' ' || member_id from token where kind = 'card'"))
      cards.put(row.split(" ")[0], row.split(" ")[1]);
    return cards;
  }
}
