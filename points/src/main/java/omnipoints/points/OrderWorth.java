package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import omnipoints.facts.Acceptance;
import omnipoints.facts.LineKey;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Asked;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.OnReturn;

/**
 * What a purchase is worth: its accounting class, and the target of each of its lines for each
 * account concerned. A line that has been awarded keeps to the decision pinned then. Pure.
 */
public final class OrderWorth {

  /**
   * The rules of the night that decides.
   *
   * @param zone gives a moment its date, and so its version of the programme
   * @param products what is told of SKUs
   */
  public record Rules(Programme programme, ZoneId zone, LocalDate night, Products products) {

    /** Where nothing is told of SKUs. */
    public Rules(Programme programme, ZoneId zone, LocalDate night) {
      this(programme, zone, night, Products.NONE);
    }

    /** The version that decides what happened then; null before the first one. */
    Program on(Instant at) {
      return programme.at(at.atZone(zone).toLocalDate());
    }
  }

  /**
   * What has been posted for an award on a living account.
   *
   * @param line the line, {@code ""} for the order
   * @param grant id of the rule of a grant, {@code ""} for the rate
   * @param rule the decision pinned then, or null
   * @param award what a grant pinned for itself, null of a rate
   */
  public record Posted(
      String line,
      String grant,
      String member,
      long earned,
      long clawedBack,
      PinnedRule rule,
      Award award) {

    /** What has been posted for the rate of a line. */
    public Posted(String line, String member, long earned, long clawedBack, PinnedRule rule) {
      this(line, "", member, earned, clawedBack, rule, null);
    }

    boolean of(String ofLine, String ofGrant) {
      return line.equals(ofLine) && grant.equals(ofGrant);
    }

    /** Whether anything of it stands. */
    public boolean something() {
      return earned != 0 || clawedBack != 0;
    }
  }

  /**
   * What earlier nights decided about the order.
   *
   * @param inherited decision pinned for the order it was split from, null if it was not
   * @param lost whether documents by which it counted were taken back: what they gave goes with
   *     them, whatever the order waits for
   * @param charges what its rates count by since a tier was lost, by line; {@code ""} of the order
   * @param overearner the owner of tonight's charges, null where none is to be made
   */
  public record Before(
      List<Posted> posted,
      PinnedRule inherited,
      boolean lost,
      Map<String, Charge> charges,
      Overearner overearner) {

    /** Of an order of which no tier was lost. */
    public Before(List<Posted> posted, PinnedRule inherited, boolean lost) {
      this(posted, inherited, lost, Map.of(), null);
    }

    /** What was posted for the rate of the order as a whole, null for nothing. */
    Posted ofOrder() {
      for (Posted one : posted) if (one.of("", "") && one.rule() != null) return one;
      return null;
    }

    private boolean grants() {
      for (Posted one : posted) if (!one.grant().isEmpty()) return true;
      return false;
    }
  }

  /**
   * Who paid the order in a tier that was held by money which came back.
   *
   * @param at when the lower tier came into force
   * @param held in the tier that was in force, with its passes
   * @param due in the tier that was due
   */
  public record Overearner(Instant at, Facts.Member held, Facts.Member due) {}

  /**
   * The target of a line for an account.
   *
   * @param earned what has been posted so far
   * @param clawedBack what has been posted so far
   * @param debitOn the earliest date a debit out of it may carry
   */
  public record Target(
      String member, LineTarget line, long earned, long clawedBack, LocalDate debitOn) {}

  /**
   * The answer.
   *
   * @param wouldBePoints what an order that is not attributed or not complete would be worth, else
   *     0
   * @param bids grants that bounds beyond the order decide, as they would be without them
   * @param charges what rates count by from tonight on, by line; to be kept with the order
   * @param capped awards of tonight of which a bound on multipliers took something
   */
  public record Verdict(
      OrderClass orderClass,
      long wouldBePoints,
      List<Target> targets,
      List<Target> bids,
      Map<String, Charge> charges,
      List<Allotment> capped) {}

  private final Purchase purchase;
  private final Facts.Member owner;
  private final Before before;
  private final Rules rules;
  private final long earningFen;

  /** Null where nothing is given beside the rate, or it has no lines. */
  private final Cause order;

  private final GrantWorth grants;

  private final Charges charges;

  /** Lines of which rules were asked; each is the same one wherever it stands. */
  private final Map<Purchase.Line, Asked> asked = new IdentityHashMap<>(2);

  /** What is pinned and counts otherwise for what is kept, null for nothing. */
  private final Requalifying again;

  /** What is rounded once for the order; null where each line is. */
  private final WholeOrder whole;

