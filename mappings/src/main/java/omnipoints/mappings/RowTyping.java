package omnipoints.mappings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;
import omnipoints.files.CellText;
import omnipoints.files.Row;

/**
 * One row through the eyes of its document: typed values by field name. A cell that cannot be
 * trusted yields null and is noted; all cells are looked at, so that a row shows all its faults at
 * once.
 */
final class RowTyping {
  private static final int MAX_SHORT_NUMBER = 15;
  private static final int STATUS_SPELLINGS = 1000;
  private static final int SHOP_NAME_CHARS = 128;
  private static final Pattern NOISE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");
  private static final DatePattern ISO_DATE = DatePattern.of("yyyy-MM-dd");

  private final Channel channel;
  private final Document document;
  private final Columns columns;
  private final List<String> headers;
  private final ZoneId zone;
  private final Map<Channel.ShopSource, String> fileShops;
  private final boolean shopNeeded;
  private final CellText cell;
  private final Amounts amounts = new Amounts();
  private final Map<String, Map<String, String>> statusSpellings = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private Row row;
  private int column;
  private String order;
  private String shop;
  private String shopName;
  private Fault shift;

  /** {@code at} is the index of the column, for faults to be told from left to right. */
  private record Fault(int at, RejectReason reason, String column, String value) {}

  RowTyping(
      Recognition.Recognised recognised,
      Columns columns,
      CellText cell,
      ZoneId zone,
      Map<Channel.ShopSource, String> fileShops,
      boolean shopNeeded) {
    this.channel = recognised.channel();
    this.document = recognised.document();
    this.columns = columns;
    this.headers = recognised.headers();
    this.zone = zone;
    this.fileShops = fileShops;
    this.shopNeeded = shopNeeded;
    this.cell = cell;
  }

  void start(Row next) {
    row = next;
    order = null;
    shop = null;
    shift = null;
    faults.clear();
  }

  int row() {
    return row.number();
  }

  Channel channel() {
    return channel;
  }

  Document document() {
    return document;
  }

  boolean rejected() {
    return shift != null || !faults.isEmpty();
  }

  /** Order number of this row as far as it could be read, or null. */
  String order() {
    return order;
  }

  /** Shop of this row as far as it could be read, or null. */
  String knownShop() {
    return shop;
  }

  /** Whether the cells may stand under wrong headers. */
  boolean shifted() {
    return shift != null;
  }

  /** Remembers the order number of this row: a reject parks that order. */
  void belongsTo(String orderNumber) {
    order = orderNumber;
  }

  /** Remembers the shop of a row that does not name it itself. */
  void ofShop(String shopAbove) {
    shop = shopAbove;
  }

  /**
   * The faults of this row as rejects, from left to right. Cells of a shifted row stand under wrong
   * headers: their faults would only confuse, so the shift is the only one told.
   */
  List<FactRecord.Reject> rejects() {
    String masked = masked();
    List<Fault> told = shift != null ? List.of(shift) : faults;
    List<String> besides = shift != null ? GluedOrders.of(order, written()) : List.of();
    return told.stream()
        .distinct()
        .sorted(Comparator.comparingInt(Fault::at))
        .map(
            f ->
                new FactRecord.Reject(
                    row.number(), f.reason, f.column, f.value, order, shop, masked, besides))
        .toList();
  }

