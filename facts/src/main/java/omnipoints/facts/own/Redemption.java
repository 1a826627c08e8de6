package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.CODE;
import static omnipoints.facts.Cell.As.ID;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/**
 * Points that a member spends, or asks to spend.
 *
 * @param source who took it: a till, a mall
 * @param qty absent: one
 * @param points absent: what the item costs
 * @param orderChannel channel of the order it pays a part of
 * @param asOfNight of the balance the source looked at
 */
public record Redemption(
    @Cell(need = VALUE, as = CODE) String requestNo,
    @Cell(need = VALUE) Mode mode,
    String source,
    String shop,
    @Cell(need = VALUE) Token member,
    @Cell(need = VALUE, as = CODE) String item,
    Long qty,
    Long points,
    Long cashFen,
    String orderChannel,
    @Cell(as = ID) String orderNo,
    @Cell(need = VALUE) Instant at,
    LocalDate asOfNight,
    String addressRef)
    implements OwnRow {

  /** Who decided. */
  public enum Mode {
    /** The source did: it is booked whatever the books say. */
    EXECUTED,
    /** The books do: it may be refused. */
    REQUESTED
  }

  /** One of it where the row does not say how many. */
  public Redemption {
    qty = qty == null ? 1L : qty;
  }

  @Override
  public List<?> key() {
    return List.of(requestNo);
  }

  @Override
  public Instant asOf() {
    return at;
  }

  @Override
  public List<Fault> faults() {
    return qty < 1 ? List.of(new Fault("qty", RejectReason.BAD_NUMBER)) : List.of();
  }
}
