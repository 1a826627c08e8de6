package omnipoints.jobs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import omnipoints.points.MemberOutcome.PostingState;

/**
 * When pending points of a line become available. Grain: one per line and holder.
 *
 * @param firstNight of the order
 * @param memberId under whom the date is kept: whose line it was when it was first told
 * @param dueOn null where none of it is pending any more, or where it is not known yet
 * @param held they are kept beyond that date
 * @param pin the decision that says for how long they are valid then; null with the date
 */
record DueRow(
    UUID orderKey,
    LocalDate firstNight,
    String lineKey,
    String memberId,
    LocalDate dueOn,
    boolean held,
    Integer pin) {

  /** A date that is still to come, or kept beyond itself, and under whom it is kept. */
  record Told(String holder, LocalDate dueOn, boolean held) {}

  /**
   * What is to be told otherwise: afterwards one date stands of the account, or none, whoever dates
   * were kept under before members merged. Empty where nothing changes.
   *
   * @param told what is told of the line and account so far
   */
  static List<DueRow> of(
      UUID orderKey,
      LocalDate firstNight,
      String account,
      List<Told> told,
      PostingState now,
      Integer pin) {
    Told keeper = keeper(account, told);
    var rows = new ArrayList<DueRow>(1);
    String line = now.line().line();
    boolean same = Objects.equals(now.dueOn(), keeper.dueOn()) && now.held() == keeper.held();
    if (now.dueOn() != null && !same)
      rows.add(
          new DueRow(orderKey, firstNight, line, keeper.holder(), now.dueOn(), now.held(), pin));
    for (Told one : told)
      if (now.dueOn() == null || one != keeper)
        rows.add(new DueRow(orderKey, firstNight, line, one.holder(), null, false, null));
    return rows;
  }

  private static Told keeper(String account, List<Told> told) {
    for (Told one : told) if (one.holder().equals(account)) return one;
    return told.isEmpty() ? new Told(account, null, false) : told.get(0);
  }
}
