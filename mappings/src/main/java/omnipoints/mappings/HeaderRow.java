package omnipoints.mappings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.files.CellText;
import omnipoints.files.Row;

/**
 * A row that may be a header: where each column name stands.
 *
 * @param row 1-based row number
 * @param cells header cells as the file spells them, unwrapped and trimmed
 * @param strayQuote index of an unquoted cell that holds a quote, -1 if there is none: quotes do
 *     not pair
 */
record HeaderRow(
    int row, List<String> cells, Map<String, List<Integer>> positions, int strayQuote) {
  static HeaderRow of(Row row, CellText cell) {
    List<String> cells = new ArrayList<>();
    Map<String, List<Integer>> positions = new HashMap<>();
    for (int i = 0; i < row.size(); i++) {
      String text = cell.at(row, i) ? cell.text() : "";
      cells.add(text);
      String name = Headers.normalise(text);
      if (!name.isEmpty()) positions.computeIfAbsent(name, key -> new ArrayList<>()).add(i);
    }
    while (!cells.isEmpty() && cells.get(cells.size() - 1).isEmpty())
      cells.remove(cells.size() - 1);
    return new HeaderRow(row.number(), cells, positions, row.strayQuote(cell));
  }

  /**
   * This row as the lower level of a header whose upper level is {@code above}: where it has no
   * name, a cell that was merged downwards has left it in the row above.
   */
  HeaderRow under(HeaderRow above) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.max(width(), above.width()); i++) {
      String own = i < width() ? cells.get(i) : "";
      names.add(own.isEmpty() && i < above.width() ? above.cells.get(i) : own);
    }
    return of(row, names);
  }

  /** The columns before index {@code end}, as if the others stood in another table. */
  HeaderRow before(int end) {
    return of(row, cells.subList(0, end));
  }

  private static HeaderRow of(int number, List<String> names) {
    return of(Row.of(number, names), new CellText(java.util.Set.of()));
  }

  /** A header of these cells, spelt as in the file. */
  static HeaderRow of(List<String> names) {
    return of(1, names);
  }

  /** The header a file was recognised by. */
  static HeaderRow of(Recognition.Recognised recognised) {
    Row row = Row.of(recognised.headerRow(), recognised.headers());
    return of(row, new CellText(recognised.channel().unwrap()));
  }

  /** Columns from the header on; empty trailing header cells are none. */
  int width() {
    return cells.size();
  }

  /**
   * Indexes of the columns called {@code name}; {@code name#2} is the second of several of that
   * name.
   */
  List<Integer> find(String name) {
    String wanted = Headers.normalise(name);
    List<Integer> found = positions.getOrDefault(wanted, List.of());
    int hash = wanted.lastIndexOf('#');
    if (!found.isEmpty() || hash <= 0) return found;
    List<Integer> all = positions.getOrDefault(wanted.substring(0, hash), List.of());
    String number = wanted.substring(hash + 1);
    if (!number.matches("[1-9]\\d?") || all.size() < Integer.parseInt(number)) return List.of();
    return List.of(all.get(Integer.parseInt(number) - 1));
  }

  /** Whether {@code other} repeats this header cell by cell, as in files glued together. */
  boolean repeatedBy(Row other, CellText cell) {
    for (int i = 0; i < Math.max(other.size(), cells.size()); i++) {
      cell.at(other, i);
      if (!cell.reads(i < cells.size() ? cells.get(i) : "")) return false;
    }
    return true;
  }
}
