package omnipoints.points;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import omnipoints.facts.LineKey;
import omnipoints.facts.RefundStep;
import omnipoints.facts.Times;

/**
 * The ledger as one would do it by hand: every point is a token, every debited point a slip that
 * either holds a token or is owed. Every night looks at every line ever seen. Slow, obvious, and
 * sharing nothing with MemberNight but words.
 */
final class NaiveOracle {
  private static final LocalDate NEVER = LocalDate.MAX;

  private static final class Token {
    String account;
    EntryKey lot;
    LineKey line;
    LocalDate from;
    LocalDate until;
    boolean expired;
    boolean grace;
    Slip held;

    boolean pending() {
      return from == null;
    }

    boolean free() {
      return held == null && !expired;
    }
  }

  private static final class Slip {
    String account;
    EntryKey debit;
    Kind kind;
    LineKey line;
    Instant at;
    Token token;
    int since;
    boolean writtenOff;

    boolean owed() {
      return token == null && !writtenOff;
    }
  }

  private record Act(
      Instant at,
      int rank,
      LineKey key,
      Kind kind,
      long points,
      boolean orphan,
      Combine combine,
      boolean last) {
    Act(Instant at, int rank, LineKey key, Kind kind, long points, boolean orphan) {
      this(at, rank, key, kind, points, orphan, null, false);
    }
  }

  private record Line(String account, LineKey line) {}

  private final History history;
  private final Map<LineKey, History.Seen> seen = new TreeMap<>();
  private final Map<LineKey, Program> pinned = new HashMap<>();
  private final Map<String, String> alias = new HashMap<>();
  private final Map<Line, Long> earned = new HashMap<>();
  private final Map<Line, Long> clawed = new HashMap<>();
  private final List<Token> tokens = new ArrayList<>();
  private final List<Slip> slips = new ArrayList<>();
  private final List<String[]> imported = new ArrayList<>();
  private final Map<LineKey, History.Spent> wishes = new TreeMap<>();
  private final Map<LineKey, List<Redemption.Back>> backs = new HashMap<>();

  /** What each wish took; nothing for one that was refused. */
  private final Map<LineKey, Long> spent = new HashMap<>();

  private final Map<LineKey, Long> returned = new HashMap<>();
  private final Map<String, List<History.Stated>> states = new HashMap<>();
  private static final Comparator<Act> IN_ORDER =
      Comparator.comparing(Act::at).thenComparing(Act::rank).thenComparing(Act::key);

  private final Map<String, Queue> queues = new HashMap<>();
  private final List<History.Gives> gave = new ArrayList<>();
  private final Map<LineKey, List<Token>> onTheWay = new HashMap<>();
  private int clock;
  private int night;
  private LocalDate date;
  private Booked booked;

  NaiveOracle(History history) {
    this.history = history;
  }

  Booked night(int n) {
    night = n;
    date = History.FIRST.plusDays(n);
    booked = new Booked();
    for (History.Happening h : history.of(n))
      if (h instanceof History.Seen s) seen.put(s.line(), s);
    Map<LocalDate, Map<String, Integer>> deadBefore = new HashMap<>();
    merge();
    for (History.Happening h : history.of(night))
      if (h instanceof History.Stated s)
        for (String birth : List.of("m1", "m2", "m3"))
          if (accountOf(birth).equals(accountOf(s.member())))
            states.computeIfAbsent(birth, b -> new ArrayList<>()).add(s);
    countDead(deadBefore, 1);
    queues.clear();
    for (String account : accounts()) queues.put(account, new Queue(planned(account)));
    List<History.Gives> gifts = new ArrayList<>();
    for (History.Happening h : history.of(night)) if (h instanceof History.Gives g) gifts.add(g);
    gifts.sort(Comparator.comparing(History.Gives::at).thenComparing(History.Gives::number));
    for (History.Gives g : gifts) run(accountOf(g.giver()), g);
    for (String account : accounts()) run(account, null);
    for (Token t : tokens)
      if (!t.pending()
          && t.free()
          && !t.until.isAfter(date)
          && (rules(date).limits().frozen().expire()
              || stateAt(t.account, endOfDay()) != AccountStates.State.FROZEN)) t.expired = true;
    countDead(deadBefore, -1);
    deadBefore.forEach(
        (until, byAccount) ->
            byAccount.forEach(
                (account, alive) -> {
                  if (alive != 0) {
                    Instant at = until.atTime(23, 59, 59).atZone(History.ZONE).toInstant();
                    booked.entry(account, Kind.EXPIRE, until.toString(), at, alive);
                  }
                }));
    sumUp();
    return booked;
  }

