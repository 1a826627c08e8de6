package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.CODE;
import static omnipoints.facts.Cell.Need.COLUMN;
import static omnipoints.facts.Cell.Need.VALUE;

import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;

/**
 * What rules ask of goods.
 *
 * @param excluded earns nothing, is spend all the same
 */
public record Product(
    @Cell(need = VALUE, as = CODE) String sku,
    @Cell(need = COLUMN) String category,
    @Cell(need = COLUMN) String brand,
    Boolean excluded)
    implements OwnRow {

  /** Goods that nobody excludes earn. */
  public Product {
    excluded = Boolean.TRUE.equals(excluded);
  }

  @Override
  public List<?> key() {
    return List.of(sku);
  }

  @Override
  public boolean replaces() {
    return true;
  }
}
