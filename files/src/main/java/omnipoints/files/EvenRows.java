package omnipoints.files;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells each row of a text how many cells it should have. Exports end all rows with a surplus comma
 * or none: a row with one cell more or less than the others has shifted columns, even if its last
 * cell is empty. A row of a ragged document may have fewer cells, but not more than the header and
 * the others. Holds the first hundred data rows in memory.
 */
public final class EvenRows implements RowSource {
  private static final int LOOKED_AT = 100;

  /** No width of the majority, nor any row as wide as the header: no row is like the others. */
  private static final int NONE = Integer.MAX_VALUE;

  private final RowSource source;
  private final int headerRow;
  private final int firstDataRow;
  private final int width;
  private final boolean ragged;
  private final Deque<Row> ahead = new ArrayDeque<>();
  private int headerSize;
  private int usual;

  /**
   * @param headerRow 1-based row of the header
   * @param firstDataRow 1-based row of the first row of data
   * @param width cells of the header
   * @param ragged rows may be shorter than the header
   */
  public EvenRows(RowSource source, int headerRow, int firstDataRow, int width, boolean ragged) {
    this.source = source;
    this.headerRow = headerRow;
    this.firstDataRow = firstDataRow;
    this.width = width;
    this.ragged = ragged;
  }

  @Override
  public Row next() {
    if (usual == 0) usual = look();
    Row row = ahead.isEmpty() ? source.next() : ahead.poll();
    if (row != null) row.dueSize = ragged ? Math.min(row.size, most()) : usual;
    return row;
  }

  private int most() {
    return usual == NONE ? headerSize : Math.max(headerSize, usual);
  }

  /** Rows shorter than the header are no example for the others. */
  private int look() {
    Map<Integer, Integer> sizes = new HashMap<>();
    int rows = 0;
    while (rows < LOOKED_AT) {
      Row row = source.next();
      if (row == null) break;
      ahead.add(row.copy());
      if (row.number == headerRow) headerSize = row.size;
      if (row.number < firstDataRow || row.size < width || row.length() == 0) continue;
      sizes.merge(row.size, 1, Integer::sum);
      rows++;
    }
    for (Map.Entry<Integer, Integer> size : sizes.entrySet())
      if (size.getValue() * 2 > rows) return size.getKey();
    return sizes.containsKey(headerSize) ? headerSize : NONE;
  }

  @Override
  public boolean endsClean() {
    return source.endsClean();
  }

  @Override
  public long position() {
    return source.position();
  }

  @Override
  public void close() {
    source.close();
  }
}
