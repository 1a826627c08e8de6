package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.CODE;
import static omnipoints.facts.Cell.As.ID;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;

/**
 * A voucher that a till took, or gave back.
 *
 * @param code what the member showed
 */
public record VoucherUse(
    @Cell(need = VALUE, as = CODE) String code,
    String shop,
    String orderChannel,
    @Cell(as = ID) String orderNo,
    @Cell(need = VALUE) Used event,
    @Cell(need = VALUE) Instant at,
    Long offFen)
    implements OwnRow {

  @Override
  public List<?> key() {
    return List.of(code, event.name(), at.toString());
  }

  @Override
  public Instant asOf() {
    return at;
  }
}
