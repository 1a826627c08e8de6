package omnipoints.points;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import omnipoints.facts.LineKey;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Rates;
import omnipoints.points.rules.Redeem;
import omnipoints.points.tiers.Tiers;

/**
 * A seeded random history of a few members: what becomes known in which night. Small numbers, so
 * that ties abound.
 */
record History(long seed, Programme programme, List<Happening> happenings) {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  static final int NIGHTS = 10;

  /** Something that becomes known in night {@code night} (0-based). */
  sealed interface Happening {
    int night();
  }

  /** All that is known of a line from this night on. */
  record Seen(
      int night,
      LineKey line,
      String owner,
      Instant earnedAt,
      long baseFen,
      List<RefundStep> refunds,
      Instant completedAt,
      boolean afterSaleOpen)
      implements Happening {}

  /** A delivery repeats what is known of a line. */
  record Repeated(int night, LineKey line) implements Happening {}

  /** {@code other} merges into {@code survivor}. */
  record Merged(int night, String survivor, String other, Instant at) implements Happening {}

  /** A return without a sale. */
  record Orphan(int night, String member, LineKey key, Instant at, long amountFen)
      implements Happening {}

  /**
   * A platform shows what a member may spend there; whether for the first time others must know.
   */
  record Opened(int night, String member, String channel, long theirs, Combine combine)
      implements Happening {}

  /** Points are spent. {@code frozen} speaks against a request whatever the account holds. */
  record Spent(
      int night,
      String member,
      LineKey key,
      boolean executed,
      Instant at,
      long points,
      boolean frozen,
      Redemption.Bound bound)
      implements Happening {}

  /** Points are given or taken by hand. */
  record Adjusted(
      int night, String member, String number, Instant at, long points, LocalDate expires)
      implements Happening {}

  /** An account is frozen, let go or closed. */
  record Stated(int night, String member, AccountStates.State state, Instant at)
      implements Happening {}

  /** A member wants to give points to another. */
  record Gives(
      int night,
      String giver,
      String receiver,
      String number,
      Instant at,
      long points,
      boolean known)
      implements Happening {}

  /** All that is known by now of what goes back of a redemption. */
  record GoesBack(int night, LineKey key, List<Redemption.Back> back) implements Happening {}

  List<Happening> of(int night) {
    return happenings.stream().filter(h -> h.night() == night).toList();
  }

  /** The smallest history that still fails, found by taking away ever smaller parts. */
  History shrunkWhile(Predicate<History> fails) {
    History smallest = this;
    for (int size = Math.max(1, happenings.size() / 2);
        size >= 1;
        size = size == 1 ? 0 : size / 2) {
      for (int from = 0; from < smallest.happenings.size(); ) {
        List<Happening> fewer = new ArrayList<>(smallest.happenings);
        fewer.subList(from, Math.min(from + size, fewer.size())).clear();
        History candidate = new History(seed, programme, fewer);
        if (fails.test(candidate)) smallest = candidate;
        else from += size;
      }
    }
    return smallest;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed " + seed);
    for (Program program : programme.versions()) text.append("\n  ").append(program);
    for (Happening happening : happenings) text.append("\n  ").append(happening);
    return text.toString();
  }

  /** A programme of these versions. */
  static Programme programme(Program... versions) {
    return new Programme(versions[0].name(), List.of(versions));
  }

  static History random(long seed) {
    return new Generator(seed).history();
  }

  private static final class Generator {
    private final long seed;
    private final Random random;

    /** Of their own, so that histories stay what they were but for openings and corrected times. */
    private final Random openings;

    /** Of their own for the same reason. */
    private final Random spendings;

    /** And again. */
    private final Random corrections;

    /** And again. */
    private final Random states;

    /** When points can be used, and from when on they live. */
    private final Random terms;

    /** And again. */
    private final Random gifts;

    private int given;
    private int corrected;

    private final List<Spent> spent = new ArrayList<>();
    private final Map<LineKey, List<Redemption.Back>> goneBack = new HashMap<>();

    private final List<String> members = new ArrayList<>(List.of("m1", "m2", "m3"));
    private final Map<LineKey, Seen> known = new HashMap<>();
    private final List<LineKey> lines = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();

    Generator(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.openings = new Random(~seed);
      this.spendings = new Random(seed * 31 + 17);
      this.corrections = new Random(seed * 37 + 5);
      this.states = new Random(seed * 41 + 7);
      this.terms = new Random(seed ^ 0x7e4215);
      this.gifts = new Random(seed * 43 + 11);
    }

