package omnipoints.console;

import java.time.OffsetDateTime;
import omnipoints.facts.Times;

/** Values as they are printed, for people and for programs alike. */
final class Printed {
  private Printed() {}

  /** A moment with its seconds, everything else as its text; null is {@code null}. */
  static String text(Object value) {
    return value instanceof OffsetDateTime at
        ? Times.print(at.toInstant(), at.getOffset())
        : String.valueOf(value);
  }
}
