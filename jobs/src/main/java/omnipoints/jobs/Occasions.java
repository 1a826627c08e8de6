package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.facts.LineKey;
import omnipoints.facts.OrderKeys;
import omnipoints.points.LineTarget;
import omnipoints.points.OccasionWorth;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.Occasion;
import omnipoints.sql.Cursor;
import omnipoints.sql.Script;

/**
 * What joining, a date and top-ups are worth, between order space and member space: what is given
 * stands among the targets of accounts as if orders gave it. Memory: one occasion.
 */
final class Occasions {

  private static final Script SQL = Night.script("occasions");

  /** What stands of an award that an earlier night gave. */
  private record Stands(
      UUID orderKey,
      LocalDate firstNight,
      String award,
      OccasionWorth.Given given,
      long earned,
      long clawedBack) {}

  private final Night night;
  private final OrderKeys keys = new OrderKeys();
  private final ShareTables tables;

  private Occasions(Night night, ShareTables tables) {
    this.night = night;
    this.tables = tables;
  }

  private static boolean answered(Night night, Occasion.Kind kind) {
    // a referral is no occasion of one member: it waits for what a friend buys
    if (kind == Occasion.Kind.REFERRAL) return false;
    return kind == Occasion.Kind.SCHEDULE
        ? night.programme().gives(night.date())
        : night.programme().answers(kind);
  }

  /** Whether tonight asks for any. */
  static boolean asked(Night night) {
    for (Occasion.Kind kind : Occasion.Kind.values()) if (answered(night, kind)) return true;
    return false;
  }

  /** Finds them. */
  static void find(Night night) throws SQLException {
    if (!asked(night)) return;
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              night.run(connection, SQL, "create_occasion");
              if (answered(night, Occasion.Kind.TOPUP)) night.run(connection, SQL, "topups");
              if (answered(night, Occasion.Kind.MEMBER)) {
                night.run(connection, SQL, "members");
                night.run(connection, SQL, "merged");
              }
              if (answered(night, Occasion.Kind.SCHEDULE)) night.run(connection, SQL, "scheduled");
              night.run(connection, SQL, "analyze");
            });
  }

  /** Decides them. */
  static void run(Night night, Connection reading, ShareTables tables) throws SQLException {
    if (asked(night)) new Occasions(night, tables).readAll(reading);
  }

  static void close(Night night, Connection connection) {
    if (asked(night)) night.run(connection, SQL, "apply_occasions");
  }

  private void readAll(Connection reading) throws SQLException {
    Map<String, Object> params = night.params(SQL);
    try (Cursor occasion = SQL.statement("occasions").open(reading, params);
        Cursor given = SQL.statement("given").open(reading, params)) {
      for (; occasion.hasRow(); occasion.advance()) {
        ResultSet row = occasion.row();
        String member = row.getString("member_id");
        String kind = row.getString("kind");
        String number = row.getString("number");
        List<Stands> stands = new ArrayList<>();
        if (!row.getBoolean("fresh"))
          while (given.hasRow() && of(given.row(), member, kind, number, stands)) {
            stands.add(stands(given.row()));
            given.advance();
          }
        put(member, event(row), stands);
      }
      if (given.hasRow()) throw new IllegalStateException("awards of nothing that happened");
    }
  }

  /** Whether a row is of this occasion, and where it is one award only, of the same. */
  private static boolean of(
      ResultSet row, String member, String kind, String number, List<Stands> before)
      throws SQLException {
    boolean first = before.isEmpty() || row.getString("award") == null;
    return first
        && row.getString("member_id").equals(member)
        && row.getString("kind").equals(kind)
        && row.getString("number").equals(number);
  }

  private Stands stands(ResultSet row) throws SQLException {
    return new Stands(
        row.getObject("order_key", UUID.class),
        Columns.date(row, "first_night"),
        row.getString("line_key"),
        new OccasionWorth.Given(night.pins().read(row), Awards.read(row)),
        row.getLong("earned"),
        row.getLong("clawed_back"));
  }

  private OccasionWorth.Event event(ResultSet row) throws SQLException {
    Occasion.Kind kind = Occasion.Kind.valueOf(row.getString("kind"));
    long fen = row.getLong("fen");
    return new OccasionWorth.Event(
        kind,
        row.getString("number"),
        Columns.instant(row, "at"),
        fen,
        RefundSteps.read(row.getString("refunds")),
        row.getBoolean("fresh"),
        Columns.instant(row, "revoked_at"),
        new Facts(
            LocalDateTime.ofInstant(Columns.instant(row, "asked_at"), night.zone()),
            Facts.Order.of(null, row.getString("shop")),
            null,
            null,
            kind == Occasion.Kind.TOPUP ? (Long) fen : null,
            OrderReader.owner(night, row)));
  }

  private void put(String member, OccasionWorth.Event event, List<Stands> before) {
    Map<String, Stands> byAward = new HashMap<>();
    for (Stands one : before) byAward.put(one.award(), one);
    List<OccasionWorth.Given> given = before.stream().map(Stands::given).toList();
    for (LineTarget target : OccasionWorth.of(night.programme(), night.zone(), event, given))
      put(member, target, byAward.get(target.key().line()));
  }

  private void put(String member, LineTarget target, Stands before) {
    LineKey key = target.key();
    tables.put(
        member,
        target,
        before == null
            ? new ShareTables.Stands(
                keys.of(key.channel(), key.shop(), key.order()), night.date(), 0, 0)
            : new ShareTables.Stands(
                before.orderKey(), before.firstNight(), before.earned(), before.clawedBack()));
  }
}