    History history() {
      Program first = program(1);
      // The second version is in force from the middle on, and changes everything.
      Program other = program(2);
      Program second =
          new Program(
              first.name(),
              2,
              FIRST.plusDays(NIGHTS / 2),
              other.earn(),
              other.hold(),
              other.expiry(),
              other.debt(),
              other.returns(),
              first.claim(),
              Rates.NONE,
              Tiers.NONE,
              null,
              other.redeem(),
              other.limits(),
              first.source());
      for (int night = 0; night < NIGHTS; night++) {
        int count = night == 0 ? 3 : random.nextInt(5);
        for (int i = 0; i < count; i++) happen(night);
        if (openings.nextInt(4) == 0) open(night);
        for (int i = spendings.nextInt(3); i > 0; i--) spend(night);
        if (corrections.nextInt(3) == 0) correct(night);
        if (seed % 3 == 1) for (int i = gifts.nextInt(3); i > 0; i--) give(night);
        if (seed % 2 == 1 && states.nextInt(4) == 0) state(night);
      }
      return new History(seed, programme(first, second), happenings);
    }

    private Program program(int version) {
      PinnedRule.Mode mode = random.nextInt(3) == 0 ? PinnedRule.Mode.STEP : PinnedRule.Mode.LINEAR;
      PinnedRule.Rounding rounding = PinnedRule.Rounding.values()[random.nextInt(3)];
      Program.ExpiryStart start = Program.ExpiryStart.values()[terms.nextInt(3)];
      Program.Expiry expiry =
          switch (random.nextInt(6)) {
            case 0 -> new Program.Expiry(Program.ExpiryKind.NEVER, 0, null);
            case 1 ->
                new Program.Expiry(
                    Program.ExpiryKind.FIXED, 1, Program.ExpiryUnit.MONTH, start, null);
            default ->
                new Program.Expiry(
                    Program.ExpiryKind.ROLLING,
                    1 + random.nextInt(5),
                    Program.ExpiryUnit.DAY,
                    start,
                    null);
          };
      return new Program(
          "random",
          version,
          LocalDate.of(2000, 1, 1),
          new Program.Earn(100, 1 + random.nextInt(2), mode, rounding, Program.Scope.LINE),
          new Program.Hold(
              random.nextInt(3), Program.HoldFrom.values()[terms.nextInt(2)], Map.of()),
          expiry,
          new Program.Debt(
              spendings.nextInt(3) == 0
                  ? Program.DebtPolicy.BLOCK_REDEEM
                  : Program.DebtPolicy.ALLOW),
          new Program.Returns(
              random.nextInt(4) == 0 ? Program.Unlinked.IGNORE : Program.Unlinked.CLAWBACK, 90),
          new Program.Claim(90),
          Rates.NONE,
          Tiers.NONE,
          null,
          new Redeem(spendings.nextInt(4)),
          new Program.Limits(
              null,
              new Program.Transfers(3L, 12L, 0),
              Program.Velocity.ANY,
              new Program.Frozen(states.nextInt(3) > 0, states.nextInt(3) > 0)),
          new Program.Source("random", "", "", 0, 0));
    }

    private void open(int night) {
      happenings.add(
          new Opened(
              night,
              members.get(openings.nextInt(members.size())),
              "c" + openings.nextInt(2),
              openings.nextInt(12),
              Combine.values()[openings.nextInt(4)]));
    }

    private void spend(int night) {
      if (spent.isEmpty() || spendings.nextInt(3) > 0) {
        var redemption =
            new Spent(
                night,
                members.get(spendings.nextInt(members.size())),
                Redemption.key("q" + spent.size()),
                spendings.nextInt(3) == 0,
                spentAt(night),
                spendings.nextInt(8),
                spendings.nextInt(8) == 0,
                null);
        spent.add(redemption);
        happenings.add(redemption);
        return;
      }
      Spent redemption = spent.get(spendings.nextInt(spent.size()));
      List<Redemption.Back> back =
          new ArrayList<>(goneBack.getOrDefault(redemption.key(), List.of()));
      if (!back.isEmpty() && spendings.nextInt(4) == 0) back.remove(back.size() - 1);
      else back.add(new Redemption.Back(spentAt(night), 1 + spendings.nextInt(9)));
      back.sort((a, b) -> a.at().compareTo(b.at()));
      List<Redemption.Back> growing = new ArrayList<>();
      for (Redemption.Back step : back)
        if (growing.isEmpty() || growing.get(growing.size() - 1).points() < step.points())
          growing.add(step);
      goneBack.put(redemption.key(), growing);
      happenings.add(new GoesBack(night, redemption.key(), growing));
    }

    private void correct(int night) {
      long points = 1 + corrections.nextInt(7);
      LocalDate date = FIRST.plusDays(night);
      Instant at =
          date.minusDays(Math.max(0, corrections.nextInt(5) - 2))
              .atTime(corrections.nextInt(3) * 8, 0)
              .atZone(ZONE)
              .toInstant();
      happenings.add(
          new Adjusted(
              night,
              members.get(corrections.nextInt(members.size())),
              "a" + corrected++,
              at,
              corrections.nextBoolean() ? points : -points,
              corrections.nextBoolean() ? null : date.plusDays(corrections.nextInt(4))));
    }

