package omnipoints.mappings;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import omnipoints.facts.FactRecord;
import omnipoints.facts.RejectReason;
import omnipoints.files.CellText;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.EvenCount;
import omnipoints.files.EvenRows;
import omnipoints.files.Row;
import omnipoints.files.RowSource;
import omnipoints.mappings.Recognition.Recognised;

/**
 * Reads a recognised file into {@link FactRecord}s, in file order, in constant memory. A row yields
 * either its records or one {@link FactRecord.Reject} per offending cell. Damage of the file's
 * structure throws {@link DeliveryRefused}: what went to the sink before must then be forgotten.
 */
public final class RecordReader {
  private final Recognised recognised;
  private final Columns columns;
  private final CellText cell;
  private final RowTyping typing;
  private final RecordRows rows;
  private final Consumer<FactRecord> sink;
  private final HeaderRow header;
  private final FooterTotals totals;
  private boolean grid;
  private int footerRows;
  private long read;
  private long rejected;
  private long filtered;
  private final EvenCount count = new EvenCount();
  private final SortedSet<String> shopNames = new TreeSet<>();
  private RowWitness witness = RowWitness.NONE;
  private LongConsumer position = bytes -> {};
  private LineLimit limit = LineLimit.NONE;

  /** Sees each data row as its source wrote it, after its records went to the sink. */
  @FunctionalInterface
  interface RowWitness {
    RowWitness NONE = (row, typing) -> {};

    void saw(Row row, RowTyping typing);
  }

  private RecordReader(
      Recognised recognised,
      String folderShopOrNull,
      ZoneId zone,
      boolean shopNeeded,
      Consumer<FactRecord> sink) {
    this.recognised = recognised;
    this.cell = new CellText(recognised.channel().unwrap());
    this.header = HeaderRow.of(recognised);
    this.columns = Columns.of(recognised.document(), header);
    CellText typed = new CellText(recognised.channel().unwrap());
    this.typing =
        new RowTyping(recognised, columns, typed, zone, shops(folderShopOrNull), shopNeeded);
    this.rows = RecordRows.of(recognised);
    this.totals = new FooterTotals(recognised);
    this.sink = sink;
  }

  /**
   * Reads {@code file}.
   *
   * @param recognised what {@link Channels#recognise} found out about this very file
   * @param folderShopOrNull shop by inbox folder or configuration, null if none
   * @param zone zone of times without offset
   * @param sink takes the records of a row before the next row is read
   * @throws DeliveryRefused TRUNCATED for a torn file, STRUCTURE_BROKEN for any other damage
   */
  public static ReadSummary read(
      Recognised recognised,
      Path file,
      String folderShopOrNull,
      ZoneId zone,
      Consumer<FactRecord> sink) {
    return read(recognised, file, folderShopOrNull, zone, true, sink);
  }

  /**
   * Reads {@code file} as above.
   *
   * @param limit a line that carries more money than it allows is a reject LIMIT
   * @param position takes, every thousand rows, how many bytes of the file were read
   */
  public static ReadSummary read(
      Recognised recognised,
      Path file,
      String folderShopOrNull,
      ZoneId zone,
      LineLimit limit,
      Consumer<FactRecord> sink,
      LongConsumer position) {
    RecordReader reader = new RecordReader(recognised, folderShopOrNull, zone, true, sink);
    reader.limit = limit;
    reader.position = position;
    return reader.readAll(file);
  }

  /**
   * {@code shopNeeded} false reads rows of unknown shop with shop null instead of rejecting them.
   */
  static ReadSummary read(
      Recognised recognised,
      Path file,
      String folderShopOrNull,
      ZoneId zone,
      boolean shopNeeded,
      Consumer<FactRecord> sink) {
    return read(recognised, file, folderShopOrNull, zone, shopNeeded, sink, RowWitness.NONE);
  }

  static ReadSummary read(
      Recognised recognised,
      Path file,
      String folderShopOrNull,
      ZoneId zone,
      boolean shopNeeded,
      Consumer<FactRecord> sink,
      RowWitness witness) {
    RecordReader reader = new RecordReader(recognised, folderShopOrNull, zone, shopNeeded, sink);
    reader.witness = witness;
    return reader.readAll(file);
  }

  private ReadSummary readAll(Path file) {
    try (RowSource source = recognised.open(file)) {
      return readAll(source.grid() ? source : even(source));
    }
  }

  private EvenRows even(RowSource source) {
    return new EvenRows(
        source,
        recognised.headerRow(),
        firstDataRow(),
        recognised.headers().size(),
        recognised.document().ragged());
  }

  private int firstDataRow() {
    return recognised.headerRow() + 1 + recognised.document().skipRowsAfterHeader();
  }

  private ReadSummary readAll(RowSource source) {
    int firstDataRow = firstDataRow();
    grid = source.grid();
    CellValues values =
        new CellValues(recognised.document(), columns, header.width(), source.epoch1904());
    for (Row stored = source.next(); stored != null; stored = source.next()) {
      if (stored.number() <= recognised.headerRow()) continue;
      Row row = grid ? values.settle(stored) : stored;
      if (row.number() < firstDataRow && explains(row)) continue;
      if (blank(row)) continue;
      if (footer(row) || header.repeatedBy(row, cell)) continue;
      if (row.last() && !source.endsClean()) refuseTorn(row);
      data(row);
      if (read % 1_000 == 0) position.accept(source.position());
    }
    totals.check(read);
    return new ReadSummary(
        recognised.document(),
        recognised.encoding(),
        read,
        rejected,
        filtered,
        count.even(),
        shopNames);
  }

