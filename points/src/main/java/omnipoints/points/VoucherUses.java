package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import omnipoints.facts.CodePoints;
import omnipoints.points.rules.Coupon;

/** What tills made of one voucher's code: every use is right, or wrong in one way. */
public final class VoucherUses {
  private VoucherUses() {}

  /**
   * A voucher that was handed out.
   *
   * @param lastDay null for ever
   * @param cancelled its redemption was, and its points went back
   */
  public record Issued(Coupon coupon, LocalDate lastDay, boolean cancelled) {}

  /**
   * A use, or the end of one.
   *
   * @param key of the document's row
   * @param order channel and number, null where the till tells none
   * @param undo it was taken back
   * @param offFen what it took off, null where the till does not say
   * @param orderFen what the order cost before it, null where nobody knows
   * @param beside another voucher took something off the same order
   */
  public record Use(
      String key,
      Instant at,
      String shop,
      String order,
      boolean undo,
      Long offFen,
      Long orderFen,
      boolean beside) {}

  /** What is to be said of a use. Of several that hold the first one is told. */
  public enum Outcome {
    /** as it should be */
    OK,
    /** a use that was taken back, or what took it back */
    UNDONE,
    /** nobody handed out such a code */
    UNKNOWN,
    /** nothing was used that could be taken back */
    NOT_USED,
    /** its redemption was cancelled */
    CANCELLED,
    /** of another shop */
    SHOP,
    /** after its last day */
    EXPIRED,
    /** it had been used before */
    USED,
    /** beside another one that took something off the same order */
    STACKED,
    /** it took more off than it is worth */
    OFF;

    /** Whether a shop gave something for it that it should not have. */
    public boolean wrong() {
      return this != OK && this != UNDONE;
    }
  }

  /** A use with what is to be said of it. */
  public record Judged(Use use, Outcome outcome) {}

  /**
   * Judges all uses of one code, in order of time.
   *
   * @param issued null where nobody handed it out
   */
  public static List<Judged> judge(Issued issued, List<Use> uses, ZoneId zone) {
    List<Use> inOrder = new ArrayList<>(uses);
    inOrder.sort(
        Comparator.comparing(Use::at)
            .thenComparing(Use::undo)
            .thenComparing(Use::key, CodePoints::compare));
    Outcome[] outcomes = new Outcome[inOrder.size()];
    for (int i = 0; i < outcomes.length; i++) {
      Use undo = inOrder.get(i);
      if (!undo.undo()) continue;
      int taken = takenBack(inOrder, outcomes, i);
      if (taken >= 0) outcomes[taken] = Outcome.UNDONE;
      outcomes[i] =
          issued == null ? Outcome.UNKNOWN : taken < 0 ? Outcome.NOT_USED : Outcome.UNDONE;
    }
    boolean used = false;
    List<Judged> judged = new ArrayList<>(outcomes.length);
    for (int i = 0; i < outcomes.length; i++) {
      Use use = inOrder.get(i);
      if (outcomes[i] == null) {
        outcomes[i] = of(issued, use, used, zone);
        used = true;
      }
      judged.add(new Judged(use, outcomes[i]));
    }
    return judged;
  }

  /** The newest use before it, of the same order if it names one; -1 for none. */
  private static int takenBack(List<Use> uses, Outcome[] outcomes, int undo) {
    String order = uses.get(undo).order();
    for (int i = undo - 1; i >= 0; i--) {
      boolean open = !uses.get(i).undo() && outcomes[i] == null;
      if (open && (order == null || order.equals(uses.get(i).order()))) return i;
    }
    return -1;
  }

  private static Outcome of(Issued issued, Use use, boolean used, ZoneId zone) {
    if (issued == null) return Outcome.UNKNOWN;
    Coupon coupon = issued.coupon();
    if (issued.cancelled()) return Outcome.CANCELLED;
    if (!coupon.shops().isEmpty() && !coupon.shops().contains(use.shop())) return Outcome.SHOP;
    if (issued.lastDay() != null && LocalDate.ofInstant(use.at(), zone).isAfter(issued.lastDay()))
      return Outcome.EXPIRED;
    if (used) return Outcome.USED;
    if (use.beside() && !coupon.stackable()) return Outcome.STACKED;
    if (use.offFen() != null && !coupon.allows(use.offFen(), use.orderFen())) return Outcome.OFF;
    return Outcome.OK;
  }
}
