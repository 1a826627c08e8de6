package omnipoints.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import omnipoints.facts.Times;
import omnipoints.jobs.NightOutcome;
import omnipoints.routes.Arrival;
import omnipoints.schedules.ServeEvent;

/**
 * What happens while serving, one line each on stderr, stamped with the time of the installation.
 */
final class ServeLines {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Call call;
  private final Words words;
  private final ZoneId zone;

  ServeLines(Call call, ZoneId zone) {
    this.call = call;
    this.words = call.words();
    this.zone = zone;
  }

  /** Also with --json: stdout stays with the result. */
  void tell(ServeEvent event) {
    if (call.has("--quiet")) return;
    if (event instanceof ServeEvent.Ready ready) {
      print(words.say("serve.ready"));
      for (ServeEvent.Due due : ready.next()) {
        print(words.say("serve.due", due.schedule(), due.night(), time(due.at())));
      }
    } else if (!(event instanceof ServeEvent.Stopping)) {
      print(line(event));
    }
  }

  private String line(ServeEvent event) {
    if (event instanceof ServeEvent.Unfinished night) {
      String restart = call.command("restart", night.night().toString());
      return words.say("serve.unfinished", night.night(), words.state(night.state()), restart);
    }
    if (event instanceof ServeEvent.Arrived arrived)
      return words.say("serve.arrived", place(arrived.arrival()));
    if (event instanceof ServeEvent.Noticed noticed) return noticed.notice().text();
    if (event instanceof ServeEvent.SourceFailed failed) return failed.failure().text();
    if (event instanceof ServeEvent.NightDue due) return words.say("serve.night", due.night());
    if (event instanceof ServeEvent.NightEnded ended) return ended(ended.outcome());
    if (event instanceof ServeEvent.NightElsewhere other) {
      return words.say("serve.elsewhere", other.night(), other.message());
    }
    if (event instanceof ServeEvent.NightWaits waits)
      return words.say("serve.waits", waits.message(), time(waits.again()));
    if (event instanceof ServeEvent.DeadlinePassed late)
      return words.say(
          "serve.late",
          late.night(),
          time(late.deadline()),
          call.command("status", late.night().toString()));
    if (event instanceof ServeEvent.NightFailed failed) {
      String next = String.join("; ", failed.why().next());
      return words.say(
          "serve.failed", failed.night(), failed.why().code(), failed.why().getMessage(), next);
    }
    throw new IllegalArgumentException(event.toString());
  }

  private String ended(NightOutcome outcome) {
    if (!outcome.ran()) return words.say("serve.finished", outcome.date());
    return outcome.exit() == Exit.OK
        ? words.say("serve.closed", outcome.date())
        : words.say(
            "serve.findings", outcome.date(), call.command("status", outcome.date().toString()));
  }

  private static String place(Arrival arrival) {
    return arrival.channel()
        + "/"
        + (arrival.shop() == null ? "" : arrival.shop() + "/")
        + arrival.fileName();
  }

  private String time(Instant instant) {
    return Times.print(instant.truncatedTo(ChronoUnit.SECONDS), zone);
  }

  private void print(String text) {
    String line =
        time(call.around().clock().instant()) + " " + CharWidth.printable(text.replace('\n', ' '));
    call.around().err().println(call.around().screen().live() ? CLEAR_LINE + line : line);
  }
}
