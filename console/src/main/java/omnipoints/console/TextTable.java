package omnipoints.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table for people: columns aligned by terminal width, numbers to the right, cut to the width of
 * the screen. When it does not fit, the widest text columns give way first; numbers are never cut.
 */
final class TextTable {
  private static final int GAP = 2;
  private static final int NARROWEST = 6;

  private final String[] headers;
  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * A header that starts with {@code >} names a column of numbers, aligned to the right and never
   * cut.
   */
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
      row[i] = cells[i] == null ? "" : CharWidth.printable(cells[i].toString());
    }
    rows.add(row);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * Header, rule and rows, without trailing blanks; no line is wider than {@code columns} where
   * text can give way.
   */
  List<String> lines(int columns) {
    int[] widths = widths(columns);
    List<String> lines = new ArrayList<>(rows.size() + 2);
    lines.add(line(headers, widths));
    String[] rule = new String[widths.length];
    for (int i = 0; i < widths.length; i++) rule[i] = "-".repeat(widths[i]);
    lines.add(line(rule, widths));
    for (String[] row : rows) lines.add(line(row, widths));
    return lines;
  }

  private int[] widths(int columns) {
    int[] widths = new int[headers.length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = CharWidth.of(headers[i]);
      for (String[] row : rows) widths[i] = Math.max(widths[i], CharWidth.of(row[i]));
    }
    long surplus =
        Arrays.stream(widths).asLongStream().sum() + (long) GAP * (widths.length - 1) - columns;
    while (surplus > 0) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (!right[i] && widths[i] > NARROWEST && (widest < 0 || widths[i] > widths[widest]))
          widest = i;
      }
      if (widest < 0) break;
      widths[widest]--;
      surplus--;
    }
    return widths;
  }

  private String line(String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) line.append(" ".repeat(GAP));
      String cell = right[i] ? cells[i] : CharWidth.fit(cells[i], widths[i]);
      String blank = " ".repeat(Math.max(0, widths[i] - CharWidth.of(cell)));
      line.append(right[i] ? blank + cell : cell + blank);
    }
    return line.toString().stripTrailing();
  }
}
