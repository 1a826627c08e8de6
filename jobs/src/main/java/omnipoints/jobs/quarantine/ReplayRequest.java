package omnipoints.jobs.quarantine;

import java.util.Map;

/**
 * Which rejects are to be read again, and how.
 *
 * @param edits by reject id: column to its new text; absent ids are read as they stand
 * @param force also those that would be rejected again
 */
public record ReplayRequest(
    Reject.Selection selection, Map<String, Map<String, Edit>> edits, boolean force) {

  /**
   * A new text for one cell.
   *
   * @param seen it was typed where others can see it, on a command line: no place for a person's
   *     data
   */
  public record Edit(String text, boolean seen) {}
}