  /** What factors add to all its lines together; null where there is no order. */
  private final WholeOrder together;

  private OrderWorth(Purchase purchase, Facts.Member owner, Before before, Rules rules) {
    this.purchase = purchase;
    this.owner = owner;
    this.earningFen = purchase.lines().stream().mapToLong(Purchase.Line::baseFen).sum();
    this.before = before;
    this.rules = rules;
    boolean concerned = rules.programme().grants() || before.grants();
    boolean byOrder = rules.programme().ofOrders() || before.ofOrder() != null;
    this.order = concerned || byOrder ? Cause.of(purchase) : null;
    boolean once = byOrder && isWhole();
    this.charges = new Charges(before.charges());
    if (before.overearner() != null) charge(once);
    this.again = Requalifying.of(rules.programme(), purchase, charges, this::source);
    this.together = order == null ? null : new WholeOrder(purchase.lines(), again, once);
    this.whole = once ? together : null;
    this.grants = concerned ? grants() : GrantWorth.NONE;
  }

  /** Whether the order's version rounds once for it; what was booked for lines stays theirs. */
  private boolean isWhole() {
    if (order == null || order.at() == null) return false;
    if (before.ofOrder() != null) return true;
    for (Posted posted : before.posted())
      if (posted.grant().isEmpty() && posted.something()) return false;
    Program version = rules.on(order.at());
    return version != null && version.earn().scope() == Program.Scope.ORDER;
  }

  /**
   * Says what the purchase should have given by now.
   *
   * @param owner what is known of its owner; null of nobody, or where no rule asks
   */
  public static Verdict of(Purchase purchase, Facts.Member owner, Before before, Rules rules) {
    var worth = new OrderWorth(purchase, owner, before, rules);
    Acceptance acceptance = purchase.acceptance();
    boolean waits = acceptance == Acceptance.UNATTRIBUTED || acceptance == Acceptance.INCOMPLETE;
    boolean targeted =
        acceptance.decided()
            || acceptance == Acceptance.UNATTRIBUTED
            || (acceptance == Acceptance.INCOMPLETE && before.lost());
    List<Target> targets = targeted ? worth.targets() : List.of();
    List<Target> bids = targeted ? worth.bids() : List.of();
    return new Verdict(
        worth.orderClass(),
        waits ? worth.wouldBePoints() : 0,
        targets,
        bids,
        worth.charges.fresh(),
        worth.capped(targets, bids));
  }

  /** Awards of tonight that would be larger if nothing bounded what rules multiply by. */
  private List<Allotment> capped(List<Target> targets, List<Target> bids) {
    if (!rules.programme().capped() || targets.isEmpty() && bids.isEmpty()) return List.of();
    var capped = new ArrayList<Allotment>(0);
    for (Target target : targets) capped.add(Capped.of(rules.programme(), target.line()));
    for (int i = 0; i < bids.size(); i++)
      if (grants.bids().get(i).granted().bound().slot() == null)
        capped.add(Capped.of(rules.programme(), bids.get(i).line()));
    if (order != null && purchase.acceptance() == Acceptance.ACCEPTED && purchase.owner() != null)
      ofOrder(capped);
    capped.removeIf(one -> one == null || !one.bound());
    return capped;
  }

  /** The same of awards that are given once for the order. */
  private void ofOrder(List<Allotment> capped) {
    if (whole != null && before.ofOrder() == null) {
      WholeOrder.Counted rate = whole.rate(null, this::rule);
      if (rate != null)
        capped.add(
            Capped.of(
                order,
                rate.decision().rule(),
                whole.rate(null, line -> unbounded(rule(line))).points(),
                rate.points()));
    }
    var fresh = new ArrayList<>(grants.of(""));
    for (GrantWorth.Bid bid : grants.bids())
      if (bid.cause() == order && bid.granted().bound().slot() == null) fresh.add(bid.granted());
    for (GrantWorth.Granted granted : fresh) {
      if (granted.pinned() || granted.decision().grant().kind() != Grant.Kind.TIMES) continue;
      String rule = granted.decision().rule();
      WholeOrder.Counted extra =
          together.extra(
              null,
              null,
              line -> unbounded(grants.extra(rule, line, granted)),
              line -> unbounded(rule(line)));
      if (extra != null)
        capped.add(
            Capped.of(
                new Cause(AwardKey.of(order.key(), rule), order.at(), 0, List.of(), null, false),
                rule,
                extra.points(),
                granted.award().granted()));
    }
  }

  private PinnedRule unbounded(PinnedRule decision) {
    return Capped.unbounded(rules.programme(), decision);
  }

