package omnipoints.console;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import omnipoints.books.Books;

/**
 * What proved that the two members of a MERGE entry are one; the same for the entries of both.
 *
 * @param source the row it was read in, null when unknown
 * @param proof what the row says, null when unknown: the merge was booked before evidence was kept
 */
record MergeEvidence(Map<String, Object> source, Map<String, Object> proof) {
  static final MergeEvidence UNKNOWN = new MergeEvidence(null, null);

  static MergeEvidence of(Books books, Connection connection, Map<String, Object> params) {
    return HomeBooks.statement("explain", "merge_evidence")
        .one(
            connection,
            params,
            row -> new MergeEvidence(Explanation.source(row), proof(books, row)))
        .orElse(UNKNOWN);
  }

  private static Map<String, Object> proof(Books books, ResultSet row) throws SQLException {
    return Fields.of(
        "type", row.getString("type"),
        "channel", row.getString("channel"),
        "shop", row.getString("shop"),
        "order", row.getString("order_no"),
        "platform_id", row.getString("platform_id"),
        "bound_at", HomeBooks.shown(books, row.getObject("bound_at", OffsetDateTime.class)),
        "merged", row.getString("member_id"),
        "joined", row.getString("joined"));
  }

  void print(Page page) {
    if (proof == null) {
      page.say("explain.evidence.unknown");
      return;
    }
    Object order = proof.get("order");
    page.say(
        "explain.evidence." + proof.get("type"),
        proof.get("channel"),
        order == null ? proof.get("platform_id") : order,
        proof.get("shop"),
        proof.get("bound_at"));
    page.say("explain.evidence.joined", proof.get("merged"), proof.get("joined"));
  }
}
