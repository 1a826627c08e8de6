package omnipoints.points;

import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import omnipoints.points.rules.Multiplier;
import omnipoints.points.rules.Rational;

/** What the lines of an order are worth together: added up exactly, and rounded once. Pure. */
final class OrderRate {

  /**
   * Money of a line under its own decision.
   *
   * @param decision null where the line earns nothing
   */
  record Part(PinnedRule decision, long fen) {
    Part under(UnaryOperator<PinnedRule> other) {
      return decision == null ? this : new Part(other.apply(decision), fen);
    }
  }

  private OrderRate() {}

  /** What the order pins: the decision of its lines, in steps with the mean of their times. */
  static PinnedRule decision(List<Part> parts) {
    PinnedRule first = null;
    boolean alike = true;
    for (Part part : parts) {
      if (part.decision() == null || part.fen() <= 0) continue;
      if (first == null) first = part.decision();
      else alike &= first.times().equals(part.decision().times());
    }
    if (first == null || alike || first.mode() == PinnedRule.Mode.LINEAR) return first;
    return first.times(mean(parts));
  }

  /** The mean of the lines' times, weighted by their money. */
  static Multiplier mean(List<Part> parts) {
    Rational weighted = Rational.ZERO;
    long sum = 0;
    Set<String> rules = new LinkedHashSet<>();
    Multiplier like = Multiplier.NONE;
    for (Part part : parts) {
      if (part.decision() == null || part.fen() <= 0) continue;
      Multiplier times = part.decision().times();
      weighted = weighted.plus(times.times().times(Rational.of(part.fen())));
      sum = Math.addExact(sum, part.fen());
      rules.addAll(times.rules());
      like = times;
    }
    Rational mean = weighted.times(Rational.of(1, sum));
    return new Multiplier(mean, mean.toString(), List.copyOf(rules), "").like(like);
  }

  /**
   * Points of what is kept of the lines.
   *
   * @param order what the order pinned
   */
  static long points(PinnedRule order, List<Part> parts) {
    long fen = 0;
    boolean alike = true;
    for (Part part : parts) {
      if (part.decision() == null || part.fen() <= 0) continue;
      fen = Math.addExact(fen, part.fen());
      alike &= order.equals(part.decision());
    }
    if (alike || order.mode() == PinnedRule.Mode.STEP) return Earning.points(order, fen);
    Rational sum = Rational.ZERO;
    for (Part part : parts)
      if (part.decision() != null && part.fen() > 0) sum = sum.plus(exact(part));
    return Earning.rounded(order.rounding(), sum.numerator(), sum.denominator());
  }

  private static Rational exact(Part part) {
    PinnedRule rule = part.decision();
    Rational times = rule.times().times();
    BigInteger fen = BigInteger.valueOf(part.fen());
    return new Rational(
        fen.multiply(BigInteger.valueOf(rule.points())).multiply(times.numerator()),
        BigInteger.valueOf(rule.perFen()).multiply(times.denominator()));
  }
}
