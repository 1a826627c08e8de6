package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.facts.LineKey;
import omnipoints.facts.OrderKeys;
import omnipoints.facts.RefundStep;
import omnipoints.points.ActivityWorth;
import omnipoints.points.Allotment;
import omnipoints.points.AwardKey;
import omnipoints.points.LineTarget;
import omnipoints.points.MemberOutcome;
import omnipoints.sql.Cursor;
import omnipoints.sql.Script;

/**
 * What activities are worth, between order space and member space: by then tonight's money of the
 * orders that some of them name is known, and what is given stands among the targets of accounts as
 * if orders gave it. Memory: one account.
 */
final class Share implements AutoCloseable {

  private static final Script SQL = Night.script("share");

  /** An award that got less than it desired. Grain: one per award. */
  private record AwardedRow(
      LocalDate night,
      String memberId,
      String rule,
      String causeType,
      String causeKey,
      long desired,
      long granted,
      String reason) {}

  /** What stands of an award that an earlier night gave. */
  private record Stands(UUID orderKey, LocalDate firstNight, long earned, long clawedBack) {}

  private final Night night;
  private final OrderKeys keys = new OrderKeys();
  private final NightRows<TargetRow> targets;
  private final NightRows<AwardedRow> awarded;

  private Share(Night night) {
    this.night = night;
    targets = NightRows.own(night, "shared", TargetRow.class);
    awarded = NightRows.own(night, "awarded", AwardedRow.class);
  }

  private static boolean asked(Night night) {
    return night.programme().asksActivities();
  }

  /** Tonight's activities; the orders that they name are looked at. */
  static void begin(Night night, Connection connection) {
    if (!asked(night)) return;
    night.runAll(connection, SQL, "create_");
    night.run(connection, SQL, "due");
    night.run(connection, SQL, "touch");
  }

  /** Decides them, once order space is decided. */
  static void run(Night night) throws SQLException {
    if (!asked(night)) return;
    night
        .database()
        .inTransaction(
            reading -> {
              night.run(reading, SQL, "analyze");
              try (var share = new Share(night)) {
                share.readAll(reading);
                share.targets.finish();
                share.awarded.finish();
              }
              return null;
            });
  }

  /** What is given stands among the targets of the accounts. */
  static void handOver(Night night, Connection connection) {
    if (asked(night)) night.runAll(connection, SQL, "hand_");
  }

  static void close(Night night, Connection connection) {
    if (asked(night)) night.runAll(connection, SQL, "apply_");
  }

  private void readAll(Connection reading) throws SQLException {
    Map<String, Object> params = night.params(SQL);
    try (Cursor activity = SQL.statement("activities").open(reading, params);
        Cursor counted = SQL.statement("counted").open(reading, params)) {
      while (activity.hasRow()) {
        String member = activity.row().getString("member_id");
        List<ActivityWorth.Event> events = new ArrayList<>();
        List<ActivityWorth.Paid> paid = new ArrayList<>();
        Map<LineKey, Stands> stands = new HashMap<>();
        activity.take("member_id", member, row -> events.add(event(row)));
        counted.take(
            "member_id",
            member,
            row -> {
              ActivityWorth.Paid one = paid(row);
              paid.add(one);
              if (one.decision() != null) stands.put(key(one), stands(row));
            });
        put(member, ActivityWorth.of(night.programme(), night.zone(), events, paid), stands);
      }
      if (counted.hasRow()) throw new IllegalStateException("rows of a member without activities");
    }
  }

  private void put(String member, ActivityWorth.Worth worth, Map<LineKey, Stands> stands) {
    for (LineTarget target : worth.targets()) put(member, target, stands.get(target.key()));
    for (Allotment one : worth.allotments())
      if (one.bound())
        awarded.put(
            new AwardedRow(
                night.date(),
                member,
                one.rule(),
                one.causeType(),
                one.causeKey(),
                one.desired(),
                one.granted(),
                one.why().name()));
  }

  private void put(String member, LineTarget target, Stands before) {
    LineKey key = target.key();
    LocalDate debitOn =
        before == null || before.earned() == 0
            ? night.date()
            : LocalDate.ofInstant(target.earnedAt(), night.zone());
    for (RefundStep step : target.refunds()) {
      LocalDate on = LocalDate.ofInstant(step.at(), night.zone());
      if (on.isBefore(debitOn)) debitOn = on;
    }
    targets.put(
        TargetRow.of(
            night,
            member,
            before == null ? keys.of(key.channel(), key.shop(), key.order()) : before.orderKey(),
            before == null ? night.date() : before.firstNight(),
            target,
            before == null ? 0 : before.earned(),
            before == null ? 0 : before.clawedBack(),
            debitOn));
  }

  private ActivityWorth.Event event(ResultSet row) throws SQLException {
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

  private static Stands stands(ResultSet row) throws SQLException {
    return new Stands(
        row.getObject("order_key", UUID.class),
        Columns.date(row, "first_night"),
        row.getLong("earned"),
        row.getLong("clawed_back"));
  }

  @Override
  public void close() {
    targets.close();
    awarded.close();
  }
}
