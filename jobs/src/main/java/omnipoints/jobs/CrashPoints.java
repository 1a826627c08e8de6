package omnipoints.jobs;

/** Places where a test, or the demo, may end the process as a power cut would. */
@FunctionalInterface
public interface CrashPoints {

  /** Called when the night reaches the named point: {@code <step>:<where>}. */
  void reached(String point);

  /** Goes on. */
  CrashPoints NONE = point -> {};

  /** Halts the JVM, without any clean-up, the first time the given point is reached. */
  static CrashPoints at(String wanted) {
    return point -> {
      if (point.equals(wanted)) Runtime.getRuntime().halt(137);
    };
  }
}
