package omnipoints.console;

import java.util.concurrent.CountDownLatch;

/**
 * Ends a long command in good order: on SIGTERM or Ctrl-C the night is asked to stop before its
 * next step, and the process ends with the exit code of the command, not with that of the signal.
 * Killing it outright is safe, too.
 */
final class Stop {
  private static final CountDownLatch OVER = new CountDownLatch(1);
  private static volatile int exit;

  private volatile boolean asked;

  private Stop() {}

  /** Listens from now on until the process ends. */
  static Stop onSignal(Call call) {
    return onSignal(call, "stopping");
  }

  /** The same with other words when the signal comes. */
  static Stop onSignal(Call call, String words) {
    Stop stop = new Stop();
    if (!call.around().isThisProcess()) return stop;
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (OVER.getCount() == 0) return;
                  stop.asked = true;
                  if (!call.quiet()) call.around().err().println(call.words().say(words));
                  try {
                    OVER.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  Runtime.getRuntime().halt(exit);
                },
                "stop"));
    return stop;
  }

  boolean asked() {
    return asked;
  }

  /** Ends the process, now that everything is said. */
  static void exit(int code) {
    exit = code;
    OVER.countDown();
    System.exit(code);
  }
}
