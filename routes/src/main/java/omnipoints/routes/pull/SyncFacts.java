package omnipoints.routes.pull;

import java.util.List;
import java.util.Map;

/**
 * What is public of a platform that is told what members may spend: the shape of its requests, and
 * how many members go into one.
 */
public interface SyncFacts {
  /** As omnipoints.yaml names it. */
  String platform();

  /** So many members go into one request. */
  default int batch() {
    return 1;
  }

  /** Whether it is told of levels, too. */
  default boolean levels() {
    return false;
  }

  /** Whether a request states what is there now, so that it may come twice and changes nothing. */
  default boolean states() {
    return false;
  }

  /**
   * Whether a request that tells a difference counts once for its number, by the platform's word.
   */
  default boolean countsOnce() {
    return false;
  }

  /**
   * The request in the shape of the platform's interface, as files show it.
   *
   * @param house what it says of the house
   */
  Map<String, Object> request(List<SyncItem> items, String house);

  /**
   * What is known of a platform.
   *
   * @throws IllegalArgumentException nothing is known of it
   */
  static SyncFacts of(String platform) {
    return SyncPlatform.named(platform);
  }
}
