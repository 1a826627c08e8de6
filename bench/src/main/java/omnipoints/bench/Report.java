package omnipoints.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import omnipoints.bench.Exports.Written;
import omnipoints.bench.Measured.Step;

/** What was measured, as tables of Markdown. */
final class Report {

  private static final double MIB = 1 << 20;

  private Report() {}

  /** One line about a night that was not measured. */
  static String brief(LocalDate date, Measured measured) {
    return String.format(
        Locale.ROOT,
        "%s %-7s %7.1f s, CPU %.1f s, log %.0f MiB",
        date,
        measured.who(),
        measured.seconds(),
        measured.cpu(),
        measured.walBytes() / MIB);
  }

  /** What a night's files hold and how long each side took over them. */
  static String night(LocalDate date, Written files, List<Measured> sides) {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n**%s**: %,d Tmall orders (%.0f %% known before) in %,d line rows, %,d till rows, %,d Douyin rows, %.0f MB%n%n",
            date,
            files.orders(),
            100.0 * files.knownOrders() / Math.max(1, files.orders()),
            files.lineRows(),
            files.tillRows(),
            files.douyinRows(),
            files.bytes() / 1e6));
    List<String[]> rows = new ArrayList<>();
    rows.add(row("wall, s", sides, m -> seconds(m.seconds())));
    if (sides.size() > 1) {
      double script = sides.get(1).seconds();
      rows.add(
          row("÷ script", sides, m -> String.format(Locale.ROOT, "%.2f", m.seconds() / script)));
    }
    rows.add(row("CPU, s", sides, m -> seconds(m.cpu())));
    rows.add(row("… of the server", sides, m -> seconds(m.seen().serverCpu())));
    rows.add(row("log (WAL), MiB", sides, m -> whole(m.walBytes() / MIB)));
    rows.add(row("database grew, MiB", sides, m -> whole(m.grownBytes() / MIB)));
    rows.add(
        row("server's private memory, MiB", sides, m -> whole(m.seen().serverPrivate() / MIB)));
    rows.add(row("JVM heap after collection, MiB", sides, m -> known(m.heapBytes() / MIB)));
    rows.add(row("JVM resident, MiB", sides, m -> known(m.seen().processResident() / MIB)));
    table(text, sides, rows);
    for (Measured side : sides) {
      text.append("\n| ").append(side.who()).append(" | s |\n|---|---:|\n");
      for (Step step : side.steps())
        text.append("| ")
            .append(step.name())
            .append(" | ")
            .append(seconds(step.seconds()))
            .append(" |\n");
    }
    return text.toString();
  }

  private interface Cell {
    String of(Measured measured);
  }

  private static String[] row(String name, List<Measured> sides, Cell cell) {
    String[] cells = new String[sides.size() + 1];
    cells[0] = name;
    for (int i = 0; i < sides.size(); i++) cells[i + 1] = cell.of(sides.get(i));
    return cells;
  }

  private static void table(StringBuilder text, List<Measured> sides, List<String[]> rows) {
    Set<String> names = new LinkedHashSet<>();
    for (Measured side : sides) names.add(side.who());
    text.append("| | ").append(String.join(" | ", names)).append(" |\n|---|");
    text.append("---:|".repeat(sides.size())).append('\n');
    for (String[] row : rows) text.append("| ").append(String.join(" | ", row)).append(" |\n");
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String known(double value) {
    return value == 0 ? "–" : whole(value);
  }
}
