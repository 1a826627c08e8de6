package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import omnipoints.sql.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The n-th call of a night to its database, and to its file system, fails: once, or with all after
 * it. Whatever n is, the night says so with an exit code of the environment, and once started again
 * ends with the books and files of one that was left alone. A run of the suite tries a few n by
 * seed; {@code -Dfaults=500} tries so many, {@code -Dfaults=all} every one, which takes hours.
 */
class NthCallTest {

  private static final String NIGHT = ThreeNights.SECOND;
  private static final boolean ALL = "all".equals(System.getProperty("faults"));
  private static final long SEED = Long.getLong("faults.seed", 11);
  private static final int SOME = ALL ? 0 : Integer.getInteger("faults", 4);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @TempDir static Path dir;
  private static KnownNight known;

  @BeforeAll
  static void a_home_whose_next_night_is_known() {
    known = new KnownNight(dir);
  }

  @AfterAll
  static void drop() {
    known.close();
  }

  /**
   * Which n to try of so many: all, or some; never the same twice, and the parts of the night
   * alike.
   */
  static List<Long> tried(String what, long calls, long seed) {
    var tried = new ArrayList<Long>();
    if (ALL) {
      for (long n = 1; n <= calls; n++) tried.add(n);
      return tried;
    }
    var random = new Random(seed);
    long part = Math.max(1, calls / SOME);
    for (long from = 0; from + part <= calls && tried.size() < SOME; from += part)
      tried.add(from + 1 + random.nextLong(part));
    System.out.println(
        what
            + ": "
            + tried
            + " of "
            + calls
            + " calls (seed "
            + seed
            + "); more: -Dfaults=500 or all");
    return tried;
  }

  private static void finish(TestHome home, String what) {
    home.night(NIGHT);
    Map<String, String> books = Snapshot.of(home, NIGHT);
    known.reference.forEach(
        (name, expected) ->
            assertThat(books.get(name).lines())
                .as("%s: %s", what, name)
                .containsExactlyElementsOf(expected.lines().toList()));
  }

  /** Returns what the night was refused for, null if it ended. */
  private static NightRefused run(Home home, Database database) {
    try {
      Nightly.run(home, database, NightRequest.of(LocalDate.parse(NIGHT), Progress.SILENT));
      return null;
    } catch (NightRefused e) {
      return e;
    }
  }

  private static void understood(NightRefused refused, String what) {
    assertThat(refused.exit()).as("%s: %s", what, refused.getMessage()).isIn(4, 9);
    assertThat(refused.next())
        .as("%s: %s", what, refused.getMessage())
        .anyMatch(next -> next.contains("./omnipoints restart " + NIGHT));
  }

  /** Messages of a night that nothing befalls. */
  private static long calls() throws IOException {
    try (TestHome home = known.copy();
        LosingProxy proxy = new LosingProxy(home.database.url());
        Database database = Database.open(proxy.url(), PATIENCE)) {
      proxy.breakAt(Long.MAX_VALUE, false);
      run(home.home(), database);
      return proxy.messages();
    }
  }

  private static void fails(long n, boolean stays) throws IOException {
    String what = "message " + n + (stays ? " and all after it" : "");
    try (TestHome home = known.copy();
        LosingProxy proxy = new LosingProxy(home.database.url())) {
      try (Database database = Database.open(proxy.url(), PATIENCE)) {
        proxy.breakAt(n, stays);
        NightRefused refused = run(home.home(), database);
        if (refused != null) understood(refused, what);
        proxy.mend();
      }
      finish(home, what);
    }
  }

  @Test
  void a_database_that_goes_away_before_the_first_step_or_after_the_last_one_is_told_like_between()
      throws IOException {
    long calls = calls();
    for (long n : List.of(3L, 9L, calls - 100, calls - 60, calls - 20)) fails(n, false);
  }

  @Test
  void the_nth_call_to_the_database_fails() throws IOException {
    long calls = calls();
    for (long n : tried("database", calls, SEED))
      for (boolean stays : ALL ? new boolean[] {false, true} : new boolean[] {n % 2 == 0})
        fails(n, stays);
  }

  @Test
  void the_nth_call_to_the_file_system_fails() {
    long calls;
    try (TestHome home = known.copy()) {
      var files = new FaultyFiles(home.dir);
      Home faulty = Home.open(files.home());
      files.meet(Long.MAX_VALUE, FaultyFiles.Fault.ONCE);
      assertThat(run(faulty, home.database.database())).isNull();
      calls = files.calls();
      finish(home, "no fault");
    }
    for (long n : tried("files", calls, SEED + 1)) {
      FaultyFiles.Fault[] faults = FaultyFiles.Fault.values();
      for (FaultyFiles.Fault fault :
          ALL ? faults : new FaultyFiles.Fault[] {faults[(int) (n % 3)]}) {
        try (TestHome home = known.copy()) {
          var files = new FaultyFiles(home.dir);
          Home faulty = Home.open(files.home());
          files.meet(n, fault);
          NightRefused refused = run(faulty, home.database.database());
          String what = fault + " at call " + n + ", " + files.met();
          if (refused != null) understood(refused, what);
          assertThat(fault == FaultyFiles.Fault.SHORT && refused != null).as(what).isFalse();
          files.meet(Long.MAX_VALUE, FaultyFiles.Fault.ONCE);
          finish(home, what);
        }
      }
    }
  }
}
