package omnipoints.mappings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/**
 * One row, one customer's points balance on a platform. Who it is may be masked or missing: that is
 * how platforms write it, no fault of the row. How many points it is may not.
 */
final class BalanceRows implements RecordRows {
  private final RowFingerprint fingerprint = new RowFingerprint();

  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    String shop = row.shop();
    List<Token> person = new ArrayList<>();
    BindingRows.add(person, row.phoneIfAny("phone"));
    BindingRows.add(person, row.token("card", "card", ""));
    BindingRows.add(person, row.token("unionid", "unionid", ""));
    Field buyer = row.document().field("buyer");
    if (buyer != null)
      BindingRows.add(person, row.token("buyer", buyer.token(), row.channel().code()));
    BigDecimal points = row.number("points");
    if (points != null && !whole(points)) row.impossible(RejectReason.BAD_NUMBER, "points");
    if (row.rejected()) return Outcome.READ;
    sink.accept(
        new FactRecord.BalanceRecord(
            row.row(),
            row.channel().code(),
            shop,
            List.copyOf(person),
            points.longValueExact(),
            fingerprint.of(row)));
    return Outcome.READ;
  }

  /** A balance is counted in whole points; a fraction would have to go somewhere. */
  private static boolean whole(BigDecimal points) {
    return points.signum() >= 0 && points.stripTrailingZeros().scale() <= 0;
  }
}
