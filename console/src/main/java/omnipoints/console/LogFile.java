package omnipoints.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where log lines go: {@code logs/omnipoints-<date>.log} of the home, nowhere while there is no
 * home. Never to a terminal. Logback finds this class by its service file.
 */
public final class LogFile extends ContextAwareBase implements Configurator {
  /** System property that names the folder, set before anything logs. */
  static final String FOLDER = "omnipoints.logs";

  private static final int DAYS_KEPT = 30;

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    context.getLogger("omnipoints").setLevel(Level.INFO);
    String folder = System.getProperty(FOLDER, "");
    if (!folder.isEmpty() && Files.isDirectory(Path.of(folder)))
      root.addAppender(file(context, Path.of(folder)));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Several processes write at once, so the day is in the name and no file is ever renamed. */
  private static RollingFileAppender<ILoggingEvent> file(LoggerContext context, Path folder) {
    // One JSON object a line; "mdc" says run, step and delivery.
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    TimeBasedRollingPolicy<ILoggingEvent> days = new TimeBasedRollingPolicy<>();
    days.setContext(context);
    days.setParent(appender);
    days.setFileNamePattern(folder.resolve("omnipoints-%d{yyyy-MM-dd}.log").toString());
    days.setMaxHistory(DAYS_KEPT);
    days.start();
    appender.setRollingPolicy(days);
    appender.start();
    return appender;
  }
}
