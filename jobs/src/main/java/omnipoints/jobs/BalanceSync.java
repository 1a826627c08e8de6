package omnipoints.jobs;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.Sha256;
import omnipoints.jobs.extract.ExtractFolder;
import omnipoints.sql.Rows;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;
import tools.jackson.databind.json.JsonMapper;

/**
 * What platforms are told of what members may spend: the difference to what they were told before,
 * each in the shape of its own interface, in {@code sync_<platform>.jsonl}. Memory: what changed.
 */
final class BalanceSync {

  private static final Script SQL = Statements.job("export").step("sync");
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What a platform was told of a token. Grain: one per token. */
  record SentRow(
      String platform, String channel, byte[] hash, LocalDate night, long points, int level) {}

  private final Night night;
  private final List<String> tiers;
  private final Map<String, Long> asked;
  private final List<SentRow> sent = new ArrayList<>();

  /**
   * @param tiers levels in force from the next midnight on, the first one first
   * @param asked points of requests that wait, by member
   */
  BalanceSync(Night night, List<String> tiers, Map<String, Long> asked) {
    this.night = night;
    this.tiers = tiers;
    this.asked = asked;
  }

  /** Writes the files of all platforms; returns what they are. */
  List<Map<String, Object>> write(Connection connection, ExtractFolder files) {
    List<Map<String, Object>> written = new ArrayList<>();
    night
        .home()
        .config()
        .sync()
        .platforms()
        .forEach(
            (platform, house) -> {
              var requests = new SyncRequests(platform, house, night.date(), night.cut());
              written.add(write(files, platform, requests.of(changed(connection, platform))));
            });
    return written;
  }

  private static Map<String, Object> write(
      ExtractFolder files, SyncConfig.Platform platform, List<Map<String, Object>> requests) {
    String name = "sync_" + platform.word() + ".jsonl";
    var text = new StringBuilder();
    for (Map<String, Object> request : requests)
      text.append(JSON.writeValueAsString(request)).append('\n');
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    files.show(name, out -> out.write(bytes));
    var entry = new LinkedHashMap<String, Object>();
    entry.put("name", name);
    entry.put("requests", requests.size());
    entry.put("bytes", bytes.length);
    entry.put("sha256", Sha256.hex(bytes));
    return entry;
  }

  private List<SyncRequests.Told> changed(Connection connection, SyncConfig.Platform platform) {
    List<SyncRequests.Told> changed = new ArrayList<>();
    Map<String, Object> params = new HashMap<>();
    params.put("night", night.date());
    params.put("zone", night.zone().getId());
    params.put("platform", platform.word());
    params.put("kind", platform.kind);
    SQL.statement("spendable")
        .forEachRow(
            connection,
            params,
            row -> {
              long points =
                  Math.max(
                      0,
                      row.getLong("available")
                          - asked.getOrDefault(row.getString("member_id"), 0L));
              int level = Math.max(0, tiers.indexOf(row.getString("tier"))) + 1;
              Long told = Columns.number(row, "told");
              Long toldLevel = Columns.number(row, "told_level");
              boolean same = told != null && told == points && toldLevel == level;
              if (same || told == null && points == 0 && level == 1) return;
              changed.add(
                  new SyncRequests.Told(
                      row.getString("shown"),
                      row.getBytes("hash"),
                      told == null ? 0 : told,
                      points,
                      level));
              sent.add(
                  new SentRow(
                      platform.word(),
                      row.getString("channel"),
                      row.getBytes("hash"),
                      night.date(),
                      points,
                      level));
            });
    return changed;
  }

  /** Keeps what they were told; a night that is told again says the same. */
  void keep() {
    if (night.home().config().sync().platforms().isEmpty()) return;
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              SQL.statement("forget").run(connection, Map.of("night", night.date()));
              Rows.of(SentRow.class).append(connection, "balance_sent", sent);
            });
  }
}
