package omnipoints.routes;

import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExceptionHandler;

/** Camel as a plain library: no JMX, no banners, no stream cache, nothing found by scanning. */
public final class QuietCamel {
  /** How long {@code stop} waits for a file being copied before it interrupts. */
  private static final int STOP_SECONDS = 5;

  private QuietCamel() {}

  /** A context that is not started yet. */
  public static DefaultCamelContext context(String name) {
    DefaultCamelContext context = new DefaultCamelContext();
    context.getCamelContextExtension().setName(name);
    context.disableJMX();
    context.setStreamCaching(false);
    context.setLoadTypeConverters(false);
    context.setLoadHealthChecks(false);
    context.setStartupSummaryLevel(StartupSummaryLevel.Off);
    context.getShutdownStrategy().setTimeout(STOP_SECONDS);
    context.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
    context.getShutdownStrategy().setShutdownNowOnTimeout(true);
    context.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
    return context;
  }

  /** Hands every exception of an endpoint to one place instead of logging it. */
  @FunctionalInterface
  interface Listener extends ExceptionHandler {
    void met(Throwable exception);

    @Override
    default void handleException(Throwable exception) {
      met(exception);
    }

    @Override
    default void handleException(String message, Throwable exception) {
      met(exception);
    }

    @Override
    default void handleException(String message, Exchange exchange, Throwable exception) {
      met(exception);
    }
  }
}
