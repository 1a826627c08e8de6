package omnipoints.points.rules;

/**
 * A rule for people.
 *
 * @param group as named, or its own id
 * @param line of its file
 */
public record RuleText(String id, String group, int line, Said said) {}
