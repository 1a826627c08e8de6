package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import omnipoints.facts.CodePoints;
import omnipoints.facts.LineKey;
import omnipoints.facts.OrderKeys;
import omnipoints.points.AccountStates;
import omnipoints.points.Combine;
import omnipoints.points.EntryKey;
import omnipoints.points.Kind;
import omnipoints.points.LineTarget;
import omnipoints.points.MemberEvents;
import omnipoints.points.MemberNight;
import omnipoints.points.MemberOutcome;
import omnipoints.points.MemberState;
import omnipoints.points.PinnedRule;
import omnipoints.sql.Cursor;
import omnipoints.sql.Script;

/**
 * Second half of post, in member space: for every account of the work set the state the last close
 * left and tonight's events go through {@link MemberNight}, what comes out goes to the night's own
 * tables. Memory: one account.
 */
final class MemberPass {

  private static final Script SQL = Night.script("post");
  private static final Script REDEEM = Night.script("redeem");

  /** As lots are read. */
  private static final Comparator<MemberState.Lot> BY_KEY =
      Comparator.comparing((MemberState.Lot lot) -> lot.key().night())
          .thenComparing(lot -> lot.key().member(), CodePoints::compare)
          .thenComparing(lot -> lot.key().n());

  private final Night night;
  private final Ever ever;
  private final Consumer<Account> each;
  private final Predicate<String> wanted;
  private final long accounts;
  private final OrderKeys keys = new OrderKeys();

  private MemberPass(
      Night night, Ever ever, Predicate<String> wanted, Consumer<Account> each, long accounts) {
    this.night = night;
    this.ever = ever;
    this.accounts = accounts;
    this.wanted = wanted;
    this.each = each;
  }

  /** An account and what tonight makes of it, on its way to the night's tables. */
  private record Decided(Account account, MemberOutcome outcome) {}

  /**
   * Returns what was booked.
   *
   * @param ever what there is to ask for
   * @param accounts rows of the work set
   * @param between what members settled among each other
   */
  static NightTables.Booked run(Night night, Ever ever, long accounts, Between between)
      throws SQLException {
    return night
        .database()
        .inTransaction(
            reading -> {
              // nobody takes the night over while accounts are decided
              night.lock().fence(reading);
              try (NightTables tables = NightTables.open(night);
                  var writer =
                      new WriteBehind<Decided>(
                          "night tables", one -> tables.put(one.account(), one.outcome()))) {
                night
                    .database()
                    .readOnce(
                        beside ->
                            new MemberPass(
                                    night,
                                    ever,
                                    member -> true,
                                    account -> {
                                      MemberOutcome outcome =
                                          decided(night, reading, account, between);
                                      between.transfers().keep(outcome);
                                      writer.put(new Decided(account, outcome));
                                    },
                                    accounts)
                                .readAll(reading, beside));
                writer.finish();
                return tables.finish();
              }
            });
  }

  /**
   * What tonight makes of an account. Where it was read as one from which nothing is taken, and
   * something is after all, the rest of its lots is fetched and it is decided anew: what is read
   * first is a matter of speed only.
   */
  private static MemberOutcome decided(
      Night night, Connection reading, Account account, Between between) {
    if (account.whole) return decide(night, account, between);
    if (account.states.isEmpty()) {
      MemberOutcome outcome = decide(night, account, between);
      if (!takes(outcome)) return outcome;
    }
    Map<String, Object> params = night.params(SQL);
    params.put("member", account.member);
    SQL.statement("other_lots").forEachRow(reading, params, row -> account.lots.add(lot(row)));
    account.lots.sort(BY_KEY);
    account.available.clear();
    return decide(night, account, between);
  }

  private static Account whole(Account account) {
    if (account.whole) return account;
    throw new IllegalStateException("not all lots were read of " + account.member);
  }

  private static boolean takes(MemberOutcome outcome) {
    return !outcome.allocations().isEmpty()
        || !outcome.debts().isEmpty()
        || outcome.entries().stream().anyMatch(entry -> entry.points() < 0);
  }

  /**
   * Some accounts of the work set with everything tonight needs of them: of whom something is asked
   * or given, so that all their lots are read.
   */
  static Map<String, Account> accounts(Night night, Ever ever, Set<String> members)
      throws SQLException {
    Map<String, Account> accounts = new HashMap<>();
    night
        .database()
        .inTransaction(
            reading -> {
              night
                  .database()
                  .readOnce(
                      beside ->
                          new MemberPass(
                                  night,
                                  ever,
                                  members::contains,
                                  account -> accounts.put(whole(account).member, account),
                                  0)
                              .readAll(reading, beside));
              return accounts;
            });
    return accounts;
  }

