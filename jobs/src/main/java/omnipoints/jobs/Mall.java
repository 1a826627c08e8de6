package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import omnipoints.jobs.extract.Csv;
import omnipoints.jobs.extract.ExtractFolder;
import omnipoints.points.EntryKey;
import omnipoints.points.Program;
import omnipoints.points.Redemption;
import omnipoints.points.Wish;
import omnipoints.points.rules.Item;
import omnipoints.points.rules.Limit;
import omnipoints.points.tiers.Level;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * What malls and tills are told of a closed night, in {@code outbox/mall/<date>/}: what became of
 * redemptions, what is to be had from the next midnight on and by whom, and what members may spend.
 * The manifest comes last. A home in which nothing is to be had gets none of it.
 */
final class Mall {

  private static final Script SQL = Statements.job("export").step("mall");

  private final Night night;
  private final Program next;
  private final Map<String, Long> gone = new HashMap<>();

  /** By redemption, a {@code |} between several. */
  private final Map<String, String> codes = new HashMap<>();

  private Mall(Night night) {
    this.night = night;
    this.next = night.programme().ofNight(night.date().plusDays(1));
  }

  static void write(Night night) {
    var mall = new Mall(night);
    boolean told = !night.home().config().sync().platforms().isEmpty();
    if (mall.next.redeem().isEmpty() && !told && !asks(night)) return;
    Path folder = night.home().outbox().resolveSibling("mall").resolve(night.date().toString());
    try (ExtractFolder files = ExtractFolder.open(folder, Csv.Reader.MACHINE)) {
      night.database().readOnce(connection -> mall.write(connection, files));
    } catch (UncheckedIOException e) {
      throw NightRefused.cannotWrite(folder, e.getCause(), night.date());
    } catch (IOException e) {
      throw NightRefused.cannotWrite(folder, e, night.date());
    }
  }

  private static boolean asks(Night night) {
    boolean[] asks = new boolean[1];
    night
        .database()
        .readOnce(
            connection ->
                asks[0] =
                    SQL.statement("asks")
                        .one(connection, Map.of("night", night.date()), row -> row.getBoolean(1))
                        .orElse(false));
    return asks[0];
  }

  private void write(Connection connection, ExtractFolder files) {
    vouchers(connection, files);
    results(connection, files);
    SQL.statement("gone")
        .forEachRow(
            connection,
            Map.of("night", night.date()),
            row -> gone.put(row.getString(1), row.getLong(2)));
    if (gone.containsKey("")) transfers(connection, files);
    catalogue(files);
    eligible(connection, files);
    BalanceSync sync = balances(connection, files);
    DrawFiles.write(night, connection, files);
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("schema", "omnipoints.mall/1");
    manifest.put("date", night.date().toString());
    manifest.put("files", Manifest.files(files));
    List<Map<String, String>> draws = DrawFiles.said(night, connection);
    if (!draws.isEmpty()) manifest.put("draws", draws);
    List<Map<String, Object>> told = sync.write(files);
    if (!told.isEmpty()) manifest.put("sync", told);
    sync.keep();
    Manifest.close(connection, night.date(), manifest);
    files.publish(Manifest.bytes(manifest));
  }

  /** Codes are written out in this folder only: whoever lost it gets it by the extract again. */
  private void vouchers(Connection connection, ExtractFolder files) {
    files.csv(
        "voucher_issued.csv",
        List.of("request_no", "code", "item", "valid_to", "shops"),
        csv ->
            SQL.statement("issued")
                .forEachRow(
                    connection,
                    Map.of("night", night.date()),
                    row -> {
                      String requestNo = row.getString("request_no");
                      String code = night.tokens().voucher(requestNo, row.getInt("k"));
                      codes.merge(requestNo, code, (a, b) -> a + "|" + b);
                      csv.row(
                          requestNo,
                          code,
                          row.getString("item"),
                          row.getString("valid_to"),
                          row.getString("shops").isEmpty() ? null : row.getString("shops"));
                    }));
  }

  private void results(Connection connection, ExtractFolder files) {
    files.csv(
        "redemption_result.csv",
        List.of(
            "request_no",
            "outcome",
            "reason",
            "points",
            "shortfall",
            "voucher",
            "entry",
            "balance_after"),
        csv ->
            SQL.statement("results")
                .forEachRow(
                    connection,
                    Map.of("night", night.date()),
                    row -> {
                      Integer n = row.getObject("entry_n", Integer.class);
                      csv.row(
                          row.getString("request_no"),
                          row.getString("outcome"),
                          row.getString("refusal"),
                          row.getString("points"),
                          row.getString("shortfall"),
                          codes.get(row.getString("request_no")),
                          n == null
                              ? null
                              : new EntryKey(night.date(), row.getString("member_id"), n)
                                  .toString(),
                          row.getString("balance_after"));
                    }));
  }

