package omnipoints.jobs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import omnipoints.routes.pull.SyncFacts;
import omnipoints.routes.pull.SyncItem;

/**
 * What a platform is told of members in a night, in the shape its own interface takes; one request
 * a line.
 *
 * @param house what its requests say of the house
 */
record SyncRequests(SyncConfig.Platform platform, String house, LocalDate night, Instant cut) {

  /**
   * A member of a platform whose points or level are not what it was told before.
   *
   * @param before what it was told, 0 where it was told nothing
   * @param level from 1
   */
  record Told(String shown, byte[] hash, long before, long points, int level) {
    long change() {
      return points - before;
    }
  }

  /** Unique, and the same in every rerun: night and token. */
  String requestNo(Told told) {
    return night.toString().replace("-", "")
        + "-"
        + HexFormat.of().formatHex(told.hash()).substring(0, 24);
  }

  /** The requests, in the order of what is told. */
  List<Map<String, Object>> of(List<Told> all) {
    SyncFacts facts = SyncFacts.of(platform.word());
    List<SyncItem> items =
        all.stream().filter(told -> facts.levels() || told.change() != 0).map(this::item).toList();
    List<Map<String, Object>> requests = new ArrayList<>();
    for (int i = 0; i < items.size(); i += facts.batch())
      requests.add(
          facts.request(items.subList(i, Math.min(items.size(), i + facts.batch())), house));
    return requests;
  }

  private SyncItem item(Told told) {
    return new SyncItem(
        requestNo(told), told.shown(), told.before(), told.points(), told.level(), night, cut);
  }
}
