package omnipoints.points.tiers;

import java.util.Locale;

/** What a level may ask for. Each is summed over the days of a window. */
public enum Measure {
  /** What was paid less what came back, in fen. */
  PAID_NET_FEN,
  /** Orders of which something is kept. */
  ORDERS,
  /** What was earned and not taken back. */
  POINTS_EARNED,
  /** Days with a paid order or an activity. */
  ACTIVE_DAYS;

  /** As programmes write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
