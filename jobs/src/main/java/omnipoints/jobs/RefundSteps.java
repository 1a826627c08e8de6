package omnipoints.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.RefundStep;

/**
 * Refund steps on their way from order space to member space: {@code <microseconds>:<fen>}, joined
 * by blanks.
 */
final class RefundSteps {

  private static final long MICROS = 1_000_000L;

  private RefundSteps() {}

  static String write(List<RefundStep> steps) {
    if (steps.isEmpty()) return "";
    var text = new StringBuilder();
    for (RefundStep step : steps) {
      if (text.length() > 0) text.append(' ');
      text.append(step.at().getEpochSecond() * MICROS + step.at().getNano() / 1000)
          .append(':')
          .append(step.refundedFen());
    }
    return text.toString();
  }

  static List<RefundStep> read(String text) {
    if (text.isEmpty()) return List.of();
    var steps = new ArrayList<RefundStep>();
    for (String step : text.split(" ")) {
      int colon = step.indexOf(':');
      long micros = Long.parseLong(step, 0, colon, 10);
      Instant at =
          Instant.ofEpochSecond(
              Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
      steps.add(new RefundStep(at, Long.parseLong(step, colon + 1, step.length(), 10)));
    }
    return steps;
  }
}
