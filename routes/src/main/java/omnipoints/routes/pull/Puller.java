package omnipoints.routes.pull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import omnipoints.routes.Pause;
import omnipoints.routes.QuietCamel;
import omnipoints.routes.SourceFailure;

/**
 * Pulls what the shops of a channel have changed since the last time: windows that were not asked
 * to their end yet, oldest first, then those that failed once more. A platform's fault is a window
 * that stays unproven, never a failure of the pull; only unusable secrets are.
 */
public final class Puller {
  private static final List<Platform> PLATFORMS =
      List.of(new Douyin(), new WechatStore(), new Youzan(), new Top(), new Jd(), new Vipshop());

  /** So many windows in a row that could not be taken end the pull of a shop for today. */
  private static final int FAILED_MAX = 3;

  /** Nights come a day apart; what is pulled within half of one is the same night, once more. */
  private static final Duration SNAPSHOT_STANDS = Duration.ofHours(12);

  private final PullSettings settings;
  private final PullBook book;
  private final Clock clock;
  private final Pause pause;
  private final Consumer<WindowState> ended;
  private final Platform platform;

  /**
   * A pull of one channel.
   *
   * @param ended takes each window as it ends
   * @throws IllegalArgumentException nothing is known of that channel's API
   */
  public Puller(
      PullSettings settings, PullBook book, Clock clock, Pause pause, Consumer<WindowState> ended) {
    this.settings = settings;
    this.book = book;
    this.clock = clock;
    this.pause = pause;
    this.ended = ended;
    this.platform = platform(settings.channel());
  }

  /** Channels whose API is known. */
  public static List<String> channels() {
    return PLATFORMS.stream().map(Platform::channel).sorted().toList();
  }

  private static Platform platform(String channel) {
    return PLATFORMS.stream()
        .filter(one -> one.channel().equals(channel))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no API of " + channel + " is known; known are " + channels()));
  }

  /** Pulls all shops; what has to be mended before any can be pulled. */
  public List<SourceFailure> run() {
    Map<String, KeyFile> shops = KeyFile.of(settings.home().resolve("secrets"), settings.channel());
    if (shops.isEmpty())
      return List.of(
          unusable(
              "channel " + settings.channel() + " is pulled by API, and no shop of it has keys",
              "write them into secrets/" + KeyFile.name(settings.channel(), "<shop>")));
    List<SourceFailure> failures = new ArrayList<>();
    Instant deadline = clock.instant().plus(settings.budget());
    String gateway =
        settings.gatewayOrNull() == null ? platform.gateway() : settings.gatewayOrNull();
    int rate =
        settings.callsPerSecond() == 0 ? platform.callsPerSecond() : settings.callsPerSecond();
    try (Http http = new Http(QuietCamel.context("pull"), gateway, rate, Duration.ofSeconds(30))) {
      shops.forEach(
          (shop, file) -> {
            try {
              shop(shop, new Asking(platform, http, file, clock, pause, deadline));
            } catch (Keys.Unusable e) {
              failures.add(unusable(e.getMessage(), "mend it, then pull again"));
            }
          });
    }
    return failures;
  }

  private SourceFailure unusable(String message, String next) {
    return new SourceFailure(
        SourceFailure.Kind.SECRET_UNREADABLE, settings.channel(), message, next);
  }

  private void shop(String shop, Asking asking) {
    Map<String, Api> apis = new HashMap<>();
    for (Api api : apis()) {
      if (!platform.asks(api, asking.keys())) continue;
      plan(shop, api);
      apis.put(api.name(), api);
    }
    int failed = 0;
    Deque<WindowState> due = new ArrayDeque<>(book.unfinished(settings.channel(), shop));
    while (!due.isEmpty()) {
      WindowState begun = due.poll();
      Api api = apis.get(begun.api());
      if (api == null) continue;
      WindowState end = new WindowPull(platform, api, asking, book, settings.home()).run(begun);
      if (end == null) {
        due = new ArrayDeque<>(book.unfinished(settings.channel(), shop));
        continue;
      }
      ended.accept(end);
      boolean proven = end.state() == WindowState.State.PROVEN;
      failed = proven ? 0 : failed + 1;
      if (end.state() == WindowState.State.OPEN || failed == FAILED_MAX) return;
    }
    new NamedPull(platform, asking, settings.home()).run(shop);
  }

  private List<Api> apis() {
    return platform.apis().stream()
        .filter(api -> settings.points() || !api.name().equals(Api.POINTS))
        .toList();
  }

  private void plan(String shop, Api api) {
    Instant now = clock.instant();
    Optional<Instant> planned = planned(shop, api, now);
    if (api.name().equals(Api.POINTS) && stands(shop, planned, now)) return;
    Instant known =
        planned.orElse(Instant.ofEpochSecond(now.minus(settings.back()).getEpochSecond()));
    for (Window window : Window.after(known, now, api))
      book.save(WindowState.fresh(settings.channel(), shop, api.name(), window));
  }

  /**
   * Until when it was planned. Whoever planned beyond now had a clock that was ahead, and asked of
   * days that were still to come: nothing of it is known, nor since when it was so.
   */
  private Optional<Instant> planned(String shop, Api api, Instant now) {
    Optional<Instant> planned = book.plannedUntil(settings.channel(), shop, api.name());
    if (planned.filter(now::isBefore).isEmpty()) return planned;
    book.forgetAfter(settings.channel(), shop, api.name(), now);
    return Optional.empty();
  }

  /**
   * Whether there is a snapshot that a second one beside it could contradict: one that failed,
   * which is taken again as it is now, or one that a night took before it was killed.
   */
  private boolean stands(String shop, Optional<Instant> taken, Instant now) {
    return taken.filter(at -> at.plus(SNAPSHOT_STANDS).isAfter(now)).isPresent()
        || book.unfinished(settings.channel(), shop).stream()
            .anyMatch(one -> one.api().equals(Api.POINTS));
  }

  /**
   * Plans windows of a stretch anew, also where they were proven; they are pulled by the next run.
   * What was not planned before is planned first: a stretch that begins behind it leaves no gap.
   */
  public void backfill(Instant from, Instant to) {
    Map<String, KeyFile> shops = KeyFile.of(settings.home().resolve("secrets"), settings.channel());
    for (String shop : shops.keySet())
      for (Api api : apis()) {
        // What was held then nobody tells any more.
        if (api.name().equals(Api.POINTS)) continue;
        plan(shop, api);
        for (Window window : Window.cut(from, to, api.windowMax()))
          book.save(WindowState.fresh(settings.channel(), shop, api.name(), window));
      }
  }
}