  /**
   * @param beside sorts the lots, as much work as all the others, while those are sorted
   */
  private void readAll(Connection reading, Connection beside) throws SQLException {
    Map<String, Object> params = night.params(SQL);
    Map<String, Object> spending = night.params(REDEEM);
    Beside<Cursor> lots = Beside.get(() -> SQL.statement("lots").open(beside, params));
    try (Cursor member = SQL.statement("members").open(reading, params);
        Cursor target = SQL.statement("targets").open(reading, params);
        Cursor date = SQL.statement("dues").open(reading, params);
        Cursor over = over(reading, params);
        Cursor merge = SQL.statement("merges").open(reading, params);
        Cursor debt = SQL.statement("debts").open(reading, params);
        Cursor clawback = SQL.statement("clawbacks").open(reading, params);
        Cursor orphan = SQL.statement("orphans").open(reading, params);
        Cursor opening = SQL.statement("openings").open(reading, params);
        Cursor wish = REDEEM.statement("wishes").open(reading, spending);
        Cursor paid = more(wish, "paid_lines", reading, spending);
        Cursor had = more(wish, "had", reading, spending);
        Cursor paced = paced(wish, reading, spending);
        Cursor taken = more(wish, "taken", reading, spending);
        Cursor grace = more(wish, "grace", reading, spending);
        Cursor adjustment = SQL.statement("adjustments").open(reading, params);
        Cursor available = SQL.statement("available").open(reading, params);
        Cursor state = ever.stated() ? SQL.statement("states").open(reading, params) : null;
        Cursor off = ever.writtenOff() ? SQL.statement("written_off").open(reading, params) : null;
        Cursor lot = lots.result()) {
      long done = 0;
      night.progress().rows(0, accounts);
      for (; member.hasRow(); member.advance()) {
        String id = member.row().getString("member_id");
        var account =
            new Account(
                id,
                member.row().getShort("bucket"),
                Balance.read(member.row()),
                member.row().getBoolean("whole"));
        take(target, id, row -> account.add(target(night, row), posted(row, id)));
        take(date, id, row -> account.add(line(row), told(row)));
        take(over, id, row -> account.over.merge(awarded(row), over(row), Over::and));
        take(merge, id, row -> account.add(merge(row), row.getShort("bucket"), Balance.read(row)));
        take(wish, id, account.spending::addWish);
        take(lot, id, row -> account.add(lot(row), awarded(row)));
        take(available, id, row -> account.available.add(available(row)));
        take(debt, id, row -> account.debts.add(debt(row)));
        take(clawback, id, row -> account.clawbacks.add(clawback(row)));
        take(orphan, id, row -> account.add(orphan(row), row.getObject("order_key", UUID.class)));
        take(opening, id, row -> account.add(opening(row), keys));
        take(paid, id, account.spending::addPaid);
        take(had, id, account.spending::addHad);
        take(paced, id, account.spending::addPaced);
        take(taken, id, account.spending::addTaken);
        take(grace, id, account.spending::addGrace);
        take(adjustment, id, row -> account.add(adjustment(row), keys));
        take(state, id, row -> account.states.add(state(row)));
        take(off, id, row -> account.writtenOff = true);
        if (wanted.test(id)) each.accept(account);
        if (done++ == 0) night.crash().reached("post:member");
        if (done % 1_000 == 0) night.progress().rows(done, accounts);
      }
      for (Cursor rest :
          Arrays.asList(
              target,
              date,
              over,
              merge,
              lot,
              available,
              debt,
              clawback,
              orphan,
              opening,
              wish,
              paid,
              had,
              paced,
              taken,
              grace,
              adjustment,
              state,
              off)) {
        if (rest != null && rest.hasRow())
          throw new IllegalStateException("rows of a member that is not in the work set");
      }
    }
  }

  /** Holds that are over; where points live from the day they were given for, with that day. */
  private Cursor over(Connection reading, Map<String, Object> params) throws SQLException {
    return night.pins().countFromPayment()
        ? SQL.statement("over_earned").open(reading, params)
        : SQL.statement("over").open(reading, params);
  }

  /** What tonight makes of an account; it changes nothing of it. */
  static MemberOutcome decide(Night night, Account account, Between between) {
    var state =
        new MemberState(
            account.member,
            account.lots,
            account.debts,
            account.postings,
            account.clawbacks,
            account.spending.before());
    var events =
        new MemberEvents(
            account.merges,
            account.targets,
            account.due,
            account.orphans,
            account.openings,
            account.spending.redemptions(night, between.settled().outOfStock()),
            account.adjustments,
            between.desk(account));
    return MemberNight.decide(night.programme(), night.zone(), night.date(), state, events);
  }