    private void give(int night) {
      LocalDate date = FIRST.plusDays(night - Math.max(0, gifts.nextInt(4) - 2));
      String giver = members.get(gifts.nextInt(members.size()));
      String receiver = members.get(gifts.nextInt(members.size()));
      happenings.add(
          new Gives(
              night,
              giver,
              receiver,
              "g" + given++,
              date.atTime(gifts.nextInt(4) * 6, 0).atZone(ZONE).toInstant(),
              1 + gifts.nextInt(5),
              gifts.nextInt(8) > 0));
    }

    private void state(int night) {
      LocalDate date = FIRST.plusDays(night - Math.max(0, states.nextInt(5) - 2));
      happenings.add(
          new Stated(
              night,
              members.get(states.nextInt(members.size())),
              AccountStates.State.values()[states.nextInt(9) * 2 / 6],
              date.atTime(states.nextInt(24), 0).atZone(ZONE).toInstant()));
    }

    private Instant spentAt(int night) {
      LocalDate date = FIRST.plusDays(night - Math.max(0, spendings.nextInt(6) - 2));
      LocalTime time =
          switch (spendings.nextInt(4)) {
            case 0 -> LocalTime.MIDNIGHT;
            case 1 -> LocalTime.of(23, 59, 59);
            default -> LocalTime.of(8 + spendings.nextInt(4), 0);
          };
      return date.atTime(time).atZone(ZONE).toInstant();
    }

    private void happen(int night) {
      int what = random.nextInt(20);
      if (what < 6 || lines.isEmpty()) {
        LineKey line =
            new LineKey(
                "pos", "s" + random.nextInt(2), "o" + random.nextInt(10), "l" + lines.size());
        lines.add(line);
        Instant paid = time(night);
        Instant completed = random.nextInt(3) == 0 ? null : latest(paid, time(night));
        see(
            new Seen(
                night,
                line,
                member(),
                paid,
                100L * random.nextInt(9) + random.nextInt(150),
                List.of(),
                completed,
                random.nextInt(8) == 0));
      } else if (what < 16) {
        see(changed(night, known.get(lines.get(random.nextInt(lines.size())))));
      } else if (what < 17) {
        happenings.add(new Repeated(night, lines.get(random.nextInt(lines.size()))));
      } else if (what < 19 || members.size() == 1) {
        LineKey key = new LineKey("pos", "s0", "r" + happenings.size(), "x");
        happenings.add(new Orphan(night, member(), key, time(night), 50 + random.nextInt(600)));
      } else {
        String other = members.remove(1 + random.nextInt(members.size() - 1));
        happenings.add(new Merged(night, members.get(0), other, time(night)));
      }
    }

    private Seen changed(int night, Seen seen) {
      String owner = seen.owner();
      long base = seen.baseFen();
      List<RefundStep> refunds = new ArrayList<>(seen.refunds());
      Instant completed = seen.completedAt();
      boolean open = seen.afterSaleOpen();
      switch (random.nextInt(10)) {
        case 0 -> owner = member();
        case 1 -> base = 100L * random.nextInt(9) + random.nextInt(150);
        case 2 -> {
          if (!refunds.isEmpty()) refunds.remove(refunds.size() - 1);
        }
        case 3, 4, 5, 6 -> refunds.add(new RefundStep(time(night), random.nextInt(900)));
        case 7, 8 ->
            completed = completed == null ? latest(seen.earnedAt(), time(night)) : completed;
        default -> open = !open;
      }
      // A payment that was dated too late: the decision stays that of the first award.
      Instant paid = seen.earnedAt();
      if (openings.nextInt(6) == 0) paid = paid.minus(Duration.ofDays(1 + openings.nextInt(3)));
      return new Seen(
          night, seen.line(), owner, paid, base, rising(refunds, base), completed, open);
    }

    private static List<RefundStep> rising(List<RefundStep> refunds, long base) {
      List<RefundStep> sorted = new ArrayList<>(refunds);
      sorted.sort((a, b) -> a.at().compareTo(b.at()));
      List<RefundStep> rising = new ArrayList<>();
      long before = 0;
      for (RefundStep step : sorted) {
        long fen = Math.min(base, step.refundedFen());
        boolean sameTime =
            !rising.isEmpty() && rising.get(rising.size() - 1).at().equals(step.at());
        if (fen <= before || sameTime) continue;
        rising.add(new RefundStep(step.at(), fen));
        before = fen;
      }
      return rising;
    }

    private void see(Seen seen) {
      known.put(seen.line(), seen);
      happenings.add(seen);
    }

    private String member() {
      return members.get(random.nextInt(members.size()));
    }

    private Instant time(int night) {
      LocalDate date = FIRST.plusDays(night - Math.max(0, random.nextInt(6) - 2));
      LocalTime time =
          switch (random.nextInt(4)) {
            case 0 -> LocalTime.MIDNIGHT;
            case 1 -> LocalTime.of(23, 59, 59);
            default -> LocalTime.of(8 + random.nextInt(4), 0);
          };
      return date.atTime(time).atZone(ZONE).toInstant();
    }

    private static Instant latest(Instant a, Instant b) {
      return a.isAfter(b) ? a : b;
    }
  }
}
