package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.CODE;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/**
 * Money that a member put on his card, or got back from it.
 *
 * @param refundNo of a refund only
 * @param principalFen paid or given back, without what the shop added
 */
public record Topup(
    @Cell(need = VALUE, as = CODE) String topupNo,
    @Cell(as = CODE) String refundNo,
    String shop,
    @Cell(need = VALUE) Token member,
    @Cell(need = VALUE) Long principalFen,
    @Cell(need = VALUE) Event event,
    @Cell(need = VALUE) Instant at)
    implements OwnRow {

  /** What happened. */
  public enum Event {
    TOPUP,
    REFUND
  }

  @Override
  public List<?> key() {
    return List.of(topupNo, event.name(), refundNo == null ? "" : refundNo);
  }

  @Override
  public Instant asOf() {
    return at;
  }

  @Override
  public List<Fault> faults() {
    return event == Event.REFUND && refundNo == null
        ? List.of(new Fault("refund_no", RejectReason.MISSING_REQUIRED))
        : List.of();
  }
}