  private void transfers(Connection connection, ExtractFolder files) {
    files.csv(
        "transfer_result.csv",
        List.of("transfer_no", "outcome", "reason"),
        csv ->
            SQL.statement("transfers")
                .forEachRow(
                    connection,
                    Map.of("night", night.date()),
                    row -> csv.row(row.getString(1), row.getString(2), row.getString(3))));
  }

  /** With a column more where a version has goods that are not sold for money. */
  private void catalogue(ExtractFolder files) {
    boolean tells = next.redeem().items().stream().anyMatch(Item::pointsOnly);
    var columns =
        new ArrayList<>(List.of("item", "kind", "points", "cash_fen", "stock_left", "on"));
    if (tells) columns.add("points_only");
    files.csv(
        "catalogue.csv",
        columns,
        csv -> {
          for (Item item : sorted()) {
            var cells = new ArrayList<String>();
            cells.add(item.item());
            cells.add(item.kind().name().toLowerCase(Locale.ROOT));
            cells.add(Long.toString(item.points()));
            cells.add(item.cashFen() == 0 ? null : Long.toString(item.cashFen()));
            cells.add(item.stock() == null ? null : Long.toString(left(item)));
            cells.add(on(item) ? "yes" : "no");
            if (tells) cells.add(item.pointsOnly() ? "yes" : "no");
            csv.row(cells.toArray(String[]::new));
          }
        });
  }

  private List<Item> sorted() {
    var items = new ArrayList<>(next.redeem().items());
    items.sort((a, b) -> a.item().compareTo(b.item()));
    return items;
  }

  private long left(Item item) {
    return Math.max(0, item.stock() - gone.getOrDefault(item.item(), 0L));
  }

  /** Whether it is to be had at the next midnight. */
  private boolean on(Item item) {
    boolean there = item.stock() == null || left(item) > 0;
    return there && item.open(night.date().plusDays(1).atStartOfDay());
  }

  private void eligible(Connection connection, ExtractFolder files) {
    var items = new ArrayList<String>();
    var prices = new ArrayList<Long>();
    var counts = new ArrayList<Long>();
    var pers = new ArrayList<String>();
    var tiers = new ArrayList<String>();
    for (Item item : sorted()) {
      if (!on(item)) continue;
      boolean bound = item.limit() != null && item.limit().per() != Limit.Per.ORDER;
      items.add(item.item());
      prices.add(item.points());
      counts.add(bound ? item.limit().count() : 0L);
      tiers.add(String.join("|", item.tiers()));
      pers.add(bound ? item.limit().per().name() : "");
    }
    files.csv(
        "eligible.csv",
        List.of("member_id", "item"),
        csv -> {
          if (items.isEmpty()) return;
          SQL.statement("eligible")
              .forEachRow(
                  connection,
                  Map.of(
                      "night",
                      night.date(),
                      "zone",
                      night.zone().getId(),
                      "items",
                      items,
                      "prices",
                      prices,
                      "counts",
                      counts,
                      "pers",
                      pers,
                      "tiers",
                      tiers,
                      "first",
                      next.tiers().isEmpty() ? "" : next.tiers().first(),
                      "block",
                      next.debt().policy() == Program.DebtPolicy.BLOCK_REDEEM),
                  row -> csv.row(row.getString(1), row.getString(2)));
        });
  }

  /** What is available, less what requests would take that wait. */
  private BalanceSync balances(Connection connection, ExtractFolder files) {
    Map<String, Long> asked = new HashMap<>();
    SQL.statement("open_requests")
        .forEachRow(
            connection,
            Map.of(),
            row ->
                asked.merge(
                    row.getString("member_id"),
                    new Wish(
                            row.getString("item"),
                            Redemption.Mode.REQUESTED,
                            row.getLong("qty"),
                            Columns.number(row, "points"),
                            Columns.number(row, "cash_fen"),
                            null,
                            Columns.instant(row, "at"))
                        .ask(night.programme(), night.zone(), night.date())
                        .points(),
                    Math::addExact));
    var sync = new BalanceSync(night, next.tiers().levels().stream().map(Level::id).toList());
    Map<String, Object> params = new HashMap<>();
    params.put("night", night.date());
    params.put("zone", night.zone().getId());
    sync.ask(params);
    files.csv(
        "balance_sync.csv",
        List.of("member_id", "kind", "value", "spendable", "as_of_night"),
        csv ->
            SQL.statement("balances")
                .forEachRow(
                    connection,
                    params,
                    row -> {
                      String member = row.getString("member_id");
                      long free = row.getLong("available") - asked.getOrDefault(member, 0L);
                      long spendable = Math.max(0, free);
                      csv.row(
                          member,
                          row.getString("kind"),
                          row.getString("shown"),
                          Long.toString(spendable),
                          night.date().toString());
                      sync.token(row, spendable);
                    }));
    return sync;
  }
}
