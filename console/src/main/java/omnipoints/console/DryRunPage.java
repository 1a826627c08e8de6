package omnipoints.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import omnipoints.jobs.DryRun;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRequest;
import omnipoints.sql.Database;
import omnipoints.sql.DatabaseCopy;

/** {@code nightly --dry-run}: what nights would book, and nothing written. */
final class DryRunPage {
  private DryRunPage() {}

  private record Told(boolean dryRun, @JsonUnwrapped DryRun would, List<String> next) {}

  static Answer answer(Call call, Home home, NightRequest request) throws SQLException {
    try (DatabaseCopy copy = DatabaseCopy.of(Databases.urlOf(home));
        Database database = Databases.migrated(Database.open(copy.url()))) {
      DryRun would = DryRun.of(home, database, request);
      List<String> next = List.of(call.words().say("quarantine.replay.for_real"));
      return new Answer(
          would.exit(), new Told(true, would, next), page -> print(page, would, next));
    }
  }

  private static void print(Page page, DryRun would, List<String> next) {
    Words words = page.words();
    if (would.nights().isEmpty()) page.say("dryrun.closed", would.date());
    else page.say("dryrun.head", would.nights().get(0), would.date(), would.nights().size());
    TextTable points = words.table("channel", "shop", "kind", ">entries", ">points", ">moved");
    var sums = new TreeMap<String, long[]>();
    for (DryRun.Points of : would.points()) {
      points.row(
          of.channel(), of.shop(), words.kind(of.kind()), of.entries(), of.points(), of.moved());
      long[] sum = sums.computeIfAbsent(of.kind(), kind -> new long[3]);
      sum[0] += of.entries();
      sum[1] += of.points();
      sum[2] += of.moved();
    }
    sums.forEach(
        (kind, sum) ->
            points.row(words.say("dryrun.all"), "", words.kind(kind), sum[0], sum[1], sum[2]));
    page.table("dryrun.points", points);
    if (points.isEmpty()) page.say("dryrun.nothing");
    TextTable files =
        words.table("channel", "shop", "document", "outcome", ">in", ">rejected", "file");
    for (DryRun.Delivery of : would.deliveries())
      files.row(
          of.channel(),
          of.shop(),
          of.document(),
          of.outcome(),
          of.rows(),
          of.rejected(),
          of.file());
    page.table("dryrun.files", files);
    TextTable breaks = words.table("type", ">opened");
    for (DryRun.Break of : would.breaks()) breaks.row(of.type(), of.opened());
    page.table("dryrun.breaks", breaks);
    page.blank().say("dryrun.local").next(next);
  }
}
