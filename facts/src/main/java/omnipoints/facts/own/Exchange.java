package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.ID;
import static omnipoints.facts.Cell.Need.VALUE;

import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;

/** An order that took the place of another one: goods were exchanged. */
public record Exchange(
    @Cell(need = VALUE) String channel,
    @Cell(need = VALUE, as = ID) String orderNo,
    @Cell(need = VALUE, as = ID) String oldOrderNo)
    implements OwnRow {

  @Override
  public List<?> key() {
    return List.of(channel, orderNo);
  }
}
