package omnipoints.routes.pull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import omnipoints.routes.Pause;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a platform, in the name of one shop, until an answer is good or will not become so: patience
 * that grows, waits the platform demands, a new token when the old one is over.
 */
final class Asking {
  static final int ATTEMPTS = 6;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Access platform;
  private final Http http;
  private final KeyFile file;
  private final Clock clock;
  private final Pause pause;
  private final Instant deadline;
  private final boolean repeats;
  private Keys keys;
  private boolean doubt;
  private boolean renewedAtStart;

  /** A good answer, as it came and as a tree. */
  record Answer(byte[] bytes, JsonNode tree) {}

  /** There will be no good answer; {@code verdict} says why. */
  static final class NoAnswer extends RuntimeException {
    private final transient Verdict verdict;

    NoAnswer(Verdict verdict) {
      super(verdict.toString());
      this.verdict = verdict;
    }

    Verdict verdict() {
      return verdict;
    }
  }

  /** Its time is over: what was not asked is asked by the next pull. */
  static final class OutOfTime extends RuntimeException {
    OutOfTime() {
      super("the time of this pull is over");
    }
  }

  Asking(Access platform, Http http, KeyFile file, Clock clock, Pause pause, Instant deadline) {
    this(platform, http, file, clock, pause, deadline, true);
  }

  /**
   * @param repeats whether a call may be sent again of which nobody knows what became; else it ends
   *     there
   */
  Asking(
      Access platform,
      Http http,
      KeyFile file,
      Clock clock,
      Pause pause,
      Instant deadline,
      boolean repeats) {
    this.platform = platform;
    this.http = http;
    this.file = file;
    this.clock = clock;
    this.pause = pause;
    this.deadline = deadline;
    this.repeats = repeats;
    this.keys = file.read();
  }

  Answer ask(Function<Keys, Call> call) {
    doubt = false;
    if (!renewedAtStart && platform.ends(keys, clock.instant()))
      renew("the token ends", platform.renewal(keys, clock.instant()));
    renewedAtStart = true;
    Reply reply = patient(call);
    if (reply.verdict() instanceof Verdict.Renew over) {
      Duration wait = platform.refusalWait(keys, clock.instant());
      if (!wait.isZero()) await(wait, new Verdict.Later(wait, over.why()));
      renew(over.why(), platform.renewalAfterRefusal(keys, clock.instant()));
      keys = platform.afterRefusal(keys, clock.instant());
      keep();
      reply = patient(call);
    }
    if (reply.verdict() instanceof Verdict.Renew again)
      throw new NoAnswer(authorise(again.why() + " with a new token"));
    return reply.answer();
  }

  /** Until the answer is good, or says that the token is over. */
  private Reply patient(Function<Keys, Call> call) {
    Duration patience = FIRST_WAIT;
    for (int attempt = 1; ; attempt++) {
      if (!clock.instant().isBefore(deadline)) throw new OutOfTime();
      Reply reply = send(call.apply(keys));
      Verdict verdict = reply.verdict();
      if (verdict instanceof Verdict.Good || verdict instanceof Verdict.Renew) return reply;
      if (!(verdict instanceof Verdict.Later later) || attempt == ATTEMPTS || doubt && !repeats)
        throw new NoAnswer(verdict);
      await(later.after().isZero() ? jittered(patience, attempt) : later.after(), later);
      if (later.after().isZero()) patience = patience.multipliedBy(2);
    }
  }

  private record Reply(Verdict verdict, Answer answer) {}

  private Reply send(Call call) {
    Http.Reply reply;
    try {
      reply = http.send(call);
    } catch (Http.Unreached e) {
      return new Reply(Verdict.later("no answer (" + e.getMessage() + ")"), null);
    } catch (IOException e) {
      doubt = true;
      return new Reply(Verdict.later("no answer (" + e.getMessage() + ")"), null);
    }
    JsonNode tree = tree(reply.body());
    Verdict verdict = platform.verdict(reply.status(), tree);
    // It says when it may be asked again: it did nothing.
    if (verdict instanceof Verdict.Later later && later.after().isZero()) doubt = true;
    return new Reply(verdict, new Answer(reply.body(), tree));
  }

  /** Null if it is no JSON: a page for people, half a body. */
  private static JsonNode tree(byte[] body) {
    try {
      JsonNode tree = JSON.readTree(body);
      return tree == null || !tree.isObject() ? null : tree;
    } catch (JacksonException e) {
      return null;
    }
  }

  private void renew(String why, Optional<Call> call) {
    if (call.isEmpty()) throw new NoAnswer(authorise(why));
    Reply reply = patient(known -> call.get());
    if (reply.verdict() instanceof Verdict.Renew)
      throw new NoAnswer(authorise(why + "; the refresh was refused"));
    keys = platform.renewed(keys, reply.answer().tree(), clock.instant());
    keys.get("access_token");
    keep();
  }

  private void keep() {
    try {
      file.write(keys);
    } catch (IOException e) {
      throw new UncheckedIOException("the new token cannot be written into secrets/", e);
    }
  }

  private Verdict authorise(String why) {
    return new Verdict.Person(
        why, "authorise the app again and write the new tokens into secrets/" + keys.file());
  }

  private void await(Duration wait, Verdict.Later later) {
    boolean past = clock.instant().plus(wait).isAfter(deadline);
    if (past || wait.compareTo(LONGEST_WAIT) > 0) {
      if (past) throw new OutOfTime();
      throw new NoAnswer(later);
    }
    try {
      pause.await(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutOfTime();
    }
  }

  /** Up to a quarter more, told by what is asked, so that shops do not come all at once. */
  private Duration jittered(Duration patience, int attempt) {
    int spread = Math.floorMod((keys.file() + attempt).hashCode(), 250);
    return patience.plusMillis(patience.toMillis() * spread / 1000);
  }

  /**
   * Whether a call of the last question may have been taken although no good answer came: the
   * connection ended, or the answer did not say.
   */
  boolean inDoubt() {
    return doubt;
  }

  Keys keys() {
    return keys;
  }

  Instant now() {
    return clock.instant();
  }
}
