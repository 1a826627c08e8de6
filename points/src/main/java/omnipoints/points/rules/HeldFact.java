package omnipoints.points.rules;

/**
 * One thing that a rule asks, and that held where the rule counted.
 *
 * @param rule its id
 * @param fact word of the language, such as {@code order_fen}; {@code window} of its time, {@code
 *     any} of alternatives
 */
public record HeldFact(String rule, String fact, Said said) {}
