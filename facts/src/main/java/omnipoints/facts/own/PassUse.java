package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.CODE;
import static omnipoints.facts.Cell.As.ID;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.Token;

/** A pass that was used, or whose use was taken back. */
public record PassUse(
    @Cell(need = VALUE, as = CODE) String useNo,
    @Cell(need = VALUE) Token member,
    @Cell(need = VALUE) String pass,
    String orderChannel,
    @Cell(as = ID) String orderNo,
    @Cell(need = VALUE) Instant at,
    @Cell(need = VALUE) Used event)
    implements OwnRow {

  @Override
  public List<?> key() {
    return List.of(useNo, event.name());
  }

  @Override
  public Instant asOf() {
    return at;
  }
}
