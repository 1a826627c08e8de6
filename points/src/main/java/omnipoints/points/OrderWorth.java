package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.Acceptance;
import omnipoints.facts.LineKey;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Facts;

/**
 * What a purchase is worth: its accounting class, and the target of each of its lines for each
 * account concerned. A line that has been awarded keeps to the decision pinned then. Pure.
 */
public final class OrderWorth {

  /**
   * The rules of the night that decides.
   *
   * @param zone gives a moment its date, and so its version of the programme
   */
  public record Rules(Programme programme, ZoneId zone, LocalDate night) {

    /** The version that decides what happened then; null before the first one. */
    Program on(Instant at) {
      return programme.at(at.atZone(zone).toLocalDate());
    }
  }

  /**
   * What has been posted for a line on a living account.
   *
   * @param rule the decision pinned then, or null
   */
  public record Posted(String line, String member, long earned, long clawedBack, PinnedRule rule) {
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
   */
  public record Before(List<Posted> posted, PinnedRule inherited, boolean lost) {}

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
   */
  public record Verdict(OrderClass orderClass, long wouldBePoints, List<Target> targets) {}

  private final Purchase purchase;
  private final Facts.Member owner;
  private final Before before;
  private final Rules rules;
  private final long earningFen;

  private OrderWorth(Purchase purchase, Facts.Member owner, Before before, Rules rules) {
    this.purchase = purchase;
    this.owner = owner;
    this.earningFen = purchase.lines().stream().mapToLong(Purchase.Line::baseFen).sum();
    this.before = before;
    this.rules = rules;
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
    return new Verdict(
        worth.orderClass(),
        waits ? worth.wouldBePoints() : 0,
        targeted ? worth.targets() : List.of());
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
    for (Purchase.Line line : purchase.lines())
      if (points(rule(line), line.baseFen()) != 0) return true;
    return false;
  }

  /** An order whose lines have not come is known by its own row. */
  private long wouldBePoints() {
    if (purchase.paidAt() == null) return 0;
    if (purchase.lines().isEmpty()) {
      Program version = rules.on(purchase.paidAt());
      long kept = purchase.baseFen() - purchase.goodsRefundFen();
      return points(version == null ? null : version.rule(), kept);
    }
    long sum = 0;
    for (Purchase.Line line : purchase.lines())
      sum = Math.addExact(sum, points(rule(line), line.keptFen()));
    return sum;
  }

  private List<Target> targets() {
    var targets = new ArrayList<Target>();
    String owner = purchase.owner();
    for (Purchase.Line line : purchase.lines()) {
      if (!line.decidable()) continue;
      PinnedRule pinned = pinned(line);
      PinnedRule decision = pinned != null ? pinned : offered(line);
      long base =
          decision != null && purchase.acceptance() == Acceptance.ACCEPTED ? line.baseFen() : 0;
      boolean ownerPosted = false;
      for (Posted posted : before.posted()) {
        if (!posted.line().equals(line.key().line())) continue;
        boolean owned = posted.member().equals(owner);
        ownerPosted |= owned;
        if (owned || posted.something())
          targets.add(target(line, owned ? base : 0, owned, posted, decision, pinned != null));
      }
      if (!ownerPosted && owner != null && base > 0) {
        var nothing = new Posted(line.key().line(), owner, 0, 0, null);
        targets.add(target(line, base, true, nothing, decision, pinned != null));
      }
    }
    return targets;
  }

  private Target target(
      Purchase.Line line,
      long base,
      boolean owned,
      Posted posted,
      PinnedRule decision,
      boolean pinned) {
    List<RefundStep> refunds = base > 0 ? line.refunds() : List.of();
    LocalDate debitOn = posted.earned() != 0 ? date(line.boughtAt()) : rules.night();
    for (RefundStep step : refunds) {
      LocalDate on = date(step.at());
      if (on.isBefore(debitOn)) debitOn = on;
    }
    return new Target(
        posted.member(),
        new LineTarget(
            line.key(),
            owned,
            line.boughtAt(),
            base,
            refunds,
            line.completedAt(),
            line.afterSaleOpen(),
            decision,
            pinned),
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
    return version.rates().isEmpty() ? version.rule() : version.rule(facts(line));
  }

  private Facts facts(Purchase.Line line) {
    LineKey key = line.key();
    return new Facts(
        LocalDateTime.ofInstant(line.boughtAt(), rules.zone()),
        new Facts.Order(key.channel(), key.shop(), earningFen, null, null),
        new Facts.Line(line.sku(), null, null, line.baseFen()),
        owner);
  }

  /**
   * The decision pinned for the line. A line that takes the place of others (the pseudo-line, lines
   * under another key, the order it was split from) goes on under theirs, best under that of a line
   * with its SKU.
   */
  private PinnedRule pinned(Purchase.Line line) {
    PinnedRule other = before.inherited();
    PinnedRule sameGoods = null;
    for (Posted posted : before.posted()) {
      if (posted.rule() == null) continue;
      if (posted.line().equals(line.key().line())) return posted.rule();
      if (purchase.live(posted.line())) continue;
      other = posted.rule();
      if (!line.sku().isEmpty() && line.sku().equals(sku(posted.line()))) sameGoods = posted.rule();
    }
    return sameGoods == null ? other : sameGoods;
  }

  private String sku(String key) {
    for (Purchase.Line line : purchase.lines())
      if (line.key().line().equals(key)) return line.sku();
    return null;
  }
}
