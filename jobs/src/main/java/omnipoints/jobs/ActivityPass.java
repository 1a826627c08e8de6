package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.facts.LineKey;
import omnipoints.facts.OrderKeys;
import omnipoints.points.ActivityWorth;
import omnipoints.points.Allotment;
import omnipoints.points.AwardKey;
import omnipoints.points.LineTarget;
import omnipoints.points.MemberOutcome;
import omnipoints.sql.Cursor;

/** What activities are worth, member by member. Memory: the activities of one member. */
final class ActivityPass {

  private final Night night;
  private final ShareTables tables;
  private final OrderKeys keys = new OrderKeys();

  ActivityPass(Night night, ShareTables tables) {
    this.night = night;
    this.tables = tables;
  }

  void readAll(Connection reading) throws SQLException {
    Map<String, Object> params = night.params(ShareTables.SQL);
    try (Cursor activity = ShareTables.SQL.statement("activities").open(reading, params);
        Cursor counted = ShareTables.SQL.statement("counted").open(reading, params);
        Cursor day =
            night.programme().ladderRules().isEmpty()
                ? null
                : ShareTables.SQL.statement("ladder_days").open(reading, params)) {
      while (activity.hasRow()) {
        String member = activity.row().getString("member_id");
        List<ActivityWorth.Event> events = new ArrayList<>();
        Instant bound = Columns.instant(activity.row(), "bound_at");
        List<ActivityWorth.Event> all = new ArrayList<>(0);
        List<ActivityWorth.Paid> paid = new ArrayList<>();
        Map<LineKey, ShareTables.Stands> stands = new HashMap<>();
        activity.take("member_id", member, row -> events.add(event(row, NamedOrders.turned(row))));
        counted.take(
            "member_id",
            member,
            row -> {
              ActivityWorth.Paid one = paid(row);
              paid.add(one);
              if (one.decision() != null) stands.put(key(one), stands(row));
            });
        if (day != null) day.take("member_id", member, row -> all.add(event(row, false)));
        var history = new ActivityWorth.History(night.date(), paid, all, bound);
        put(member, ActivityWorth.of(night.programme(), night.zone(), events, history), stands);
      }
      if (counted.hasRow()) throw new IllegalStateException("rows of a member without activities");
    }
  }

  private void put(
      String member, ActivityWorth.Worth worth, Map<LineKey, ShareTables.Stands> stands) {
    for (LineTarget target : worth.targets()) {
      LineKey key = target.key();
      ShareTables.Stands before = stands.get(key);
      tables.put(
          member,
          target,
          before != null
              ? before
              : new ShareTables.Stands(
                  keys.of(key.channel(), key.shop(), key.order()), night.date(), 0, 0));
    }
    for (Allotment one : worth.allotments()) tables.put(member, one);
  }

  private ActivityWorth.Event event(ResultSet row, boolean turned) throws SQLException {
    return new ActivityWorth.Event(
        row.getString("key"),
        Columns.instant(row, "at"),
        row.getString("type"),
        row.getString("platform"),
        row.getString("channel"),
        row.getString("shop"),
        Columns.date(row, "read_on"),
        row.getBoolean("makeup"),
        row.getString("named"),
        NamedOrders.read(row),
        row.getBoolean("fresh"),
        turned,
        row.getString("member_id"),
        OrderReader.owner(night, row));
  }

  private ActivityWorth.Paid paid(ResultSet row) throws SQLException {
    return new ActivityWorth.Paid(
        AwardKey.rule(row.getString("line_key")),
        row.getString("key"),
        row.getString("platform"),
        Columns.instant(row, "at"),
        row.getString("named"),
        row.getLong("points"),
        night.pins().read(row),
        Awards.read(row));
  }

  private static LineKey key(ActivityWorth.Paid paid) {
    return AwardKey.of(MemberOutcome.CauseType.ACTIVITY, paid.key(), paid.rule());
  }

  private static ShareTables.Stands stands(ResultSet row) throws SQLException {
    return new ShareTables.Stands(
        row.getObject("order_key", UUID.class),
        Columns.date(row, "first_night"),
        row.getLong("earned"),
        row.getLong("clawed_back"));
  }
}
