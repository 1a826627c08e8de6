package omnipoints.mappings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import omnipoints.files.CellText;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.Row;

/**
 * Holds what the footer of a file declares against what its rows say. A file whose document
 * declares totals and that ends without them has lost its end.
 */
final class FooterTotals {
  private final Recognition.Recognised recognised;
  private final List<DeclaredTotal> totals;
  private final BigDecimal[] sums;
  private final boolean[] unknown;
  private final StringBuilder footer = new StringBuilder();
  private final Amounts amounts = Amounts.ofTotals();
  private long footerLine;

  FooterTotals(Recognition.Recognised recognised) {
    this.recognised = recognised;
    this.totals = recognised.document().totals();
    this.sums = new BigDecimal[totals.size()];
    this.unknown = new boolean[totals.size()];
    Arrays.fill(sums, BigDecimal.ZERO);
  }

  /** Adds a row. The amount of a rejected row is not trusted: the sums are unknown then. */
  void add(RowTyping row) {
    for (int i = 0; i < sums.length; i++) {
      String name = totals.get(i).field();
      if (name == null) continue;
      BigDecimal value = row.rejected() ? null : value(row, name);
      if (value != null) sums[i] = sums[i].add(value);
      else if (row.rejected()) unknown[i] = true;
    }
  }

  /** Statements round what they declare: a fen is no difference there. */
  private boolean differ(DeclaredTotal total, BigDecimal declared, BigDecimal found) {
    boolean rounded =
        recognised.document().grain() == Grain.SETTLEMENT
            && total.field() != null
            && recognised.document().field(total.field()).type() == FieldType.MONEY;
    BigDecimal most = rounded ? BigDecimal.ONE : BigDecimal.ZERO;
    return declared.subtract(found).abs().compareTo(most) > 0;
  }

  private static BigDecimal value(RowTyping row, String name) {
    if (row.document().field(name).type() == FieldType.NUMBER) return row.number(name);
    Long fen = row.money(name);
    return fen == null ? null : BigDecimal.valueOf(fen);
  }

  /** Takes a row of the footer: its cells joined by commas, one line for each row. */
  void footer(Row row, CellText cell) {
    if (totals.isEmpty()) return;
    if (footer.isEmpty()) footerLine = row.line();
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) footer.append(',');
      if (cell.at(row, i)) footer.append(cell.chars(), cell.from(), cell.length());
    }
    footer.append('\n');
  }

  /**
   * Compares at the end of the file.
   *
   * @throws DeliveryRefused TRUNCATED if a declared total is not there, TOTALS_DIFFER if one is not
   *     what the rows say
   */
  void check(long rows) {
    List<String> differing = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      DeclaredTotal total = totals.get(i);
      Matcher matcher = total.find().matcher(footer);
      if (!matcher.find() || matcher.group(1) == null) {
        throw refused(
            DeliveryOutcome.TRUNCATED,
            recognised.fileName() + ": the file ends without the total " + total.find());
      }
      BigDecimal found = total.field() == null ? BigDecimal.valueOf(rows) : sums[i];
      BigDecimal declared = number(total, matcher.group(1));
      if (declared == null || (!unknown[i] && differ(total, declared, found)))
        differing.add(told(total, matcher.group(1), found));
    }
    if (differing.isEmpty()) return;
    throw refused(
        DeliveryOutcome.TOTALS_DIFFER,
        recognised.fileName() + ":" + footerLine + ": " + String.join("; ", differing));
  }

  private String told(DeclaredTotal total, String declared, BigDecimal found) {
    if (total.field() == null)
      return "the footer declares " + declared + " rows, there are " + found;
    Field field = recognised.document().field(total.field());
    BigDecimal written = field.unit() == 100 ? found.movePointLeft(2) : found;
    return "the footer declares "
        + declared
        + " for "
        + field.columns().get(0)
        + ", its rows add up to "
        + written.toPlainString();
  }

  /** The declared number in the unit of its field, null if the text is none. */
  private BigDecimal number(DeclaredTotal total, String text) {
    char[] chars = text.strip().toCharArray();
    if (total.field() == null) return Amounts.number(chars, 0, chars.length);
    Field field = recognised.document().field(total.field());
    if (field.type() == FieldType.NUMBER) return Amounts.number(chars, 0, chars.length);
    long fen = amounts.fen(chars, 0, chars.length, field.unit(), recognised.channel().money());
    return amounts.fault() == Amounts.Fault.NONE ? BigDecimal.valueOf(fen) : null;
  }

  private static DeliveryRefused refused(DeliveryOutcome outcome, String message) {
    return new DeliveryRefused(
        outcome,
        message,
        List.of(
            "fetch or export the file again and deliver it anew; nothing of this one was used"));
  }
}
