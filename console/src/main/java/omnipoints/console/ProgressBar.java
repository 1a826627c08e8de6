package omnipoints.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import omnipoints.jobs.Progress;

/**
 * Shows a running night on stderr: on a terminal one line that is drawn over and over (rows, rows a
 * second, time left), elsewhere one line for each finished step.
 */
final class ProgressBar implements Progress {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int BAR = 24;
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream err;
  private final Screen screen;
  private final Words words;
  private final LongSupplier nanos;
  private String step = "";
  private long began;
  private long drawn;

  ProgressBar(PrintStream err, Screen screen, Words words, LongSupplier nanos) {
    this.err = err;
    this.screen = screen;
    this.words = words;
    this.nanos = nanos;
  }

  /** What fits the call: nothing when it asked for silence. */
  static Progress of(Call call) {
    Surroundings around = call.around();
    if (call.quiet()) return Progress.SILENT;
    return new ProgressBar(around.err(), around.screen(), call.words(), System::nanoTime);
  }

  @Override
  public void step(String name) {
    step = name;
    began = nanos.getAsLong();
    drawn = began;
    if (screen.live()) draw(name);
  }

  @Override
  public void note(String text) {
    if (screen.live()) err.print(CLEAR_LINE);
    err.println(CharWidth.printable(text));
    err.flush();
  }

  @Override
  public void rows(long done, long total) {
    long now = nanos.getAsLong();
    if (!screen.live() || now - drawn < REDRAW_NANOS) return;
    drawn = now;
    draw(line(step, done, total, Duration.ofNanos(now - began)));
  }

  @Override
  public void done(String name, long read, long written, long rejected, Duration took) {
    String mark = screen.color() ? GREEN + "✓" + PLAIN : "✓";
    String line =
        words.say(
            "progress.done",
            pad(name),
            read,
            written,
            rejected,
            String.format(Locale.ROOT, "%.1f", seconds(took)));
    if (screen.live()) err.print(CLEAR_LINE);
    err.println((screen.live() ? mark + " " : "") + line);
    err.flush();
  }

  /** {@code post [=====> ] 61,000/200,000 48,000/s 0:03}; without a total only what is known. */
  String line(String name, long done, long total, Duration took) {
    double rate = took.toNanos() == 0 ? 0 : done / seconds(took);
    String speed = String.format(Locale.ROOT, "%,d/s", Math.round(rate));
    if (total <= 0) return String.format(Locale.ROOT, "%s  %,d  %s", pad(name), done, speed);
    int filled = (int) Math.min(BAR, BAR * done / total);
    String bar = "=".repeat(filled) + (filled < BAR ? ">" + " ".repeat(BAR - filled - 1) : "");
    long left = rate <= 0 ? 0 : Math.round(Math.max(0, total - done) / rate);
    String rest = rate <= 0 ? "-:--" : left / 60 + String.format(Locale.ROOT, ":%02d", left % 60);
    return String.format(
        Locale.ROOT, "%s [%s] %,d/%,d  %s  %s", pad(name), bar, done, total, speed, rest);
  }

  private void draw(String line) {
    int columns = screen.columns() == Screen.UNLIMITED ? 80 : screen.columns();
    err.print(CLEAR_LINE + CharWidth.fit(line, columns - 1));
    err.flush();
  }

  private static double seconds(Duration took) {
    return took.toNanos() / 1e9;
  }

  private static String pad(String name) {
    return String.format(Locale.ROOT, "%-10s", name);
  }
}
