package omnipoints.points;

import java.time.Instant;
import omnipoints.points.rules.Multiplier;

/**
 * What a rate multiplies by from a moment on because the tier in which it was pinned was held by
 * money that came back. What it pinned stays; what is kept of it counts by this.
 *
 * @param at when the tier that was due came into force
 */
public record Charge(Instant at, Multiplier times) {}
