package omnipoints.routes.pull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import omnipoints.routes.Pause;
import omnipoints.routes.QuietCamel;
import omnipoints.routes.pull.Asking.Answer;
import tools.jackson.databind.JsonNode;

/**
 * Tells a platform what its members may spend, request by request: noted before it is sent, noted
 * again once it is answered, so that whoever goes on after a kill knows which ones have no answer.
 * Those are sent again first, as they were, where that counts once; where it may count twice they
 * are left to a person. A platform's fault is never a failure.
 */
public final class Syncer {
  /** So many requests in a row without a good answer end it for today. */
  private static final int FAILED_MAX = 3;

  /** So many members in a row that are refused are no fault of theirs. */
  private static final int REFUSED_MAX = 20;

  private final SyncSettings settings;
  private final SyncBook book;
  private final Clock clock;
  private final Pause pause;
  private final SyncPlatform platform;
  private Asking asking;
  private int taken;
  private int refused;
  private int failedInARow;
  private int refusedInARow;
  private String stopped;

  /**
   * How it ended.
   *
   * @param taken members whose points the platform took
   * @param refused members it refused
   * @param stoppedOrNull why it ended before all were told, and what to do; null: they were
   */
  public record End(int taken, int refused, String stoppedOrNull) {}

  /**
   * One platform.
   *
   * @throws IllegalArgumentException nothing is known of it
   */
  public Syncer(SyncSettings settings, SyncBook book, Clock clock, Pause pause) {
    this.settings = settings;
    this.book = book;
    this.clock = clock;
    this.pause = pause;
    this.platform = SyncPlatform.named(settings.platform());
  }

  /** Asks again for what has no answer, where that may be. */
  public End again() {
    if (!settings.repeats()) return new End(0, 0, null);
    return run(book.unanswered(), true);
  }

  /** Tells what is due. */
  public End run() {
    return run(book.due(), false);
  }

  private End run(List<SyncItem> items, boolean known) {
    taken = 0;
    refused = 0;
    failedInARow = 0;
    refusedInARow = 0;
    stopped = null;
    if (items.isEmpty()) return new End(0, 0, null);
    String gateway =
        settings.gatewayOrNull() == null ? platform.gateway() : settings.gatewayOrNull();
    int rate =
        settings.callsPerSecond() == 0 ? platform.callsPerSecond() : settings.callsPerSecond();
    Instant deadline = clock.instant().plus(settings.budget());
    KeyFile keys = KeyFile.ofSync(settings.home().resolve("secrets"), settings.platform());
    try (Http http = new Http(QuietCamel.context("sync"), gateway, rate, Duration.ofSeconds(30))) {
      asking = new Asking(platform, http, keys, clock, pause, deadline, settings.repeats());
      for (int i = 0; i < items.size() && stopped == null; i += platform.batch())
        batch(items.subList(i, Math.min(items.size(), i + platform.batch())), known);
    } catch (Keys.Unusable e) {
      stopped = e.getMessage() + "; mend it, then send again";
    }
    if (stopped != null) book.stopped(stopped);
    return new End(taken, refused, stopped);
  }

  private void batch(List<SyncItem> some, boolean known) {
    List<SyncItem> items = some;
    if (known) book.again(some);
    else items = book.sending(some);
    if (items.isEmpty()) return;
    List<SyncAnswer> answers = ask(items, known);
    if (answers == null) return;
    if (!answers.isEmpty()) {
      keep(answers, known || asking.inDoubt());
      return;
    }
    // Refused as a whole: nobody knows because of whom, so each goes by itself.
    book.nothingDone(items, "refused together with others");
    for (SyncItem item : items) {
      if (stopped != null) return;
      List<SyncItem> one = book.sending(List.of(item));
      if (one.isEmpty()) continue;
      List<SyncAnswer> answer = ask(one, false);
      if (answer != null) keep(answer, asking.inDoubt());
    }
  }

  /**
   * Null if no good answer came; what is known of the items is noted then.
   *
   * @param repeated they were sent before, without an answer
   */
  private List<SyncAnswer> ask(List<SyncItem> items, boolean repeated) {
    var request = platform.request(items, settings.house());
    try {
      Answer answer = asking.ask(keys -> platform.call(request, keys, clock.instant()));
      failedInARow = 0;
      JsonNode tree = answer.tree();
      return platform.read(items, tree);
    } catch (Asking.OutOfTime e) {
      failed(items, repeated, e.getMessage());
      stopped = "the time of it is over; the next night goes on, or send again";
    } catch (Asking.NoAnswer e) {
      if (e.verdict() instanceof Verdict.Person person) {
        failed(items, repeated, person.why());
        stopped = person.why() + "; " + person.next();
      } else {
        String why =
            e.verdict() instanceof Verdict.Later later ? later.why() : e.verdict().toString();
        failed(items, repeated, why);
        if (++failedInARow == FAILED_MAX)
          stopped =
              why + ", " + FAILED_MAX + " requests in a row; the next night goes on, or send again";
      }
    } catch (Keys.Unusable e) {
      failed(items, repeated, e.getMessage());
      throw e;
    }
    return null;
  }

  private void failed(List<SyncItem> items, boolean repeated, String why) {
    // That nothing came of a repeat does not say what came of the first time.
    if (repeated || asking.inDoubt()) book.noAnswer(items, why);
    else book.nothingDone(items, why);
  }

  /**
   * @param repeated they were sent before, without an answer
   */
  private void keep(List<SyncAnswer> answers, boolean repeated) {
    // A platform may refuse a number because it has taken it: then it must not be told anew.
    boolean unsure = repeated && !platform.states();
    List<SyncAnswer> sure = unsure ? answers.stream().filter(SyncAnswer::taken).toList() : answers;
    book.answered(sure);
    for (SyncAnswer answer : answers) {
      if (answer.taken()) {
        taken++;
        refusedInARow = 0;
        continue;
      }
      String code = answer.refusedOrNull();
      if (unsure) book.noAnswer(List.of(answer.item()), "the repeat was refused, " + code);
      refused++;
      if (++refusedInARow == REFUSED_MAX)
        stopped =
            REFUSED_MAX
                + " members in a row were refused, the last one with "
                + code
                + "; look the code up in the platform's documentation";
    }
  }
}
