package omnipoints.facts.own;

import static omnipoints.facts.Cell.Need.COLUMN;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/**
 * Two members who know each other: one may give points to the other.
 *
 * @param from null: since ever
 * @param to the first instant it is not any more; null: open
 */
public record Relation(
    @Cell(need = VALUE) Token member,
    @Cell(need = VALUE) Token friend,
    @Cell(need = COLUMN) Instant from,
    @Cell(need = COLUMN, end = true) Instant to)
    implements OwnRow {

  @Override
  public List<?> key() {
    return List.of(member, friend, from == null ? "" : from.toString());
  }

  @Override
  public boolean replaces() {
    return true;
  }

  @Override
  public List<Fault> faults() {
    return from != null && to != null && !from.isBefore(to)
        ? List.of(new Fault("to", RejectReason.BAD_DATE))
        : List.of();
  }
}
