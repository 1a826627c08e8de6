package omnipoints.console;

import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import omnipoints.jobs.Progress;

/**
 * Shows a running night on stderr: on a terminal one line that is drawn over and over, elsewhere
 * one line for each finished step.
 *
 * <pre>
 * post       [=======>                ] 61,000/200,000  48,800/s  0:03 left
 * merge      [=====>            ] apply_lines  0:31  about 1:09 left
 * </pre>
 *
 * A step that counts says how much of how much; one that cannot says what it is at, and how long it
 * may take from what it took last. A clock of its own draws the line every second, so that a long
 * statement does not look like a standstill. Thread-safe.
 */
final class ProgressBar implements Progress {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int BAR_WIDEST = 24;
  private static final int BAR_NARROWEST = 8;
  private static final int USUAL_COLUMNS = 80;
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream err;
  private final Screen screen;
  private final Words words;
  private final LongSupplier nanos;
  private String night = "";
  private String step;
  private long began;
  private long drawn;
  private Duration expected;
  private String doing = "";
  private Count count;

  /** How much of how much, 0 of what nobody knows. */
  private record Count(long done, long total, boolean bytes) {}

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
    var bar = new ProgressBar(around.err(), around.screen(), call.words(), System::nanoTime);
    if (around.screen().live()) bar.drawEverySecond();
    return bar;
  }

  private void drawEverySecond() {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** A second has passed. */
  synchronized void tick() {
    if (step != null) draw();
  }

  @Override
  public synchronized void night(LocalDate date, int nights) {
    night = nights > 1 ? date + " " : "";
  }

  @Override
  public synchronized void over() {
    if (step != null && screen.live()) err.print(CLEAR_LINE);
    err.flush();
    step = null;
  }

  @Override
  public synchronized void step(String name) {
    step = name;
    began = nanos.getAsLong();
    expected = null;
    doing = "";
    count = null;
    draw();
  }

  @Override
  public synchronized void expected(Duration whole) {
    expected = whole;
  }

  @Override
  public synchronized void doing(String what) {
    doing = what;
    count = null;
    drawAtTimes();
  }

  @Override
  public synchronized void rows(long done, long total) {
    count = new Count(done, total, false);
    drawAtTimes();
  }

  @Override
  public synchronized void bytes(long done, long total) {
    count = new Count(done, total, true);
    drawAtTimes();
  }

  @Override
  public synchronized void note(String text) {
    if (screen.live()) err.print(CLEAR_LINE);
    err.println(CharWidth.printable(text));
    err.flush();
  }

  @Override
  public synchronized void done(
      String name, long read, long written, long rejected, Duration took) {
    step = null;
    String mark = screen.color() ? GREEN + "✓" + PLAIN : "✓";
    String line =
        words.say(
            "progress.done",
            night + pad(name),
            read,
            written,
            rejected,
            String.format(Locale.ROOT, "%.1f", took.toNanos() / 1e9));
    if (screen.live()) err.print(CLEAR_LINE);
    err.println((screen.live() ? mark + " " : "") + line);
    err.flush();
  }

  private void drawAtTimes() {
    if (nanos.getAsLong() - drawn >= REDRAW_NANOS) draw();
  }

  private void draw() {
    if (!screen.live()) return;
    drawn = nanos.getAsLong();
    int columns = screen.columns() == Screen.UNLIMITED ? USUAL_COLUMNS : screen.columns();
    err.print(CLEAR_LINE + CharWidth.fit(line(columns - 1), columns - 1));
    err.flush();
  }

  /** What is known now, the bar as wide as the rest allows. */
  private String line(int columns) {
    Duration took = Duration.ofNanos(nanos.getAsLong() - began);
    String figures;
    double share;
    if (count != null && count.total() > 0) {
      share = Math.min(1, (double) count.done() / count.total());
      figures = counted(took) + remaining(took, share);
    } else {
      share = expected == null ? 0 : (double) took.toMillis() / Math.max(1, expected.toMillis());
      String what = count == null ? doing : number(count.done());
      figures = (what.isEmpty() ? "" : what + "  ") + clock(took) + remaining(took, 0);
    }
    String head = night + pad(step) + " ";
    int room = columns - CharWidth.of(head) - CharWidth.of(figures) - 3;
    boolean known = share > 0 || count != null && count.total() > 0;
    if (!known || share > 1 || room < BAR_NARROWEST) return head + figures;
    int width = Math.min(BAR_WIDEST, room);
    int filled = (int) (width * share);
    String bar = "=".repeat(filled) + (filled < width ? ">" + " ".repeat(width - filled - 1) : "");
    return head + "[" + bar + "] " + figures;
  }

  private String counted(Duration took) {
    long rate = took.isZero() ? 0 : Math.round(count.done() / (took.toNanos() / 1e9));
    String unit = count.bytes() ? " MB" : "";
    return figure(count.done())
        + "/"
        + figure(count.total())
        + unit
        + "  "
        + figure(rate)
        + unit
        + "/s";
  }

  private String figure(long number) {
    return count.bytes() ? String.format(Locale.ROOT, "%.1f", number / 1e6) : number(number);
  }

  /** By the share that is done, before its first by what the step took last; else nothing. */
  private String remaining(Duration took, double share) {
    if (share > 0) {
      long left = Math.round(took.toMillis() * (1 - share) / share);
      return "  " + words.say("progress.left", clock(Duration.ofMillis(left)));
    }
    if (expected == null || took.compareTo(expected) > 0) return "";
    return "  " + words.say("progress.about", clock(expected.minus(took)));
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String clock(Duration time) {
    long seconds = Math.round(time.toMillis() / 1e3);
    String minutes = String.format(Locale.ROOT, "%02d:%02d", seconds / 60 % 60, seconds % 60);
    return seconds >= 3600
        ? seconds / 3600 + ":" + minutes
        : minutes.replaceFirst("^0(?=\\d:)", "");
  }

  private static String pad(String name) {
    return String.format(Locale.ROOT, "%-10s", name);
  }
}
