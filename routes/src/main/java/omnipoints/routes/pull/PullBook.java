package omnipoints.routes.pull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the state of windows is written down, durably: what returns has been kept. */
public interface PullBook {
  /** Until when the changes of that query were planned; empty before the first pull. */
  Optional<Instant> plannedUntil(String channel, String shop, String api);

  /**
   * Windows of all queries that are not proven: those that did not fail yet, oldest first, then
   * those that failed, the least tried first. What fails for ever keeps nothing else waiting.
   */
  List<WindowState> unfinished(String channel, String shop);

  /** Keeps the state of a window, new or known. */
  void save(WindowState state);

  /** Forgets windows of a query that end after a moment, whatever was proven of them. */
  void forgetAfter(String channel, String shop, String api, Instant moment);

  /** Keeps other windows in place of one. */
  void replace(WindowState whole, List<WindowState> parts);
}
