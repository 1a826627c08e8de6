package omnipoints.mappings;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.FactRecord;
import omnipoints.facts.RejectReason;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.Part;

/**
 * Rows of a file as they stand there, for reading some of them again: the same rows, in the same
 * order and with the same numbers, that {@link RecordReader} reads.
 */
public final class RawRows {
  private RawRows() {}

  /** Which rows are wanted; shop and order are null where they cannot be read. */
  @FunctionalInterface
  public interface Wanted {
    boolean is(int row, String shop, String order);
  }

  /**
   * The wanted rows of {@code file}, in file order; only those are held in memory.
   *
   * @param recognised what {@link Channels#recognise} found out about this very file
   * @throws DeliveryRefused the file's structure is damaged
   */
  public static List<RawRow> read(
      Recognition.Recognised recognised,
      Path file,
      String folderShopOrNull,
      ZoneId zone,
      Wanted wanted) {
    boolean sheet = recognised.part().format() != Part.Format.TEXT;
    int header = HeaderRow.of(recognised).width();
    List<RawRow> rows = new ArrayList<>();
    List<FactRecord> records = new ArrayList<>();
    RecordReader.read(
        recognised,
        file,
        folderShopOrNull,
        zone,
        true,
        records::add,
        (row, typing) -> {
          if (wanted.is(row.number(), typing.knownShop(), typing.order()))
            rows.add(RawRow.of(row, sheet ? header : row.size(), typing, records));
          records.clear();
        });
    return rows;
  }

  /**
   * Rows of {@code file} that contradict each other by themselves, as the join of a night finds
   * them: none of them is used.
   */
  public static List<FactRecord.Reject> conflicting(
      Recognition.Recognised recognised, Path file, String folderShopOrNull, ZoneId zone) {
    List<FactRecord.Reject> conflicts = new ArrayList<>();
    CheckedRecords.read(
        recognised,
        file,
        folderShopOrNull,
        zone,
        record -> {
          if (record instanceof FactRecord.Reject reject
              && reject.reason() == RejectReason.CONFLICTING_ROWS) conflicts.add(reject);
        });
    return conflicts;
  }

  /** Whether a row states an order, so that it may contradict any other row of it. */
  public static boolean statesOrders(Document document) {
    return document.grain().ofOrders();
  }

  /** Whether rows of one order belong together: parts of orders do, evidence about people not. */
  public static boolean ofOrders(Document document) {
    return document.grain().showsOrders();
  }

  /** Whether a file stands as a whole: a later one replaces all its rows. */
  public static boolean snapshot(Document document) {
    return document.grain() == Grain.BALANCE;
  }
}
