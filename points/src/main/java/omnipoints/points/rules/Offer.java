package omnipoints.points.rules;

/**
 * A grant whose rule holds for a cause.
 *
 * @param with of a factor: what the rates and this rule multiply by together; else null
 * @param rates what the rates alone multiply by
 */
public record Offer(GrantRule rule, Multiplier with, Multiplier rates) {}