  /** What is asked where somebody spends, else null. */
  private static Cursor more(
      Cursor wish, String statement, Connection reading, Map<String, Object> params) {
    return wish.hasRow() ? REDEEM.statement(statement).open(reading, params) : null;
  }

  /** What is asked where the programme counts, too. */
  private Cursor paced(Cursor wish, Connection reading, Map<String, Object> params) {
    boolean counts = night.rules().limits().velocity().redeemPerDay() != null;
    return counts ? more(wish, "paced", reading, params) : null;
  }

  private static void take(Cursor cursor, String member, Cursor.Taker taker) throws SQLException {
    if (cursor != null) cursor.take("member_id", member, taker);
  }

  /** A line as lots and dates name it. */
  private record Awarded(UUID orderKey, String line) {}

  /** A hold that is over. */
  private record Over(LocalDate availableOn, PinnedRule rule, LocalDate earnedOn) {

    /** Of the same line, given to somebody who merged: by the first rule, the first date. */
    Over and(Over other) {
      LocalDate first = other.availableOn.isBefore(availableOn) ? other.availableOn : availableOn;
      return new Over(first, rule, earnedOn);
    }
  }

  /**
   * Points that are available and that nothing is taken from.
   *
   * @param expiresOn their last day, null where they never expire
   */
  record Available(LocalDate expiresOn, long points) {}

  /** One account with everything tonight needs of it. */
  static final class Account {
    final String member;
    final short bucket;
    final Balance balance;

    /** Whether all its lots are read; else those that wait, and of the others what they hold. */
    final boolean whole;

    final List<MemberState.Lot> lots = new ArrayList<>();
    final List<Available> available = new ArrayList<>(0);
    final List<MemberState.Debt> debts = new ArrayList<>();
    boolean writtenOff;
    final List<MemberState.Posting> postings = new ArrayList<>();
    final List<MemberState.Allocated> clawbacks = new ArrayList<>();
    final List<MemberEvents.Merge> merges = new ArrayList<>();
    final List<LineTarget> targets = new ArrayList<>();
    final List<MemberEvents.Due> due = new ArrayList<>();
    final List<MemberEvents.OrphanReturn> orphans = new ArrayList<>();
    final List<MemberEvents.Opening> openings = new ArrayList<>(0);
    final List<MemberEvents.Adjustment> adjustments = new ArrayList<>(0);
    final List<AccountStates.Change> states = new ArrayList<>(0);
    final Map<LineKey, UUID> orderKeys = new HashMap<>();
    final Map<LineKey, NightPostings.Before> posted = new HashMap<>();
    final Map<Awarded, Over> over = new HashMap<>();
    final Map<String, Short> mergedBuckets = new HashMap<>();
    final Map<String, Balance> mergedBalances = new HashMap<>();
    final Spending spending;

    Account(String member, short bucket, Balance balance, boolean whole) {
      this.member = member;
      this.bucket = bucket;
      this.balance = balance;
      this.whole = whole;
      this.spending = new Spending(member);
    }

    void add(LineTarget target, NightPostings.Before before) {
      targets.add(target);
      postings.add(before.posting());
      posted.put(target.key(), before);
      orderKeys.put(target.key(), before.orderKey());
    }

    void add(LineKey line, DueRow.Told told) {
      posted.get(line).told().add(told);
    }

    /** A lot whose hold is over makes its line one that is due. */
    void add(MemberState.Lot lot, Awarded by) {
      lots.add(lot);
      // Points may come back as a lot of the same origin.
      if (!spending.isEmpty()) orderKeys.putIfAbsent(lot.line(), by.orderKey());
      Over line = lot.availableOn() == null && lot.remaining() > 0 ? over.remove(by) : null;
      if (line == null) return;
      due.add(new MemberEvents.Due(lot.line(), line.availableOn(), line.rule(), line.earnedOn()));
      orderKeys.put(lot.line(), by.orderKey());
    }

    void add(MemberEvents.Merge merge, short otherBucket, Balance otherBalance) {
      merges.add(merge);
      mergedBuckets.put(merge.other(), otherBucket);
      mergedBalances.put(merge.other(), otherBalance);
    }

    void add(MemberEvents.OrphanReturn orphan, UUID orderKey) {
      orphans.add(orphan);
      orderKeys.put(orphan.key(), orderKey);
    }

    void add(MemberEvents.Opening opening, OrderKeys keys) {
      openings.add(opening);
      keyed(opening.key(), keys);
    }

    void add(MemberEvents.Adjustment adjustment, OrderKeys keys) {
      adjustments.add(adjustment);
      keyed(adjustment.key(), keys);
    }

