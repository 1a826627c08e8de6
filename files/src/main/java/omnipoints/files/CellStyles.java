package omnipoints.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cell styles of a workbook, as far as they say what a number is. */
final class CellStyles {
  private final Map<Integer, String> codes = new HashMap<>();
  private final List<Integer> formats = new ArrayList<>();
  private boolean[] dates = {};
  private int[] zeros = {};

  void format(int id, String code) {
    codes.put(id, code);
  }

  /** The next style uses that format. */
  void style(int formatId) {
    formats.add(formatId);
  }

  /** Every format and style is known. */
  void complete() {
    dates = new boolean[formats.size()];
    zeros = new int[formats.size()];
    for (int i = 0; i < dates.length; i++) {
      int id = formats.get(i);
      dates[i] = NumberFormats.date(id, codes.get(id));
      zeros[i] = NumberFormats.zeros(codes.get(id));
    }
  }

  /** Adds a stored number to the row. */
  void add(Row row, String number, int style) {
    String stored = number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    boolean known = style >= 0 && style < dates.length;
    if (known && dates[style]) row.add(stored, Row.DATE);
    else if (known && zeros[style] > stored.length() && stored.matches("\\d+")) {
      row.add("0".repeat(zeros[style] - stored.length()) + stored, Row.NUMBER);
    } else row.add(stored, Row.NUMBER);
  }
}
