package omnipoints.jobs;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.facts.LineKey;
import omnipoints.points.EntryKey;
import omnipoints.points.MemberState;
import omnipoints.points.PaidBack;
import omnipoints.points.Program;
import omnipoints.points.Redemption;
import omnipoints.points.Wish;
import omnipoints.points.rules.CashOff;
import omnipoints.points.rules.Limit;
import omnipoints.points.rules.Redeem;

/**
 * What one account spends tonight, as rows tell it, on its way to {@link
 * omnipoints.points.MemberNight}.
 */
final class Spending {

  /**
   * A redemption as its document says it, and what earlier nights made of it.
   *
   * @param outcome null where no night has decided
   * @param cancelledAt null where nobody told so
   * @param released somebody let it go, who looked at it
   * @param tier of his at that time, null where he had none
   */
  record Row(
      String requestNo,
      Redemption.Mode mode,
      String item,
      long qty,
      Long points,
      Long cashFen,
      String orderChannel,
      String orderNo,
      Instant at,
      Redemption.Outcome outcome,
      long redeemed,
      long restored,
      Instant cancelledAt,
      boolean released,
      String tier) {

    LineKey key() {
      return Redemption.key(requestNo);
    }

    /** Channel and number of the order it belongs to. */
    String order() {
      return orderChannel + " " + orderNo;
    }
  }

  /**
   * What the account had before of an item.
   *
   * @param order channel and number, a blank between them
   */
  private record Had(String item, LocalDate on, String order, long qty) {}

  /** A line of an order that points paid a part of. */
  private record PaidLine(String sku, PaidBack.Line line) {}

  private final String member;
  private final List<Row> rows = new ArrayList<>(0);
  private final List<Had> had = new ArrayList<>(0);
  private final Map<String, List<PaidLine>> paid = new HashMap<>(0);
  private final List<MemberState.Allocated> taken = new ArrayList<>(0);
  private final Map<LocalDate, Long> paced = new HashMap<>(0);
  private final Set<EntryKey> grace = new HashSet<>(0);
  private final Map<LineKey, Redemption> redemptions = new HashMap<>(0);

