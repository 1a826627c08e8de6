package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.points.Program;
import omnipoints.points.Programme;
import omnipoints.points.Programs;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * The versions of a programme that closed nights were decided by. They are kept as they stood, so
 * that a rule never changes unseen: neither by an edit under the same number, nor by a version that
 * begins in the past, nor by a file that goes away.
 *
 * @param byVersion what has booked, by version
 */
record BookedVersions(Map<Integer, Program> byVersion) {

  private static final Script SQL = Statements.job("run").step("programmes");

  static BookedVersions of(Connection connection, String programme) {
    var booked = new HashMap<Integer, Program>();
    SQL.statement("booked")
        .forEachRow(
            connection,
            Map.of("program", programme),
            row ->
                booked.put(
                    row.getInt("version"),
                    Programs.booked(
                        programme,
                        row.getInt("version"),
                        row.getString("source"),
                        row.getString("hash"))));
    return new BookedVersions(booked);
  }

  /** The programme as its files say, and what has booked where they say nothing of it. */
  Programme with(Programme files) {
    return files.with(List.copyOf(byVersion.values()));
  }

  /**
   * What the files change of dates that are closed, each with file and line.
   *
   * @param lastClosed the last closed night
   */
  List<Change> changes(Programme files, LocalDate lastClosed) {
    var changes = new ArrayList<Change>();
    for (Program version : files.versions()) {
      Program booked = byVersion.get(version.version());
      if (booked != null && !booked.hash().equals(version.hash())) {
        changes.add(
            new Change(
                named(version) + " has other content",
                version.source().versionAt()
                    + ": version "
                    + version.version()
                    + " of programme "
                    + files.name()
                    + " has booked until "
                    + lastClosed
                    + " and says something else now; put it back and write the change as version "
                    + (lastVersion(files) + 1)));
      } else if (booked == null && !version.effectiveFrom().isAfter(lastClosed)) {
        changes.add(
            new Change(
                named(version) + " begins on " + version.effectiveFrom(),
                version.source().effectiveFromAt()
                    + ": version "
                    + version.version()
                    + " of programme "
                    + files.name()
                    + " would begin on "
                    + version.effectiveFrom()
                    + ", but nights are closed until "
                    + lastClosed
                    + "; let it begin later"));
      }
    }
    return changes;
  }

  private static String named(Program version) {
    return version.name() + " version " + version.version();
  }

  private static int lastVersion(Programme files) {
    return files.versions().get(files.versions().size() - 1).version();
  }

  /** Keeps what was in force by the night that closes. */
  static void record(Connection connection, Night night) {
    for (Program version : night.programme().versions()) {
      if (version.effectiveFrom().isAfter(night.date())) break;
      var row = new HashMap<String, Object>();
      row.put("night", night.date());
      row.put("program", version.name());
      row.put("version", version.version());
      row.put("effective_from", version.effectiveFrom());
      row.put("hash", version.hash());
      row.put("source", version.source().text());
      SQL.statement("book").run(connection, row);
    }
  }
}
