package omnipoints.mappings;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import omnipoints.facts.Cell;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OwnRow;
import omnipoints.facts.OwnShape;
import omnipoints.facts.OwnShape.Part;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/** One row of a document of our own: each component of its record is read as its type says. */
final class OwnRows implements RecordRows {
  private final OwnShape shape;
  private final Channels channels;

  OwnRows(Class<? extends OwnRow> own, Channels channels) {
    this.shape = OwnShape.of(own);
    this.channels = channels;
  }

  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    List<Part> parts = shape.parts();
    Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) values[i] = value(row, parts.get(i));
    if (row.rejected()) return Outcome.READ;
    OwnRow says = shape.make(values);
    for (OwnRow.Fault fault : says.faults()) {
      if (row.silent(fault.column())) row.missing(fault.column());
      else row.impossible(fault.reason(), fault.column());
    }
    if (!row.rejected()) sink.accept(new FactRecord.OwnRecord(row.row(), says));
    return Outcome.READ;
  }

  private Object value(RowTyping row, Part part) {
    String name = part.column();
    Class<?> type = part.type();
    if (part.person()) return person(row, part);
    if (type == Instant.class) return part.end() ? row.end(name) : row.instant(name);
    if (type == LocalDate.class) return row.date(name);
    if (type == Long.class) return name.endsWith("_fen") ? row.money(name) : whole(row, name);
    if (type == Boolean.class) {
      String meaning = row.meaning(name);
      return meaning == null ? null : Boolean.valueOf(meaning);
    }
    if (type.isEnum()) return constant(type, row.meaning(name));
    String text = row.text(name);
    // What lies in the folder of a shop is of that shop.
    return text == null && name.equals("shop") ? row.shopOfFile() : text;
  }

  private static Long whole(RowTyping row, String name) {
    BigDecimal number = row.number(name);
    if (number == null) return null;
    if (number.stripTrailingZeros().scale() <= 0) return number.longValueExact();
    row.impossible(RejectReason.BAD_NUMBER, name);
    return null;
  }

  private static Object constant(Class<?> type, String name) {
    if (name == null) return null;
    for (Object constant : type.getEnumConstants())
      if (((Enum<?>) constant).name().equals(name)) return constant;
    throw new IllegalStateException(type + " has no " + name);
  }

  /**
   * Whom the row names: cards, phones and unionids as everywhere, a member by his number, others by
   * the kind of token that a channel gives its buyers.
   */
  private Token person(RowTyping row, Part part) {
    String kindName = part.columns().get(0);
    String valueName = part.columns().get(1);
    String said = row.text(kindName);
    boolean filled = row.filled(valueName);
    if (said == null || !filled) {
      boolean half = said != null || filled;
      if (half && part.need() != Cell.Need.VALUE) row.missing(said == null ? kindName : valueName);
      return null;
    }
    String kind = said.toLowerCase(Locale.ROOT);
    Token token =
        switch (kind) {
          case "phone" -> row.phone(valueName);
          case "card", "unionid", "member_id" -> row.token(valueName, kind, "");
          default -> {
            Optional<Channel> issuer = channels.issuer(kind);
            if (issuer.isEmpty()) {
              row.impossible(RejectReason.UNKNOWN_STATUS, kindName);
              yield null;
            }
            yield row.token(valueName, kind, issuer.get().code());
          }
        };
    // Stars stand for nobody.
    if (token == null && !row.rejected()) row.impossible(RejectReason.MISSING_REQUIRED, valueName);
    return token;
  }
}
