package omnipoints.points.rules;

import java.math.BigInteger;

/**
 * {@code rate: {per_fen: 100000, points: 100, mode: step}}: points of the money of its cause.
 *
 * @param step whole {@code perFen} steps only
 */
public record RateGiven(long perFen, long points, boolean step) implements Given {

  static RateGiven read(Node rate) {
    long perFen = rate.at("per_fen").value().longValue();
    long points = rate.at("points").value().longValue();
    if (BigInteger.valueOf(points).compareTo(BigInteger.valueOf(perFen).multiply(BigInteger.TEN))
        > 0)
      rate.problem(
          points
              + " points for "
              + perFen
              + " fen are more than 10 a fen; look for a zero too many");
    return new RateGiven(perFen, points, rate.at("mode").text().equals("step"));
  }

  @Override
  public Said said() {
    String yuan = Rational.of(perFen, 100).decimal();
    return new Said(
        (step ? "每满" : "每消费") + yuan + "元另送" + points + "积分",
        points + " extra points for every " + (step ? "full ¥" : "¥") + yuan);
  }
}
