package omnipoints.jobs;

import java.time.LocalDate;
import omnipoints.points.Program;
import omnipoints.points.Redemption;
import omnipoints.points.rules.Item;

/**
 * What the night hands over that is used later: a code for every coupon that was granted, and
 * passes. What was executed was handed over by whoever executed it, but for passes: they are what
 * these books say they are.
 */
final class Handed implements AutoCloseable {

  private final Night night;
  private final NightRows<VoucherRow> vouchers;
  private final NightRows<PassRow> passes;

  Handed(Night night) {
    this.night = night;
    vouchers = NightRows.own(night, "voucher", VoucherRow.class);
    passes = NightRows.own(night, "pass_given", PassRow.class);
  }

  /** Of a redemption that the night decided. */
  void put(String member, Spending.Row row, Redemption.Outcome outcome) {
    LocalDate day = LocalDate.ofInstant(row.at(), night.zone());
    Program version = night.programme().at(day);
    Item item = version == null ? null : version.redeem().item(row.item());
    if (item == null) return;
    boolean granted = outcome == Redemption.Outcome.GRANTED;
    if (item.coupon() != null && granted)
      for (int k = 1; k <= row.qty(); k++)
        vouchers.put(VoucherRow.of(night, row.requestNo(), k, member, item, day));
    if (item.pass() != null && (granted || outcome == Redemption.Outcome.BOOKED))
      passes.put(PassRow.of(night, row.requestNo(), member, item, row.qty(), row.at()));
  }

  void finish() {
    vouchers.finish();
    passes.finish();
  }

  @Override
  public void close() {
    vouchers.close();
    passes.close();
  }
}
