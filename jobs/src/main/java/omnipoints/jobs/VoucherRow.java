package omnipoints.jobs;

import java.time.LocalDate;
import java.util.HexFormat;
import omnipoints.facts.own.VoucherUse;
import omnipoints.points.rules.Coupon;
import omnipoints.points.rules.Item;

/**
 * A voucher's code that the night hands out. Grain: one per code.
 *
 * @param k of several of one redemption, from 1
 * @param code keyed hash of it
 * @param shops that take it, joined by {@code |}, empty for all
 */
record VoucherRow(
    String requestNo,
    int k,
    String code,
    String memberId,
    String item,
    LocalDate night,
    LocalDate validTo,
    String shops,
    boolean stackable,
    Long offFen,
    long fromFen,
    String rate,
    Long maxFen) {

  /**
   * @param day from which it is good
   */
  static VoucherRow of(
      Night night, String requestNo, int k, String member, Item item, LocalDate day) {
    Coupon coupon = item.coupon();
    byte[] hash = night.tokens().hash(VoucherUse.token(night.tokens().voucher(requestNo, k)));
    return new VoucherRow(
        requestNo,
        k,
        HexFormat.of().formatHex(hash),
        member,
        item.item(),
        night.date(),
        coupon.lastDay(day),
        String.join("|", coupon.shops()),
        coupon.stackable(),
        coupon.fen(),
        coupon.fromFen(),
        coupon.rate() == null ? null : coupon.rate().toString(),
        coupon.maxFen());
  }
}
