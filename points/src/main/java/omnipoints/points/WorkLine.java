package omnipoints.points;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.LineKey;

/**
 * A touched line while a night is being decided: its target, its posting on this account, its own
 * lots and debits.
 */
final class WorkLine {
  private final LineKey key;

  /** Null where nothing but the release is to be decided. */
  final LineTarget target;

  /** The date of that release, else null. */
  final LocalDate dueOn;

  /** Where {@link #target} is null: the day of what the line was given for, where that is asked. */
  final LocalDate earnedOn;

  final List<WorkLot> lots = new ArrayList<>(2);

  final Clawbacks clawbacks;

  PinnedRule rule;
  long earned;
  long clawedBack;
  private long earnedBefore;
  private long clawedBackBefore;
  private boolean moved;
  private boolean hadPending;

  WorkLine(LineTarget target) {
    this.key = target.key();
    this.target = target;
    this.dueOn = null;
    this.earnedOn = null;
    this.clawbacks = new Clawbacks(target.key());
    this.rule = target.pinned() ? target.decision() : null;
  }

  WorkLine(MemberEvents.Due due) {
    this.key = due.key();
    this.target = null;
    this.dueOn = due.availableOn();
    this.earnedOn = due.earnedOn();
    this.clawbacks = new Clawbacks(due.key());
    this.rule = due.rule();
  }

  LineKey key() {
    return key;
  }

  /** Postings add up: after a merge both members may have one for the same line. */
  void add(MemberState.Posting posting, String account) {
    earned = Math.addExact(earned, posting.earned());
    clawedBack = Math.addExact(clawedBack, posting.clawedBack());
    earnedBefore = earned;
    clawedBackBefore = clawedBack;
    moved |= !posting.holder().equals(account);
  }

  void add(WorkLot lot) {
    lots.add(lot);
    hadPending |= lot.pending() && lot.remaining > 0;
  }

  boolean hasPending() {
    for (WorkLot lot : lots) if (lot.pending() && lot.remaining > 0) return true;
    return false;
  }

  /**
   * Lines whose pending points came, went, were released or held: their due date may have changed,
   * too.
   */
  boolean changed() {
    return moved
        || hadPending
        || target != null && target.pinsOnly()
        || earned != earnedBefore
        || clawedBack != clawedBackBefore
        || hasPending();
  }
}
