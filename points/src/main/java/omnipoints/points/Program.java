package omnipoints.points;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import omnipoints.points.rules.Asked;
import omnipoints.points.rules.Bound;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.GrantRule;
import omnipoints.points.rules.LadderGiven;
import omnipoints.points.rules.Multiplier;
import omnipoints.points.rules.Occasion;
import omnipoints.points.rules.Offer;
import omnipoints.points.rules.OnReturn;
import omnipoints.points.rules.PointsGiven;
import omnipoints.points.rules.RateGiven;
import omnipoints.points.rules.Rates;
import omnipoints.points.rules.Rational;
import omnipoints.points.rules.Redeem;
import omnipoints.points.tiers.Tiers;

/**
 * One version of a {@link Programme}: rule data, as read by {@link Programs}.
 *
 * @param name programme and file name
 * @param version stands on the entries it decides
 * @param effectiveFrom first business date whose purchases earn
 * @param rates what multiplies the base rate
 * @param tiers levels of membership, {@link Tiers#NONE} where there are none
 * @param pointFen what a point is worth in fen, null where the file does not say
 * @param redeem what it says of points that are spent
 * @param limits bounds that a person may lift
 * @param source the file it was read from
 */
public record Program(
    String name,
    int version,
    LocalDate effectiveFrom,
    Earn earn,
    Hold hold,
    Expiry expiry,
    Debt debt,
    Returns returns,
    Claim claim,
    Rates rates,
    Tiers tiers,
    Rational pointFen,
    Redeem redeem,
    Limits limits,
    Source source) {

  /**
   * Bounds that a person may lift.
   *
   * @param adjustPoints of one adjustment, and of all of one member and day: above it two people
   *     have to approve; null: one is enough
   * @param transfer of points that one member gives to others
   * @param velocity of one day, before somebody looks
   * @param frozen what accounts still do that somebody froze
   */
  public record Limits(Long adjustPoints, Transfers transfer, Velocity velocity, Frozen frozen) {
    /** Nothing is bounded. */
    public static final Limits NONE = new Limits(null, Transfers.ANY, Velocity.ANY, Frozen.USUAL);
  }

  /**
   * What one member gives to others, of a calendar month.
   *
   * @param perMonth how often, null for any number
   * @param points how much, null for any number
   * @param minAgeDays how long he must have been a member
   */
  public record Transfers(Long perMonth, Long points, int minAgeDays) {
    /** Where a version says nothing. */
    public static final Transfers ANY = new Transfers(null, null, 0);
  }

  /**
   * How often a day; what goes beyond it is held until somebody lets it go.
   *
   * @param redeemPerDay how often somebody redeems, null for any number
   * @param transferInPerDay how often somebody is given points, null for any number
   */
  public record Velocity(Long redeemPerDay, Long transferInPerDay) {
    /** Where a version says nothing. */
    public static final Velocity ANY = new Velocity(null, null);
  }

  /**
   * What a frozen account does.
   *
   * @param earn whether it earns
   * @param expire whether its points die on their last day
   */
  public record Frozen(boolean earn, boolean expire) {
    /** Where a version says nothing. */
    public static final Frozen USUAL = new Frozen(true, true);
  }

  /** A version without limits. */
  public Program(
      String name,
      int version,
      LocalDate effectiveFrom,
      Earn earn,
      Hold hold,
      Expiry expiry,
      Debt debt,
      Returns returns,
      Claim claim,
      Rates rates,
      Tiers tiers,
      Rational pointFen,
      Redeem redeem,
      Source source) {
    this(
        name,
        version,
        effectiveFrom,
        earn,
        hold,
        expiry,
        debt,
        returns,
        claim,
        rates,
        tiers,
        pointFen,
        redeem,
        Limits.NONE,
        source);
  }

  /** A version without rules and tiers. */
  public Program(
      String name,
      int version,
      LocalDate effectiveFrom,
      Earn earn,
      Hold hold,
      Expiry expiry,
      Debt debt,
      Returns returns,
      Claim claim,
      Source source) {
    this(
        name,
        version,
        effectiveFrom,
        earn,
        hold,
        expiry,
        debt,
        returns,
        claim,
        Rates.NONE,
        Tiers.NONE,
        null,
        Redeem.NONE,
        source);
  }

  /**
   * Where a version comes from.
   *
   * @param file as people are told it
   * @param text what the file says
   * @param hash SHA-256 (lower-case hex) of the file's bytes
   * @param versionLine line of {@code version}
   * @param effectiveFromLine line of {@code effective_from}
   */
  public record Source(
      String file, String text, String hash, int versionLine, int effectiveFromLine) {

    /** {@code <file>:<line>} of the version's number. */
    public String versionAt() {
      return file + ":" + versionLine;
    }

    /** {@code <file>:<line>} of the date it begins. */
    public String effectiveFromAt() {
      return file + ":" + effectiveFromLine;
    }
  }

  /** {@code perFen} fen are worth {@code points} points; taken per {@code scope}. */
  public record Earn(
      long perFen, long points, PinnedRule.Mode mode, PinnedRule.Rounding rounding, Scope scope) {}

  /** The key at which target minus posted is taken. */
  public enum Scope {
    LINE,
    ORDER
  }

  /**
   * Points become available so many days after the order completed, or was paid.
   *
   * @param byOrderType days of orders of some kinds
   */
  public record Hold(int days, HoldFrom from, Map<String, Integer> byOrderType) {
    /** Counted from completion, for orders of all kinds. */
    public Hold(int days) {
      this(days, HoldFrom.COMPLETED, Map.of());
    }

    /** Days of an order of that kind; null where nobody tells it. */
    int days(String orderType) {
      return orderType == null ? days : byOrderType.getOrDefault(orderType, days);
    }
  }

  /**
   * What the days of a hold count from. PAID moves the date only: also then an order has to be
   * complete.
   */
  public enum HoldFrom {
    COMPLETED,
    PAID
  }

  /**
   * How long points live.
   *
   * @param length 0 for NEVER
   * @param unit null for NEVER
   * @param start where the length begins
   * @param yearEnd the day on which years of FIXED end, null for 31 December
   */
  public record Expiry(
      ExpiryKind kind, int length, ExpiryUnit unit, ExpiryStart start, MonthDay yearEnd) {
    /** Counted from the first usable day, years to their own end. */
    public Expiry(ExpiryKind kind, int length, ExpiryUnit unit) {
      this(kind, length, unit, ExpiryStart.AVAILABLE, null);
    }

    /** The same start with a length of its own, which rolls. */
    Expiry shortened(GrantRule.Length length) {
      ExpiryUnit each =
          switch (length.unit()) {
            case 'd' -> ExpiryUnit.DAY;
            case 'm' -> ExpiryUnit.MONTH;
            default -> ExpiryUnit.YEAR;
          };
      return new Expiry(ExpiryKind.ROLLING, length.number(), each, start, null);
    }
  }

  /**
   * AVAILABLE: the first usable day. AWARD: the night that booked the award. PAID: the day of the
   * payment, or of what else the award is given for.
   */
  public enum ExpiryStart {
    AVAILABLE,
    AWARD,
    PAID
  }

  /**
   * ROLLING: so long after the start. FIXED: the end of a calendar month or year. NEVER: no end.
   */
  public enum ExpiryKind {
    ROLLING,
    FIXED,
    NEVER
  }

  /** Unit of an expiry length. */
  public enum ExpiryUnit {
    DAY,
    MONTH,
    YEAR
  }

  /** What a debit may leave owed. */
  public record Debt(DebtPolicy policy) {}

  /**
   * ALLOW: the unallocated rest of a debit is owed. BLOCK_REDEEM: it is, and nobody who owes spends
   * by request.
   */
  public enum DebtPolicy {
    ALLOW,
    BLOCK_REDEEM
  }

  /**
   * What a return row without a sale does; it is matched to a sale that arrives at most {@code
   * matchDays} days after the night that found none.
   */
  public record Returns(Unlinked unlinked, int matchDays) {}

  /** CLAWBACK: takes what the amount would have earned. IGNORE: takes nothing. */
  public enum Unlinked {
    CLAWBACK,
    IGNORE
  }

  /** A binding credits orders paid at most {@code days} days before it. */
  public record Claim(int days) {}

  /** The same rules, said to come from elsewhere. */
  Program from(Source other) {
    return new Program(
        name,
        version,
        effectiveFrom,
        earn,
        hold,
        expiry,
        debt,
        returns,
        claim,
        rates,
        tiers,
        pointFen,
        redeem,
        limits,
        other);
  }

  /** The same version, in force from another date on: what if it had been. */
  public Program since(LocalDate date) {
    return new Program(
        name, version, date, earn, hold, expiry, debt, returns, claim, rates, tiers, pointFen,
        redeem, limits, source);
  }

  /** SHA-256 (lower-case hex) of the file's bytes. */
  public String hash() {
    return source.hash();
  }

  /** Whether every line pins {@link #rule()}, whatever is known of it. */
  boolean plain() {
    return rates.isEmpty() && hold.byOrderType().isEmpty();
  }

  /** The decision without any rule that multiplies: what is worth something by its date alone. */
  public PinnedRule rule() {
    return rule(Multiplier.NONE, null);
  }

  /** The decision that a line of these facts pins at its first award under this version. */
  public PinnedRule rule(Facts facts) {
    return rule(asking(facts));
  }

  /** A line or an order of these facts, while the rules are asked about it. */
  Asked asking(Facts facts) {
    return rates.asking(facts);
  }

  /** The decision that a line pins at its first award under this version. */
  PinnedRule rule(Asked line) {
    return rule(rates.isEmpty() ? Multiplier.NONE : line.times(), line.facts().order().type());
  }

  /**
   * The decisions that grants of a cause pin at their first award, by id; of one group there may be
   * several.
   *
   * @param ofOrder those that are given for the order, else those of the line
   */
  List<GrantOffer> grants(Asked cause, boolean ofOrder) {
    return cause.offers(ofOrder).stream()
        .map(offer -> grant(offer, cause.facts().order().type()))
        .toList();
  }

  /**
   * The same of factors that are given once for an order, as a line pins its part in them.
   *
   * @param order the order as a whole
   */
  List<GrantOffer> factors(Asked line, Asked order) {
    return line.factors(order).stream()
        .map(offer -> grant(offer, line.facts().order().type()))
        .toList();
  }

  /**
   * A grant whose rule holds, and the group in which the best one counts.
   *
   * @param bound what bounds it beyond its cause
   */
  public record GrantOffer(String group, PinnedRule decision, Bound bound) {}

  /** A rule of the version whose awards stand for themselves, null where there is none. */
  public GrantRule grant(String id) {
    for (GrantRule rule : rates.grants()) if (rule.id().equals(id)) return rule;
    return null;
  }

  /** Whether a rule gives something for the first order of a member. */
  public boolean hasSlot() {
    for (GrantRule rule : rates.grants()) if (rule.bound().slot() != null) return true;
    return false;
  }

  /**
   * The decisions that an activity with these facts pins, by id; of one group there may be several.
   * Its points can be used from its own day on, unless the rule holds them; those of one that names
   * an order with that order, and they are taken back with it.
   *
   * @param of the order that it names, null where it names none
   */
  public List<ActivityOffer> ofActivity(Facts facts, NamedOrder of) {
    return rates.ofActivity(facts).stream().map(offer -> activity(offer, of)).toList();
  }

  /**
   * The decisions that an occasion with these facts pins, by id; of one group there may be several.
   * Its points can be used from its own day on, unless the rule holds them.
   */
  List<ActivityOffer> ofOccasion(Occasion.Kind kind, Facts facts) {
    return rates.ofOccasion(kind, facts).stream()
        .map(
            offer -> {
              PinnedRule like = grant(offer, null).decision();
              Integer days = offer.rule().own().holdDays();
              var terms = new Terms(days == null ? 0 : days, HoldFrom.COMPLETED, like.expiry());
              return new ActivityOffer(
                  offer.rule(),
                  decision(like.rule(), rateOf(like), terms, like.times(), like.grant()));
            })
        .toList();
  }

  /**
   * The decisions that a friend's order with these facts pins, by id; of one group there may be
   * several. Its points can be used when the order's can.
   */
  List<ActivityOffer> ofReferral(Facts facts) {
    return rates.ofOccasion(Occasion.Kind.REFERRAL, facts).stream()
        .map(
            offer -> new ActivityOffer(offer.rule(), grant(offer, facts.order().type()).decision()))
        .toList();
  }

  /** A rule that holds for an activity, or for another occasion. */
  public record ActivityOffer(GrantRule rule, PinnedRule decision) {}

  private ActivityOffer activity(Offer offer, NamedOrder of) {
    GrantRule.Own own = offer.rule().own();
    boolean ofOrder = of != null;
    PinnedRule like = grant(offer, ofOrder ? of.type() : null).decision();
    int days = ofOrder || own.holdDays() != null ? like.holdDays() : 0;
    var terms = new Terms(days, ofOrder ? hold.from() : HoldFrom.COMPLETED, like.expiry());
    OnReturn onReturn = ofOrder ? rates.onReturn(offer.rule()) : OnReturn.KEEP;
    Grant grant =
        new Grant(Grant.Kind.POINTS, like.grant().with(), onReturn, like.grant().campaign());
    return new ActivityOffer(
        offer.rule(), decision(like.rule(), rateOf(like), terms, like.times(), grant));
  }

  /** What a rule of top-ups pins, whatever is asked of the member. */
  PinnedRule topUp(GrantRule rule) {
    return grant(new Offer(rule, null, Multiplier.NONE), null).decision();
  }

  private GrantOffer grant(Offer offer, String orderType) {
    GrantRule rule = offer.rule();
    GrantRule.Own own = rule.own();
    var terms =
        new Terms(
            own.holdDays() == null ? hold.days(orderType) : own.holdDays(),
            hold.from(),
            own.expires() == null ? expiry : expiry.shortened(own.expires()));
    OnReturn onReturn = rates.onReturn(rule);
    Multiplier alone = Multiplier.NONE.like(offer.rates());
    PinnedRule decision;
    if (rule.given() instanceof LadderGiven ladder) {
      Grant grant = new Grant(Grant.Kind.POINTS, Multiplier.NONE, onReturn, own.campaign());
      decision =
          decision(
              rule.id(), new Rate(earn.perFen(), ladder.least(), earn.mode()), terms, alone, grant);
    } else if (rule.given() instanceof PointsGiven points) {
      Grant grant = new Grant(Grant.Kind.POINTS, Multiplier.NONE, onReturn, own.campaign());
      decision =
          decision(
              rule.id(),
              new Rate(earn.perFen(), points.points(), earn.mode()),
              terms,
              alone,
              grant);
    } else if (rule.given() instanceof RateGiven rate) {
      Grant grant = new Grant(Grant.Kind.RATE, Multiplier.NONE, onReturn, own.campaign());
      PinnedRule.Mode mode = rate.step() ? PinnedRule.Mode.STEP : PinnedRule.Mode.LINEAR;
      decision =
          decision(rule.id(), new Rate(rate.perFen(), rate.points(), mode), terms, alone, grant);
    } else {
      Grant grant = new Grant(Grant.Kind.TIMES, offer.with(), onReturn, own.campaign());
      decision = decision(rule.id(), base(), terms, offer.rates(), grant);
    }
    return new GrantOffer(rule.group(), decision, rule.bound());
  }

  private PinnedRule rule(Multiplier times, String orderType) {
    return decision(
        name, base(), new Terms(hold.days(orderType), hold.from(), expiry), times, null);
  }

  /** What an award is computed by before anything multiplies. */
  private record Rate(long perFen, long points, PinnedRule.Mode mode) {}

  /** When points of an award can be used. */
  private record Terms(int holdDays, HoldFrom from, Expiry expiry) {}

  private Rate base() {
    return new Rate(earn.perFen(), earn.points(), earn.mode());
  }

  private static Rate rateOf(PinnedRule rule) {
    return new Rate(rule.perFen(), rule.points(), rule.mode());
  }

  private PinnedRule decision(String rule, Rate rate, Terms terms, Multiplier times, Grant grant) {
    return new PinnedRule(
        version,
        rule,
        rate.perFen(),
        rate.points(),
        rate.mode(),
        earn.rounding(),
        terms.holdDays(),
        terms.from(),
        terms.expiry(),
        times,
        grant);
  }
}
