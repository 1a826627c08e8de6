package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import omnipoints.facts.OrderFacts;
import omnipoints.jobs.OrderReader.Decided;
import omnipoints.points.Allotment;
import omnipoints.points.OrderWorth.Target;
import omnipoints.points.Products;
import omnipoints.sql.Script;

/**
 * First half of post, in order space: two halves of the key space are read and decided side by
 * side, and the targets of their lines shuffled to the accounts they belong to.
 */
final class OrderPass {

  private static final Script SQL = Night.script("post");

  // keys are hashes: half of them lie in each half
  private static final UUID FIRST = new UUID(0, 0);

  private static final UUID LAST_OF_LOWER = new UUID(Long.MAX_VALUE, -1);
  private static final UUID FIRST_OF_UPPER = new UUID(Long.MIN_VALUE, 0);
  private static final UUID LAST = new UUID(-1, -1);

  private final Night night;
  private final NightRows<TargetRow> targets;
  private final NightRows<VerdictRow> verdicts;
  private final NightRows<VerdictRow.Again> again;
  private final NightRows<SpendRow> spend;
  private final PaidOrders paid;
  private final NamedOrders named;
  private final BidRows bids;
  private final ReferralOrders referrals;
  private final NightRows<AwardedRow> capped;
  private final LineMoney money;
  private final MoneyOff moneyOff;
  private final Exchanged exchanged;
  private final NightRows<ChargeRow> charges;
  private final ClassChanges changes = new ClassChanges();
  private final AtomicLong done = new AtomicLong();
  private Products products = Products.NONE;
  private long told;

  private OrderPass(
      Night night,
      NightRows<TargetRow> targets,
      NightRows<VerdictRow> verdicts,
      NightRows<VerdictRow.Again> again,
      NightRows<SpendRow> spend,
      PaidOrders paid,
      NamedOrders named,
      BidRows bids,
      ReferralOrders referrals,
      NightRows<AwardedRow> capped,
      LineMoney money,
      MoneyOff moneyOff,
      Exchanged exchanged,
      NightRows<ChargeRow> charges) {
    this.night = night;
    this.targets = targets;
    this.verdicts = verdicts;
    this.again = again;
    this.spend = spend;
    this.paid = paid;
    this.named = named;
    this.bids = bids;
    this.referrals = referrals;
    this.capped = capped;
    this.money = money;
    this.moneyOff = moneyOff;
    this.exchanged = exchanged;
    this.charges = charges;
  }

  /**
   * Returns the number of orders decided.
   *
   * @param partly orders that points paid a part of
   * @param byActivities orders that activities of the night name
   * @param moneyOff what points took off orders
   * @param exchanged orders that took the place of others, and those
   */
  static long run(
      Night night, Set<UUID> partly, Set<UUID> byActivities, MoneyOff moneyOff, Exchanged exchanged)
      throws SQLException {
    try (NightRows<TargetRow> targets = NightRows.own(night, "target", TargetRow.class);
        NightRows<VerdictRow> verdicts = NightRows.own(night, "verdict", VerdictRow.class);
        NightRows<VerdictRow.Again> again =
            NightRows.own(night, "verdict_again", VerdictRow.Again.class);
        NightRows<SpendRow> spend = NightRows.own(night, "spend", SpendRow.class);
        PaidOrders paid = new PaidOrders(night, partly);
        NamedOrders named = new NamedOrders(night, byActivities);
        BidRows bids = new BidRows(night);
        ReferralOrders referrals = new ReferralOrders(night);
        LineMoney money = new LineMoney(night);
        NightRows<AwardedRow> capped =
            night.programme().capped() ? NightRows.own(night, "capped", AwardedRow.class) : null;
        NightRows<ChargeRow> charges =
            night.programme().charges() ? NightRows.own(night, "charge", ChargeRow.class) : null;
        NightRows<ClassChanges.Change> classes =
            NightRows.own(night, "class_change", ClassChanges.Change.class)) {
      var pass =
          new OrderPass(
              night, targets, verdicts, again, spend, paid, named, bids, referrals, capped, money,
              moneyOff, exchanged, charges);
      pass.decideAll();
      pass.changes.all().forEach(classes::put);
      targets.finish();
      verdicts.finish();
      again.finish();
      spend.finish();
      paid.finish();
      named.finish();
      bids.finish();
      referrals.finish();
      money.finish();
      if (capped != null) capped.finish();
      if (charges != null) charges.finish();
      classes.finish();
      return pass.done.get();
    }
  }

