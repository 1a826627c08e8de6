package omnipoints.files;

/**
 * Tells whether every row of a file stands an even number of times, as when a file was appended to
 * itself. Equal rows cancel each other out in one sum of 128 bits, so memory is constant and the
 * order of the rows means nothing.
 */
public final class EvenCount {
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private long rows;
  private long high;
  private long low;

  /** Takes note of a row as its source wrote it. */
  public void saw(Row row) {
    long one = row.size;
    long other = ODD;
    for (int cell = 0; cell < row.size; cell++) {
      for (int i = row.starts[cell]; i < row.ends[cell]; i++) {
        one = (one ^ row.chars[i]) * 0x100000001b3L;
        other = Long.rotateLeft(other + row.chars[i], 7) * ODD;
      }
      one = mixed(one);
      other = mixed(other + cell);
    }
    rows++;
    high ^= mixed(one ^ Long.rotateLeft(other, 31));
    low ^= mixed(other + one);
  }

  private static long mixed(long bits) {
    long once = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    long twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return twice ^ (twice >>> 33);
  }

  /** Whether there were rows, each an even number of times. */
  public boolean even() {
    return rows > 0 && high == 0 && low == 0;
  }
}
