package omnipoints.points;

import omnipoints.points.rules.Multiplier;
import omnipoints.points.rules.OnReturn;

/**
 * What makes a pinned decision that of a grant: an award of its own beside the rate.
 *
 * @param kind what its points are computed from
 * @param with of TIMES: what the rates and this rule multiply by together; else {@link
 *     Multiplier#NONE}
 * @param campaign name that reports add up by, {@code ""} for none
 */
public record Grant(Kind kind, Multiplier with, OnReturn onReturn, String campaign) {

  /** Whether it adds to the rate, and of what is kept only: each line's part in it counts then. */
  public boolean addsKept() {
    return kind == Kind.TIMES && onReturn == OnReturn.KEPT;
  }

  /** The same where rates and rule multiply by something else. */
  Grant with(Multiplier other) {
    return new Grant(kind, other, onReturn, campaign);
  }

  /** Where the points of a grant come from. */
  public enum Kind {
    /** so many, whatever was paid */
    POINTS,
    /** a rate of its own */
    RATE,
    /** what a factor adds to the rate */
    TIMES
  }
}
