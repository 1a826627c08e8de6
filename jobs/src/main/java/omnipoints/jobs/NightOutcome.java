package omnipoints.jobs;

import java.time.LocalDate;

/**
 * How a night ended.
 *
 * @param exit 0, or 3 when it is closed but a delivery was refused or has too many rejects, or an
 *     error break opened
 * @param ran whether anything was done; false when the night had been finished before
 */
public record NightOutcome(LocalDate date, int exit, boolean ran) {}
