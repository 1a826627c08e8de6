package omnipoints.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import omnipoints.files.yaml.Problem;
import omnipoints.files.yaml.SetupFailed;
import omnipoints.jobs.NightRefused;
import omnipoints.points.ProgramRefused;
import omnipoints.sql.DatabaseFailure;
import omnipoints.sql.StatementFailed;

/** Finds exit code, code and advice for whatever a verb threw. */
final class Failures {
  static final String TRACES = "internal-errors.log";

  /** Digit runs that may be phone numbers: traces are kept, numbers are not. */
  private static final Pattern PHONE = Pattern.compile("(?<!\\d)((?:\\+?86)?1[3-9])\\d{9}(?!\\d)");

  /** A table or column that is not there: the database has not seen this program yet. */
  private static final Set<String> BEHIND = Set.of("42P01", "42703");

  private Failures() {}

  /**
   * The first exception of the chain that we know decides; libraries wrap ours. What nobody foresaw
   * is INTERNAL: its stack trace goes to {@code logs} only, if that folder exists.
   */
  static Failure of(Throwable thrown, Words words, Path logs) {
    for (Throwable t = thrown; t != null && t != t.getCause(); t = t.getCause()) {
      Failure known = known(t, words);
      if (known != null) return known;
    }
    String where = keepTrace(thrown, logs);
    StackTraceElement[] trace = thrown.getStackTrace();
    String what = thrown.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
    return new Failure(
        Exit.FAILED,
        "INTERNAL",
        words.say("internal", what),
        List.of(where == null ? words.say("internal.report") : words.say("internal.send", where)));
  }

  private static Failure known(Throwable t, Words words) {
    if (t instanceof Refusal refusal) return refusal.failure();
    if (t instanceof NightRefused e)
      return new Failure(e.exit(), e.code(), e.getMessage(), e.next());
    if (t instanceof SetupFailed e)
      return setup(e, e.problems().stream().map(Problem::file).distinct().toList());
    if (t instanceof ProgramRefused e) return setup(e, e.files());
    if (t instanceof StatementFailed e && BEHIND.contains(e.sqlState())) {
      return new Failure(
          Exit.ENVIRONMENT,
          "DATABASE_BEHIND",
          words.say("db.behind"),
          List.of("./omnipoints nightly"));
    }
    if (t instanceof DatabaseFailure e) {
      return new Failure(
          e.environment() ? Exit.ENVIRONMENT : Exit.FAILED, e.code(), e.getMessage(), e.next());
    }
    if (t instanceof SQLException) {
      return new Failure(
          Exit.ENVIRONMENT, "DB_FAILED", words.say("db.lost"), List.of("./omnipoints db start"));
    }
    if (t instanceof UncheckedIOException) return null;
    if (t instanceof IOException e) return environment(e, words);
    if (t instanceof OutOfMemoryError) {
      return new Failure(
          Exit.ENVIRONMENT, "OUT_OF_MEMORY", words.say("memory"), List.of("JAVA_OPTS=-Xmx1g"));
    }
    return null;
  }

  private static Failure setup(Throwable t, List<String> files) {
    return new Failure(
        Exit.USAGE, "SETUP", t.getMessage(), files.stream().map(file -> "edit " + file).toList());
  }

  private static Failure environment(IOException e, Words words) {
    String file =
        e instanceof FileSystemException named && named.getFile() != null ? named.getFile() : "";
    String reason =
        e instanceof FileSystemException named && named.getReason() != null
            ? named.getReason()
            : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    if (reason.contains("No space left on device")) {
      return new Failure(
          Exit.ENVIRONMENT,
          "DISK_FULL",
          words.say("disk.full", file),
          List.of(words.say("disk.full.next")));
    }
    String code =
        e instanceof NoSuchFileException
            ? "NO_SUCH_FILE"
            : e instanceof AccessDeniedException ? "ACCESS_DENIED" : "FILE_SYSTEM";
    String message =
        e instanceof NoSuchFileException
            ? words.say("file.missing", file)
            : e instanceof AccessDeniedException
                ? words.say("file.denied", file)
                : words.say("file.failed", file.isEmpty() ? reason : file + ": " + reason);
    return new Failure(Exit.ENVIRONMENT, code, message, List.of(words.say("file.next")));
  }

  private static String keepTrace(Throwable thrown, Path logs) {
    if (logs == null || !Files.isDirectory(logs)) return null;
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    Path file = logs.resolve(TRACES);
    try {
      Files.writeString(
          file,
          PHONE.matcher(trace.toString()).replaceAll("$1*********") + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return file.toString();
    } catch (IOException e) {
      return null;
    }
  }
}
