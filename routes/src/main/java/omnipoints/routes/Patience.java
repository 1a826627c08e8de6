package omnipoints.routes;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param connect for TCP connect and for key exchange and login
 * @param silence longest silence of the server before the connection counts as lost
 * @param least how slowly it may bring its files before the connection is given up
 */
public record Patience(Duration connect, Duration silence, LeastRate least) {

  /** 10 s to connect, 30 s of silence, the usual least rate. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), LeastRate.USUAL);

  /** The same for one that has to bring so many bytes a second, 0 for any. */
  public Patience atLeast(long bytesPerSecond) {
    return new Patience(connect, silence, new LeastRate(bytesPerSecond, least.over()));
  }
}
