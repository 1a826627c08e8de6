package omnipoints.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A table for people: columns aligned by terminal width, numbers to the right. Columns that do not
 * fit beside the others go below them, so that a row takes several lines:
 *
 * <pre>
 * channel  outcome   rows
 *   file
 * -------  --------  ----
 * tmall    ACCEPTED    12
 *   ExportOrderList202603011200.csv
 * </pre>
 *
 * What people type again (ids, names of files) is therefore whole; only a cell that alone would
 * fill several lines of the screen is cut.
 */
final class TextTable {
  private static final int GAP = 2;

  /** Lines of the screen that one cell may take. */
  private static final int CELL_LINES = 3;

  private final String[] headers;
  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /** A header that starts with {@code >} names a column of numbers, aligned to the right. */
  TextTable(String... headers) {
    this.headers = new String[headers.length];
    this.right = new boolean[headers.length];
    for (int i = 0; i < headers.length; i++) {
      right[i] = headers[i].startsWith(">");
      this.headers[i] = right[i] ? headers[i].substring(1) : headers[i];
    }
  }

  /** Adds a row; null prints as nothing. */
  TextTable row(Object... cells) {
    if (cells.length != headers.length) {
      throw new IllegalArgumentException(
          cells.length + " cells in a table of " + headers.length + " columns");
    }
    String[] row = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      row[i] = cells[i] == null ? "" : CharWidth.printable(Printed.text(cells[i]));
    }
    rows.add(row);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * Header, rule and rows, without trailing blanks; no line is wider than {@code columns} unless
   * one cell is.
   */
  List<String> lines(int columns) {
    int[] widths = new int[headers.length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = CharWidth.of(headers[i]);
      for (String[] row : rows) widths[i] = Math.max(widths[i], CharWidth.of(row[i]));
    }
    List<Line> layout = layout(widths, columns);
    List<String> lines = new ArrayList<>(layout.size() * (rows.size() + 1) + 1);
    for (Line line : layout) lines.add(line.of(headers, columns));
    String[] rule = new String[widths.length];
    for (int i = 0; i < widths.length; i++) rule[i] = "-".repeat(widths[i]);
    lines.add(layout.get(0).of(rule, columns));
    for (String[] row : rows) {
      for (Line line : layout) {
        String text = line.of(row, columns);
        if (line.indent() == 0 || !text.isBlank()) lines.add(text);
      }
    }
    return lines;
  }

  /** The widest texts go below first, then numbers from the right; the first column stays. */
  private List<Line> layout(int[] widths, int columns) {
    List<Line> layout = new ArrayList<>();
    List<Integer> waiting = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) waiting.add(i);
    while (!waiting.isEmpty()) {
      int indent = layout.isEmpty() ? 0 : GAP;
      List<Integer> here = new ArrayList<>(waiting);
      List<Integer> below = new ArrayList<>();
      while (here.size() > 1 && width(here, widths, indent) > columns) {
        Integer widest =
            here.stream()
                .skip(1)
                .max(
                    Comparator.comparing((Integer i) -> !right[i])
                        .thenComparing(i -> right[i] ? 0 : widths[i])
                        .thenComparing(i -> i))
                .orElseThrow();
        here.remove(widest);
        below.add(widest);
      }
      layout.add(new Line(List.copyOf(here), widths, indent));
      waiting = below.stream().sorted().toList();
    }
    return layout;
  }

  private static int width(List<Integer> line, int[] widths, int indent) {
    return line.stream().mapToInt(i -> widths[i]).sum() + GAP * (line.size() - 1) + indent;
  }

  /** The columns that stand beside each other. */
  private final class Line {
    private final List<Integer> columns;
    private final int[] widths;
    private final int indent;

    Line(List<Integer> columns, int[] widths, int indent) {
      this.columns = columns;
      this.widths = widths;
      this.indent = indent;
    }

    int indent() {
      return indent;
    }

    String of(String[] cells, int screen) {
      StringBuilder line = new StringBuilder(" ".repeat(indent));
      for (int column : columns) {
        if (column != columns.get(0)) line.append(" ".repeat(GAP));
        String cell = fit(cells[column], screen);
        String blank = " ".repeat(Math.max(0, widths[column] - CharWidth.of(cell)));
        line.append(right[column] ? blank + cell : cell + blank);
      }
      return line.toString().stripTrailing();
    }
  }

  private static String fit(String cell, int screen) {
    return screen == Screen.UNLIMITED ? cell : CharWidth.fit(cell, CELL_LINES * screen - GAP);
  }
}