  private void decideAll() throws SQLException {
    long due =
        night
            .database()
            .inTransaction(
                connection -> {
                  products = products(night, connection);
                  return SQL.statement("orders_due")
                      .one(connection, Map.of("night", night.date()), row -> row.getLong(1))
                      .orElse(0L);
                });
    night.progress().rows(0, due);
    try (var writer = new WriteBehind<Decided>("orders of the night", this::put)) {
      Beside<Void> lower =
          Beside.run(() -> read(FIRST, LAST_OF_LOWER, order -> decided(order, writer)));
      try {
        read(
            FIRST_OF_UPPER,
            LAST,
            order -> {
              decided(order, writer);
              tell(due);
            });
      } finally {
        lower.await();
      }
      lower.result();
      exchanged.settle(order -> decided(order, writer));
      tell(due);
      writer.finish();
    }
  }

  /** What is told of SKUs, in memory: a catalogue has no more than some hundred thousand. */
  static Products products(Night night, Connection reading) {
    var bySku = new HashMap<String, Products.Product>();
    SQL.statement("products")
        .forEachRow(
            reading,
            Map.of("night", night.date()),
            row ->
                bySku.put(
                    row.getString("sku"),
                    new Products.Product(
                        row.getString("category"),
                        row.getString("brand"),
                        row.getBoolean("excluded"))));
    return new Products(bySku);
  }

  private void decided(Decided order, WriteBehind<Decided> writer) {
    writer.put(order);
    done.incrementAndGet();
  }

  /** By the thousand, from the thread of the night. */
  private void tell(long due) {
    while (told < done.get() / 1_000) night.progress().rows(++told * 1_000, due);
  }

  private void read(UUID low, UUID high, Consumer<Decided> into) {
    night
        .database()
        .readOnce(
            connection ->
                new OrderReader(night, products, moneyOff, exchanged)
                    .decide(connection, low, high, into));
  }

  private void put(Decided decided) {
    var order = decided.order();
    VerdictRow verdict = verdict(decided);
    if (order.firstNight().equals(night.date()) && decided.before() == null) verdicts.put(verdict);
    else again.put(verdict.after(decided.before()));
    SpendRow.between(order.channel(), order.shop(), decided.before(), verdict).forEach(spend::put);
    changes.add(order.channel(), order.shop(), decided.before(), verdict);
    paid.put(order, decided.documented());
    named.put(order, decided.purchase());
    bids.put(decided);
    referrals.put(decided);
    money.put(decided);
    boolean same = decided.before() != null && verdict.sameAs(decided.before());
    for (Target target : decided.verdict().targets()) put(order, target, same);
    for (Allotment one : decided.verdict().capped())
      capped.put(AwardedRow.of(night, order.owner(), one));
    decided
        .verdict()
        .charges()
        .forEach(
            (line, charge) -> charges.put(ChargeRow.of(order.key(), line, night.date(), charge)));
  }

  private VerdictRow verdict(Decided decided) {
    var order = decided.order();
    String owner = order.replaced() ? null : order.owner();
    boolean paid = owner != null && order.paidAt() != null && order.paidAt().isBefore(night.cut());
    return new VerdictRow(
        order.key(),
        order.firstNight(),
        night.date(),
        decided.verdict().orderClass().name(),
        owner,
        paid ? LocalDate.ofInstant(order.paidAt(), night.zone()) : null,
        decided.purchase().baseFen(),
        decided.purchase().goodsRefundFen(),
        decided.verdict().wouldBePoints(),
        decided.ticket());
  }

  private void put(OrderFacts.Order order, Target target, boolean same) {
    targets.put(
        TargetRow.of(
            night,
            target.member(),
            order.key(),
            order.firstNight(),
            target.line(),
            target.earned(),
            target.clawedBack(),
            target.debitOn(),
            same));
  }
}
