package omnipoints.jobs;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * A proof of what is kept: archive files, entries, both chains of closes, extracts, and the
 * invariants over everything. Reads only, in one snapshot; what is not as it was written is named.
 *
 * @param archiveFiles files of the archive that were hashed again
 * @param nights closes whose entries and hashes were computed again
 * @param entries of these nights
 * @param extracts whose kept files were hashed again
 * @param checks invariants that were run
 * @param acks closes that somebody outside has confirmed and that were compared
 * @param skipped what was not looked at, and why
 */
public record Verification(
    LocalDate from,
    LocalDate to,
    long archiveFiles,
    long nights,
    long entries,
    long extracts,
    long checks,
    long acks,
    List<Finding> findings,
    List<String> skipped) {

  static final Script SQL = Statements.job("verify").step("verify");

  /** Findings of one kind that are told; a database that is lost altogether has very many. */
  static final int MOST = 100;

  /** What is not as it was written. */
  public enum Kind {
    ARCHIVE_FILE_MISSING,
    ARCHIVE_FILE_ALTERED,
    ENTRIES_ALTERED,
    CLOSE_REMOVED,
    CLOSE_ALTERED,
    EVIDENCE_ALTERED,
    EXTRACT_ALTERED,
    INVARIANT_BROKEN,
    ACK_DIFFERS
  }

  /**
   * One thing that is not as it was.
   *
   * @param what its name: a file of the archive, a night, a check
   * @param detail how it differs
   */
  public record Finding(Kind kind, String what, String detail) {}

  /**
   * Looks at everything of the nights from {@code from} to {@code to}; invariants and the links of
   * the chain are those of all nights.
   *
   * @param against folder with what others keep of closes, see {@link Acks}; null: none
   * @throws NightRefused exit 2: the folder cannot be read
   */
  public static Verification run(
      Home home, Database database, LocalDate from, LocalDate to, Path against) {
    return database.inTransaction(
        connection -> {
          connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
          var findings = new ArrayList<Finding>();
          var skipped = new ArrayList<String>();
          var ledger = new VerifyLedger(connection, home.config().zone(), from, to, findings);
          ledger.look();
          var kept = new VerifyArchive(home, connection, from, to, findings);
          long files = kept.files();
          long extracts = kept.extracts();
          long checks = checks(connection, findings, skipped);
          long acks = Acks.compareStored(connection, ledger.hashes(), findings);
          if (against != null) acks += Acks.compare(against, ledger.hashes(), findings);
          return new Verification(
              from,
              to,
              files,
              ledger.nights(),
              ledger.entries(),
              extracts,
              checks,
              acks,
              List.copyOf(findings),
              List.copyOf(skipped));
        });
  }

  /** Between two steps of a night facts are ahead of the ledger, and invariants do not hold yet. */
  private static long checks(Connection connection, List<Finding> findings, List<String> skipped) {
    LocalDate unfinished =
        SQL.statement("unfinished")
            .one(
                connection,
                Map.of(),
                row -> java.util.Optional.ofNullable(Columns.date(row, "night")))
            .flatMap(night -> night)
            .orElse(null);
    if (unfinished != null) {
      skipped.add("the invariants: night " + unfinished + " is not closed");
      return 0;
    }
    return VerifyChecks.run(connection, findings);
  }
}
