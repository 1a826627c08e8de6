package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.facts.LineKey;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Redeem;

/**
 * Nights told in rows: what becomes known, what is booked, what the members then have. All times
 * Asia/Shanghai.
 */
final class Scenario {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private final LedgerHarness ledger;
  private final List<History.Happening> facts = new ArrayList<>();
  private final Map<LineKey, Known> lines = new TreeMap<>();
  private final List<Known> touched = new ArrayList<>();
  private Booked booked;
  private Programme programme;

  Scenario(Program program) {
    this.programme = History.programme(program);
    this.ledger = new LedgerHarness(MemberNight::decide);
  }

  static Program base() {
    return Programs.load("base", null).versions().get(0);
  }

  /**
   * The base programme with another hold, in days, and another validity such as 3 DAY; 0 never
   * expires.
   */
  static Program program(int hold, int length, Program.ExpiryUnit unit) {
    Program b = base();
    Program.Expiry expiry =
        length == 0
            ? new Program.Expiry(Program.ExpiryKind.NEVER, 0, null)
            : new Program.Expiry(Program.ExpiryKind.ROLLING, length, unit);
    return new Program(
        b.name(),
        b.version(),
        b.effectiveFrom(),
        b.earn(),
        new Program.Hold(hold),
        expiry,
        b.debt(),
        b.returns(),
        b.claim(),
        b.source());
  }

  /** The same, with a grace for points that come back late, and a rule of debts. */
  static Program spending(Program b, int graceDays, Program.DebtPolicy policy) {
    return new Program(
        b.name(),
        b.version(),
        b.effectiveFrom(),
        b.earn(),
        b.hold(),
        b.expiry(),
        new Program.Debt(policy),
        b.returns(),
        b.claim(),
        b.rates(),
        b.tiers(),
        b.pointFen(),
        new Redeem(graceDays),
        b.source());
  }

  static Program earning(Program b, long perFen, long points) {
    return new Program(
        b.name(),
        b.version(),
        b.effectiveFrom(),
        new Program.Earn(perFen, points, b.earn().mode(), b.earn().rounding(), b.earn().scope()),
        b.hold(),
        b.expiry(),
        b.debt(),
        b.returns(),
        b.claim(),
        b.source());
  }

  static Instant at(String text) {
    LocalDateTime time =
        text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
    return time.atZone(History.ZONE).toInstant();
  }

  /** What is known of a line; every call adds to it and makes it known again. */
  final class Known {
    private final LineKey key;
    private String owner = "m1";
    private Instant paid;
    private long base;
    private List<RefundStep> refunds = List.of();
    private Instant completed;
    private boolean open;

    private Known(LineKey key) {
      this.key = key;
    }

    Known paid(String at, long baseFen) {
      paid = at(at);
      base = baseFen;
      return this;
    }

    Known base(long fen) {
      base = fen;
      return this;
    }

    Known of(String member) {
      owner = member;
      return this;
    }

    Known completed(String at) {
      completed = at(at);
      return this;
    }

    Known afterSale(boolean isOpen) {
      open = isOpen;
      return this;
    }

    Known refunded(Object... timesAndFen) {
      refunds = new ArrayList<>();
      for (int i = 0; i < timesAndFen.length; i += 2) {
        refunds.add(new RefundStep(at((String) timesAndFen[i]), (Integer) timesAndFen[i + 1]));
      }
      return this;
    }
  }

  /** The line {@code l} of order {@code o}, written {@code o/l}. */
  Known line(String cause) {
    int slash = cause.indexOf('/');
    LineKey key =
        new LineKey("tmall", "shop", cause.substring(0, slash), cause.substring(slash + 1));
    Known known = lines.computeIfAbsent(key, Known::new);
    if (!touched.contains(known)) touched.add(known);
    return known;
  }

  Scenario merge(String other, String survivor, String boundAt) {
    facts.add(new History.Merged(0, survivor, other, at(boundAt)));
    return this;
  }

  Scenario orphan(String cause, String at, long fen) {
    return orphan("m1", cause, at, fen);
  }

  Scenario orphan(String member, String cause, String at, long fen) {
    int slash = cause.indexOf('/');
    LineKey key = new LineKey("pos", "shop", cause.substring(0, slash), cause.substring(slash + 1));
    facts.add(new History.Orphan(0, member, key, at(at), fen));
    return this;
  }

  /** m1 asks for something that costs points. */
  Scenario request(String no, String at, long points) {
    return spend("m1", no, false, at, points, null);
  }

  /** m1 asks for one of something of which he may have {@code most}. */
  Scenario request(String no, String at, long points, long most) {
    return spend("m1", no, false, at, points, new Redemption.Bound("item", most, 0, 1));
  }

  /** A till has taken points of m1. */
  Scenario execute(String no, String at, long points) {
    return spend("m1", no, true, at, points, null);
  }

  Scenario execute(String no, String at, long points, long most) {
    return spend("m1", no, true, at, points, new Redemption.Bound("item", most, 0, 1));
  }

  Scenario spend(
      String member, String no, boolean executed, String at, long points, Redemption.Bound bound) {
    facts.add(
        new History.Spent(0, member, Redemption.key(no), executed, at(at), points, false, bound));
    return this;
  }