  /**
   * Asks what is pinned again for the tier that was due.
   *
   * @param once it is rounded once for the order
   */
  private void charge(boolean once) {
    Posted order = before.ofOrder();
    boolean steps = once && order != null && order.rule().mode() == PinnedRule.Mode.STEP;
    charges.ask(
        rules.programme(),
        before.overearner(),
        purchase.lines().stream().filter(line -> line.boughtAt() != null).toList(),
        steps ? order.rule() : null,
        this::pinned,
        this::facts);
  }

  private OrderClass orderClass() {
    return switch (purchase.acceptance()) {
      case ACCEPTED -> earns() ? OrderClass.POSTED : OrderClass.ZERO;
      case UNPAID -> OrderClass.UNPAID;
      case CANCELLED -> OrderClass.CANCELLED;
      case PENDING -> OrderClass.PENDING;
      case UNATTRIBUTED -> OrderClass.UNATTRIBUTED;
      case INCOMPLETE -> OrderClass.INCOMPLETE;
      case EXCLUDED -> OrderClass.EXCLUDED;
      case REJECTED_SIBLING -> OrderClass.REJECTED_SIBLING;
    };
  }

  private boolean earns() {
    if (whole != null) {
      if (rate() != null && rate().points() != 0) return true;
    } else
      for (Purchase.Line line : purchase.lines())
        if (points(rule(line), line.baseFen()) != 0) return true;
    for (GrantWorth.Granted granted : grants.all()) if (granted.award().granted() > 0) return true;
    return false;
  }

  /**
   * The grants of the order and its lines. They are asked for once: when the cause is decided
   * first. An order that was split off goes on under the rate of the whole; what was given for that
   * is not given for each part again, but what only one order of a member may have.
   */
  private GrantWorth grants() {
    var worth = new GrantWorth(before.posted());
    boolean asked = purchase.acceptance() == Acceptance.ACCEPTED && purchase.owner() != null;
    if (!asked) return worth;
    boolean decided = before.inherited() != null;
    for (Posted posted : before.posted()) decided |= posted.rule() != null;
    for (Purchase.Line line : purchase.lines()) {
      Program version = rules.on(line.boughtAt());
      if (version == null || version.rates().grants().isEmpty() || line.baseFen() <= 0) continue;
      boolean known =
          worth.knows(line.key().line()) || before.inherited() != null || whole != null && decided;
      if (known && !version.hasSlot()) continue;
      List<Program.GrantOffer> offers =
          version.grants(asked(line, version), false).stream().filter(this::largeEnough).toList();
      if (known) offers = offers.stream().filter(one -> one.bound().slot() != null).toList();
      worth.offer(Cause.of(line), whole == null ? offers : worth.extras(line, offers));
    }
    if (earningFen <= 0) return worth;
    Program version = rules.on(order.at());
    if (version == null || version.rates().grants().isEmpty()) return worth;
    if (decided && !version.hasSlot()) return worth;
    Asked known = version.asking(facts(order.at(), order.key(), null, owner));
    boolean slots = decided;
    Predicate<Program.GrantOffer> asks =
        offer -> (!slots || offer.bound().slot() != null) && largeEnough(offer);
    if (version.rates().factorsOfOrders())
      for (Purchase.Line line : purchase.lines())
        if (line.baseFen() > 0)
          for (Program.GrantOffer offer : version.factors(asked(line, version), known))
            if (asks.test(offer)) worth.extra(line, offer);
    List<Program.GrantOffer> offers = version.grants(known, true).stream().filter(asks).toList();
    worth.offer(order, offers, together, this::rule);
    return worth;
  }

  private boolean largeEnough(Program.GrantOffer offer) {
    return offer.bound().slot() == null || earningFen >= offer.bound().slot().minFen();
  }

  private List<Target> bids() {
    var bids = new ArrayList<Target>(0);
    for (GrantWorth.Bid bid : grants.bids()) {
      GrantWorth.Granted granted = bid.granted();
      PinnedRule decision = granted.decision();
      boolean adds = bid.cause() == order && decision.grant().addsKept();
      Cause cause = adds ? counted(extra(granted)) : returning(bid.cause(), granted);
      Posted nothing =
          new Posted(cause.key().line(), decision.rule(), purchase.owner(), 0, 0, null, null);
      bids.add(target(cause, cause.baseFen(), true, nothing, decision, false, granted.award()));
    }
    return bids;
  }

  /** Nothing goes back of a grant that falls with the whole order before all of that does. */
  private Cause returning(Cause cause, GrantWorth.Granted granted) {
    return granted.decision().grant().onReturn() == OnReturn.FULL ? cause.within(order) : cause;
  }

