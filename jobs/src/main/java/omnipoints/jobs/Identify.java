package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import omnipoints.facts.Evidence;
import omnipoints.facts.Evidence.LinkedToken;
import omnipoints.facts.Evidence.TokenKey;
import omnipoints.facts.IdentityGraph;
import omnipoints.sql.BinaryCopy;
import omnipoints.sql.Database;
import omnipoints.sql.Script;

/**
 * Step identify: tokens of the night become members. Evidence that links tokens is judged by {@link
 * IdentityGraph}; all other tokens are matched and numbered as sets.
 */
final class Identify implements NightStep {

  private static final Script SQL = Night.script("identify");
  private static final Script OWN = Night.script("own");
  private static final HexFormat HEX = HexFormat.of();
  private static final Instant FOREVER_AGO = Instant.parse("0001-01-01T00:00:00Z");

  @Override
  public String name() {
    return "identify";
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) throws SQLException {
    night.run(connection, SQL, "drop");
    night.runAll(connection, SQL, "create_");
    long read = night.run(connection, SQL, "links");
    IdentityGraph.Result result =
        IdentityGraph.judge(
            evidence(night, connection),
            knowledge(night, connection),
            night.date().atStartOfDay(night.zone()).toInstant(),
            night.cut().minusSeconds(1));
    store(night, connection, result);
    read += night.run(connection, SQL, "singles");
    night.run(connection, SQL, "parties");
    night.run(connection, SQL, "numbers");
    long members = night.run(connection, SQL, "members");
    for (String statement :
        List.of(
            "replaced_tokens",
            "tokens",
            "merged_before",
            "merges",
            "merge_evidence",
            "merge_evidence_tokens",
            "claims_made",
            "verdict_keys",
            "verdicts_of_bindings",
            "verdicts_of_facts",
            "told_again",
            "facts",
            "facts_of_parted",
            "snapshot_owners",
            "snapshot_conflicts",
            "snapshot_unknown",
            "touched_owners",
            "waiting_rows")) {
      night.run(connection, SQL, statement);
    }
    night.runAll(connection, OWN, "known_");
    Statistics.renew(night, connection, SQL, read + members);
    night.crash().reached("identify:middle");
    return new Counts(read, members, 0);
  }

  private static List<Evidence> evidence(Night night, Connection connection) {
    var pieces = new LinkedHashMap<Evidence.Id, Piece>();
    SQL.statement("evidence").forEachRow(connection, night.params(SQL), row -> add(pieces, row));
    var evidence = new ArrayList<Evidence>();
    pieces.forEach((id, piece) -> evidence.add(piece.evidence(id)));
    return evidence;
  }

  private static void add(Map<Evidence.Id, Piece> pieces, ResultSet row) throws SQLException {
    var id =
        new Evidence.Id(
            Evidence.Source.valueOf(row.getString("source")),
            HEX.formatHex(row.getBytes("content")));
    Piece piece = pieces.computeIfAbsent(id, key -> new Piece());
    piece.at = Columns.instant(row, "at");
    piece.seen = Columns.instant(row, "seen");
    piece.birthday = Columns.date(row, "birthday");
    piece.orders = Math.max(piece.orders, row.getInt("orders"));
    switch (row.getString("side")) {
      case "PERSON" -> piece.person.add(token(row));
      case "PLATFORM" -> piece.platform.add(token(row));
      case "CLAIM" -> piece.order = row.getObject("order_key", UUID.class);
      default -> piece.waits = true;
    }
  }

  private static LinkedToken token(ResultSet row) throws SQLException {
    return new LinkedToken(key(row), row.getString("shown"), row.getBoolean("buys"));
  }

  private static TokenKey key(ResultSet row) throws SQLException {
    return new TokenKey(
        row.getString("kind"), row.getString("channel"), HEX.formatHex(row.getBytes("hash")));
  }

  private static final class Piece {
    Instant at;
    Instant seen;
    LocalDate birthday;
    int orders;
    boolean waits;
    UUID order;
    final List<LinkedToken> person = new ArrayList<>();
    final List<LinkedToken> platform = new ArrayList<>();

