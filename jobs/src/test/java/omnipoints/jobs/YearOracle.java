package omnipoints.jobs;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * What becomes of a {@link Year}, told naively: it knows every rule of its programme together,
 * looks every night at everything that was ever told, and shares nothing with the product but the
 * numbers of members.
 */
final class YearOracle {
  private final YearFacts facts;
  private final YearPurses purses = new YearPurses();
  private final YearTiers tiers;
  private final YearPromises promises;
  private final YearAccounts accounts;

  final Map<String, String> outcomes;
  final List<String> winners;

  YearOracle(Year year) {
    this(year, YearPromises::new);
  }

  /**
   * @param promises of what is told by somebody of some tier
   */
  YearOracle(Year year, BiFunction<YearFacts, YearTiers, YearPromises> promises) {
    facts = new YearFacts(year);
    tiers = new YearTiers(Math.max(5, year.days() / 10));
    this.promises = promises.apply(facts, tiers);
    accounts = new YearAccounts(facts, purses, this.promises.awards);
    outcomes = accounts.outcomes;
    winners = accounts.winners;
  }

  List<String> ledger() {
    return purses.ledger();
  }

  /** {@code <pending> <available> <owed>} by living member. */
  Map<String, String> balances() {
    Map<String, String> balances = new TreeMap<>();
    for (String one : facts.accounts())
      balances.put(one, purses.pending(one) + " " + purses.available(one) + " " + purses.owed(one));
    return balances;
  }

  /** Lets go what is held under that number; whether anything is. */
  boolean letGo(String no) {
    return accounts.letGo(no);
  }

  /** What is left of an item, from tomorrow on. */
  long left(String item) {
    return accounts.left(item);
  }

  Map<String, Long> budgets() {
    return promises.budgets;
  }

  Map<String, String> tiers() {
    Map<String, String> now = new TreeMap<>();
    for (String one : facts.accounts()) now.put(one, tiers.of(one));
    return now;
  }

  /** {@code <member> <spent> <refunded>} in fen, of living members that bought. */
  List<String> spent() {
    return facts.spent();
  }

  /** What tills made of codes: {@code <time> <outcome>} of each use. */
  List<String> uses() {
    return accounts.uses();
  }

  /**
   * One night.
   *
   * @param members who has which card by its end
   */
  void night(LocalDate night, List<Told> told, Map<String, String> members) {
    purses.begin(night);
    facts.begin(night, members);
    accounts.begin();
    Set<String> merged = merge(told);
    purses.opened();
    facts.add(told, merged);
    promises.night(told, merged);
    accounts.book(told);
    purses.expire(facts::dies);
    Map<String, Map<LocalDate, long[]>> money = facts.money();
    for (String one : facts.accounts())
      tiers.night(night, one, money.getOrDefault(one, Map.of()), facts.returned.contains(one));
    accounts.endOfDraw(told);
  }

  private Set<String> merge(List<Told> told) {
    Map<String, TreeSet<String>> byPhone = new TreeMap<>();
    for (Told one : told)
      if (one instanceof Told.Person p && !p.phone().isEmpty())
        byPhone.computeIfAbsent(p.phone(), x -> new TreeSet<>()).add(facts.account(p.card()));
    Set<String> merged = new HashSet<>();
    for (TreeSet<String> pair : byPhone.values()) {
      if (pair.size() < 2) continue;
      String survivor = pair.first();
      String other = pair.last();
      purses.merge(other, survivor, facts.endOfDay());
      facts.survivors.put(other, survivor);
      merged.add(survivor);
      tiers.merge(facts.date, other, survivor);
      promises.merge(other, survivor);
    }
    for (String survivor : merged) purses.repayAll(survivor);
    return merged;
  }
}