  Spending(String member) {
    this.member = member;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void addWish(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    rows.add(
        new Row(
            row.getString("request_no"),
            Redemption.Mode.valueOf(row.getString("mode")),
            row.getString("item"),
            row.getLong("qty"),
            row.getObject("points", Long.class),
            row.getObject("cash_fen", Long.class),
            row.getString("order_channel"),
            row.getString("order_no"),
            Columns.instant(row, "at"),
            outcome == null ? null : Redemption.Outcome.valueOf(outcome),
            row.getLong("redeemed"),
            row.getLong("restored"),
            Columns.instant(row, "cancelled_at"),
            row.getBoolean("released"),
            row.getString("tier")));
  }

  void addHad(ResultSet row) throws SQLException {
    had.add(
        new Had(
            row.getString("item"),
            Columns.date(row, "on_date"),
            row.getString("order_channel") + " " + row.getString("order_no"),
            row.getLong("qty")));
  }

  void addPaid(ResultSet row) throws SQLException {
    paid.computeIfAbsent(row.getString("request_no"), no -> new ArrayList<>())
        .add(
            new PaidLine(
                row.getString("sku"),
                new PaidBack.Line(
                    false,
                    row.getObject("due_fen", Long.class),
                    row.getObject("price_fen", Long.class),
                    row.getObject("qty", BigDecimal.class),
                    row.getLong("base_fen"),
                    RefundSteps.read(row.getString("refunds")),
                    row.getBoolean("returned"))));
  }

  void addTaken(ResultSet row) throws SQLException {
    taken.add(
        new MemberState.Allocated(
            new EntryKey(
                Columns.date(row, "night"), row.getString("debit_member"), row.getInt("n")),
            Redemption.key(row.getString("request_no")),
            new EntryKey(
                Columns.date(row, "lot_night"), row.getString("lot_member"), row.getInt("lot_n")),
            row.getLong("points")));
  }

  void addPaced(ResultSet row) throws SQLException {
    paced.put(Columns.date(row, "on_date"), row.getLong("times"));
  }

  void addGrace(ResultSet row) throws SQLException {
    grace.add(
        new EntryKey(Columns.date(row, "night"), row.getString("lot_member"), row.getInt("n")));
  }

  /** Requests that nothing was decided of. */
  int undecided() {
    int undecided = 0;
    for (Row row : rows) if (row.outcome() == null) undecided++;
    return undecided;
  }

  MemberState.Redeemed before() {
    List<Redemption.Posted> posted = new ArrayList<>(rows.size());
    for (Row row : rows)
      if (row.outcome() != null)
        posted.add(
            new Redemption.Posted(
                row.key(), member, row.outcome(), row.redeemed(), row.restored()));
    return new MemberState.Redeemed(posted, taken, grace);
  }

  /**
   * What the night is asked.
   *
   * @param outOfStock requests for which no more are left
   */
  List<Redemption> redemptions(Night night, Set<String> outOfStock) {
    List<Redemption> asked = new ArrayList<>(rows.size());
    for (Row row : rows) asked.add(redemption(row, night, outOfStock.contains(row.requestNo())));
    for (Redemption one : asked) redemptions.put(one.key(), one);
    return asked;
  }

  /** The row of a redemption of the account. */
  Row row(LineKey key) {
    for (Row row : rows) if (row.requestNo().equals(key.order())) return row;
    throw new IllegalStateException("no redemption " + key.order());
  }

  /** The points that it costs. */
  long points(LineKey key) {
    return redemptions.get(key).points();
  }

  /** Why the price of an executed one is not known, null where it is. */
  Redemption.Refusal unpriced(LineKey key) {
    Redemption one = redemptions.get(key);
    return one.mode() == Redemption.Mode.EXECUTED
        ? one.against().stream().findFirst().orElse(null)
        : null;
  }

  private Redemption redemption(Row row, Night night, boolean outOfStock) {
    List<PaidBack.Line> lines = lines(row, night);
    var wish =
        new Wish(
            row.item(),
            row.mode(),
            row.qty(),
            row.points(),
            row.cashFen(),
            lines.isEmpty() ? null : payable(lines),
            row.at(),
            row.tier());
    Wish.Answer answer = wish.ask(night.programme(), night.zone(), night.date());
    Set<Redemption.Refusal> against = answer.against();
    if (outOfStock) against.add(Redemption.Refusal.STOCK);
    long spent = row.outcome() == null ? answer.points() : row.redeemed();
    return new Redemption(
        row.key(),
        row.mode(),
        row.at(),
        answer.points(),
        against,
        answer.limit() == null ? null : bound(row, answer.limit(), night),
        back(row, spent, lines, night),
        pace(row, night));
  }

  private Redemption.Pace pace(Row row, Night night) {
    Long most = night.rules().limits().velocity().redeemPerDay();
    if (most == null) return null;
    LocalDate day = LocalDate.ofInstant(row.at(), night.zone());
    return new Redemption.Pace(day.toString(), most, paced.getOrDefault(day, 0L), row.released());
  }

  private List<PaidBack.Line> lines(Row row, Night night) {
    Program version = night.programme().at(LocalDate.ofInstant(row.at(), night.zone()));
    CashOff cashOff = version == null ? null : version.redeem().cashOff();
    List<PaidBack.Line> lines = new ArrayList<>();
    for (PaidLine paidLine : paid.getOrDefault(row.requestNo(), List.of())) {
      PaidBack.Line line = paidLine.line();
      boolean except = cashOff != null && cashOff.except().contains(paidLine.sku());
      lines.add(
          new PaidBack.Line(
              except,
              line.dueFen(),
              line.priceFen(),
              line.qty(),
              line.baseFen(),
              line.refunds(),
              line.returned()));
    }
    return lines;
  }

  private static long payable(List<PaidBack.Line> lines) {
    long sum = 0;
    for (PaidBack.Line line : lines) if (!line.except()) sum = Math.addExact(sum, line.baseFen());
    return sum;
  }

  private Redemption.Bound bound(Row row, Limit limit, Night night) {
    LocalDate on = LocalDate.ofInstant(row.at(), night.zone());
    String period = limit.per().period(on, null, row.orderNo() == null ? null : row.order());
    long used = 0;
    for (Had before : had) {
      boolean counts =
          before.item().equals(row.item())
              && limit.per().period(before.on(), null, before.order()).equals(period);
      if (counts) used = Math.addExact(used, before.qty());
    }
    return new Redemption.Bound(row.item() + " " + period, limit.count(), used, row.qty());
  }

  /** A cancelled one gives all back, before it what came back of its order. */
  private static List<Redemption.Back> back(
      Row row, long spent, List<PaidBack.Line> lines, Night night) {
    List<Redemption.Back> back =
        row.item().equals(Redeem.CASH_OFF)
            ? PaidBack.of(spent, lines, night.cut().minusSeconds(1))
            : List.of();
    if (row.cancelledAt() == null || spent == 0) return back;
    var all = new ArrayList<Redemption.Back>();
    for (Redemption.Back step : back)
      if (step.at().isBefore(row.cancelledAt()) && step.points() < spent) all.add(step);
    all.add(new Redemption.Back(row.cancelledAt(), spent));
    return all;
  }
}
