package omnipoints.jobs;

import java.util.Locale;

/**
 * A figure of a channel and night that is held against its band before the night closes. Values of
 * all but {@link #POINTS_ISSUED} are hundredths of a percent.
 */
public enum Figure {
  /** EARN points of the night. */
  POINTS_ISSUED(Size.POINTS, true, 0),
  /** Share of them that is there by rules that multiply only. */
  MULTIPLIED(Size.POINTS, true, 1_000),
  /** Points clawed back, as a share of those issued. */
  RETURNED(Size.POINTS, true, 1_000),
  /** Rejected rows, as a share of the rows of the channel's deliveries. */
  REJECTED(Size.ROWS, false, 100),
  /** Orders that came to wait for their buyer, as a share of those seen first. */
  UNATTRIBUTED(Size.ORDERS, false, 1_000);

  /** What a figure is a share of, and so what must be there in numbers before it says anything. */
  public enum Size {
    POINTS,
    ROWS,
    ORDERS
  }

  private final Size size;
  private final boolean tooLittle;
  private final long width;

  /**
   * @param tooLittle whether a value below the band says as much as one above
   * @param width least distance of the band's ends from the quartiles; 0: half of the median
   */
  Figure(Size size, boolean tooLittle, long width) {
    this.size = size;
    this.tooLittle = tooLittle;
    this.width = width;
  }

  Size size() {
    return size;
  }

  boolean tooLittle() {
    return tooLittle;
  }

  long width(long median) {
    return this == POINTS_ISSUED ? median / 2 : width;
  }

  /** Its limit in the settings: {@code points_issued}, {@code rejected_percent}. */
  String setting() {
    String name = name().toLowerCase(Locale.ROOT);
    return this == POINTS_ISSUED ? name : name + "_percent";
  }

  /** A value as people write it: {@code 12000}, {@code 3.25 %}. */
  String shown(long value) {
    if (this == POINTS_ISSUED) return Long.toString(value);
    return String.format(Locale.ROOT, "%d.%02d %%", value / 100, value % 100);
  }
}
