package omnipoints.points.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exact fraction in lowest terms; prints {@code 3/2}, whole ones {@code 2}. */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {
  public static final Rational ZERO = of(0);
  public static final Rational ONE = of(1);

  private static final Pattern TEXT = Pattern.compile("(-?[0-9]+)(?:/([0-9]+))?");

  /**
   * @throws IllegalArgumentException when the denominator is not positive
   */
  public Rational {
    if (denominator.signum() <= 0)
      throw new IllegalArgumentException("the denominator " + denominator + " is not positive");
    BigInteger common =
        denominator.equals(BigInteger.ONE) ? BigInteger.ONE : numerator.gcd(denominator);
    if (!common.equals(BigInteger.ONE)) {
      numerator = numerator.divide(common);
      denominator = denominator.divide(common);
    }
  }

  public static Rational of(long whole) {
    return new Rational(BigInteger.valueOf(whole), BigInteger.ONE);
  }

  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * Reads {@code 3/2} or {@code 2}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Rational parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) throw new IllegalArgumentException(text + " is no rational like 3/2");
    return new Rational(
        new BigInteger(parts.group(1)),
        parts.group(2) == null ? BigInteger.ONE : new BigInteger(parts.group(2)));
  }

  /** Products with another small one stay within 64 bits. */
  private boolean small() {
    return numerator.bitLength() < 32 && denominator.bitLength() < 32;
  }

  public Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Rational minus(Rational other) {
    return plus(new Rational(other.numerator.negate(), other.denominator));
  }

  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  public int signum() {
    return numerator.signum();
  }

  @Override
  public int compareTo(Rational other) {
    if (this == other) return 0;
    if (small() && other.small())
      return Long.compare(
          numerator.longValue() * other.denominator.longValue(),
          other.numerator.longValue() * denominator.longValue());
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  public Rational max(Rational other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public Rational min(Rational other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** The nearest whole number, half up; of what is not below 0. */
  public long rounded() {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    boolean up = parts[1].shiftLeft(1).compareTo(denominator) >= 0;
    return (up ? parts[0].add(BigInteger.ONE) : parts[0]).longValueExact();
  }

  /** For people: {@code 1.5}, up to four digits of a fraction without end. */
  public String decimal() {
    BigDecimal whole = new BigDecimal(numerator);
    BigDecimal value = whole.divide(new BigDecimal(denominator), new MathContext(40));
    BigDecimal shown = value.setScale(4, RoundingMode.HALF_UP).stripTrailingZeros();
    return (shown.scale() < 0 ? shown.setScale(0) : shown).toPlainString();
  }

  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.toString()
        : numerator + "/" + denominator;
  }
}