  private void countDead(Map<LocalDate, Map<String, Integer>> dead, int sign) {
    for (Token t : tokens) {
      if (t.expired)
        dead.computeIfAbsent(t.until, u -> new HashMap<>()).merge(t.account, sign, Integer::sum);
    }
  }

  private String accountOf(String member) {
    return alias.getOrDefault(member, member);
  }

  /** The strictest of what was last said of each of its members. */
  private AccountStates.State stateAt(String account, Instant moment) {
    AccountStates.State strictest = AccountStates.State.ACTIVE;
    for (String birth : List.of("m1", "m2", "m3")) {
      if (!accountOf(birth).equals(account)) continue;
      History.Stated last = null;
      for (History.Stated s : states.getOrDefault(birth, List.of())) {
        if (s.at().isAfter(moment)) continue;
        if (last == null
            || s.at().isAfter(last.at())
            || s.at().equals(last.at()) && s.state().compareTo(last.state()) > 0) last = s;
      }
      if (last != null && last.state().compareTo(strictest) > 0) strictest = last.state();
    }
    return strictest;
  }

  private boolean earns(String account, Instant at) {
    if (stateAt(account, endOfDay()) == AccountStates.State.CLOSED) return false;
    return switch (stateAt(account, at)) {
      case ACTIVE -> true;
      case FROZEN -> rules(date).limits().frozen().earn();
      case CLOSED -> false;
    };
  }

  private void planClosing(String account, List<Act> acts) {
    Set<Instant> closings = new HashSet<>();
    for (History.Happening h : history.of(night))
      if (h instanceof History.Stated s
          && s.state() == AccountStates.State.CLOSED
          && accountOf(s.member()).equals(account)
          && stateAt(account, s.at()) == AccountStates.State.CLOSED) closings.add(s.at());
    for (Instant at : closings)
      acts.add(new Act(at, 9, new LineKey("", "", "", "" + at), Kind.FORFEIT, 0, true));
  }

  /** Owes nothing, then holds nothing. */
  private void close(String account, Instant since, Instant at) {
    String cause = Times.print(since, History.ZONE);
    long owed = 0;
    for (Slip s : slips) {
      if (!s.account.equals(account) || !s.owed()) continue;
      s.writtenOff = true;
      owed++;
    }
    if (owed > 0) booked.entry(account, Kind.WRITE_OFF, cause, at, owed);
    long held = 0;
    EntryKey key = new EntryKey(date, account, ++clock);
    for (Token t : tokens) {
      if (!t.account.equals(account) || !t.free()) continue;
      Slip slip = new Slip();
      slip.account = account;
      slip.debit = key;
      slip.kind = Kind.FORFEIT;
      slip.line = new LineKey("", "", "", "closed");
      slip.at = at;
      slips.add(slip);
      hold(slip, t);
      held++;
    }
    if (held > 0) booked.entry(account, Kind.FORFEIT, cause, at, -held);
  }

  private Set<String> accounts() {
    Set<String> accounts = new HashSet<>(List.of("m1", "m2", "m3"));
    accounts.removeAll(alias.keySet());
    return accounts;
  }

  private void merge() {
    List<History.Merged> merges = new ArrayList<>();
    for (History.Happening h : history.of(night)) if (h instanceof History.Merged m) merges.add(m);
    merges.sort(Comparator.comparing(History.Merged::at).thenComparing(History.Merged::other));
    Set<String> survivors = new HashSet<>();
    for (History.Merged m : merges) {
      alias.put(m.other(), m.survivor());
      survivors.add(m.survivor());
      long net = 0;
      for (Token t : tokens) {
        if (t.account.equals(m.other())) {
          if (t.free()) net++;
          t.account = m.survivor();
        }
      }
      for (Slip s : slips) {
        if (s.account.equals(m.other())) {
          if (s.owed()) net--;
          s.account = m.survivor();
        }
      }
      for (Map<Line, Long> posted : List.of(earned, clawed)) {
        for (Line line : List.copyOf(posted.keySet())) {
          if (line.account().equals(m.other())) {
            posted.merge(new Line(m.survivor(), line.line()), posted.remove(line), Long::sum);
          }
        }
      }
      if (net != 0) {
        booked.entry(m.other(), Kind.MERGE, m.survivor(), m.at(), -net);
        booked.entry(m.survivor(), Kind.MERGE, m.other(), m.at(), net);
      }
    }
    for (String survivor : survivors) repay(survivor);
  }

