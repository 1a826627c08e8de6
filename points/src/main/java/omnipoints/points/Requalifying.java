package omnipoints.points;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.Multiplier;

/**
 * What is pinned and yet counts otherwise for what is kept: rules whose money a return asks for
 * again, who returns what made them hold loses them; and rates of a tier that was held by money
 * that came back. Pure.
 */
final class Requalifying {
  private final Programme programme;
  private final List<Purchase.Line> lines;
  private final Charges charges;
  private final Function<Purchase.Line, String> source;
  private final TreeSet<Instant> moments = new TreeSet<>();

  private Requalifying(
      Programme programme,
      List<Purchase.Line> lines,
      Charges charges,
      Function<Purchase.Line, String> source) {
    this.programme = programme;
    this.lines = lines;
    this.charges = charges;
    this.source = source;
    for (Purchase.Line line : lines) {
      for (RefundStep step : line.refunds()) moments.add(step.at());
      Charge charge = charge(line);
      if (charge != null) moments.add(charge.at());
    }
    if (charges.of("") != null) moments.add(charges.of("").at());
  }

  /**
   * Null where no rule asks again and no tier is charged, or nothing happened.
   *
   * @param source the line under whose key charges of a line stand
   */
  static Requalifying of(
      Programme programme,
      Purchase purchase,
      Charges charges,
      Function<Purchase.Line, String> source) {
    if (!programme.requalifies() && charges.isEmpty()) return null;
    var all = new Requalifying(programme, purchase.lines(), charges, source);
    return all.moments.isEmpty() ? null : all;
  }

  /** When something changes what is kept, or what that counts. */
  SortedSet<Instant> moments() {
    return moments;
  }

  /** The decision of a line by what is kept then. */
  PinnedRule at(PinnedRule decision, Purchase.Line line, Instant at) {
    return decision == null ? null : requalified(charged(decision, charge(line), at), line, at);
  }

  /** The decision of an order that is rounded once in steps, then. */
  PinnedRule at(PinnedRule order, Instant at) {
    return charged(order, charges.of(""), at);
  }

  /** A line's part in what a factor adds to its order, then: it keeps to what it pinned. */
  PinnedRule part(PinnedRule decision, Purchase.Line line, Instant at) {
    Program version = programme.version(decision.programVersion());
    if (version == null || version.rates().qualifies(decision.rule(), money(line, at)))
      return decision;
    return decision.granting(decision.grant().with(decision.times()));
  }

  private Charge charge(Purchase.Line line) {
    return charges.of(source.apply(line));
  }

  /** Grants keep to what they pinned. */
  private static PinnedRule charged(PinnedRule decision, Charge charge, Instant at) {
    boolean counts = charge != null && decision.grant() == null && !charge.at().isAfter(at);
    return !counts || charge.times().equals(decision.times())
        ? decision
        : decision.times(charge.times());
  }

  private PinnedRule requalified(PinnedRule decision, Purchase.Line line, Instant at) {
    Program version = programme.version(decision.programVersion());
    if (version == null || !version.rates().requalify()) return decision;
    Multiplier left = version.rates().requalified(decision.times(), money(line, at));
    return left == decision.times() ? decision : decision.times(left);
  }

  /**
   * A line's rate counted in points; null where no moment changes its decision.
   *
   * @param pinned what it pinned, or would pin
   */
  Cause rate(Purchase.Line line, PinnedRule pinned) {
    boolean changes = false;
    for (Instant at : moments) changes |= at(pinned, line, at) != pinned;
    if (!changes) return null;
    long earned = Earning.points(pinned, line.baseFen());
    var lost = new ArrayList<RefundStep>();
    for (Instant at : moments)
      lost.add(new RefundStep(at, earned - Earning.points(at(pinned, line, at), kept(line, at))));
    Cause of = Cause.of(line);
    return new Cause(of.key(), of.at(), earned, lost, of.completedAt(), of.afterSaleOpen());
  }

  /** The cause of a grant, all of which went back where its rule lost the money it asks for. */
  Cause grant(Cause cause, PinnedRule decision) {
    Program version = programme.version(decision.programVersion());
    if (version == null || !version.rates().requalify()) return cause;
    Purchase.Line line = line(cause);
    var steps = new ArrayList<RefundStep>();
    boolean changed = false;
    for (Instant at : moments) {
      long refunded = 0;
      for (RefundStep step : cause.refunds())
        if (!step.at().isAfter(at)) refunded = step.refundedFen();
      boolean holds = version.rates().qualifies(decision.rule(), money(line, at));
      changed |= !holds;
      steps.add(new RefundStep(at, holds ? refunded : cause.baseFen()));
    }
    return changed
        ? new Cause(
            cause.key(),
            cause.at(),
            cause.baseFen(),
            steps,
            cause.completedAt(),
            cause.afterSaleOpen())
        : cause;
  }

  private Purchase.Line line(Cause cause) {
    for (Purchase.Line line : lines) if (line.key().equals(cause.key())) return line;
    return null;
  }

  private Facts money(Purchase.Line line, Instant at) {
    long order = 0;
    for (Purchase.Line one : lines) order = Math.addExact(order, kept(one, at));
    return new Facts(
        LocalDateTime.MIN,
        new Facts.Order(null, null, order, null, null),
        line == null ? null : new Facts.Line("", null, null, kept(line, at)),
        null);
  }

  private static long kept(Purchase.Line line, Instant at) {
    long kept = line.baseFen();
    for (RefundStep step : line.refunds())
      if (!step.at().isAfter(at)) kept = line.baseFen() - step.refundedFen();
    return kept;
  }
}
