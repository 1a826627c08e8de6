package omnipoints.routes.pull;

/**
 * What a platform answered of one item.
 *
 * @param refusedOrNull the platform's code; null: it took the item
 * @param theirsOrNull the points the member has there now, null where the answer does not say
 */
public record SyncAnswer(SyncItem item, String refusedOrNull, Long theirsOrNull) {

  static SyncAnswer taken(SyncItem item, Long theirsOrNull) {
    return new SyncAnswer(item, null, theirsOrNull);
  }

  static SyncAnswer refused(SyncItem item, String code) {
    return new SyncAnswer(item, code, null);
  }

  /** Whether the platform took it. */
  public boolean taken() {
    return refusedOrNull == null;
  }
}
