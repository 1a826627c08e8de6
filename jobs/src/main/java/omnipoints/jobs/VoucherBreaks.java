package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.points.VoucherUses;
import omnipoints.points.rules.Coupon;
import omnipoints.points.rules.Rational;
import omnipoints.sql.Script;

/** What tills say of vouchers and passes against what was handed out. */
final class VoucherBreaks {

  private static final Script SQL = Passes.SQL;

  /** A use as the statement tells it. */
  private record Row(String code, VoucherUses.Issued issued, VoucherUses.Use use, Long baseFen) {}

  private final Night night;
  private final Connection connection;

  /** Null in homes that were never told of any. */
  private final Passes.Uses passes;

  private VoucherBreaks(Night night, Connection connection, Passes.Uses passes) {
    this.night = night;
    this.connection = connection;
    this.passes = passes;
  }

  /** Judges what is told of them tonight. */
  static VoucherBreaks judged(Night night, Connection connection) {
    night.run(connection, SQL, "forget");
    boolean told =
        SQL.statement("told")
            .one(connection, night.params(SQL), row -> row.getBoolean(1))
            .orElseThrow();
    if (told) judge(night, connection);
    return new VoucherBreaks(night, connection, told ? Passes.uses(night, connection) : null);
  }

  /** Adds what is wrong to {@code break_found}. */
  long find() {
    if (passes == null) return 0;
    Map<String, Object> params = night.params(SQL);
    params.put("uses", passes.uncovered());
    return SQL.statement("find_wrong").run(connection, params)
        + SQL.statement("find_uncovered").run(connection, params);
  }

  /** Closes what is in order again. */
  void close() {
    if (passes == null) return;
    night.run(connection, SQL, "close_right");
    night.run(connection, SQL, "close_uncovered");
    Map<String, Object> params = night.params(SQL);
    params.put("right", passes.covered());
    SQL.statement("close_covered").run(connection, params);
  }

  private static void judge(Night night, Connection connection) {
    Map<String, List<Row>> codes = new LinkedHashMap<>();
    for (Row row : SQL.statement("uses").list(connection, night.params(SQL), VoucherBreaks::row))
      codes.computeIfAbsent(row.code(), code -> new ArrayList<>()).add(row);
    Map<String, Set<String>> codesOf = new HashMap<>();
    Map<String, Long> offOf = new HashMap<>();
    for (List<Row> uses : codes.values()) {
      Map<String, Long> taken = new HashMap<>();
      for (Row row : uses) {
        if (row.use().order() == null) continue;
        if (row.use().undo()) taken.remove(row.use().order());
        else taken.put(row.use().order(), row.use().offFen() == null ? 0 : row.use().offFen());
      }
      taken.forEach(
          (order, off) -> {
            codesOf.computeIfAbsent(order, o -> new HashSet<>()).add(uses.get(0).code());
            offOf.merge(order, off, Math::addExact);
          });
    }
    List<String> keys = new ArrayList<>();
    List<String> outcomes = new ArrayList<>();
    for (List<Row> rows : codes.values()) {
      List<VoucherUses.Use> uses = new ArrayList<>();
      for (Row row : rows) {
        String order = row.use().order();
        boolean beside = order != null && codesOf.getOrDefault(order, Set.of()).size() > 1;
        Long cost =
            row.baseFen() == null ? null : (Long) (row.baseFen() + offOf.getOrDefault(order, 0L));
        VoucherUses.Use use = row.use();
        uses.add(
            new VoucherUses.Use(
                use.key(), use.at(), use.shop(), order, use.undo(), use.offFen(), cost, beside));
      }
      for (VoucherUses.Judged judged :
          VoucherUses.judge(rows.get(0).issued(), uses, night.zone())) {
        keys.add(judged.use().key());
        outcomes.add(judged.outcome().name());
      }
    }
    if (keys.isEmpty()) return;
    SQL.statement("judged")
        .run(connection, Map.of("night", night.date(), "keys", keys, "outcomes", outcomes));
  }

  private static Row row(ResultSet row) throws SQLException {
    String rate = row.getString("rate");
    VoucherUses.Issued issued = null;
    if (row.getString("request_no") != null) {
      String shops = row.getString("shops");
      var coupon =
          new Coupon(
              Columns.number(row, "worth_fen"),
              row.getLong("from_fen"),
              rate == null ? null : Rational.parse(rate),
              Columns.number(row, "max_fen"),
              row.getBoolean("stackable"),
              null,
              shops.isEmpty() ? List.of() : List.of(shops.split("\\|")));
      issued =
          new VoucherUses.Issued(
              coupon, Columns.date(row, "valid_to"), row.getBoolean("cancelled"));
    }
    return new Row(
        row.getString("code"),
        issued,
        new VoucherUses.Use(
            row.getString("key"),
            Columns.instant(row, "at"),
            row.getString("shop"),
            row.getString("order_no"),
            row.getString("event").equals("UNDO"),
            Columns.number(row, "off_fen"),
            null,
            false),
        Columns.number(row, "base_fen"));
  }
}
