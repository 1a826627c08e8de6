package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.CODE;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/** Points that one member asks to give to another. */
public record Transfer(
    @Cell(need = VALUE, as = CODE) String transferNo,
    @Cell(need = VALUE) Token from,
    @Cell(need = VALUE) Token to,
    @Cell(need = VALUE) Long points,
    @Cell(need = VALUE) Instant at)
    implements OwnRow {

  @Override
  public List<?> key() {
    return List.of(transferNo);
  }

  @Override
  public Instant asOf() {
    return at;
  }

  @Override
  public List<Fault> faults() {
    return points < 1 ? List.of(new Fault("points", RejectReason.BAD_NUMBER)) : List.of();
  }
}
