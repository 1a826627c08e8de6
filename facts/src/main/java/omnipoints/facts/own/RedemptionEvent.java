package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.CODE;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;

/**
 * What became of a redemption.
 *
 * @param ref number of the parcel, of the receipt
 * @param eta when it is expected to arrive, as its source writes it
 */
public record RedemptionEvent(
    @Cell(need = VALUE, as = CODE) String requestNo,
    @Cell(need = VALUE) Event event,
    @Cell(need = VALUE) Instant at,
    String shop,
    @Cell(as = CODE) String ref,
    String eta)
    implements OwnRow {

  /** What happened. */
  public enum Event {
    CONFIRMED,
    SHIPPED,
    VERIFIED,
    CANCELLED
  }

  @Override
  public List<?> key() {
    return List.of(requestNo, event.name());
  }

  @Override
  public Instant asOf() {
    return at;
  }
}
