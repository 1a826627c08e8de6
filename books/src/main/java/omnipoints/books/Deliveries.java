package omnipoints.books;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import omnipoints.sql.Script;

/** What was delivered, and what of it stands. */
public final class Deliveries {
  private static final Script SQL = Books.script("deliveries");

  private Deliveries() {}

  /**
   * One delivery: channel, shop, document and hash are its identity.
   *
   * @param firstNight that read it
   * @param rows it has
   * @param withdrawn who took it back and why, empty if nobody did
   */
  public record Item(
      String sha256,
      String channel,
      String shop,
      String document,
      String file,
      long bytes,
      LocalDate firstNight,
      long rows,
      String withdrawn) {}

  /** One time it came. */
  public record Arrival(
      LocalDate night,
      String file,
      String outcome,
      String message,
      long rowsIn,
      long rowsMerged,
      long rowsSuperseded,
      long rowsDuplicate,
      long rowsRejected,
      long rowsFiltered,
      long rowsWaiting) {}

  /** How much stands as these bytes say it: what no later delivery has told anew. */
  public record Holds(
      long orders,
      long lines,
      long refunds,
      long returns,
      long bindings,
      long members,
      long openRejects) {}

  /**
   * Deliveries, the newest first.
   *
   * @param channel empty: of any
   * @param file name, empty: any
   */
  public static List<Item> list(Books books, String channel, String file, long most) {
    return books.list(
        SQL.statement("deliveries"),
        Map.of("channel", channel, "file", file, "most", most),
        Item.class);
  }

  /** Deliveries whose hash begins so. */
  public static List<Item> ofHash(Books books, String beginning, long most) {
    return books.list(
        SQL.statement("of_hash"), Map.of("sha256", beginning, "most", most), Item.class);
  }

  /** Every time the bytes came, in the order of nights. */
  public static List<Arrival> arrivals(Books books, String sha256) {
    return books.list(SQL.statement("arrivals"), Map.of("sha256", sha256), Arrival.class);
  }

  /** What stands as the bytes say it. */
  public static Holds holds(Books books, String sha256) {
    return books.one(SQL.statement("holds"), Map.of("sha256", sha256), Holds.class).orElseThrow();
  }
}
