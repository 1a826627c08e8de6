package omnipoints.facts.own;

import static omnipoints.facts.Cell.Need.VALUE;

import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;

/** The public value that decides a draw together with its secret one. */
public record DrawPublic(@Cell(need = VALUE) String draw, @Cell(need = VALUE) String value)
    implements OwnRow {

  @Override
  public List<?> key() {
    return List.of(draw);
  }

  /** One that was read too early counts for nothing; another one may follow. */
  @Override
  public boolean replaces() {
    return true;
  }
}