  /**
   * Whether a row where the document has its explanations is one. Statements are exported without
   * them, too: a row that states a movement is a movement.
   */
  private boolean explains(Row row) {
    if (recognised.document().grain() != Grain.SETTLEMENT) return true;
    typing.start(row);
    rows.read(typing, record -> {});
    return typing.rejected();
  }

  private void data(Row row) {
    read++;
    typing.start(row);
    if (recognised.document().grain() == Grain.RECEIPT_LINE) count.saw(row);
    int surplus = grid ? -1 : surplus(row);
    int strayQuote = row.strayQuote(cell);
    boolean tooShort = !grid && row.size() < header.width() && !recognised.document().ragged();
    if (surplus >= 0) typing.surplus(surplus);
    else if (tooShort) typing.tooShort();
    else if (row.uneven()) typing.uneven();
    else if (strayQuote >= 0) typing.strayQuote(strayQuote);
    else typing.nameShop(shopNames);
    RecordRows.Outcome outcome = rows.read(typing, this::hand);
    totals.add(typing);
    if (typing.rejected()) {
      rejected++;
      typing.rejects().forEach(sink);
    } else if (outcome == RecordRows.Outcome.FILTERED) {
      filtered++;
    }
    witness.saw(row, typing);
  }

  /** An order that stands beside its lines is judged by them. */
  private void hand(FactRecord record) {
    boolean beside =
        record instanceof FactRecord.OrderRecord && recognised.document().grain() != Grain.ORDER;
    if (beside
        || limit == LineLimit.NONE
        || limit.allows(typing.knownShop(), typing.order(), LineWorth.fen(record))) {
      sink.accept(record);
    } else {
      typing.impossible(RejectReason.LIMIT, LineWorth.field(recognised.document(), record));
    }
  }

  /** Notes and pivot tables beside the table of a sheet make no row of it. */
  private boolean blank(Row row) {
    for (int i = 0; i < row.size(); i++) {
      if (grid && (i > columns.last() || header.cells().get(i).isEmpty())) continue;
      if (cell.at(row, i)) return false;
    }
    return true;
  }

  private int surplus(Row row) {
    for (int i = header.width(); i < row.size(); i++) {
      if (cell.at(row, i)) return i;
    }
    return -1;
  }

  private boolean footer(Row row) {
    List<String> markers = recognised.document().footerStartsWith();
    if (markers.isEmpty()) return false;
    String first = cell.at(row, 0) ? cell.text() : "";
    int declared = recognised.document().footerRows();
    boolean marked = markers.stream().anyMatch(first::startsWith);
    boolean more = declared == 0 ? marked : footerRows < declared;
    if (footerRows > 0 && !more) {
      throw refused(
          DeliveryOutcome.STRUCTURE_BROKEN,
          row,
          "rows follow the footer; are two files glued together?");
    }
    if (footerRows == 0 && !marked) return false;
    footerRows++;
    totals.footer(row, cell);
    return true;
  }

  /**
   * The file does not end with a line end. A last row with missing cells is torn; one whose last
   * cell is an amount, a key or nothing may have lost signs, and nobody can tell. Words of a
   * vocabulary, phones and dates of fixed width cannot lose a sign unnoticed.
   */
  private void refuseTorn(Row row) {
    if (row.size() < header.width()) {
      throw refused(
          DeliveryOutcome.TRUNCATED,
          row,
          "the file ends in the middle of a row: "
              + row.size()
              + " of "
              + header.width()
              + " cells and no line end");
    }
    int last = row.size() - 1;
    if (row.quoted(last)) return;
    boolean empty = !cell.at(row, last);
    for (Field field : recognised.document().fields().values()) {
      boolean lengthMatters =
          empty
              || switch (field.type()) {
                case ID, CODE, MONEY, NUMBER, POINTS, IDS -> true;
                case TEXT -> !KeyText.free(field.name());
                case DATETIME ->
                    cell.length() < "yyyy-MM-dd HH:mm:ss".length()
                        || cell.contains('/')
                        || cell.contains('.');
                case DATE -> cell.contains('/');
                case PHONE, STATUS -> false;
              };
      if (lengthMatters && columns.reads(field.name(), last)) {
        throw refused(
            DeliveryOutcome.TRUNCATED,
            row,
            "the file ends without a line end after the cell "
                + header.cells().get(last)
                + ", whose last signs may be missing");
      }
    }
  }

  private DeliveryRefused refused(DeliveryOutcome outcome, Row row, String rule) {
    return new DeliveryRefused(
        outcome,
        recognised.fileName() + ":" + row.line() + ": row " + row.number() + ": " + rule,
        List.of(
            "fetch or export the file again and deliver it anew; nothing of this one was used"));
  }

  /** Shops that are the same for all rows of the file. */
  private Map<Channel.ShopSource, String> shops(String folderShopOrNull) {
    Map<Channel.ShopSource, String> shops = new EnumMap<>(Channel.ShopSource.class);
    if (folderShopOrNull != null && !folderShopOrNull.isBlank()) {
      shops.put(Channel.ShopSource.FOLDER, folderShopOrNull.strip());
    }
    if (recognised.channel().shopFileNamePattern() != null) {
      String shop = fileNameShop();
      if (shop != null) shops.put(Channel.ShopSource.FILE_NAME, shop);
    }
    return shops;
  }

  /** A member of an archive is called {@code archive.zip/member.csv}: the innermost name counts. */
  private String fileNameShop() {
    String[] names = recognised.fileName().split("/");
    for (int i = names.length - 1; i >= 0; i--) {
      Matcher matcher = recognised.channel().shopFileNamePattern().matcher(names[i]);
      if (matcher.find() && !matcher.group("shop").isBlank()) return matcher.group("shop").strip();
    }
    return null;
  }
}
