package omnipoints.routes.pull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Calls of one platform over HTTP, no faster than it allows. What fails is told without addresses
 * and headers, which hold tokens.
 */
final class Http implements AutoCloseable {
  private static final String CALL = "direct:call";
  private static final int BYTES_MAX = 64 << 20;
  private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

  private final CamelContext context;
  private final ProducerTemplate template;

  /** What came back. */
  record Reply(int status, byte[] body) {}

  /**
   * @param context not started yet; it is closed with this
   * @param silence longest silence of the platform
   */
  Http(CamelContext context, String gateway, int callsPerSecond, Duration silence) {
    this.context = context;
    // What is asked again is decided by whoever knows what may come twice.
    context
        .getComponent(gateway.startsWith("https") ? "https" : "http", HttpComponent.class)
        .setHttpClientConfigurer(HttpClientBuilder::disableAutomaticRetries);
    try {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              // Nobody logs an exchange here: its headers are secret.
              errorHandler(noErrorHandler());
              from(CALL)
                  .routeId("pull-" + gateway.replaceAll("[^a-z0-9]+", "-"))
                  .throttle(callsPerSecond)
                  .totalRequestsMode()
                  .timePeriodMillis(1000)
                  .to(
                      gateway
                          + "?throwExceptionOnFailure=false&disableStreamCache=true"
                          + "&followRedirects=false&connectTimeout=10000&responseTimeout="
                          + silence.toMillis()
                          + "&soTimeout="
                          + silence.toMillis())
                  .process(Http::take);
            }
          });
      context.start();
      template = context.createProducerTemplate();
    } catch (Exception e) {
      throw new IllegalStateException("Camel did not start", e);
    }
  }

  /**
   * Sends a call.
   *
   * @throws Unreached there was no connection: nothing was sent
   * @throws IOException no whole answer came
   */
  Reply send(Call call) throws IOException {
    Exchange exchange =
        template.send(
            CALL,
            ExchangePattern.InOut,
            request -> {
              request.getMessage().setBody(call.body());
              request.getMessage().setHeader(Exchange.HTTP_METHOD, call.method());
              request.getMessage().setHeader(Exchange.HTTP_PATH, call.path());
              request.getMessage().setHeader(Exchange.CONTENT_TYPE, call.type());
              call.headers().forEach(request.getMessage()::setHeader);
              if (!call.query().isEmpty())
                request.getMessage().setHeader(Exchange.HTTP_QUERY, call.queryString());
            });
    Exception failure = exchange.getException();
    if (failure != null) throw told(failure);
    Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    return new Reply(status == null ? 0 : status, exchange.getMessage().getBody(byte[].class));
  }

  /** A limit of ours that an answer goes beyond. */
  private static final class Limit extends IOException {
    private static final long serialVersionUID = 1;

    Limit(String message) {
      super(message);
    }
  }

  /** Nobody was there to send it to. */
  static final class Unreached extends IOException {
    private static final long serialVersionUID = 1;

    Unreached(String message) {
      super(message);
    }
  }

  private static IOException told(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !unreached(cause)) cause = cause.getCause();
    return unreached(cause)
        ? new Unreached(cause.getClass().getSimpleName())
        : new IOException(kind(failure));
  }

  private static boolean unreached(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof ConnectTimeoutException
        || cause instanceof UnknownHostException;
  }

  /** The name of the fault; messages of HTTP clients quote addresses, those of ours do not. */
  private static String kind(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) cause = cause.getCause();
    return cause instanceof Limit ? cause.getMessage() : cause.getClass().getSimpleName();
  }

  /** Reads the whole answer while the connection is open, however slowly it drips, to a limit. */
  private static void take(Exchange exchange) throws IOException {
    InputStream in = exchange.getMessage().getBody(InputStream.class);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    long end = System.nanoTime() + ANSWER_MAX.toNanos();
    for (int read = in == null ? -1 : in.read(buffer); read >= 0; read = in.read(buffer)) {
      all.write(buffer, 0, read);
      if (all.size() > BYTES_MAX) throw new Limit("an answer of more than 64 MiB");
      if (System.nanoTime() - end > 0) throw new Limit("an answer of more than 2 minutes");
    }
    exchange.getMessage().setBody(all.toByteArray());
  }

  @Override
  public void close() {
    context.stop();
  }
}
