package omnipoints.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import omnipoints.jobs.NightOutcome;
import omnipoints.jobs.NightRefused;
import omnipoints.routes.Arrival;
import omnipoints.routes.Notice;
import omnipoints.routes.SourceFailure;

/** Something that happened while serving and that an operator may read as one line. */
public sealed interface ServeEvent {

  /** Routes and schedule run. */
  record Ready(List<Due> next) implements ServeEvent {}

  /**
   * A time to come.
   *
   * @param at when
   * @param night the business date that will be run then
   */
  record Due(String schedule, Instant at, LocalDate night) {}

  /**
   * A night that was begun and not finished before we started; the next night finishes it first.
   *
   * @param state FAILED, STOPPED, RUNNING (its process died), UNKNOWN or CLOSED (but not delivered)
   */
  record Unfinished(LocalDate night, String state) implements ServeEvent {}

  /** A file is in the archive and written down for the next night. */
  record Arrived(Arrival arrival) implements ServeEvent {}

  /** Something about a file that stops nothing. */
  record Noticed(Notice notice) implements ServeEvent {}

  /** A source begins to fail; it is asked again unless an operator is needed. */
  record SourceFailed(SourceFailure failure) implements ServeEvent {}

  /** The time of a night has come. */
  record NightDue(LocalDate night) implements ServeEvent {}

  /** The night has ended, or had ended before. */
  record NightEnded(NightOutcome outcome) implements ServeEvent {}

  /** Another process runs a night: this proposal was one too many, and no failure. */
  record NightElsewhere(LocalDate night, String message) implements ServeEvent {}

  /** The night waits for an expected delivery, and is proposed again. */
  record NightWaits(LocalDate night, String message, Instant again) implements ServeEvent {}

  /** The night did not end; serving goes on. */
  record NightFailed(LocalDate night, NightRefused why) implements ServeEvent {}

  /** The night is not closed by the time that its schedule names. */
  record DeadlinePassed(LocalDate night, Instant deadline) implements ServeEvent {}

  /** Somebody asked to stop. */
  record Stopping() implements ServeEvent {}
}
