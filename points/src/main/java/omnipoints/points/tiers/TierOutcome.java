package omnipoints.points.tiers;

import java.util.List;

/** What a night makes of a member's tier. */
public record TierOutcome(TierState state, List<TierChange> changes) {}
