package omnipoints.points.rules;

/**
 * A grant whose rule holds for a cause.
 *
 * @param with of a factor: what the rates and this rule multiply by together; else null
 * @param rates of a factor: what the rates alone multiply by; else 1
 */
public record Offer(GrantRule rule, Multiplier with, Multiplier rates) {}
