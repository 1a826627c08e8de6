package omnipoints.jobs;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.Sha256;
import omnipoints.jobs.Verification.Finding;
import omnipoints.jobs.Verification.Kind;
import omnipoints.points.EntryKey;
import omnipoints.points.LedgerLine;
import omnipoints.sql.Script;

/** Whether entries and closes are still those that were booked. */
final class VerifyLedger {

  private static final Script SQL = Verification.SQL;

  private record Close(
      LocalDate night,
      LocalDate previous,
      long entries,
      String entryRoot,
      String closeHash,
      String evidenceHash,
      int programVersion,
      String zone) {}

  private final Connection connection;
  private final ZoneId zone;
  private final LocalDate from;
  private final LocalDate to;
  private final List<Finding> findings;
  private final Map<LocalDate, String> hashes = new LinkedHashMap<>();
  private long nights;
  private long entries;

  VerifyLedger(
      Connection connection, ZoneId zone, LocalDate from, LocalDate to, List<Finding> findings) {
    this.connection = connection;
    this.zone = zone;
    this.from = from;
    this.to = to;
    this.findings = findings;
  }

  void look() {
    removed();
    Close before = null;
    for (Close close : closes()) {
      link(before, close);
      if (!close.night().isBefore(from) && !close.night().isAfter(to)) {
        nights++;
        entries(close);
        hashes(before, close);
      }
      hashes.put(close.night(), close.closeHash());
      before = close;
    }
  }

  long nights() {
    return nights;
  }

  long entries() {
    return entries;
  }

  /** The close hash of every close that is there. */
  Map<LocalDate, String> hashes() {
    return hashes;
  }

  private List<Close> closes() {
    return SQL.statement("closes")
        .list(
            connection,
            Map.of(),
            row ->
                new Close(
                    Columns.date(row, "night"),
                    Columns.date(row, "previous"),
                    row.getLong("entries"),
                    row.getString("entry_root"),
                    row.getString("close_hash"),
                    row.getString("evidence_hash"),
                    row.getInt("program_version"),
                    row.getString("zone")));
  }

  private void removed() {
    SQL.statement("unclosed")
        .forEachRow(
            connection,
            Map.of(),
            row ->
                findings.add(
                    new Finding(
                        Kind.CLOSE_REMOVED,
                        String.valueOf(Columns.date(row, "night")),
                        "the night was closed, and its close is gone")));
  }

  private void link(Close before, Close close) {
    LocalDate there = before == null ? null : before.night();
    if (java.util.Objects.equals(there, close.previous())) return;
    findings.add(
        new Finding(
            Kind.CLOSE_ALTERED,
            close.night().toString(),
            "it names "
                + (close.previous() == null ? "no night" : close.previous())
                + " as the one before; that is "
                + (there == null ? "none" : there)));
  }

  private void entries(Close close) {
    MessageDigest sha256 = Sha256.digest();
    ZoneId of = close.zone() == null || close.zone().isEmpty() ? zone : ZoneId.of(close.zone());
    var export =
        new LedgerExport(new DigestOutputStream(OutputStream.nullOutputStream(), sha256), of);
    Map<String, Object> night = Map.of("night", close.night());
    long there =
        SQL.statement("entries").forEachRow(connection, night, row -> export.accept(line(row)));
    export.flush();
    entries += there;
    String root = HexFormat.of().formatHex(sha256.digest());
    if (there == close.entries() && root.equals(close.entryRoot())) return;
    findings.add(
        new Finding(
            Kind.ENTRIES_ALTERED,
            close.night().toString(),
            "the close states "
                + close.entries()
                + " entries with root "
                + close.entryRoot()
                + "; there are "
                + there
                + " with root "
                + root
                + differences(night)));
  }

  /** Which entries or sums are not as they were, as far as other rows of the ledger know. */
  private String differences(Map<String, Object> night) {
    var said = new ArrayList<String>();
    SQL.statement("suspects")
        .forEachRow(
            connection,
            night,
            row ->
                said.add(
                    new EntryKey(
                            (LocalDate) night.get("night"),
                            row.getString("member_id"),
                            row.getInt("n"))
                        + " says "
                        + row.getLong("points")
                        + ", its lot "
                        + row.getString("lot")));
    SQL.statement("kinds")
        .forEachRow(
            connection,
            night,
            row ->
                said.add(
                    (row.getString("kind") + " " + row.getString("channel") + " ").strip()
                        + " "
                        + row.getString("shop")
                        + ": closed with "
                        + row.getLong("closed_entries")
                        + " entries of "
                        + row.getLong("closed_points")
                        + " points, now "
                        + row.getLong("entries")
                        + " of "
                        + row.getLong("points")
                        + moved(row)));
    return said.isEmpty() ? "" : "; " + String.join("; ", said);
  }

  /** What releases move between two accounts stands beside their points, which are none. */
  private static String moved(ResultSet row) throws SQLException {
    long closed = row.getLong("closed_moved");
    long now = row.getLong("moved");
    return closed == now ? "" : ", with " + closed + " moved, now " + now;
  }

  private static LedgerLine line(ResultSet row) throws SQLException {
    return new LedgerLine(
        new EntryKey(Columns.date(row, "night"), row.getString("member_id"), row.getInt("n")),
        row.getString("kind"),
        row.getLong("points"),
        instant(row),
        row.getString("channel"),
        row.getString("shop"),
        row.getString("cause_type"),
        row.getString("cause_key"),
        row.getInt("program_version"),
        row.getLong("moved"));
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return row.getObject("effective_at", OffsetDateTime.class).toInstant();
  }

  /** A night is judged by the hash that stands before it, so that one change is told once. */
  private void hashes(Close before, Close close) {
    String business =
        CloseHashes.business(
            connection,
            close.night(),
            before == null ? "" : before.closeHash(),
            close.programVersion(),
            close.entryRoot());
    if (!business.equals(close.closeHash())) {
      findings.add(
          new Finding(
              Kind.CLOSE_ALTERED,
              close.night().toString(),
              "its close hash is "
                  + close.closeHash()
                  + "; its totals, entry root and the close before make "
                  + business));
      return;
    }
    String evidence =
        CloseHashes.evidence(
            connection,
            close.night(),
            before == null ? "" : before.evidenceHash(),
            close.closeHash());
    if (!evidence.equals(close.evidenceHash()))
      findings.add(
          new Finding(
              Kind.EVIDENCE_ALTERED,
              close.night().toString(),
              "its evidence hash is "
                  + close.evidenceHash()
                  + "; its inputs and versions make "
                  + evidence));
  }
}
