package omnipoints.jobs;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.facts.CodePoints;
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

  /**
   * What a platform was told of a token. Grain: one per token.
   *
   * @param state FILE: somebody else hands it over; OPEN: it is sent after the night
   */
  record SentRow(
      String platform,
      String channel,
      byte[] hash,
      LocalDate night,
      long points,
      int level,
      String state) {

    /** What is said of whom. */
    private String what() {
      return String.join(
          " ", platform, HexFormat.of().formatHex(hash), Long.toString(points), "" + level);
    }

    private SentRow in(String other) {
      return new SentRow(platform, channel, hash, night, points, level, other);
    }
  }

  /** A token whose platform is told something else than before. */
  private record Change(SentRow sent, SyncRequests.Told told) {
    private static final Comparator<Change> BY_TOKEN =
        Comparator.comparing((Change one) -> one.sent().channel(), CodePoints::compare)
            .thenComparing(one -> one.sent().hash(), Arrays::compareUnsigned);
  }

  private final Night night;
  private final List<String> tiers;
  private final List<String> byApi;
  private final List<Change> changes = new ArrayList<>();

  /**
   * @param tiers levels in force from the next midnight on, the first one first
   */
  BalanceSync(Night night, List<String> tiers) {
    this.night = night;
    this.tiers = tiers;
    this.byApi = night.home().config().sync().byApi();
  }

  /** Which tokens are told to which platforms. */
  void ask(Map<String, Object> params) {
    Set<SyncConfig.Platform> platforms = night.home().config().sync().platforms().keySet();
    params.put("kinds", platforms.stream().map(platform -> platform.kind).toList());
    params.put("platforms", platforms.stream().map(SyncConfig.Platform::word).toList());
  }

  /** A token in force, with what its member may spend; nothing where nobody is told of it. */
  void token(ResultSet row, long spendable) throws SQLException {
    String platform = row.getString("platform");
    if (platform == null) return;
    int level = Math.max(0, tiers.indexOf(row.getString("tier"))) + 1;
    Long told = Columns.number(row, "told");
    Long toldLevel = Columns.number(row, "told_level");
    boolean same = told != null && told == spendable && toldLevel == level;
    if (same || told == null && spendable == 0 && level == 1) return;
    byte[] hash = row.getBytes("hash");
    String state = byApi.contains(platform) ? "OPEN" : "FILE";
    changes.add(
        new Change(
            new SentRow(
                platform, row.getString("channel"), hash, night.date(), spendable, level, state),
            new SyncRequests.Told(
                row.getString("shown"), hash, told == null ? 0 : told, spendable, level)));
  }

  /** Writes the files of all platforms; returns what they are. */
  List<Map<String, Object>> write(ExtractFolder files) {
    changes.sort(Change.BY_TOKEN);
    List<Map<String, Object>> written = new ArrayList<>();
    night
        .home()
        .config()
        .sync()
        .platforms()
        .forEach(
            (platform, target) -> {
              var requests = new SyncRequests(platform, target.house(), night.date(), night.cut());
              written.add(write(files, platform, requests.of(told(platform))));
            });
    return written;
  }

  private List<SyncRequests.Told> told(SyncConfig.Platform platform) {
    return changes.stream()
        .filter(change -> change.sent().platform().equals(platform.word()))
        .map(Change::told)
        .toList();
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

  /** Keeps what they were told; a night that is told again says the same, and undoes nothing. */
  void keep() {
    if (night.home().config().sync().platforms().isEmpty()) return;
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              Map<String, Object> of = Map.of("night", night.date());
              Map<String, String> before = new HashMap<>();
              for (SentRow row :
                  Rows.of(SentRow.class).read(SQL.statement("before"), connection, of))
                before.put(row.what(), row.state());
              SQL.statement("forget").run(connection, of);
              Rows.of(SentRow.class)
                  .append(
                      connection,
                      "balance_sent",
                      changes.stream()
                          .map(Change::sent)
                          .map(row -> row.in(before.getOrDefault(row.what(), row.state())))
                          .toList());
            });
  }
}
