package omnipoints.points;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.Multiplier;

/** Rules whose money a return asks for again: who returns what made them hold loses them. Pure. */
final class Requalifying {
  private final Programme programme;
  private final List<Purchase.Line> lines;
  private final TreeSet<Instant> moments = new TreeSet<>();

  private Requalifying(Programme programme, List<Purchase.Line> lines) {
    this.programme = programme;
    this.lines = lines;
    for (Purchase.Line line : lines) for (RefundStep step : line.refunds()) moments.add(step.at());
  }

  /** Null where no rule asks again, or nothing went back. */
  static Requalifying of(Programme programme, Purchase purchase) {
    if (!programme.requalifies()) return null;
    var all = new Requalifying(programme, purchase.lines());
    return all.moments.isEmpty() ? null : all;
  }

  /** The decision of a line by what is kept then. */
  PinnedRule at(PinnedRule decision, Purchase.Line line, Instant at) {
    Program version = decision == null ? null : programme.version(decision.programVersion());
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
