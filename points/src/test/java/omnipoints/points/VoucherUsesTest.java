package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import omnipoints.points.rules.Coupon;
import omnipoints.points.rules.Rational;
import org.junit.jupiter.api.Test;

/** D3, D18: what tills made of a voucher. */
class VoucherUsesTest {
  private static final Coupon TEN = new Coupon(1000L, 0, null, null, false, null, List.of("s1"));

  private static VoucherUses.Use use(String at, String shop, String order, Long off) {
    return new VoucherUses.Use(at, Scenario.at(at), shop, order, false, off, null, false);
  }

  private static VoucherUses.Use undo(String at, String order) {
    return new VoucherUses.Use("u" + at, Scenario.at(at), "s1", order, true, null, null, false);
  }

  private static List<String> judged(Coupon coupon, boolean cancelled, VoucherUses.Use... uses) {
    var issued =
        coupon == null
            ? null
            : new VoucherUses.Issued(coupon, LocalDate.parse("2026-03-31"), cancelled);
    List<String> told = new ArrayList<>();
    for (VoucherUses.Judged one : VoucherUses.judge(issued, List.of(uses), History.ZONE))
      told.add(one.outcome().name());
    return told;
  }

  @Test
  void d18_a_use_is_right_once_in_its_shop_until_its_last_day() {
    assertThat(judged(TEN, false, use("2026-03-31T23:59", "s1", "o1", 1000L)))
        .containsExactly("OK");
    assertThat(judged(TEN, false, use("2026-04-01T00:00", "s1", "o1", 1000L)))
        .containsExactly("EXPIRED");
    assertThat(judged(TEN, false, use("2026-03-02T10:00", "s2", "o1", 1000L)))
        .containsExactly("SHOP");
    assertThat(judged(TEN, false, use("2026-03-02T10:00", "s1", "o1", 1001L)))
        .containsExactly("OFF");
    assertThat(judged(TEN, true, use("2026-03-02T10:00", "s1", "o1", 1000L)))
        .containsExactly("CANCELLED");
    assertThat(judged(null, false, use("2026-03-02T10:00", "s1", "o1", 1000L)))
        .containsExactly("UNKNOWN");
    assertThat(
            judged(
                TEN,
                false,
                use("2026-03-03T10:00", "s1", "o2", 1000L),
                use("2026-03-02T10:00", "s1", "o1", 1000L)))
        .containsExactly("OK", "USED");
  }

  @Test
  void d18_what_was_taken_back_may_be_used_again() {
    assertThat(
            judged(
                TEN,
                false,
                use("2026-03-02T10:00", "s1", "o1", 1000L),
                undo("2026-03-02T11:00", "o1"),
                use("2026-03-03T10:00", "s1", "o2", 1000L)))
        .containsExactly("UNDONE", "UNDONE", "OK");
    // of two uses the one is taken back that the till names
    assertThat(
            judged(
                TEN,
                false,
                use("2026-03-02T10:00", "s1", "o1", 1000L),
                use("2026-03-02T11:00", "s1", "o2", 1000L),
                undo("2026-03-02T12:00", "o1")))
        .containsExactly("UNDONE", "OK", "UNDONE");
    assertThat(judged(TEN, false, undo("2026-03-02T12:00", "o1"))).containsExactly("NOT_USED");
  }

  @Test
  void d3_a_rate_and_a_least_amount_are_held_against_what_the_order_cost() {
    var tenth = new Coupon(null, 5000, Rational.parse("9/10"), 2000L, true, null, List.of());
    assertThat(tenth.allows(1000, 10000L)).isTrue();
    assertThat(tenth.allows(1001, 10000L)).isFalse();
    assertThat(tenth.allows(2000, 100000L)).isTrue();
    assertThat(tenth.allows(2001, 100000L)).isFalse();
    assertThat(tenth.allows(499, 4999L)).isFalse();
    assertThat(tenth.allows(1, 5000L)).isTrue();
    assertThat(tenth.allows(1500, null)).isTrue();
    var beside =
        new VoucherUses.Use("k", Scenario.at("2026-03-02T10:00"), "s1", "o", false, 1L, null, true);
    assertThat(judged(TEN, false, beside)).containsExactly("STACKED");
    assertThat(judged(tenth, false, beside)).containsExactly("OK");
  }
}
