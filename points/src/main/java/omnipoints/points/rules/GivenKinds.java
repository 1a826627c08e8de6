package omnipoints.points.rules;

import java.util.Map;
import java.util.function.Function;

/** All that a grant may give beside a factor, by its key. */
final class GivenKinds {
  static final Map<String, Function<Node, Given>> ALL =
      Map.of("points", PointsGiven::read, "rate", RateGiven::read);

  private GivenKinds() {}
}