  /** An order whose lines have not come is known by its own row. */
  private long wouldBePoints() {
    if (purchase.paidAt() == null) return 0;
    if (purchase.lines().isEmpty()) {
      Program version = rules.on(purchase.paidAt());
      long kept = purchase.baseFen() - purchase.goodsRefundFen();
      return points(version == null ? null : version.rule(), kept);
    }
    if (whole != null) {
      WholeOrder.Counted rate = rate();
      if (rate == null) return 0;
      int steps = rate.lost().size();
      return rate.points() - (steps == 0 ? 0 : rate.lost().get(steps - 1).refundedFen());
    }
    long sum = 0;
    for (Purchase.Line line : purchase.lines())
      sum = Math.addExact(sum, points(rule(line), line.keptFen()));
    return sum;
  }

  private WholeOrder.Counted rate() {
    Posted posted = before.ofOrder();
    return whole.rate(posted == null ? null : posted.rule(), this::rule);
  }

  private List<Target> targets() {
    var targets = new ArrayList<Target>();
    for (Purchase.Line line : purchase.lines()) {
      if (!line.decidable()) continue;
      Cause cause = Cause.of(line);
      if (whole == null) {
        PinnedRule pinned = pinned(line);
        PinnedRule decision = pinned != null ? pinned : offered(line);
        Cause counted = again == null || decision == null ? null : again.rate(line, decision);
        Award points = counted == null ? null : new Award(counted.baseFen(), line.baseFen());
        addTargets(
            counted == null ? cause : counted, "", decision, pinned != null, points, targets);
      }
      addGrants(cause, targets);
    }
    if (order != null && purchase.lines().stream().allMatch(Purchase.Line::decidable)) {
      if (whole != null) addCounted(rate(), "", before.ofOrder() != null, null, targets);
      addGrants(order, targets);
      for (GrantWorth.Bid bid : grants.bids())
        if (bid.cause() == order && bid.granted().decision().grant().addsKept())
          addParts(extra(bid.granted()), bid.granted().decision().rule(), targets);
    }
    return targets;
  }

  /**
   * The targets of an award that is counted for the order as a whole; at its first award also of
   * the lines that pin another decision than the order.
   */
  private void addCounted(
      WholeOrder.Counted counted, String grant, boolean pinned, Award award, List<Target> targets) {
    if (counted == null) return;
    addTargets(counted(counted), grant, counted.decision(), pinned, award, targets);
    boolean pins = !pinned && purchase.acceptance() == Acceptance.ACCEPTED && counted.points() > 0;
    if (pins && purchase.owner() != null) addParts(counted, grant, targets);
  }

  private Cause counted(WholeOrder.Counted counted) {
    return new Cause(
        order.key(),
        order.at(),
        counted.points(),
        counted.lost(),
        order.completedAt(),
        order.afterSaleOpen());
  }

  /** What lines pin that differ from the order. */
  private void addParts(WholeOrder.Counted counted, String grant, List<Target> targets) {
    for (Purchase.Line line : purchase.lines()) {
      PinnedRule own = counted.lines().get(line.key().line());
      if (own == null) continue;
      var nothing = new Posted(line.key().line(), grant, purchase.owner(), 0, 0, null, null);
      targets.add(target(Cause.of(line), 0, true, nothing, own, false, null));
    }
  }

  private void addGrants(Cause cause, List<Target> targets) {
    for (GrantWorth.Granted granted : grants.of(cause.key().line())) {
      if (cause == order && granted.decision().grant().addsKept()) {
        String rule = granted.decision().rule();
        addCounted(extra(granted), rule, granted.pinned(), granted.award(), targets);
        continue;
      }
      addTargets(
          again == null
              ? returning(cause, granted)
              : again.grant(returning(cause, granted), granted.decision()),
          granted.decision().rule(),
          granted.decision(),
          granted.pinned(),
          granted.award(),
          targets);
    }
  }

  /** What a factor that the order gives adds to its lines. */
  private WholeOrder.Counted extra(GrantWorth.Granted granted) {
    return together.extra(
        granted.pinned() ? granted.decision() : null,
        granted.award(),
        line -> grants.extra(granted.decision().rule(), line, granted),
        this::rule);
  }

