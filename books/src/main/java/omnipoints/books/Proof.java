package omnipoints.books;

import java.time.OffsetDateTime;

/** What says whose an entry is. */
public sealed interface Proof {
  /** BINDING, or of a merge also MEMBER, ORDER and BALANCE: what was read. */
  String type();

  /** The binding of an order's number. */
  record OfOrder(
      String type,
      String channel,
      String shop,
      String order,
      OffsetDateTime boundAt,
      SourceRow.OfDocument source)
      implements Proof {}

  /**
   * What proved that the two members of a MERGE entry are one; the same for the entries of both.
   *
   * @param order null, as {@code platformId} is, where it proved by something else
   * @param merged the member that was found to be {@code joined}
   */
  record OfMerge(
      String type,
      String channel,
      String shop,
      String order,
      String platformId,
      OffsetDateTime boundAt,
      String merged,
      String joined)
      implements Proof {}
}
