package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import omnipoints.sql.Database;
import omnipoints.sql.DatabaseFailure;
import omnipoints.sql.DatabaseUnreachable;

/** Whose fault it is that a night ended without closing, and what to do. */
final class NightFailure {

  private NightFailure() {}

  /**
   * A database that went away hides behind whatever failed first, in our own code or in a
   * library's: so it is asked.
   */
  static NightRefused of(LocalDate date, Exception failure, Database database) {
    if (failure instanceof NightRefused refused) return refused;
    DatabaseFailure known = known(failure);
    DatabaseUnreachable away = away(failure, database);
    NightRefused refused =
        away != null
            ? lost(date, away)
            : known != null ? failed(date, known) : unforeseen(date, failure);
    refused.initCause(failure);
    return refused;
  }

  private static DatabaseFailure known(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause())
      if (t instanceof DatabaseFailure known) return known;
    return ofLibrary(failure);
  }

  /** A disk that is full may be met first where the batch library keeps its own records. */
  private static DatabaseFailure ofLibrary(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (!(t instanceof SQLException sql)) continue;
      DatabaseFailure told = Database.failure("the records of the run", sql);
      if (told.environment()) return told;
    }
    return null;
  }

  private static DatabaseUnreachable away(Exception failure, Database database) {
    if (failure instanceof IOException || failure instanceof UncheckedIOException) return null;
    try {
      database.connection().close();
      return null;
    } catch (DatabaseUnreachable e) {
      return e;
    } catch (SQLException e) {
      return null;
    }
  }

  private static NightRefused lost(LocalDate date, DatabaseUnreachable away) {
    return new NightRefused(
        9,
        away.code(),
        "the database went away during night "
            + date
            + "; what its step had begun to write is undone, and restart goes on from there ("
            + away.getMessage()
            + ")",
        next(date, away.next()));
  }

  private static NightRefused failed(LocalDate date, DatabaseFailure failure) {
    return new NightRefused(
        failure.environment() ? 9 : 4,
        failure.code(),
        failure.getMessage(),
        next(date, failure.next()));
  }

  private static NightRefused unforeseen(LocalDate date, Exception failure) {
    String message =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    boolean disk = failure instanceof UncheckedIOException || failure instanceof IOException;
    return new NightRefused(
        disk ? 9 : 4,
        disk ? "CANNOT_WRITE" : "STEP_FAILED",
        "night " + date + " failed: " + AlertText.withoutPhones(message),
        List.of("./omnipoints status " + date, "./omnipoints restart " + date));
  }

  private static List<String> next(LocalDate date, List<String> first) {
    var next = new ArrayList<>(first);
    next.add("./omnipoints restart " + date);
    return next;
  }
}
