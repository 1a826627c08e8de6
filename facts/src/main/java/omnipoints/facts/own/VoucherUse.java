package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.CODE;
import static omnipoints.facts.Cell.As.ID;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.Token;

/**
 * A voucher that a till took, or gave back.
 *
 * @param code what the member showed
 */
public record VoucherUse(
    @Cell(need = VALUE, as = CODE, secret = true) String code,
    String shop,
    String orderChannel,
    @Cell(as = ID) String orderNo,
    @Cell(need = VALUE) Used event,
    @Cell(need = VALUE) Instant at,
    Long offFen)
    implements OwnRow {

  /** What a code is matched by, as tokens of people are: by a keyed hash. */
  public static Token token(String code) {
    return new Token("voucher", "", code);
  }

  @Override
  public List<?> key() {
    return List.of(token(code), event.name(), at.toString());
  }

  @Override
  public Instant asOf() {
    return at;
  }
}
