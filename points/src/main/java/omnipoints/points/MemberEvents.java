package omnipoints.points;

import java.time.Instant;
import java.util.List;

/** What happened to one account tonight, in any order. */
public record MemberEvents(List<Merge> merges, List<LineTarget> lines, List<OrphanReturn> orphans) {

  /**
   * {@code other} merges into the account; its lots, debts and postings are part of the account's
   * state.
   */
  public record Merge(String other, Instant boundAt) {}

  /**
   * A return row that found no sale; {@code key} is the return row's own key. Grain: one per return
   * row, ever.
   */
  public record OrphanReturn(LineKey key, Instant at, long amountFen) {}
}
