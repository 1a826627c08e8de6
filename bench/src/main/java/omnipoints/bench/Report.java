package omnipoints.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import omnipoints.bench.Exports.Written;
import omnipoints.bench.Measured.Step;

/** What was measured, as tables of Markdown. */
final class Report {

  private static final double MIB = 1 << 20;

  private Report() {}

  /** One line about a side of a night that is not reported in full. */
  static String brief(LocalDate date, Measured measured) {
    return format(
        "%s %-7s %7.1f s, CPU %.1f s, log %.0f MiB",
        date, measured.who(), measured.seconds(), measured.cpu(), measured.walBytes() / MIB);
  }

  /** What a night's files hold, what was booked, and how long each side took over it. */
  static String night(LocalDate date, Written files, List<Measured> sides, Compared compared) {
    var text = new StringBuilder();
    text.append(
        format(
            "## Night %s%n%n%,d Tmall orders (%.0f %% known before) in %,d line rows, %,d till rows, "
                + "%,d Douyin rows, %,d bindings, %.0f MB%n%n",
            date,
            files.orders(),
            100.0 * files.knownOrders() / Math.max(1, files.orders()),
            files.lineRows(),
            files.tillRows(),
            files.douyinRows(),
            files.bindings(),
            files.bytes() / 1e6));
    if (compared != null) {
      text.append("| booked | entries | points | moved |\n|---|---:|---:|---:|\n");
      for (String[] kind : compared.kinds())
        text.append("| ").append(String.join(" | ", kind)).append(" |\n");
      text.append(
          format("%n%d differences between the two books%n%n", compared.differences().size()));
      compared.differences().stream().limit(20).forEach(line -> text.append(line).append('\n'));
    }
    text.append(totals(sides)).append('\n');
    for (Measured side : sides) {
      text.append("| ").append(side.who()).append(" | s |\n|---|---:|\n");
      for (Step step : side.steps()) text.append(row(step.name(), seconds(step.seconds())));
      text.append('\n');
    }
    return text.toString();
  }

  /** The same figures of one night, or the medians of several, of each side. */
  static String totals(List<Measured> all) {
    Map<String, List<Measured>> sides = new LinkedHashMap<>();
    for (Measured one : all) sides.computeIfAbsent(one.who(), who -> new ArrayList<>()).add(one);
    var text = new StringBuilder("| | " + String.join(" | ", sides.keySet()) + " |\n|---|");
    text.append("---:|".repeat(sides.size())).append('\n');
    line(text, "wall, s", sides, Measured::seconds, "%.1f");
    ratio(text, "script", sides, Measured::seconds);
    if (!sides.containsKey("script")) ratio(text, "product", sides, Measured::seconds);
    line(text, "CPU, s", sides, Measured::cpu, "%.1f");
    if (!sides.containsKey("script")) ratio(text, "product", sides, Measured::cpu);
    line(text, "… of the server", sides, m -> m.seen().serverCpu(), "%.1f");
    line(text, "log (WAL), MiB", sides, m -> m.walBytes() / MIB, "%,.0f");
    line(text, "database grew, MiB", sides, m -> m.grownBytes() / MIB, "%,.0f");
    line(text, "server's private memory, MiB", sides, m -> m.seen().serverPrivate() / MIB, "%,.0f");
    line(text, "JVM heap after a collection, MiB", sides, m -> m.heapBytes() / MIB, "%,.0f");
    line(text, "JVM resident, MiB", sides, m -> m.seen().processResident() / MIB, "%,.0f");
    return text.toString();
  }

  /** A line of what each side is to one of them, where there is another. */
  private static void ratio(
      StringBuilder text, String who, Map<String, List<Measured>> sides, Figure figure) {
    if (!sides.containsKey(who) || sides.size() < 2) return;
    double one = median(sides.get(who), figure);
    line(text, "÷ " + who, sides, m -> figure.of(m) / one, "%.2f");
  }

  private interface Figure {
    double of(Measured measured);
  }

  private static void line(
      StringBuilder text,
      String name,
      Map<String, List<Measured>> sides,
      Figure figure,
      String format) {
    List<String> cells = new ArrayList<>();
    for (List<Measured> side : sides.values()) {
      double value = median(side, figure);
      cells.add(value == 0 ? "–" : format(format, value));
    }
    text.append(row(name, String.join(" | ", cells)));
  }

  private static double median(List<Measured> nights, Figure figure) {
    double[] values = nights.stream().mapToDouble(figure::of).sorted().toArray();
    int n = values.length;
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
  }

  private static String row(String name, String cells) {
    return "| " + name + " | " + cells + " |\n";
  }

  private static String seconds(double value) {
    return format("%.1f", value);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
