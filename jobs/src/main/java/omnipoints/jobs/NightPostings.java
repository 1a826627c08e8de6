package omnipoints.jobs;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import omnipoints.points.MemberOutcome.PostingState;
import omnipoints.points.MemberState;

/**
 * What the lines of the night are given, and when it becomes available. Of orders that the night
 * sees first in tables that become leaves; of others what is added to what stands, and the dates
 * that are told otherwise than before.
 */
final class NightPostings implements AutoCloseable {

  /**
   * What stands of a line so far, of an account.
   *
   * @param firstNight of the order
   * @param told dates that are still to come, or kept beyond themselves
   */
  record Before(
      UUID orderKey, LocalDate firstNight, MemberState.Posting posting, List<Told> told) {}

  /** A date that is told so far, under whom it was told first. */
  record Told(String holder, LocalDate dueOn, boolean held) {}

  /** Points that a line is given more than before. Grain: one per line and account. */
  record PostingRow(
      UUID orderKey,
      LocalDate firstNight,
      String lineKey,
      String memberId,
      String rule,
      LocalDate night,
      long earned,
      long clawedBack,
      Integer pin) {}

  /**
   * When pending points of a line become available. Grain: one per line and holder.
   *
   * @param dueOn null where none of it is pending any more, or where it is not known yet
   * @param held they are kept beyond that date
   */
  record DueRow(
      UUID orderKey,
      LocalDate firstNight,
      String lineKey,
      String memberId,
      LocalDate dueOn,
      boolean held,
      Integer pin) {}

  private final Night night;
  private final NightRows<PostingRow> postings;
  private final NightRows<PostingRow> postingsAgain;
  private final NightRows<DueRow> dues;
  private final NightRows<DueRow> duesAgain;

  NightPostings(Night night) {
    this.night = night;
    postings = NightRows.own(night, "posting", PostingRow.class);
    postingsAgain = NightRows.own(night, "posting_again", PostingRow.class);
    dues = NightRows.own(night, "due", DueRow.class);
    duesAgain = NightRows.own(night, "due_again", DueRow.class);
  }

  void put(String account, Before before, PostingState now) {
    boolean first = before.firstNight().equals(night.date());
    Integer pin = night.pins().number(now.rule());
    long earned = now.earned() - before.posting().earned();
    long clawedBack = now.clawedBack() - before.posting().clawedBack();
    if (earned != 0 || clawedBack != 0)
      (first ? postings : postingsAgain)
          .put(
              new PostingRow(
                  before.orderKey(),
                  before.firstNight(),
                  now.line().line(),
                  account,
                  "",
                  night.date(),
                  earned,
                  clawedBack,
                  pin));
    if (first) {
      if (now.dueOn() != null) dues.put(due(account, before, now, pin));
    } else dateAgain(account, before, now, pin);
  }

  /** One date stands of an account, whoever it was kept under before members merged. */
  private void dateAgain(String account, Before before, PostingState now, Integer pin) {
    Told keeper = keeper(account, before.told());
    boolean same =
        keeper != null && keeper.dueOn().equals(now.dueOn()) && keeper.held() == now.held();
    if (now.dueOn() != null && !same)
      duesAgain.put(due(keeper == null ? account : keeper.holder(), before, now, pin));
    for (Told told : before.told())
      if (now.dueOn() == null || told != keeper) duesAgain.put(ended(told.holder(), before, now));
  }

  private static Told keeper(String account, List<Told> told) {
    for (Told one : told) if (one.holder().equals(account)) return one;
    return told.isEmpty() ? null : told.get(0);
  }

  private static DueRow due(String holder, Before before, PostingState now, Integer pin) {
    return new DueRow(
        before.orderKey(),
        before.firstNight(),
        now.line().line(),
        holder,
        now.dueOn(),
        now.held(),
        pin);
  }

  private static DueRow ended(String holder, Before before, PostingState now) {
    return new DueRow(
        before.orderKey(), before.firstNight(), now.line().line(), holder, null, false, null);
  }

  void finish() {
    postings.finish();
    postingsAgain.finish();
    dues.finish();
    duesAgain.finish();
  }

  @Override
  public void close() {
    postings.close();
    postingsAgain.close();
    dues.close();
    duesAgain.close();
  }
}