    Evidence evidence(Evidence.Id id) {
      return new Evidence(id, at, seen, birthday, person, platform, order, orders, waits);
    }
  }

  private static IdentityGraph.Knowledge knowledge(Night night, Connection connection) {
    var tokens = new HashMap<TokenKey, List<IdentityGraph.Known>>();
    var claims = new HashMap<UUID, IdentityGraph.KnownClaim>();
    var marks = new HashMap<String, IdentityGraph.Marks>();
    Map<String, Object> params = night.params(SQL);
    SQL.statement("owners")
        .forEachRow(
            connection,
            params,
            row ->
                tokens
                    .computeIfAbsent(key(row), token -> new ArrayList<>())
                    .add(
                        new IdentityGraph.Known(
                            row.getString("member_id"),
                            Columns.instant(row, "valid_from"),
                            Columns.instant(row, "valid_to"),
                            Columns.instant(row, "bound_at"),
                            row.getString("shown"))));
    SQL.statement("claims")
        .forEachRow(
            connection,
            params,
            row ->
                claims.put(
                    row.getObject("order_key", UUID.class),
                    new IdentityGraph.KnownClaim(
                        row.getString("member_id"), Columns.instant(row, "bound_at"))));
    SQL.statement("marks")
        .forEachRow(
            connection,
            params,
            row ->
                marks.put(
                    row.getString("member_id"),
                    new IdentityGraph.Marks(
                        Set.of((String[]) row.getArray("kinds").getArray()),
                        Columns.date(row, "birthday"))));
    return new IdentityGraph.Knowledge(tokens, claims, marks);
  }

  private static void store(Night night, Connection connection, IdentityGraph.Result result) {
    String suffix = "_" + night.suffix();
    try (BinaryCopy copy =
        Database.copyIn(
            connection,
            "identity" + suffix,
            "kind",
            "channel",
            "hash",
            "shown",
            "party",
            "valid_from",
            "valid_to",
            "bound_at",
            "replaces")) {
      for (IdentityGraph.Validity v : result.validities()) {
        copy.row()
            .putText(v.token().kind())
            .putText(v.token().channel())
            .putBytes(HEX.parseHex(v.token().hash()))
            .putText(v.shown())
            .putText(v.party())
            .putTimestamptz(v.from() == null ? FOREVER_AGO : v.from())
            .putTimestamptz(v.to())
            .putTimestamptz(v.boundAt())
            .putBoolean(v.replaces());
      }
      copy.finish();
    }
    try (BinaryCopy copy = Database.copyIn(connection, "party" + suffix, "party", "member_id")) {
      result.members().forEach((party, member) -> copy.row().putText(party).putText(member));
      copy.finish();
    }
    try (BinaryCopy copy =
        Database.copyIn(
            connection,
            "merge" + suffix,
            "other",
            "survivor",
            "at",
            "joined",
            "source",
            "content")) {
      for (IdentityGraph.Merge m : result.merges()) {
        copy.row()
            .putText(m.other())
            .putText(m.survivor())
            .putTimestamptz(m.at())
            .putText(m.joined())
            .putText(m.by().source().name())
            .putBytes(HEX.parseHex(m.by().content()));
      }
      copy.finish();
    }
    try (BinaryCopy copy =
        Database.copyIn(connection, "claim" + suffix, "order_key", "party", "bound_at")) {
      for (IdentityGraph.Claim c : result.claims()) {
        copy.row().putUuid(c.order()).putText(c.party()).putTimestamptz(c.boundAt());
      }
      copy.finish();
    }
    try (BinaryCopy copy =
        Database.copyIn(
            connection,
            "evidence_verdict" + suffix,
            "source",
            "content",
            "state",
            "note",
            "decide",
            "one",
            "other")) {
      for (IdentityGraph.Verdict v : result.verdicts()) {
        copy.row()
            .putText(v.id().source().name())
            .putBytes(HEX.parseHex(v.id().content()))
            .putText(v.state().name())
            .putText(v.note())
            .putText(v.decide())
            .putText(v.one())
            .putText(v.other());
      }
      copy.finish();
    }
  }
}
