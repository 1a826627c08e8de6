package omnipoints.schedules;

import java.util.List;
import omnipoints.jobs.NightOutcome;

/**
 * What was done until told to stop.
 *
 * @param arrivals files archived by the routes that stay (not those a night collected itself)
 * @param nights that were run to their end, in order
 */
public record Served(long arrivals, List<NightOutcome> nights) {}
