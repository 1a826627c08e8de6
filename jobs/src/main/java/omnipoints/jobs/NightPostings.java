package omnipoints.jobs;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import omnipoints.points.AwardKey;
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
      UUID orderKey, LocalDate firstNight, MemberState.Posting posting, List<DueRow.Told> told) {}

  /**
   * Points that an award is given more than before. Grain: one per award and account.
   *
   * @param rule of a grant, {@code ""} of the rate
   * @param granted what a grant pinned for itself, null of a rate
   * @param awardFen money of its cause then, null of a rate
   */
  record PostingRow(
      UUID orderKey,
      LocalDate firstNight,
      String lineKey,
      String memberId,
      String rule,
      LocalDate night,
      long earned,
      long clawedBack,
      Integer pin,
      Long granted,
      Long awardFen) {}

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
    boolean pinsOnly = now.rule() != null && now.earned() == 0 && now.clawedBack() == 0;
    if (earned != 0 || clawedBack != 0 || pinsOnly)
      (first ? postings : postingsAgain)
          .put(
              new PostingRow(
                  before.orderKey(),
                  before.firstNight(),
                  now.line().line(),
                  account,
                  AwardKey.rule(now.line().line()),
                  night.date(),
                  earned,
                  clawedBack,
                  pin,
                  now.award() == null ? null : (Long) now.award().granted(),
                  now.award() == null ? null : (Long) now.award().baseFen()));
    for (DueRow row :
        DueRow.of(before.orderKey(), before.firstNight(), account, before.told(), now, pin))
      (first ? dues : duesAgain).put(row);
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
