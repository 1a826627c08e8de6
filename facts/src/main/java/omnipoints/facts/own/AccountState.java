package omnipoints.facts.own;

import static omnipoints.facts.Cell.Need.COLUMN;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.SignedNames;
import omnipoints.facts.Token;

/**
 * An account that is frozen, let go again, or closed.
 *
 * @param requestedBy as it is compared, like {@code approvedBy}
 */
public record AccountState(
    @Cell(need = VALUE) Token member,
    @Cell(need = VALUE) State state,
    @Cell(need = COLUMN) String reason,
    @Cell(need = COLUMN) String requestedBy,
    @Cell(need = COLUMN) String approvedBy,
    @Cell(need = VALUE) Instant at)
    implements OwnRow {

  /** Writes names as they are compared. */
  public AccountState {
    requestedBy = SignedNames.folded(requestedBy);
    approvedBy = SignedNames.folded(approvedBy);
  }

  /** What it is from then on. */
  public enum State {
    ACTIVE,
    FROZEN,
    CLOSED
  }

  @Override
  public List<?> key() {
    return List.of(member, at.toString());
  }

  @Override
  public Instant asOf() {
    return at;
  }
}
