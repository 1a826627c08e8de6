package omnipoints.facts.own;

import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.RejectReason;
import omnipoints.facts.SignedNames;
import omnipoints.facts.Token;

/**
 * What a member is or has, said by people: a tag, a segment, a pass, a tier.
 *
 * @param from null: since ever
 * @param to the first instant it is not any more; null: open
 * @param uses how often a pass may be used; null: as often as one likes
 * @param requestedBy as it is compared, like {@code approvedBy}
 */
public record Standing(
    @Cell(need = VALUE) Token member,
    @Cell(need = VALUE) What what,
    @Cell(need = VALUE) String name,
    Instant from,
    @Cell(end = true) Instant to,
    Long uses,
    String reason,
    String requestedBy,
    String approvedBy)
    implements OwnRow {

  /** Writes names as they are compared. */
  public Standing {
    requestedBy = SignedNames.folded(requestedBy);
    approvedBy = SignedNames.folded(approvedBy);
  }

  /** What is said of him. */
  public enum What {
    TAG,
    SEGMENT,
    PASS,
    TIER
  }

  @Override
  public List<?> key() {
    return List.of(member, what.name(), name, from == null ? "" : from.toString());
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