  /** Everything owed that a free token may pay is paid: oldest first, soonest to expire first. */
  private void repay(String account) {
    for (Slip s : slipsOwed(account)) {
      Token best = null;
      for (Token t : tokens) {
        if (t.account.equals(account)
            && !t.pending()
            && t.free()
            && !day(s.at).isAfter(t.until)
            && (best == null || soonest(t, best) < 0)) {
          best = t;
        }
      }
      if (best != null) hold(s, best);
    }
  }

  private void repayWith(List<Token> fresh) {
    fresh.sort(NaiveOracle::soonest);
    for (Token t : fresh) {
      for (Slip s : slipsOwed(t.account)) {
        if (t.free() && !day(s.at).isAfter(t.until)) hold(s, t);
      }
    }
  }

  private List<Slip> slipsOwed(String account) {
    List<Slip> owed = new ArrayList<>();
    for (Slip s : slips) if (s.account.equals(account) && s.owed()) owed.add(s);
    owed.sort(Comparator.comparing((Slip s) -> s.at).thenComparing(s -> s.debit));
    return owed;
  }

  private void hold(Slip s, Token t) {
    s.token = t;
    s.since = ++clock;
    t.held = s;
    t.expired = false;
  }

  private static int soonest(Token a, Token b) {
    int c = a.until.compareTo(b.until);
    if (c == 0) c = a.from.compareTo(b.from);
    return c != 0 ? c : a.lot.compareTo(b.lot);
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, History.ZONE);
  }

  private String ownerOf(History.Seen s) {
    return alias.getOrDefault(s.owner(), s.owner());
  }

  private static long worth(Program p, long fen) {
    if (p == null || fen <= 0) return 0;
    BigDecimal per = BigDecimal.valueOf(p.earn().perFen());
    BigDecimal points = BigDecimal.valueOf(p.earn().points());
    BigDecimal amount = BigDecimal.valueOf(fen);
    if (p.earn().mode() == PinnedRule.Mode.STEP)
      return amount.divideToIntegralValue(per).multiply(points).longValue();
    RoundingMode mode =
        switch (p.earn().rounding()) {
          case FLOOR -> RoundingMode.FLOOR;
          case ROUND -> RoundingMode.HALF_UP;
          case CEIL -> RoundingMode.CEILING;
        };
    return amount.multiply(points).divide(per, 0, mode).longValue();
  }

  /** What an account still has to do tonight. */
  private static final class Queue {
    final List<Act> acts;
    final Set<Act> waited = new HashSet<>();

    Queue(List<Act> acts) {
      this.acts = acts;
    }
  }

  private List<Act> planned(String account) {
    List<Act> acts = new ArrayList<>();
    for (History.Seen s : seen.values()) plan(account, s, acts);
    for (History.Happening h : history.of(night)) {
      if (h instanceof History.Orphan o
          && alias.getOrDefault(o.member(), o.member()).equals(account)
          && rules(day(o.at())).returns().unlinked() == Program.Unlinked.CLAWBACK) {
        long points = worth(rules(day(o.at())), o.amountFen());
        if (points > 0) acts.add(new Act(o.at(), 5, o.key(), Kind.CLAWBACK, -points, true));
      }
    }
    for (History.Happening h : history.of(night)) {
      if (h instanceof History.Opened o
          && alias.getOrDefault(o.member(), o.member()).equals(account)
          && !wasImported(account, o.channel())) {
        imported.add(new String[] {account, o.channel()});
        LineKey key = new LineKey(o.channel(), "s", "OPENING", o.channel());
        acts.add(new Act(endOfDay(), 10, key, Kind.OPENING, o.theirs(), true, o.combine(), false));
      }
    }
    planSpending(account, acts);
    planCorrections(account, acts);
    planClosing(account, acts);
    for (History.Happening h : history.of(night))
      if (h instanceof History.Gives g && accountOf(g.giver()).equals(account))
        acts.add(new Act(g.at(), 7, Transfer.key(g.number()), Kind.TRANSFER, -1, true));
    acts.sort(IN_ORDER);
    return acts;
  }

  /** Up to a gift, and with it; or to the end. */
  private void run(String account, History.Gives until) {
    List<Act> acts = queues.get(account).acts;
    Set<Act> waited = queues.get(account).waited;
    while (!acts.isEmpty()) {
      Act act = acts.remove(0);
      if (act.kind() == Kind.TRANSFER && act.points() < 0) {
        give(account, until, act);
        return;
      }
      if (act.kind() == Kind.TRANSFER) {
        arrive(account, act);
        continue;
      }
      if (act.kind() == Kind.RESTORE) {
        // Nothing goes back before it was taken.
        int wish = -1;
        for (int i = 0; i < acts.size(); i++)
          if (acts.get(i).kind() == Kind.REDEEM && acts.get(i).key().equals(act.key())) wish = i;
        if (wish < 0) {
          goBack(account, act);
        } else {
          while (wish + 1 < acts.size()
              && acts.get(wish + 1).kind() == Kind.RESTORE
              && acts.get(wish + 1).key().equals(act.key())
              && waited.contains(acts.get(wish + 1))) wish++;
          waited.add(act);
          acts.add(wish + 1, act);
        }
        continue;
      }
      if (act.kind() == Kind.REDEEM) {
        spend(account, act);
        continue;
      }
      if (act.kind() == Kind.FORFEIT) {
        close(account, act.at(), act.at());
        continue;
      }
      if (act.kind() == Kind.OPENING) {
        open(account, act);
        continue;
      }
      if (act.kind() == Kind.ADJUST) {
        correct(account, act);
        continue;
      }
      if (act.kind() == Kind.RELEASE) {
        boolean opensLater =
            acts.stream()
                .anyMatch(
                    a -> a.kind() == Kind.EARN && a.key().equals(act.key()) && a.points() > 0);
        if (!opensLater) release(account, act.key());
        continue;
      }
      if (act.kind() == Kind.EARN && act.points() < 0) {
        for (Act back : List.copyOf(acts)) {
          if (back.kind() == Kind.CLAWBACK && back.key().equals(act.key()) && back.points() > 0) {
            acts.remove(back);
            perform(account, back);
          }
        }
      }
      perform(account, act);
      boolean releaseAhead =
          acts.stream().anyMatch(a -> a.kind() == Kind.RELEASE && a.key().equals(act.key()));
      if (!releaseAhead && !act.orphan()) release(account, act.key());
    }
    if (stateAt(account, endOfDay()) != AccountStates.State.CLOSED) return;
    Instant since = null;
    for (String birth : List.of("m1", "m2", "m3"))
      if (accountOf(birth).equals(account))
        for (History.Stated s : states.getOrDefault(birth, List.of()))
          if (s.state() == AccountStates.State.CLOSED
              && !s.at().isAfter(endOfDay())
              && (since == null || s.at().isAfter(since))) since = s.at();
    close(account, since, endOfDay());
  }

  private void give(String giver, History.Gives g, Act act) {
    String receiver = accountOf(g.receiver());
    String month = day(g.at()).toString().substring(0, 7);
    long count = 0;
    long points = g.points();
    for (History.Gives before : gave) {
      boolean same = accountOf(before.giver()).equals(giver);
      if (!same || !day(before.at()).toString().startsWith(month)) continue;
      count++;
      points += before.points();
    }
    List<Token> usable = new ArrayList<>();
    for (Token t : tokens)
      if (t.account.equals(giver)
          && !t.pending()
          && t.held == null
          && !day(g.at()).isAfter(t.until)) usable.add(t);
    boolean stopped =
        stateAt(giver, g.at()) != AccountStates.State.ACTIVE
            || stateAt(receiver, g.at()) != AccountStates.State.ACTIVE;
    if (!g.known() || receiver.equals(giver) || stopped || !slipsOwed(giver).isEmpty()) return;
    Program.Transfers most = rules(date).limits().transfer();
    if (count + 1 > most.perMonth() || points > most.points()) return;
    if (usable.size() < g.points()) return;
    gave.add(g);
    usable.sort(
        (a, b) -> soonest(a, b) != 0 ? soonest(a, b) : Boolean.compare(a.expired, b.expired));
    booked.entry(giver, Kind.TRANSFER, g.number(), g.at(), -g.points());
    List<Token> gone = new ArrayList<>(usable.subList(0, (int) g.points()));
    for (Token t : gone) t.account = "on its way to " + receiver;
    onTheWay.put(act.key(), gone);
    List<Act> acts = queues.get(receiver).acts;
    acts.add(new Act(g.at(), 7, act.key(), Kind.TRANSFER, g.points(), true));
    acts.sort(IN_ORDER);
  }

  private void arrive(String account, Act act) {
    booked.entry(account, Kind.TRANSFER, act.key().line(), act.at(), act.points());
    Map<EntryKey, EntryKey> lots = new HashMap<>();
    List<Token> fresh = onTheWay.remove(act.key());
    for (Token t : fresh) {
      t.account = account;
      t.expired = false;
      t.grace = false;
      t.lot = lots.computeIfAbsent(t.lot, lot -> new EntryKey(date, account, ++clock));
    }
    repayWith(new ArrayList<>(fresh));
  }

  private void planSpending(String account, List<Act> acts) {
    Set<LineKey> told = new HashSet<>();
    for (History.Happening h : history.of(night)) {
      if (h instanceof History.Spent s) {
        wishes.put(s.key(), s);
        told.add(s.key());
      }
      if (h instanceof History.GoesBack b && wishes.containsKey(b.key())) {
        backs.put(b.key(), b.back());
        told.add(b.key());
      }
    }
    for (LineKey key : told) {
      History.Spent s = wishes.get(key);
      if (!alias.getOrDefault(s.member(), s.member()).equals(account)) continue;
      if (!spent.containsKey(key)) acts.add(new Act(s.at(), 8, key, Kind.REDEEM, s.points(), true));
      List<Redemption.Back> steps = backs.getOrDefault(key, List.of());
      for (Redemption.Back step : steps) {
        Instant at = step.at().isAfter(s.at()) ? step.at() : s.at();
        boolean last = step == steps.get(steps.size() - 1);
        acts.add(new Act(at, 3, key, Kind.RESTORE, step.points(), true, null, last));
      }
      if (steps.isEmpty()) acts.add(new Act(endOfDay(), 3, key, Kind.RESTORE, 0, true, null, true));
    }
  }

  private void planCorrections(String account, List<Act> acts) {
    for (History.Happening h : history.of(night)) {
      if (!(h instanceof History.Adjusted a)
          || !alias.getOrDefault(a.member(), a.member()).equals(account)) continue;
      LineKey key = new LineKey("program", "", "ADJUSTMENT", a.number());
      acts.add(new Act(a.at(), a.points() > 0 ? 4 : 6, key, Kind.ADJUST, a.points(), true));
    }
  }

  /** What is given lies open at once; what is taken is taken, or owed. */
  private void correct(String account, Act act) {
    booked.entry(account, Kind.ADJUST, act.key().line(), act.at(), act.points());
    EntryKey key = new EntryKey(date, account, ++clock);
    for (long i = act.points(); i < 0; i++) takeOne(account, act, key);
    List<Token> fresh = new ArrayList<>();
    for (long i = 0; i < act.points(); i++) {
      Token t = new Token();
      t.account = account;
      t.lot = key;
      t.line = act.key();
      t.from = day(act.at());
      t.until = lastDay(rules(t.from), startsAtNight(rules(t.from)) ? date : t.from);
      for (History.Happening h : history.of(night))
        if (h instanceof History.Adjusted a
            && a.number().equals(act.key().line())
            && a.expires() != null) t.until = a.expires();
      tokens.add(t);
      fresh.add(t);
    }
    repayWith(fresh);
  }

  private void spend(String account, Act act) {
    History.Spent wish = wishes.get(act.key());
    spent.put(act.key(), 0L);
    if (!wish.executed()) {
      if (wish.frozen() || stateAt(account, act.at()) != AccountStates.State.ACTIVE) return;
      boolean strict = rules(date).debt().policy() == Program.DebtPolicy.BLOCK_REDEEM;
      if (strict && !slipsOwed(account).isEmpty()) return;
      long usable = 0;
      for (Token t : tokens) {
        if (t.account.equals(account)
            && !t.pending()
            && t.held == null
            && !day(act.at()).isAfter(t.until)) usable++;
      }
      if (usable < act.points()) return;
    }
    spent.put(act.key(), act.points());
    if (act.points() == 0) return;
    booked.entry(account, Kind.REDEEM, act.key().order(), act.at(), -act.points());
    EntryKey key = new EntryKey(date, account, ++clock);
    for (long i = 0; i < act.points(); i++) takeOne(account, act, key);
  }

  /** Slip by slip: the newest first, those that hold nothing before all. */
  private void goBack(String account, Act act) {
    long before = returned.getOrDefault(act.key(), 0L);
    long now = Math.min(act.points(), spent.getOrDefault(act.key(), 0L));
    if (now == before || now < before && !act.last()) return;
    returned.put(act.key(), now);
    booked.entry(account, Kind.RESTORE, act.key().order(), act.at(), now - before);
    EntryKey key = new EntryKey(date, account, ++clock);
    for (long i = now; i < before; i++) takeOne(account, act, key);
    List<Slip> mine = new ArrayList<>();
    for (Slip s : slips) if (s.line.equals(act.key())) mine.add(s);
    mine.sort(
        Comparator.comparing((Slip s) -> !s.writtenOff)
            .thenComparing((Slip s) -> s.debit)
            .thenComparing((Slip s) -> s.token == null)
            .thenComparing(s -> s.since)
            .reversed());
    Map<EntryKey, EntryKey> again = new HashMap<>();
    List<Token> back = new ArrayList<>();
    for (long i = before; i < now; i++) {
      Slip s = mine.get((int) (i - before));
      slips.remove(s);
      if (s.writtenOff) booked.entry(account, Kind.WRITE_OFF, act.key().order(), act.at(), -1);
      if (s.token == null) continue;
      Token t = s.token;
      t.held = null;
      if (day(act.at()).isAfter(t.until) && !t.grace) {
        tokens.remove(t);
        t = anew(t, again.computeIfAbsent(t.lot, lot -> new EntryKey(date, account, ++clock)), act);
      }
      back.add(t);
    }
    repayWith(back);
  }

  private Token anew(Token dead, EntryKey lot, Act act) {
    Token t = new Token();
    t.account = dead.account;
    t.line = dead.line;
    t.lot = lot;
    t.grace = true;
    t.from = day(act.at());
    t.until = t.from.plusDays(rules(t.from).redeem().graceDays()).minusDays(1);
    tokens.add(t);
    return t;
  }

  private boolean wasImported(String account, String channel) {
    for (String[] before : imported) {
      if (before[1].equals(channel) && alias.getOrDefault(before[0], before[0]).equals(account))
        return true;
    }
    return false;
  }

  private Instant endOfDay() {
    return date.atTime(23, 59, 59).atZone(History.ZONE).toInstant();
  }

  /** Tokens are handed out, or taken one by one, until the account shows what it should. */
  private void open(String account, Act act) {
    long ours = 0;
    for (Token t : tokens) if (t.account.equals(account) && t.free()) ours++;
    for (Slip s : slips) if (s.account.equals(account) && s.owed()) ours--;
    long wanted =
        switch (act.combine()) {
          case SUM -> ours + act.points();
          case THEIRS -> act.points();
          case OURS -> ours;
          case MAX -> ours > act.points() ? ours : act.points();
        };
    if (wanted == ours) return;
    booked.entry(account, Kind.OPENING, act.key().channel(), act.at(), wanted - ours);
    EntryKey key = new EntryKey(date, account, ++clock);
    for (; wanted < ours; wanted++) takeOne(account, act, key);
    List<Token> fresh = new ArrayList<>();
    for (; wanted > ours; wanted--) {
      Token t = new Token();
      t.account = account;
      t.lot = key;
      t.line = act.key();
      t.from = date;
      t.until = lastDay(rules(date), date); // whatever it counts from: all of it is tonight
      tokens.add(t);
      fresh.add(t);
    }
    repayWith(fresh);
  }

  /** The rules of a date: the second ones from the middle on. */
  private Program rules(LocalDate on) {
    List<Program> versions = history.programme().versions();
    return on.isBefore(versions.get(1).effectiveFrom()) ? versions.get(0) : versions.get(1);
  }

  private static boolean startsAtNight(Program rules) {
    return rules.expiry().start() == Program.ExpiryStart.AWARD;
  }

  private static LocalDate lastDay(Program rules, LocalDate from) {
    return switch (rules.expiry().kind()) {
      case NEVER -> NEVER;
      case FIXED -> from.withDayOfMonth(1).plusMonths(rules.expiry().length()).minusDays(1);
      case ROLLING -> from.plusDays(rules.expiry().length()).minusDays(1);
    };
  }

  /** Bookings net to the targets: what is due now minus what was booked. */
  private void plan(String account, History.Seen s, List<Act> acts) {
    boolean owned = ownerOf(s).equals(account);
    Line key = new Line(account, s.line());
    long had = earned.getOrDefault(key, 0L);
    long took = clawed.getOrDefault(key, 0L);
    long due = 0;
    if (owned) {
      // What was worth nothing stays so under a new version until somebody speaks of the line
      // again.
      if (!pinned.containsKey(s.line())
          && mentioned(s.line())
          && worth(rules(day(s.earnedAt())), s.baseFen()) != 0
          && earns(account, s.earnedAt())) {
        pinned.put(s.line(), rules(day(s.earnedAt())));
      }
      due = worth(pinned.get(s.line()), s.baseFen());
    }
    if (due != had) acts.add(new Act(s.earnedAt(), 2, s.line(), Kind.EARN, due - had, false));
    long reached = took;
    long last = 0;
    Instant lastAt = date.atTime(23, 59, 59).atZone(History.ZONE).toInstant();
    if (owned) {
      for (RefundStep step : s.refunds()) {
        last = due - worth(pinned.get(s.line()), s.baseFen() - step.refundedFen());
        lastAt = step.at();
        if (last > reached) {
          acts.add(new Act(step.at(), 5, s.line(), Kind.CLAWBACK, reached - last, false));
          reached = last;
        }
      }
    }
    if (last < reached)
      acts.add(new Act(lastAt, 5, s.line(), Kind.CLAWBACK, reached - last, false));
    if (owned && releaseDate(s) != null && !releaseDate(s).isAfter(date)) {
      acts.add(new Act(releasedAt(s), 1, s.line(), Kind.RELEASE, 0, false));
    }
  }

  private boolean mentioned(LineKey line) {
    for (History.Happening h : history.of(night)) {
      if (h instanceof History.Seen s && s.line().equals(line)) return true;
      if (h instanceof History.Repeated r && r.line().equals(line)) return true;
    }
    return false;
  }

  private LocalDate releaseDate(History.Seen s) {
    if (s.completedAt() == null || s.afterSaleOpen() || !pinned.containsKey(s.line())) return null;
    Program.Hold hold = pinned.get(s.line()).hold();
    Instant from = hold.from() == Program.HoldFrom.PAID ? s.earnedAt() : s.completedAt();
    return day(from).plusDays(hold.days());
  }

  private Instant releasedAt(History.Seen s) {
    Instant midnight = releaseDate(s).atStartOfDay(History.ZONE).toInstant();
    return midnight.isBefore(s.earnedAt()) ? s.earnedAt() : midnight;
  }

  private void release(String account, LineKey line) {
    History.Seen s = seen.get(line);
    if (!ownerOf(s).equals(account)) return;
    LocalDate from = releaseDate(s);
    if (from == null || from.isAfter(date)) return;
    Program terms = pinned.get(line);
    List<Token> fresh = new ArrayList<>();
    for (Token t : tokens) {
      if (!t.account.equals(account) || !t.line.equals(line) || !t.pending()) continue;
      boolean lotHasSome = false;
      for (Token other : tokens) lotHasSome |= other.lot.equals(t.lot) && other.free();
      if (lotHasSome) fresh.add(t);
    }
    long moved = fresh.stream().filter(Token::free).count();
    if (moved == 0) return;
    for (Token t : fresh) {
      t.from = from;
      t.until =
          lastDay(
              terms,
              switch (terms.expiry().start()) {
                case AVAILABLE -> from;
                case AWARD -> t.lot.night();
                case PAID -> day(s.earnedAt());
              });
    }
    booked.entry(account, Kind.RELEASE, line.cause(), releasedAt(s), moved);
    fresh.removeIf(t -> !t.free());
    repayWith(fresh);
  }

  private void perform(String account, Act act) {
    booked.entry(account, act.kind(), act.key().cause(), act.at(), act.points());
    EntryKey key = new EntryKey(date, account, ++clock);
    Line line = new Line(account, act.key());
    if (act.kind() == Kind.EARN) earned.merge(line, act.points(), Long::sum);
    else if (!act.orphan()) clawed.merge(line, -act.points(), Long::sum);
    if (act.points() < 0) {
      for (long i = act.points(); i < 0; i++) takeOne(account, act, key);
    } else if (act.kind() == Kind.EARN) {
      for (long i = 0; i < act.points(); i++) {
        Token t = new Token();
        t.account = account;
        t.lot = key;
        t.line = act.key();
        tokens.add(t);
      }
    } else {
      giveBack(account, act);
    }
  }

  private void takeOne(String account, Act act, EntryKey key) {
    Slip slip = new Slip();
    slip.account = account;
    slip.debit = key;
    slip.kind = act.kind();
    slip.line = act.key();
    slip.at = act.at();
    slips.add(slip);
    Token best = null;
    for (Token t : tokens) {
      if (!t.account.equals(account) || t.held != null) continue;
      boolean own = !act.orphan() && t.line.equals(act.key());
      if (!own && (t.pending() || day(act.at()).isAfter(t.until))) continue;
      if (best == null || better(t, best, act)) best = t;
    }
    if (best != null) hold(slip, best);
  }

  private static boolean better(Token t, Token best, Act act) {
    boolean own = !act.orphan() && t.line.equals(act.key());
    boolean bestOwn = !act.orphan() && best.line.equals(act.key());
    if (own != bestOwn) return own;
    if (t.pending() != best.pending()) return t.pending();
    int c = t.pending() ? t.lot.compareTo(best.lot) : soonest(t, best);
    return c != 0 ? c < 0 : best.expired && !t.expired;
  }

  private void giveBack(String account, Act act) {
    List<Slip> mine = new ArrayList<>();
    for (Slip s : slips) {
      if (s.account.equals(account) && s.kind == Kind.CLAWBACK && s.line.equals(act.key()))
        mine.add(s);
    }
    mine.sort(
        (a, b) -> {
          int c = Boolean.compare(a.writtenOff, b.writtenOff);
          if (c == 0) c = b.debit.compareTo(a.debit);
          if (c == 0) c = Boolean.compare(a.token != null, b.token != null);
          return c != 0 ? c : Integer.compare(b.since, a.since);
        });
    List<Token> back = new ArrayList<>();
    for (int i = 0; i < act.points(); i++) {
      Slip s = mine.get(i);
      slips.remove(s);
      if (s.writtenOff) booked.entry(account, Kind.WRITE_OFF, act.key().cause(), act.at(), -1);
      if (s.token != null) {
        s.token.held = null;
        if (!s.token.pending()) back.add(s.token);
      }
    }
    repayWith(back);
  }

  private void sumUp() {
    Map<String, long[]> sums = new TreeMap<>();
    for (Token t : tokens) {
      long[] sum = sums.computeIfAbsent(t.account, a -> new long[3]);
      if (!t.free()) continue;
      sum[t.pending() ? 0 : 1]++;
      booked.lot(t.account, t.line, t.until == NEVER ? null : t.until, t.pending(), 1);
    }
    for (Slip s : slips) if (s.owed()) sums.computeIfAbsent(s.account, a -> new long[3])[2]++;
    sums.forEach((account, sum) -> booked.balance(account, sum[0], sum[1], sum[2]));
  }
}
