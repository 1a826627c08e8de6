package omnipoints.points.tiers;

/** The measures of some days together. */
public record Figures(long paidNetFen, long orders, long pointsEarned, long activeDays) {
  static final Figures ZERO = new Figures(0, 0, 0, 0);

  long of(Measure measure) {
    return switch (measure) {
      case PAID_NET_FEN -> paidNetFen;
      case ORDERS -> orders;
      case POINTS_EARNED -> pointsEarned;
      case ACTIVE_DAYS -> activeDays;
    };
  }

  Figures plus(Figures other) {
    return new Figures(
        Math.addExact(paidNetFen, other.paidNetFen),
        Math.addExact(orders, other.orders),
        Math.addExact(pointsEarned, other.pointsEarned),
        Math.addExact(activeDays, other.activeDays));
  }
}
