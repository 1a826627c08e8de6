package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import omnipoints.facts.Contents;
import omnipoints.facts.FactRecord;
import omnipoints.mappings.OwnDocuments;
import omnipoints.points.Programme;
import omnipoints.sql.Script;

/**
 * Rows of our own documents that are taken back. Those that another file tells, too, are that one's
 * from then on; the others stay, marked, and count no more: what they gave or took goes back where
 * accounts are decided.
 */
final class WithdrawnRows {

  static final Script SQL = Night.script("withdraw_own");

  /** Why documents that were acted upon cannot be taken back, and what does it instead. */
  private static final Map<String, Refused> REFUSED =
      new TreeMap<>(
          Map.of(
              "refused_transfer",
              new Refused(
                  "TRANSFER_BOOKED",
                  "holds transfer %s, which is booked: its points are the receiver's, who may have"
                      + " spent them; a document transfer the other way, or a document adjustment of each, gives them back"),
              "refused_state",
              new Refused(
                  "STATE_IN_FORCE",
                  "holds the state of an account (%s) that is in force, by which requests were judged"
                      + " and points may have gone; a document account_state with state active ends it"),
              "refused_cancellation",
              new Refused(
                  "CANCELLATION_BOOKED",
                  "holds the cancellation of %s, whose points are back with their member and may be"
                      + " spent; a document redemption asks for it again under another number"),
              "refused_referral",
              new Refused(
                  "REFERRAL_PAID",
                  "names a friend (%s) for whom somebody was paid, which decided whose friend he is; a"
                      + " document adjustment takes back what was too much"),
              "refused_standing",
              new Refused(
                  "STANDING_COUNTED",
                  "holds a standing (%s) under which points were given that stay as they were decided;"
                      + " a row of document standing with an earlier column to ends it, a document"
                      + " adjustment takes back what was too much"),
              "refused_product",
              new Refused(
                  "PRODUCT_COUNTED",
                  "says of %s what orders were decided by, which stay as they were decided; a row of"
                      + " document product says from now on what is right, a document adjustment takes"
                      + " back what was too much")));

  private record Refused(String code, String why) {}

  private final Home home;
  private final RowsOfDelivery archive;
  private final Contents contents = new Contents();

  WithdrawnRows(Home home, RowsOfDelivery archive) {
    this.home = home;
    this.archive = archive;
  }

  /** Whether a document of that grain is one of these. */
  static boolean are(String grain) {
    return OwnDocuments.names().contains(grain);
  }

  /**
   * Refuses what cannot be taken back.
   *
   * @throws NightRefused 8, with the document that does it instead
   */
  void refuse(Connection connection, Withdrawal.Item item, Programme programme) {
    Map<String, Object> params = params(item);
    params.put("standings_ask", programme.asks("pass", "tag", "segment"));
    params.put("goods_ask", programme.asks("category", "brand"));
    REFUSED.forEach(
        (statement, refused) ->
            SQL.statement(statement)
                .one(connection, of(statement, params), row -> row.getString(1))
                .ifPresent(
                    which -> {
                      throw new NightRefused(
                          8,
                          refused.code(),
                          item.file() + " " + refused.why().formatted(which),
                          List.of("./omnipoints delivery show " + item.sha256().substring(0, 12)));
                    }));
  }

  /** Points that stand for what a delivery gave or took. */
  long points(Connection connection, Withdrawal.Item item) {
    return SQL.statement("points")
        .one(connection, of("points", params(item)), row -> row.getLong(1))
        .orElse(0L);
  }

  /**
   * Takes the rows of a delivery back: repeated, it ends alike. Returns how many.
   *
   * @param others deliveries of the same document that remain, since then
   */
  long take(
      Connection connection, Withdrawal.Item item, List<Withdrawal.Other> others, LocalDate night) {
    Map<String, Told> told = new HashMap<>();
    SQL.statement("rows")
        .forEachRow(
            connection,
            of("rows", params(item)),
            row ->
                told.put(
                    row.getString("key") + '\n' + HexFormat.of().formatHex(row.getBytes("content")),
                    new Told(row.getString("key"), Columns.date(row, "night"))));
    for (Withdrawal.Other other : others) {
      if (told.isEmpty()) break;
      archive.records(
          other.place(),
          record -> {
            if (!(record instanceof FactRecord.OwnRecord own)) return;
            byte[] content = contents.hash(own);
            var shown = OwnShown.of(0, own, content, Tokens.of(home));
            if (!shown.document().equals(item.grain())) return;
            Told one = told.remove(shown.key() + '\n' + HexFormat.of().formatHex(content));
            if (one != null) move(connection, item, one, other, own.row());
          });
    }
    Map<String, Object> params = params(item);
    params.put("night", night);
    return SQL.statement("take").run(connection, of("take", params));
  }

  private record Told(String key, LocalDate night) {}

  private static void move(
      Connection connection, Withdrawal.Item item, Told told, Withdrawal.Other other, int row) {
    SQL.statement("move")
        .run(
            connection,
            Map.of(
                "document", item.grain(),
                "key", told.key(),
                "of", told.night(),
                "from_channel", other.place().channel(),
                "file", other.place().file(),
                "from_sha256", other.place().sha256(),
                "row", row));
  }

  /** What follows once all rows are marked. */
  static void settle(Connection connection, LocalDate night, ZoneId zone) {
    SQL.statement("after_open").run(connection, Map.of("night", night));
    SQL.statement("after_breaks").run(connection, Map.of("night", night, "zone", zone.getId()));
  }

  /** In post: nothing is to stand of what they gave. */
  static void targets(Night night, Connection connection) {
    night.run(connection, SQL, "post_targets");
    night.run(connection, SQL, "post_dues");
    night.run(connection, SQL, "post_holds");
    night.run(connection, SQL, "post_adjusted");
  }

  private static Map<String, Object> params(Withdrawal.Item item) {
    return new HashMap<>(
        Map.of(
            "document", item.grain(),
            "channel", item.channel(),
            "sha256", item.sha256()));
  }

  private static Map<String, Object> of(String statement, Map<String, Object> all) {
    var params = new HashMap<>(all);
    params.keySet().retainAll(Set.copyOf(SQL.statement(statement).parameters()));
    return params;
  }
}
