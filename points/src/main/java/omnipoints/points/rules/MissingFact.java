package omnipoints.points.rules;

/**
 * One thing that nobody told, without which a rule could not hold.
 *
 * @param rule its id
 * @param fact word of the language, such as {@code payment}
 * @param said what the rule asks of it
 */
public record MissingFact(String rule, String fact, Said said) {}
