package omnipoints.points.rules;

import java.util.Map;
import java.util.function.Function;

/** All that a rule may multiply by, by its key. */
final class GivesKinds {
  static final Map<String, Function<Node, Gives>> ALL =
      Map.of("times", Times::read, "times_by", TimesBy::read);

  private GivesKinds() {}
}