  /** What goes back of a redemption by now: times and cumulative points. */
  Scenario goesBack(String no, Object... timesAndPoints) {
    List<Redemption.Back> back = new ArrayList<>();
    for (int i = 0; i < timesAndPoints.length; i += 2)
      back.add(
          new Redemption.Back(at((String) timesAndPoints[i]), (Integer) timesAndPoints[i + 1]));
    facts.add(new History.GoesBack(0, Redemption.key(no), back));
    return this;
  }

  /**
   * {@code <no> <outcome> [reason[ shortfall]]} of what was judged tonight, then what may be used.
   */
  Scenario judges(String... rows) {
    List<String> actual = new ArrayList<>();
    for (MemberOutcome o : ledger.lastNight) {
      for (MemberOutcome.RedemptionState r : o.redemptions()) {
        MemberOutcome.Judged judged = r.judged();
        if (judged == null) continue;
        actual.add(
            r.key().order()
                + " "
                + r.outcome()
                + (judged.refusal() == null ? "" : " " + judged.refusal())
                + (judged.shortfall() == 0 ? "" : " " + judged.shortfall())
                + (judged.owed() == 0 ? "" : " owes " + judged.owed())
                + (judged.beyond() ? " beyond" : "")
                + ", left "
                + judged.balanceAfter());
      }
    }
    assertThat(actual).containsExactlyInAnyOrder(rows);
    return this;
  }

  /** A platform shows what m1 may spend there. */
  Scenario opening(String channel, long theirs, Combine combine) {
    return opening("m1", channel, theirs, combine);
  }

  Scenario opening(String member, String channel, long theirs, Combine combine) {
    facts.add(new History.Opened(0, member, channel, theirs, combine));
    return this;
  }

  /** A further version, in force from a date on, beside the ones before it. */
  Scenario from(String date, Program next) {
    List<Program> versions = new ArrayList<>(programme.versions());
    versions.add(
        new Program(
            next.name(),
            versions.size() + 1,
            LocalDate.parse(date),
            next.earn(),
            next.hold(),
            next.expiry(),
            next.debt(),
            next.returns(),
            next.claim(),
            next.source()));
    programme = new Programme(next.name(), versions);
    return this;
  }

  /** Runs the night {@code date} over what became known since the one before. */
  Scenario night(String date) {
    int n = (int) ChronoUnit.DAYS.between(History.FIRST, LocalDate.parse(date));
    for (Known k : touched) {
      facts.add(
          new History.Seen(n, k.key, k.owner, k.paid, k.base, k.refunds, k.completed, k.open));
    }
    touched.clear();
    booked = ledger.night(n, programme, List.copyOf(facts));
    facts.clear();
    return this;
  }

  /**
   * Entries in order: {@code KIND points cause effective_at}, for RELEASE what it moves; other
   * members' with name.
   */
  Scenario books(String... rows) {
    List<String> actual = new ArrayList<>();
    for (MemberOutcome o : ledger.lastNight) {
      for (MemberOutcome.Entry e : o.entries()) {
        String member = e.key().member().equals("m1") ? "" : e.key().member() + ": ";
        String points =
            e.kind() == Kind.RELEASE ? "(" + e.moved() + ")" : String.format("%+d", e.points());
        actual.add(
            member
                + e.kind()
                + " "
                + points
                + " "
                + e.causeKey()
                + " "
                + e.effectiveAt().atZone(History.ZONE).format(TIME));
      }
    }
    assertThat(actual).containsExactly(rows);
    return this;
  }

  /** Allocations {@code KIND points debit-line>lot-line}. */
  Scenario allocates(String... rows) {
    List<String> actual = new ArrayList<>();
    for (MemberOutcome o : ledger.lastNight) {
      for (MemberOutcome.Allocation a : o.allocations()) {
        actual.add(
            a.kind()
                + " "
                + String.format("%+d", a.points())
                + " "
                + ledger.cause(a.debit())
                + " > "
                + ledger.cause(a.lot()));
      }
    }
    assertThat(actual).containsExactly(rows);
    return this;
  }

  Scenario has(String balance) {
    assertThat(booked.balances().getOrDefault("m1", "pending 0 available 0 owed 0"))
        .isEqualTo(balance);
    return this;
  }

  Scenario has(String member, String balance) {
    assertThat(booked.balances().getOrDefault(member, "pending 0 available 0 owed 0"))
        .isEqualTo(balance);
    return this;
  }

  /**
   * What is left: {@code <line> until <expires_on>=<points>} or {@code <line> pending=<points>}.
   */
  Scenario holds(String... lots) {
    List<String> actual = new ArrayList<>();
    booked.lots().forEach((lot, points) -> actual.add(lot.replaceFirst("^m1 ", "") + "=" + points));
    assertThat(actual).containsExactlyInAnyOrder(lots);
    return this;
  }

  /** Postings written tonight. */
  List<MemberOutcome.PostingState> postings() {
    List<MemberOutcome.PostingState> postings = new ArrayList<>();
    for (MemberOutcome o : ledger.lastNight) postings.addAll(o.postings());
    return postings;
  }

  List<MemberOutcome.Entry> entries() {
    List<MemberOutcome.Entry> entries = new ArrayList<>();
    for (MemberOutcome o : ledger.lastNight) entries.addAll(o.entries());
    return entries;
  }
}