  /** The targets of one award for its owner, and for whoever something was posted for. */
  private void addTargets(
      Cause cause,
      String grant,
      PinnedRule decision,
      boolean pinned,
      Award award,
      List<Target> targets) {
    String owner = purchase.owner();
    String line = cause.key().line();
    boolean counts = decision != null && purchase.acceptance() == Acceptance.ACCEPTED;
    long base = counts ? cause.baseFen() : 0;
    boolean ownerPosted = false;
    for (Posted posted : before.posted()) {
      if (!posted.of(line, grant)) continue;
      boolean owned = posted.member().equals(owner);
      ownerPosted |= owned;
      if (owned || posted.something())
        targets.add(target(cause, owned ? base : 0, owned, posted, decision, pinned, award));
    }
    if (!ownerPosted && owner != null && base > 0) {
      var nothing = new Posted(line, grant, owner, 0, 0, null, null);
      targets.add(target(cause, base, true, nothing, decision, pinned, award));
    }
  }

  private Target target(
      Cause cause,
      long base,
      boolean owned,
      Posted posted,
      PinnedRule decision,
      boolean pinned,
      Award award) {
    List<RefundStep> refunds = base > 0 ? cause.refunds() : List.of();
    LocalDate debitOn = posted.earned() != 0 ? date(cause.at()) : rules.night();
    for (RefundStep step : refunds) {
      LocalDate on = date(step.at());
      if (on.isBefore(debitOn)) debitOn = on;
    }
    LineKey key = posted.grant().isEmpty() ? cause.key() : AwardKey.of(cause.key(), posted.grant());
    return new Target(
        posted.member(),
        new LineTarget(
            key,
            owned,
            cause.at(),
            base,
            refunds,
            cause.completedAt(),
            cause.afterSaleOpen(),
            decision,
            pinned,
            award),
        posted.earned(),
        posted.clawedBack(),
        debitOn);
  }

  private LocalDate date(Instant at) {
    return at.atZone(rules.zone()).toLocalDate();
  }

  /** Purchases before the programme began earn nothing. */
  private static long points(PinnedRule rule, long fen) {
    return rule == null ? 0 : Earning.points(rule, Math.max(0, fen));
  }

  /** The pinned decision, else what a first award would pin, or null. */
  private PinnedRule rule(Purchase.Line line) {
    PinnedRule pinned = pinned(line);
    return pinned == null ? offered(line) : pinned;
  }

  /** What a first award of the line pins; null before the first version of the programme. */
  private PinnedRule offered(Purchase.Line line) {
    Program version = rules.on(line.boughtAt());
    if (version == null) return null;
    return version.plain() ? version.rule() : version.rule(asked(line, version));
  }

  /** The line under the version of its date; whatever is wanted of it, its rules are asked once. */
  private Asked asked(Purchase.Line line, Program version) {
    return asked.computeIfAbsent(line, one -> version.asking(facts(one)));
  }

  private Facts facts(Purchase.Line line) {
    return facts(line, owner);
  }

  private Facts facts(Purchase.Line line, Facts.Member of) {
    Products.Product product = rules.products().of(line.sku());
    return facts(
        line.boughtAt(),
        line.key(),
        new Facts.Line(line.sku(), product.category(), product.brand(), line.baseFen()),
        of);
  }

  private Facts facts(Instant at, LineKey key, Facts.Line line, Facts.Member of) {
    return new Facts(
        LocalDateTime.ofInstant(at, rules.zone()),
        new Facts.Order(
            key.channel(), key.shop(), earningFen, purchase.orderType(), purchase.payment()),
        line,
        of);
  }

  /**
   * The decision pinned for the line. A line that takes the place of others (the pseudo-line, lines
   * under another key, the order it was split from) goes on under theirs, best under that of a line
   * with its SKU.
   */
  private PinnedRule pinned(Purchase.Line line) {
    Posted posted = follows(line);
    return posted == null ? before.inherited() : posted.rule();
  }

  /** The line whose decision a line follows. */
  private String source(Purchase.Line line) {
    if (charges.of(line.key().line()) != null) return line.key().line();
    Posted posted = follows(line);
    return posted == null ? line.key().line() : posted.line();
  }

  private Posted follows(Purchase.Line line) {
    Posted other = null;
    Posted sameGoods = null;
    for (Posted posted : before.posted()) {
      if (posted.rule() == null || !posted.grant().isEmpty()) continue;
      if (posted.line().equals(line.key().line())) return posted;
      if (purchase.live(posted.line())) continue;
      other = posted;
      if (!line.sku().isEmpty() && line.sku().equals(sku(posted.line()))) sameGoods = posted;
    }
    return sameGoods == null ? other : sameGoods;
  }

  private String sku(String key) {
    for (Purchase.Line line : purchase.lines())
      if (line.key().line().equals(key)) return line.sku();
    return null;
  }
}
