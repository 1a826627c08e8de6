package omnipoints.routes;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.camel.impl.DefaultCamelContext;

/** Polls every source once, to completion, and archives what arrived. */
public final class Collector {
  /** How often a source is tried in one poll when the fault may pass. */
  private static final int ATTEMPTS = 3;

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);

  private final Pause pause;

  /** A collector that waits on the clock of this machine. */
  public Collector() {
    this(Pause.real());
  }

  /** A collector that waits by {@code pause} between polls and before retries. */
  public Collector(Pause pause) {
    this.pause = pause;
  }

  /**
   * Polls every source until nothing more is to be had tonight. A source that fails loses nothing
   * of what others, or itself before, brought: failures are collected and returned. Waits only for
   * files without a {@code .done} that lie still since the first poll, at most {@code polls - 1}
   * times.
   *
   * @param settings what to poll
   * @param register called once per arrival, after its bytes are durable in the archive and
   *     <em>before</em> the file leaves its source. It must have made the arrival durable when it
   *     returns: then a kill at any moment leaves the file either in its source or registered (or
   *     both, which is a duplicate by hash). What it throws ends the collection and is thrown on;
   *     the file stays in its source
   * @param notices called with whatever an operator should know
   */
  public Collected collect(
      CollectorSettings settings, Consumer<Arrival> register, Consumer<Notice> notices) {
    List<Arrival> arrivals = new ArrayList<>();
    Desk desk = new Desk(settings, register.andThen(arrivals::add), notices);
    try (DefaultCamelContext context = QuietCamel.context("collect")) {
      desk.archive().sweep();
      Leftovers floor = new Leftovers();
      InboxFloor.look(settings, desk::say, floor);
      List<SourceRoute> routes = SourceRoutes.add(context, settings, desk, null, failure -> {});
      context.start();
      poll(routes, settings, desk);
      routes.forEach(route -> route.watch().sayLeftBehind());
      List<Left> left = new ArrayList<>(floor.all());
      routes.forEach(route -> left.addAll(route.watch().left()));
      return new Collected(
          arrivals,
          routes.stream().map(route -> route.watch().failure()).filter(Objects::nonNull).toList(),
          left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while collecting; what was registered counts, the rest stays in its "
              + "source: collect again",
          e);
    } catch (IOException e) {
      return new Collected(
          arrivals,
          List.of(
              new SourceFailure(
                  SourceFailure.Kind.SOURCE_UNREADABLE,
                  "",
                  "the inbox or the archive below "
                      + settings.home()
                      + " cannot be read: "
                      + Faults.brief(e),
                  "give this user read and write permission, then collect again")),
          List.of());
    } catch (Exception e) {
      throw e instanceof RuntimeException already
          ? already
          : new IllegalStateException("Camel did not start", e);
    }
  }

  private void poll(List<SourceRoute> routes, CollectorSettings settings, Desk desk)
      throws InterruptedException {
    List<SourceRoute> due = new ArrayList<>(routes);
    for (int poll = 1; poll <= settings.polls() && !due.isEmpty(); poll++) {
      if (poll > 1) {
        pause.await(settings.pollEvery());
      }
      for (SourceRoute route : due) {
        route.watch().nextPoll();
        poll(route);
        if (desk.refusal() != null) {
          throw desk.refusal();
        }
      }
      due.removeIf(route -> !route.watch().isWaiting());
    }
  }

  private void poll(SourceRoute route) throws InterruptedException {
    Duration backoff = FIRST_BACKOFF;
    for (int attempt = 1; ; attempt++) {
      route.poll();
      SourceFailure failure = route.watch().failure();
      if (failure == null || !failure.kind().passing() || attempt == ATTEMPTS) {
        return;
      }
      route.disconnect();
      route
          .watch()
          .desk()
          .say(
              new Notice(
                  Notice.Kind.RETRYING,
                  failure.channel(),
                  null,
                  "",
                  failure.kind() + " " + failure.message(),
                  "attempt "
                      + (attempt + 1)
                      + " of "
                      + ATTEMPTS
                      + " follows in "
                      + backoff.toSeconds()
                      + " s"));
      pause.await(backoff);
      backoff = backoff.multipliedBy(2);
      route.watch().tryAgain();
    }
  }
}
