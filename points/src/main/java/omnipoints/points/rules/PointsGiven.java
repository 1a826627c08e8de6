package omnipoints.points.rules;

/** {@code points: 100}: so many, whatever was paid. */
public record PointsGiven(long points) implements Given {

  static PointsGiven read(Node points) {
    return new PointsGiven(points.value().longValue());
  }

  @Override
  public Said said() {
    return new Said("送" + points + "积分", points + (points == 1 ? " extra point" : " extra points"));
  }
}
