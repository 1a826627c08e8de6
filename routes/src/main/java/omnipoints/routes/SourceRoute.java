package omnipoints.routes;

import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.ScheduledPollConsumer;

/** The template of a route from a source to the desk: what all kinds of sources have in common. */
abstract class SourceRoute extends RouteBuilder {
  /** Set on an exchange once its file may leave its source. */
  static final String TAKEN = "omnipoints.taken";

  private final String id;
  private final Watch watch;
  private final Duration every;

  /**
   * A route.
   *
   * @param every how often Camel polls by itself, or null when {@link #poll} is called instead
   */
  SourceRoute(String id, Watch watch, Duration every) {
    this.id = id;
    this.watch = watch;
    this.every = every;
  }

  final String id() {
    return id;
  }

  final Watch watch() {
    return watch;
  }

  /** Polls once on the calling thread; failures are in {@link Watch#failure}. */
  final void poll() {
    if (isReachable()) {
      ((ScheduledPollConsumer) getContext().getRoute(id).getConsumer()).run();
    }
  }

  /** Looks before polling whether there is a source at all; fails the watch if not. */
  abstract boolean isReachable();

  /** Puts an exception of the route into words and fails the watch. */
  abstract void met(Throwable exception);

  /** Gives up the connection, so that the next attempt begins afresh. */
  void disconnect() {}

  final <E extends GenericFileEndpoint<?>> E polled(E endpoint) {
    endpoint.setCamelContext(getContext());
    endpoint.setAutoCreate(false);
    endpoint.setPreSort(true);
    endpoint.setInProgressRepository(new NothingInProgress());
    endpoint.setExceptionHandler((QuietCamel.Listener) this::met);
    endpoint.setOnCompletionExceptionHandler((QuietCamel.Listener) this::met);
    endpoint.setStartScheduler(every != null);
    if (every != null) {
      endpoint.setInitialDelay(0);
      endpoint.setDelay(Math.max(1, every.toMillis()));
      endpoint.setPollStrategy(new OwnPace());
    } else {
      endpoint.setPollStrategy(new Once());
    }
    return endpoint;
  }

  /** Camel's answer to a failed poll is ours: tell, do not log, do not retry on its own. */
  private static class Once implements PollingConsumerPollStrategy {
    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
      return true;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {}

    @Override
    public boolean rollback(
        Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
      return false;
    }
  }

  /**
   * Polls by schedule; a refused login or host key is not asked again before a restart: it could
   * lock the account.
   */
  private final class OwnPace extends Once {
    private boolean halted;

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
      SourceFailure last = watch.failure();
      halted |= last != null && last.kind().needsOperator();
      if (last != null) {
        disconnect();
      }
      if (halted || watch.desk().isClosed()) {
        return false;
      }
      watch.nextPoll();
      return isReachable();
    }
  }
}
