package omnipoints.points.rules;

/** What a grant gives. Each kind is one small file and one line in {@link GivenKinds}. */
public sealed interface Given permits LadderGiven, PointsGiven, RateGiven, TimesGiven {
  Said said();
}
