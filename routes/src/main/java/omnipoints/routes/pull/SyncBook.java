package omnipoints.routes.pull;

import java.util.List;

/** Where it is written down, durably, what was sent and answered: what returns has been kept. */
public interface SyncBook {
  /** What was sent and has no answer, the oldest first. */
  List<SyncItem> unanswered();

  /** What is to be sent now: new items, then those that were refused; the least tried first. */
  List<SyncItem> due();

  /** Notes that items are about to be sent; returns those that nobody else has taken by now. */
  List<SyncItem> sending(List<SyncItem> items);

  /** Notes that it is sent once more; the answer to the first time is not known. */
  void again(List<SyncItem> items);

  /** Notes answers. */
  void answered(List<SyncAnswer> answers);

  /** Notes that the platform has done nothing, for sure: they are sent another time. */
  void nothingDone(List<SyncItem> items, String reason);

  /** Notes why there is no answer: nobody knows what the platform did. */
  void noAnswer(List<SyncItem> items, String reason);

  /** Notes why it ended before everything that is due was sent. */
  void stopped(String reason);
}
