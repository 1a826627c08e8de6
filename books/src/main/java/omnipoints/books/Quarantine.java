package omnipoints.books;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.sql.Script;

/** Rows that could not be trusted, and files that were refused whole; persons are masked. */
public final class Quarantine {
  private static final Script SQL = Books.script("quarantine");

  private Quarantine() {}

  /**
   * Which are asked for.
   *
   * @param all whatever their state
   * @param reason, channel, file exact, empty: any
   */
  public record Filter(boolean all, String state, String reason, String channel, String file) {
    private static final Filter OPEN = new Filter(false, "OPEN", "", "", "");

    private Map<String, Object> params(Books books) {
      Map<String, Object> params = new HashMap<>();
      params.put("until", books.lastClosedOrNever());
      params.put("all", all);
      params.put("state", state);
      params.put("reason", reason);
      params.put("channel", channel);
      params.put("file", file);
      return params;
    }
  }

  /**
   * One reject.
   *
   * @param key the order it belongs to or, where that could not be read, file and row
   * @param state OPEN, REPLAYED or WAIVED
   * @param detail file and row, column, masked value
   * @param column header of the faulty cell, empty when the whole row is meant
   * @param order null where it could not be read
   * @param replayWaits a replay is registered, and no night has read it yet
   * @param again why its last replay was rejected again, else null
   */
  public record Item(
      String id,
      String reason,
      String channel,
      String shop,
      String key,
      LocalDate firstNight,
      int ageNights,
      String state,
      String detail,
      String document,
      String file,
      String sha256,
      int row,
      String column,
      String valueMasked,
      String order,
      boolean replayWaits,
      Again again) {

    /** Whether nobody has settled it. */
    public boolean open() {
      return state.equals("OPEN");
    }
  }

  /** How a replay was rejected again. */
  public record Again(LocalDate night, String reason, String column, String valueMasked) {}

  /**
   * Rejects of one reason, document and column.
   *
   * @param example id of one of them
   */
  public record Group(
      String reason,
      String channel,
      String document,
      String column,
      long rejects,
      String example,
      LocalDate firstNight,
      int ageNights) {}

  /**
   * A file that was refused whole.
   *
   * @param id its SHA-256
   * @param reason the outcome of the delivery
   * @param key the file
   * @param state OPEN, WAITING for the next night, REPLAYED or REPLACED by another file
   * @param detail what was said when it was refused
   */
  public record RefusedFile(
      String id,
      String reason,
      String channel,
      String shop,
      String key,
      LocalDate firstNight,
      int ageNights,
      String state,
      String detail,
      String file,
      String sha256,
      long bytes) {}

  /**
   * The row of a reject.
   *
   * @param parks the order that waits for it, null where that is not known
   */
  public record Place(String recordMasked, Parks parks) {}

  /**
   * An order beside its rejected row.
   *
   * @param parked whether it still waits
   * @param lines of it that are known
   */
  public record Parks(
      String order, boolean parked, @JsonProperty("class") String accountingClass, long lines) {}

  /** Another reject of the same row or order. */
  public record Sibling(
      String id, String file, int row, String column, String reason, String state) {}

  /**
   * What a person did about a reject.
   *
   * @param action REPLAY or WAIVE
   * @param sha256 the delivery that carries the row as it is read again, {@code row} its row there
   * @param night that read it again, null while none did
   * @param rejected why it was rejected again, null if it was not
   */
  public record Action(
      OffsetDateTime at,
      String by,
      String action,
      String because,
      String beforeMasked,
      String afterMasked,
      String sha256,
      int row,
      LocalDate night,
      String rejected) {}

  /** Rejects one by one, the oldest first. */
  public static List<Item> items(Books books, Filter filter) {
    return items(books, filter, "");
  }

  private static List<Item> items(Books books, Filter filter, String id) {
    Map<String, Object> params = new HashMap<>(filter.params(books));
    params.put("id", id);
    return books.list(SQL.statement("items"), params, Item.class);
  }

  /** Rejects by reason, the most frequent first. */
  public static List<Group> groups(Books books, Filter filter) {
    return books.list(SQL.statement("groups"), filter.params(books), Group.class);
  }

  /** Files that were refused whole, the oldest first. */
  public static List<RefusedFile> files(Books books, Filter filter) {
    return books.list(SQL.statement("files"), filter.params(books), RefusedFile.class);
  }

  /** How many files were refused whole and are still not used. */
  public static int refusedFiles(Books books) {
    return files(books, Filter.OPEN).size();
  }

  /** A reject by its id, or by that of a replay of it that was rejected again. */
  public static Optional<Item> of(Books books, String id) {
    return items(books, Filter.OPEN, id).stream().findFirst();
  }

  /** Where a reject stands. */
  public static Place place(Books books, Item item) {
    return books.one(SQL.statement("place"), Map.of("id", item.id()), Place.class).orElseThrow();
  }

  /** Other rejects of the same row or order. */
  public static List<Sibling> siblings(Books books, Item item) {
    return books.list(SQL.statement("siblings"), Map.of("id", item.id()), Sibling.class);
  }

  /** What people did about a reject, in order. */
  public static List<Action> history(Books books, Item item) {
    return books.list(SQL.statement("history"), Map.of("id", item.id()), Action.class);
  }
}
