package omnipoints.jobs.quarantine;

import java.util.List;
import omnipoints.facts.FactRecord;
import omnipoints.mappings.RawRow;

/**
 * One row of a replay.
 *
 * @param ids the rejects it stands for, none for a sibling
 * @param sourceRow its row in the file it comes from
 * @param before as it stood
 * @param after as the replay carries it, and what it reads as there
 * @param conflicts rows of one key with other amounts
 */
public record ReplayedRow(
    Role role,
    List<String> ids,
    int sourceRow,
    RawRow before,
    RawRow after,
    List<FactRecord.Reject> conflicts) {

  /** Why a row is in the replay. */
  public enum Role {
    /** It was asked for. */
    TARGET,
    /** It waits in an earlier replay of the same file, which this one replaces. */
    CARRIED,
    /** A rejected row of the same order that reads well now. */
    ALONG,
    /** A row of the same order: occurrences are counted within one delivery. */
    SIBLING
  }

  /** Why it would be rejected again; empty if it would not. */
  public List<FactRecord.Reject> rejects() {
    return after.rejects().isEmpty() ? conflicts : after.rejects();
  }

  boolean fails() {
    return !rejects().isEmpty();
  }
}
