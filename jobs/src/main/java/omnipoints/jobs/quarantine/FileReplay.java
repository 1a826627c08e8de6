package omnipoints.jobs.quarantine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.files.DeliveryRefused;
import omnipoints.jobs.DocumentFolders;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.Setup;
import omnipoints.mappings.ReadSummary;
import omnipoints.mappings.Recognition;
import omnipoints.mappings.RecordReader;
import omnipoints.sql.Database;

/**
 * Reads a file that was refused whole again, for after the mapping was corrected: its archived
 * bytes are registered for the next night that collects.
 *
 * @param night the night that refused it last, with what outcome
 * @param waits it is registered already
 * @param used it was read meanwhile: there is nothing to replay
 * @param summary what today's mapping reads, null if it refuses it or if it is a bundle of files
 * @param refusal why today's mapping refuses it, null if it does not
 */
public record FileReplay(
    LocalDate night,
    String outcome,
    String channel,
    String shop,
    String file,
    String sha256,
    long bytes,
    boolean waits,
    boolean used,
    Rows summary,
    Recognition.Refused refusal) {

  /** Rows of all documents of the file. */
  public record Rows(long rows, long rejectedRows) {}

  /**
   * Looks at the archived bytes with today's mapping.
   *
   * @throws NightRefused 8 no night refused such a file; 9 its bytes are not in the archive
   */
  public static FileReplay plan(Home home, Database database, String sha256) {
    Setup setup = Setup.load(home);
    try (Connection connection = database.connection()) {
      FileReplay refused =
          Reject.SQL
              .statement("refused_file")
              .list(
                  connection,
                  Map.of("sha256", sha256),
                  row ->
                      new FileReplay(
                          row.getObject("night", LocalDate.class),
                          row.getString("outcome"),
                          row.getString("channel"),
                          row.getString("shop"),
                          row.getString("file"),
                          row.getString("sha256"),
                          row.getLong("bytes"),
                          row.getBoolean("waiting"),
                          row.getBoolean("used"),
                          null,
                          null))
              .stream()
              .findFirst()
              .orElseThrow(() -> unknown(sha256));
      return refused.looked(home, setup);
    } catch (SQLException e) {
      throw new NightRefused(
          9, "DB_FAILED", e.getMessage(), List.of("./omnipoints quarantine list --files"));
    }
  }

  private static NightRefused unknown(String sha256) {
    return new NightRefused(
        8,
        "NO_SUCH_FILE",
        "no night has refused a file with sha256 " + sha256,
        List.of("./omnipoints quarantine list --files"));
  }

  private FileReplay looked(Home home, Setup setup) {
    Path path = SourceReplay.archived(home, sha256, file);
    String mapping = home.mapping(channel);
    // The members of a bundle are judged one by one, by the night that unpacks it.
    if (setup.channels().bundle(path, mapping, file).isPresent()) return this;
    Recognition recognition =
        DocumentFolders.recognise(home, setup.channels(), channel, shop, path, file);
    if (recognition instanceof Recognition.Refused again) return with(null, again);
    try {
      long rows = 0;
      long rejected = 0;
      for (Recognition.Recognised part : recognition.parts()) {
        ReadSummary summary =
            RecordReader.read(
                part, path, shop.isEmpty() ? null : shop, home.config().zone(), record -> {});
        rows += summary.rows();
        rejected += summary.rejectedRows();
      }
      return with(new Rows(rows, rejected), null);
    } catch (DeliveryRefused e) {
      return with(null, new Recognition.Refused(e.outcome(), e.getMessage(), e.next()));
    }
  }

  private FileReplay with(Rows summary, Recognition.Refused refusal) {
    return new FileReplay(
        night, outcome, channel, shop, file, sha256, bytes, waits, used, summary, refusal);
  }

  /**
   * Registers it, unless it waits or was used.
   *
   * @throws NightRefused 8 today's mapping refuses it, too, and it is not forced
   */
  public void register(Database database, Instant at, String actor, String because, boolean force) {
    if (waits || used) return;
    if (refusal != null && !force)
      throw new NightRefused(8, refusal.outcome().name(), refusal.message(), refusal.next());
    var params = new HashMap<String, Object>();
    params.put("channel", channel);
    params.put("shop", shop);
    params.put("file", file);
    params.put("sha256", sha256);
    params.put("bytes", bytes);
    var action = new HashMap<String, Object>();
    action.put("ids", List.of(sha256));
    action.put("rows", List.of(0));
    action.put("before", List.of(outcome));
    action.put("after", List.of(refusal == null ? "ACCEPTED" : refusal.outcome().name()));
    action.put("action", "REPLAY");
    action.put("at", at);
    action.put("actor", actor);
    action.put("because", because);
    action.put("sha256", sha256);
    database.transact(
        connection -> {
          Replay.SETTLE.statement("alone").run(connection, Map.of());
          if (Replay.SETTLE.statement("register").run(connection, params) > 0)
            Replay.SETTLE.statement("act").run(connection, action);
        });
  }
}
