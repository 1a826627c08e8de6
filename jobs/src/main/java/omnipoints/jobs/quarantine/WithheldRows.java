package omnipoints.jobs.quarantine;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.Sha256;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.Setup;
import omnipoints.mappings.RawRows;
import omnipoints.sql.Database;

/**
 * What deliveries say besides of orders whose rejects are given up: withheld so far, it becomes a
 * small delivery of its own, which the next night that collects reads like any other.
 *
 * @param source the delivery the rows come from
 * @param givenUp its rejects
 * @param file name of the new delivery, null when nothing else was withheld
 * @param bytes its content
 * @param rows how many rows it has
 */
record WithheldRows(
    Reject.Source source, List<Reject> givenUp, String file, byte[] bytes, int rows) {

  /**
   * Composes them from the archive, by today's mapping; writes nothing.
   *
   * @throws NightRefused 9 the bytes are not in the archive; 8 no mapping reads the file as before
   */
  static List<WithheldRows> of(Home home, Database database, List<Reject> givenUp) {
    Map<Reject.Source, List<Reject>> bySource = new LinkedHashMap<>();
    for (Reject reject : givenUp)
      bySource.computeIfAbsent(reject.source(), source -> new ArrayList<>()).add(reject);
    if (bySource.isEmpty()) return List.of();
    Setup setup = Setup.load(home);
    List<WithheldRows> all = new ArrayList<>();
    bySource.forEach((source, rejects) -> all.add(of(home, setup, database, source, rejects)));
    return all;
  }

  private static WithheldRows of(
      Home home, Setup setup, Database database, Reject.Source source, List<Reject> rejects) {
    var nothing = new WithheldRows(source, rejects, null, null, 0);
    if (rejects.stream().allMatch(reject -> reject.order() == null)) return nothing;
    List<SourceReplay.Known> known =
        database.inTransaction(connection -> Replay.known(connection, source));
    var file = new SourceReplay(home, setup.channels(), source, known);
    if (RawRows.snapshot(file.recognised().document())) return nothing;
    return file.rest(rejects)
        .map(
            draft ->
                new WithheldRows(source, rejects, draft.file(), draft.bytes(), draft.rows().size()))
        .orElse(nothing);
  }

  /** SHA-256 of the new delivery, empty where there is none. */
  String sha256() {
    return file == null ? "" : Sha256.hex(bytes);
  }

  /** Archives the bytes; before the transaction that speaks of them. */
  void archive(Home home) {
    if (file != null) Replay.archive(home, bytes);
  }

  /** Registers it for the next night that collects. */
  void register(Connection connection) {
    if (file != null) Replay.register(connection, source, file, sha256(), bytes);
  }
}