  private String written() {
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < row.size(); i++) cells.append(row.text(i)).append(',');
    return cells.toString();
  }

  /**
   * Shop of the row; the first source that knows it wins. Null and a NO_SHOP fault if none does.
   */
  String shop() {
    for (Channel.ShopSource source : channel.shopFrom()) {
      String found = source == Channel.ShopSource.COLUMN ? text("shop") : fileShops.get(source);
      if (found != null) {
        shop = found;
        return found;
      }
    }
    if (shopNeeded) faults.add(new Fault(headers.size(), RejectReason.NO_SHOP, "", ""));
    return null;
  }

  /** Adds what the field {@code shop} says, also where the shop comes from elsewhere. */
  void nameShop(Set<String> names) {
    Field field = document.field("shop");
    int[] indexes = field == null ? null : columns.of("shop");
    if (indexes == null || names.size() >= ReadSummary.SHOPS_MAX) return;
    for (int index : indexes) {
      if (!cell.at(row, index) || isNull(field) || cell.contains('\ufffd')) continue;
      if (shopName == null || !cell.reads(shopName)) {
        shopName = cell.text();
        String name = NOISE.matcher(shopName).replaceAll("");
        names.add(name.substring(0, Math.min(name.length(), SHOP_NAME_CHARS)));
      }
      return;
    }
  }

  /**
   * Points {@link #cell} at the first filled cell of the field; false, and a fault if a value must
   * be there.
   */
  private boolean find(Field field) {
    if (field == null) return false;
    int[] indexes = columns.of(field.name());
    if (indexes != null) {
      for (int index : indexes) {
        if (cell.at(row, index) && !isNull(field)) {
          column = index;
          if (cell.contains('\ufffd')) {
            fault(RejectReason.UNDECODABLE, field);
            return false;
          }
          return true;
        }
      }
    }
    if (field.need() == Field.Need.VALUE) missing(field.name());
    return false;
  }

  private boolean isNull(Field field) {
    List<String> tokens = field.nullTokens();
    for (int i = 0; i < tokens.size(); i++) {
      if (cell.reads(tokens.get(i))) return true;
    }
    return false;
  }

  /** Whether the document knows the field, but the file has no column for it. */
  boolean lacksColumn(String fieldName) {
    return document.field(fieldName) != null && columns.of(fieldName) == null;
  }

  /** Notes that the field has no value although the row needs one. */
  void missing(String fieldName) {
    int[] indexes = columns.of(fieldName);
    Field field = document.field(fieldName);
    String name =
        indexes != null
            ? headers.get(indexes[0])
            : field != null ? field.columns().get(0) : fieldName;
    int at = indexes != null ? indexes[0] : headers.size();
    faults.add(new Fault(at, RejectReason.MISSING_REQUIRED, name, ""));
  }

  /** Notes that the amount last read contradicts what another cell of its row says. */
  void contradicted(String fieldName) {
    Field field = document.field(fieldName);
    find(field);
    fault(RejectReason.BAD_NUMBER, field);
  }

  private void fault(RejectReason reason, Field field) {
    // What a sheet could not give stands behind such a sign.
    String raw = row.text(column).strip();
    if (raw.length() > 1 && raw.charAt(0) == '\ufffd') raw = raw.substring(1);
    faults.add(new Fault(column, reason, headers.get(column), shown(field, raw)));
  }

  /** A cell fit for reports: ids stay readable, people do not. */
  private static String shown(Field field, String raw) {
    if (field.personal()) return Masking.person(raw);
    if (field.identity()) return Masking.identity(Masking.oneLine(raw));
    boolean id = field.type() == FieldType.ID || field.type() == FieldType.CODE;
    return id ? Masking.oneLine(raw) : Masking.phonesIn(raw);
  }

  /** Whether the row says anything for the field, masked or not. */
  boolean filled(String fieldName) {
    return find(document.field(fieldName));
  }

  /** Whether no cell of the field says anything; unlike a read, that is no fault. */
  boolean silent(String fieldName) {
    Field field = document.field(fieldName);
    int[] indexes = field == null ? null : columns.of(fieldName);
    if (indexes == null) return true;
    for (int index : indexes) if (cell.at(row, index) && !isNull(field)) return false;
    return true;
  }

  /** Notes a value that is readable but impossible here. */
  void impossible(RejectReason reason, String fieldName) {
    Field field = document.field(fieldName);
    if (find(field)) fault(reason, field);
  }

  /** A cell beyond the header holds something: the columns may have shifted. */
  void surplus(int index) {
    shift =
        new Fault(
            index, RejectReason.SURPLUS_CELL, "#" + (index + 1), Masking.person(row.text(index)));
  }

  /** An unquoted cell holds a quote: its neighbours may be parts of it. */
  void strayQuote(int index) {
    String name = index < headers.size() ? headers.get(index) : "#" + (index + 1);
    shift = new Fault(index, RejectReason.UNDECODABLE, name, Masking.person(row.text(index)));
  }

  /** The row ends before the header does: the columns may have shifted. */
  void tooShort() {
    shift = new Fault(row.size(), RejectReason.MISSING_REQUIRED, headers.get(row.size()), "");
  }

  /** The row has another number of cells than the others: the columns may have shifted. */
  void uneven() {
    boolean more = row.size() > row.dueSize();
    int at = more ? row.dueSize() : row.size();
    RejectReason reason = more ? RejectReason.SURPLUS_CELL : RejectReason.MISSING_REQUIRED;
    shift = new Fault(at, reason, "#" + (at + 1), "");
  }

  /** Text, id or code, as the field declares. */
  String text(String fieldName) {
    Field field = document.field(fieldName);
    if (!find(field)) return null;
    String text = textOf(field);
    if (text == null || field.pattern() == null) return fitting(field, text);
    String left = field.pattern().matcher(text).replaceAll("");
    if (!left.isEmpty()) return fitting(field, left);
    fault(RejectReason.MISSING_REQUIRED, field);
    return null;
  }

  /**
   * What the row calls the same thing in the other columns of a field, which may be filled or
   * emptied later; null for nothing. What could be no key is no name.
   */
  List<String> alsoCalled(String fieldName, String known) {
    int[] indexes = columns.of(fieldName);
    if (indexes == null || indexes.length < 2) return null;
    List<String> others = null;
    for (int index : indexes) {
      if (!cell.at(row, index)) continue;
      String name = name(KeyText.withoutMarks(cell.text()));
      if (name.isEmpty()
          || name.equals(known)
          || KeyText.undecodable(name)
          || KeyText.tooLong(fieldName, name)) continue;
      if (others == null) others = new ArrayList<>(1);
      if (!others.contains(name)) others.add(name);
    }
    return others;
  }

  /** A whole number that a spreadsheet gave decimals is that number. */
  private static String name(String text) {
    int point = text.indexOf('.');
    boolean decimals = point > 0 && zeros(text, point + 1) && digits(text, 0, point);
    return decimals ? text.substring(0, point) : text;
  }

  /** The key if it is no longer than it may be. */
  private String fitting(Field field, String key) {
    if (key == null) return null;
    if (KeyText.free(field.name())) return KeyText.cut(key);
    if (!KeyText.tooLong(field.name(), key)) return key;
    fault(RejectReason.TOO_LONG, field);
    return null;
  }

  /** The ids that stand in a note; empty if the note names none. */
  List<String> ids(String fieldName) {
    Field field = document.field(fieldName);
    if (!find(field)) return List.of();
    Matcher matcher = field.pattern().matcher(KeyText.withoutMarks(cell.text()));
    if (!matcher.find()) return List.of();
    List<String> ids =
        Arrays.stream(matcher.group(1).split("[^0-9A-Za-z]+")).filter(id -> !id.isEmpty()).toList();
    for (String id : ids) if (fitting(field, id) == null) return List.of();
    return ids;
  }

  /**
   * The id that a chain of columns links to: of the first cell in which the field's pattern finds
   * one, or the first filled one where it has none. Null if none does.
   */
  String linked(String fieldName) {
    Field field = document.field(fieldName);
    if (field == null || field.type() != FieldType.IDS) return text(fieldName);
    int[] indexes = columns.of(fieldName);
    if (indexes == null) return null;
    for (int index : indexes) {
      if (!cell.at(row, index) || isNull(field)) continue;
      column = index;
      Matcher matcher = field.pattern().matcher(KeyText.withoutMarks(cell.text()));
      if (matcher.find()) return fitting(field, matcher.group(1));
    }
    return null;
  }

  /** What the vocabulary says of the cell's word; {@code otherwise} for one it does not list. */
  String listed(String fieldName, String otherwise) {
    Field field = document.field(fieldName);
    if (!find(field)) return otherwise;
    String meaning = field.meaning(Headers.normaliseStatus(cell.text()));
    return meaning == null ? otherwise : meaning;
  }

  /** Whether money leaves, by a word of its own; null if the row has none. */
  Boolean leaves(String fieldName) {
    String meaning = status(document.field(fieldName));
    return meaning == null ? null : meaning.equals("OUT");
  }

  /** Whether the cell of the field holds {@code part}. */
  boolean contains(String fieldName, String part) {
    return find(document.field(fieldName)) && cell.text().contains(part);
  }

  /**
   * The found cell as a key or name: without invisible marks, no character that is none, and
   * numbers only if they kept all their digits.
   */
  private String textOf(Field field) {
    String text = KeyText.withoutMarks(cell.text());
    if (KeyText.undecodable(text)) {
      fault(RejectReason.UNDECODABLE, field);
      return null;
    }
    if (field.type() == FieldType.TEXT || !numeric(text)) return text;
    if (scientific(text, field.type() == FieldType.CODE)) {
      fault(RejectReason.ID_PRECISION_LOST, field);
      return null;
    }
    int point = text.indexOf('.');
    if (point <= 0 || !zeros(text, point + 1) || !digits(text, 0, point)) return text;
    if (point > MAX_SHORT_NUMBER) {
      fault(RejectReason.ID_PRECISION_LOST, field);
      return null;
    }
    return text.substring(0, point);
  }

  private static boolean numeric(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '+' && c != '-' && c != 'e' && c != 'E')
        return false;
    }
    return text.indexOf('.') >= 0 || text.indexOf('E') >= 0 || text.indexOf('e') >= 0;
  }

  /**
   * A number with an exponent; a code like {@code 12E5} is one only with a point or a signed
   * exponent.
   */
  private static boolean scientific(String text, boolean code) {
    int e = Math.max(text.indexOf('E'), text.indexOf('e'));
    if (e <= 0) return false;
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    int point = text.indexOf('.');
    boolean mantissa =
        point < 0
            ? digits(text, start, e)
            : digits(text, start, point) && point < e && digits(text, point + 1, e);
    boolean signed =
        e + 1 < text.length() && (text.charAt(e + 1) == '+' || text.charAt(e + 1) == '-');
    boolean exponent = digits(text, signed ? e + 2 : e + 1, text.length());
    return mantissa && exponent && (!code || signed || point >= 0);
  }

  private static boolean digits(String text, int from, int to) {
    if (from >= to) return false;
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
    }
    return true;
  }

  private static boolean zeros(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) != '0') return false;
    }
    return true;
  }

  /** Integer fen. */
  Long money(String fieldName) {
    Field field = document.field(fieldName);
    if (!find(field)) return null;
    long fen = amounts.fen(cell.chars(), cell.from(), cell.to(), field.unit(), channel.money());
    if (amounts.fault() == Amounts.Fault.LEFTOVER && fold()) {
      fen = amounts.fen(cell.chars(), cell.from(), cell.to(), field.unit(), channel.money());
    }
    if (amounts.fault() != Amounts.Fault.NONE) {
      boolean leftover = amounts.fault() == Amounts.Fault.LEFTOVER;
      fault(leftover ? RejectReason.MONEY_LEFTOVER : RejectReason.BAD_NUMBER, field);
      return null;
    }
    if (fen < 0 && field.sign() == Field.Sign.UNSIGNED) {
      fault(RejectReason.BAD_NUMBER, field);
      return null;
    }
    if (field.sign() == Field.Sign.INVERTED) fen = -fen;
    for (int term : columns.plus(fieldName)) fen += term(field, term);
    for (int term : columns.minus(fieldName)) fen -= term(field, term);
    if (Math.abs(fen) <= Amounts.MOST_FEN) return fen;
    fault(RejectReason.BAD_NUMBER, field);
    return null;
  }

  /** An amount added to another one; an empty cell adds nothing. */
  private long term(Field field, int index) {
    column = index;
    if (!cell.at(row, index) || isNull(field)) return 0;
    long fen = amounts.fen(cell.chars(), cell.from(), cell.to(), field.unit(), channel.money());
    if (amounts.fault() == Amounts.Fault.NONE && fen >= 0) return fen;
    boolean leftover = amounts.fault() == Amounts.Fault.LEFTOVER;
    fault(leftover ? RejectReason.MONEY_LEFTOVER : RejectReason.BAD_NUMBER, field);
    return 0;
  }

  /** Exact decimal. */
  BigDecimal number(String fieldName) {
    Field field = document.field(fieldName);
    if (!find(field)) return null;
    BigDecimal number = Amounts.number(cell.chars(), cell.from(), cell.to());
    if (number == null && fold()) number = Amounts.number(cell.chars(), cell.from(), cell.to());
    boolean points = field.type() == FieldType.POINTS;
    BigDecimal most = points ? BigDecimal.valueOf(Amounts.MOST_FEN) : Amounts.MOST_ITEMS;
    if (number == null
        || number.abs().compareTo(most) > 0
        || (number.signum() < 0 && field.sign() == Field.Sign.UNSIGNED)) {
      fault(RejectReason.BAD_NUMBER, field);
      return null;
    }
    return field.sign() == Field.Sign.INVERTED ? number.negate() : number;
  }

  /** Whole points; a fraction is cut off. */
  Long points(String fieldName) {
    BigDecimal number = number(fieldName);
    return number == null
        ? null
        : Long.valueOf(number.setScale(0, RoundingMode.DOWN).longValueExact());
  }

  /** Full width digits and signs become half width; false if the cell has none. */
  private boolean fold() {
    String text = cell.text();
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
    if (folded.equals(text)) return false;
    cell.set(folded);
    return true;
  }

  /** Lets the text of another cell follow, after a blank. */
  private void follow(int index) {
    follow(index, " ");
  }

  private void follow(int index, String between) {
    String first = cell.text();
    String joined = cell.at(row, index) ? first + between + cell.text() : first;
    cell.set(joined);
  }

  Instant instant(String fieldName) {
    Field field = document.field(fieldName);
    if (!find(field)) return null;
    for (int index : columns.and(fieldName)) follow(index);
    for (DatePattern format : field.formats()) {
      Instant instant = format.instant(cell.chars(), cell.from(), cell.to(), zone);
      if (instant != null) return instant;
    }
    // A bare date is its midnight; one whose time stands in a column of its own has lost it.
    LocalDate date =
        field.and().isEmpty() ? ISO_DATE.date(cell.chars(), cell.from(), cell.to()) : null;
    if (date != null) return date.atStartOfDay(zone).toInstant();
    fault(RejectReason.BAD_DATE, field);
    return null;
  }

  /**
   * An end: what is written as a date alone includes its day, so it ends with the day's last
   * moment; any other instant is the first one that is too late.
   */
  Instant end(String fieldName) {
    Field field = document.field(fieldName);
    if (!find(field)) return null;
    LocalDate date = ISO_DATE.date(cell.chars(), cell.from(), cell.to());
    return date == null ? instant(fieldName) : date.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** What the vocabulary of a field makes of its word; null if the cell is empty. */
  String meaning(String fieldName) {
    return status(document.field(fieldName));
  }

  /** The shop of the file, as its folder or its name tells it; null if nothing does. */
  String shopOfFile() {
    return fileShops.values().stream().findFirst().orElse(null);
  }

  /** The instant's date in the zone of the installation, as {@code yyyyMMdd}. */
  String day(Instant instant) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofInstant(instant, zone));
  }

  /**
   * Time of day without separators, all of its fraction and only if not zero: {@code 091507924}.
   */
  String timeOfDay(Instant instant) {
    LocalTime time = instant.atZone(zone).toLocalTime();
    String seconds = DateTimeFormatter.ofPattern("HHmmss").format(time);
    if (time.getNano() == 0) return seconds;
    String nanos = String.format(Locale.ROOT, "%09d", time.getNano());
    return seconds + nanos.substring(0, 3) + nanos.substring(3).replaceFirst("0+$", "");
  }

  LocalDate date(String fieldName) {
    Field field = document.field(fieldName);
    if (!find(field)) return null;
    for (DatePattern format : field.formats()) {
      LocalDate date = format.date(cell.chars(), cell.from(), cell.to());
      if (date != null) return date;
    }
    fault(RejectReason.BAD_DATE, field);
    return null;
  }

  /** Name of the enum constant the vocabulary gives for the cell's word. */
  private String status(Field field) {
    if (!find(field)) return null;
    Map<String, String> known =
        statusSpellings.computeIfAbsent(field.name(), name -> new HashMap<>());
    for (int index : columns.and(field.name())) follow(index, "/");
    String word = cell.text();
    String meaning = known.get(word);
    if (meaning != null) return meaning;
    meaning = field.meaning(Headers.normaliseStatus(word));
    if (meaning == null) fault(RejectReason.UNKNOWN_STATUS, field);
    else if (known.size() < STATUS_SPELLINGS) known.put(word, meaning);
    return meaning;
  }

  OrderState orderState(String fieldName) {
    String meaning = status(document.field(fieldName));
    return meaning == null ? null : OrderState.valueOf(meaning);
  }

  FactRecord.RefundStatus refundStatus(String fieldName) {
    String meaning = status(document.field(fieldName));
    return meaning == null ? null : FactRecord.RefundStatus.valueOf(meaning);
  }

  /** Whether the row is a return by its own word; null if it has none. */
  Boolean returned(String fieldName) {
    String meaning = status(document.field(fieldName));
    return meaning == null ? null : meaning.equals("RETURN");
  }

  RefundState refundState(String fieldName) {
    String meaning = status(document.field(fieldName));
    return meaning == null ? null : RefundState.valueOf(meaning);
  }

  /**
   * A buyer's token, null if the cell is empty or masked; the next column is asked in both cases.
   */
  Token token(String fieldName, String kind, String tokenChannel) {
    Field field = document.field(fieldName);
    int[] indexes = field == null ? null : columns.of(fieldName);
    if (indexes == null) return null;
    for (int index : indexes) {
      if (!cell.at(row, index) || isNull(field)) continue;
      column = index;
      if (cell.contains('\ufffd')) {
        fault(RejectReason.UNDECODABLE, field);
        return null;
      }
      if (masked(cell)) continue;
      String value = fitting(field, textOf(field));
      return value == null ? null : Channel.token(kind, tokenChannel, value);
    }
    return null;
  }

  /** Stars, and the prefixes of encrypted fields: for display only, never a key. */
  private static boolean masked(CellText cell) {
    if (cell.contains('*') || cell.contains('＊')) return true;
    if (cell.length() < 2) return false;
    char first = cell.chars()[cell.from()];
    return (first == '#' || first == '$') && cell.chars()[cell.from() + 1] == first;
  }

  /** The phone of a buyer; a masked or unusable one is none: the order is not worse for it. */
  Token phoneIfAny(String fieldName) {
    Field field = document.field(fieldName);
    int[] indexes = field == null ? null : columns.of(fieldName);
    if (indexes == null) return null;
    for (int index : indexes) {
      if (!cell.at(row, index) || isNull(field)) continue;
      column = index;
      // A number that lost digits was a phone: the order would lose its buyer unnoticed.
      String text = numeric(cell.text()) ? textOf(field) : cell.text();
      if (text == null) return null;
      Optional<String> e164 = Phones.normalise(text);
      if (e164.isPresent()) return new Token("phone", "", e164.get());
    }
    return null;
  }

  /** E.164 of a mobile number; a BAD_NUMBER fault for anything else that is written there. */
  Token phone(String fieldName) {
    Field field = document.field(fieldName);
    if (!find(field)) return null;
    String text = textOf(field);
    if (text == null) return null;
    Optional<String> e164 = Phones.normalise(text);
    if (e164.isEmpty()) {
      fault(RejectReason.BAD_NUMBER, field);
      return null;
    }
    return new Token("phone", "", e164.get());
  }

  /** {@code <header>=<value>} of every cell that holds something, mapped or not. */
  List<String> filledCells() {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      if (cell.at(row, i)) cells.add(headers.get(i) + "=" + cell.text());
    }
    return cells;
  }

  /**
   * The whole row: cells of mapped, impersonal columns readable, everything else only hinted at. So
   * is every cell of a row whose columns may have shifted: nobody knows what stands where.
   */
  String masked() {
    Field[] readers = new Field[row.size()];
    for (Field field : document.fields().values()) {
      int[] indexes = columns.of(field.name());
      if (indexes == null || shift != null) continue;
      for (int index : indexes) {
        if (index >= row.size()) continue;
        Field other = readers[index];
        if (other == null || discretion(field) > discretion(other)) readers[index] = field;
      }
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) line.append(',');
      String text = row.text(i);
      if (readers[i] != null && !readers[i].personal()) line.append(shown(readers[i], text));
      else line.append(text.isBlank() ? "" : "***");
    }
    return line.toString();
  }

  /** Of several fields that read one column the most discreet decides what is shown of it. */
  private static int discretion(Field field) {
    return field.personal() ? 3 : field.identity() ? 2 : field.type() == FieldType.ID ? 0 : 1;
  }
}
