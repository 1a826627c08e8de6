package omnipoints.points;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/** Compares every night of thousands of random member histories with {@link NaiveOracle}. */
class MemberNightAgainstOracleTest {
  private static final int HISTORIES = 20_000;

  @Test
  void every_night_of_20000_random_histories_equals_the_naive_ledger() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      History history = History.random(seed);
      if (difference(history, MemberNight::decide) == null) continue;
      History smallest = history.shrunkWhile(h -> difference(h, MemberNight::decide) != null);
      fail("%s%nfound in %s", difference(smallest, MemberNight::decide), smallest);
    }
  }

  static String difference(History history, LedgerHarness.Decider decider) {
    LedgerHarness ledger = new LedgerHarness(decider);
    NaiveOracle oracle = new NaiveOracle(history);
    for (int night = 0; night < History.NIGHTS; night++) {
      try {
        Booked actual = ledger.night(night, history.program(night), history.of(night));
        Booked expected = oracle.night(night);
        if (!actual.equals(expected)) {
          return "night " + History.FIRST.plusDays(night) + "\n  expected " + expected + "\n  but was  " + actual;
        }
      } catch (AssertionError | RuntimeException broken) {
        return "night " + History.FIRST.plusDays(night) + ": " + broken;
      }
    }
    return null;
  }
}
