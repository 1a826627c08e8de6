package omnipoints.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into a JSON value, compiled: keys between points, {@code [*]} for every element of an
 * array, {@code [0]} for its first, {@code $} for the value itself: {@code $.data.orders[*]},
 * {@code lines[*].id}. Nothing else: no filters, no wildcards of keys, no recursion.
 */
public record JsonPath(List<Step> steps) {
  private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\*|\\d{1,4})]");
  private static final int EVERY = -1;

  /**
   * One step down: a key, or an element of an array.
   *
   * @param key null for a step into an array
   * @param index of the element, -1 for every one
   */
  public record Step(String key, int index) {
    /** Into every element of an array. */
    boolean every() {
      return key == null && index == EVERY;
    }
  }

  /** Compiles {@code path}; throws IllegalArgumentException saying what cannot be read. */
  public static JsonPath of(String path) {
    String rest = path.startsWith("$") ? path.substring(1) : path;
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(rest);
    int at = 0;
    while (at < rest.length()) {
      boolean found = matcher.find(at) && matcher.start() == at;
      if (!found || (!steps.isEmpty() && "[.".indexOf(rest.charAt(at)) < 0))
        throw new IllegalArgumentException(
            "path " + path + " cannot be read from '" + rest.substring(at) + "' on");
      if (matcher.group(1) != null) steps.add(new Step(matcher.group(1), 0));
      else {
        String index = matcher.group(2);
        steps.add(new Step(null, index.equals("*") ? EVERY : Integer.parseInt(index)));
      }
      at = matcher.end();
    }
    return new JsonPath(List.copyOf(steps));
  }

  /** How many times it goes into every element of an array. */
  public int everies() {
    return (int) steps.stream().filter(Step::every).count();
  }

  /** Whether it begins with all steps of {@code other}. */
  public boolean within(JsonPath other) {
    return steps.size() > other.steps.size()
        && steps.subList(0, other.steps.size()).equals(other.steps);
  }
}
