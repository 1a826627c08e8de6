package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.CODE;
import static omnipoints.facts.Cell.Need.COLUMN;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/**
 * Points that service gives or takes by hand. Whether it may is judged when it is booked.
 *
 * @param points signed, not 0
 * @param approvedBy one name, or two with a semicolon between them
 * @param sourceShop a shop that asked for it, which it may not do itself
 * @param expires last day of what it gives; null: as long as points that became available then
 */
public record Adjustment(
    @Cell(need = VALUE, as = CODE) String adjustmentNo,
    @Cell(need = VALUE) Token member,
    @Cell(need = VALUE, signed = true) Long points,
    @Cell(need = COLUMN) String reason,
    @Cell(need = COLUMN) String requestedBy,
    @Cell(need = COLUMN) String approvedBy,
    String sourceShop,
    LocalDate expires,
    @Cell(need = VALUE) Instant at)
    implements OwnRow {

  @Override
  public List<?> key() {
    return List.of(adjustmentNo);
  }

  @Override
  public Instant asOf() {
    return at;
  }

  @Override
  public List<Fault> faults() {
    return points == 0 ? List.of(new Fault("points", RejectReason.BAD_NUMBER)) : List.of();
  }
}