    /** Where no order stands behind a lot it is keyed as if one did. */
    void keyed(LineKey key, OrderKeys keys) {
      orderKeys.put(key, keys.of(key.channel(), key.shop(), key.order()));
    }
  }

  private static LineKey line(ResultSet row) throws SQLException {
    return new LineKey(
        row.getString("channel"),
        row.getString("shop"),
        row.getString("order_no"),
        row.getString("line_key"));
  }

  private static EntryKey entry(ResultSet row, String night, String member, String n)
      throws SQLException {
    return new EntryKey(Columns.date(row, night), row.getString(member), row.getInt(n));
  }

  static LineTarget target(Night night, ResultSet row) throws SQLException {
    return new LineTarget(
        line(row),
        row.getBoolean("owned"),
        Columns.instant(row, "earned_at"),
        row.getLong("base_fen"),
        RefundSteps.read(row.getString("refunds")),
        Columns.instant(row, "completed_at"),
        row.getBoolean("after_sale_open"),
        night.pins().read(row),
        row.getBoolean("pinned"),
        Awards.read(row));
  }

  private static DueRow.Told told(ResultSet row) throws SQLException {
    return new DueRow.Told(
        row.getString("holder"), Columns.date(row, "due_on"), row.getBoolean("held"));
  }

  private static Awarded awarded(ResultSet row) throws SQLException {
    return new Awarded(row.getObject("order_key", UUID.class), row.getString("line_key"));
  }

  private Over over(ResultSet row) throws SQLException {
    return new Over(
        Columns.date(row, "available_on"), night.pins().read(row), Columns.date(row, "earned_on"));
  }

  private static NightPostings.Before posted(ResultSet row, String member) throws SQLException {
    return new NightPostings.Before(
        row.getObject("order_key", UUID.class),
        Columns.date(row, "first_night"),
        new MemberState.Posting(
            line(row), member, row.getLong("earned"), row.getLong("clawed_back")),
        new ArrayList<>(0));
  }

  private static MemberEvents.Merge merge(ResultSet row) throws SQLException {
    return new MemberEvents.Merge(row.getString("other"), Columns.instant(row, "merged_at"));
  }

  private static MemberState.Lot lot(ResultSet row) throws SQLException {
    return new MemberState.Lot(
        entry(row, "night", "lot_member", "n"),
        row.getString("holder"),
        line(row),
        row.getLong("points"),
        row.getLong("remaining"),
        row.getLong("expired"),
        Columns.date(row, "available_on"),
        Columns.date(row, "expires_on"));
  }

  private static Available available(ResultSet row) throws SQLException {
    return new Available(Columns.date(row, "expires_on"), row.getLong("points"));
  }

  private static MemberState.Debt debt(ResultSet row) throws SQLException {
    return new MemberState.Debt(
        entry(row, "debit_night", "debit_member", "debit_n"),
        Kind.valueOf(row.getString("kind")),
        row.getString("holder"),
        line(row),
        Columns.instant(row, "effective_at"),
        row.getLong("owed"));
  }

  private static MemberState.Allocated clawback(ResultSet row) throws SQLException {
    return new MemberState.Allocated(
        entry(row, "night", "debit_member", "n"),
        line(row),
        entry(row, "lot_night", "lot_member", "lot_n"),
        row.getLong("points"));
  }

  private static MemberEvents.OrphanReturn orphan(ResultSet row) throws SQLException {
    Long taken = Columns.number(row, "taken");
    return new MemberEvents.OrphanReturn(
        line(row),
        Columns.instant(row, "at"),
        row.getLong("orphan_fen"),
        taken == null ? null : new MemberEvents.OrphanReturn.Taken(taken));
  }

  private static MemberEvents.Opening opening(ResultSet row) throws SQLException {
    return new MemberEvents.Opening(
        MemberEvents.Opening.key(row.getString("channel"), row.getString("shop")),
        row.getLong("theirs"),
        Combine.valueOf(row.getString("combine")));
  }

  static AccountStates.Change state(ResultSet row) throws SQLException {
    return new AccountStates.Change(
        row.getString("birth"),
        Columns.instant(row, "at"),
        AccountStates.State.valueOf(row.getString("state")),
        row.getBoolean("tonight"));
  }

  private static MemberEvents.Adjustment adjustment(ResultSet row) throws SQLException {
    return new MemberEvents.Adjustment(
        row.getString("adjustment_no"),
        Columns.instant(row, "at"),
        row.getLong("points"),
        Columns.date(row, "expires"),
        row.getBoolean("taken_back"),
        row.getBoolean("write_off"));
  }
}
