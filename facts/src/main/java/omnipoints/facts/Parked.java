package omnipoints.facts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import omnipoints.facts.Shown.RejectShown;

/**
 * Tonight's rows of one order, parted: a reject inside an order parks it, and what else its
 * delivery says of it is withheld until the reject is replayed or waived, because a part of an
 * order says nothing certain of the whole.
 *
 * @param all every row
 * @param joined rows of deliveries without a reject of the order
 * @param withheld the others, rejects among them
 * @param rejections of its rows that contradict others
 * @param whole whether no row of the order was rejected
 */
record Parked(
    OrderRows all,
    OrderRows joined,
    OrderRows withheld,
    List<Rejection> rejections,
    boolean whole) {

  static Parked of(OrderRows rows, UUID key, List<Rejection> rejected) {
    List<Rejection> own =
        rejected.isEmpty()
            ? List.of()
            : rejected.stream().filter(r -> key.equals(r.orderKey())).toList();
    Set<Integer> deliveries = new HashSet<>(0);
    for (RejectShown reject : rows.rejects()) deliveries.add(reject.delivery());
    for (Rejection rejection : own) deliveries.add(rejection.delivery());
    if (deliveries.isEmpty()) return new Parked(rows, rows, OrderRows.empty(), own, true);
    return new Parked(
        rows,
        rows.where(row -> !deliveries.contains(row.delivery())),
        rows.where(row -> deliveries.contains(row.delivery())),
        own,
        false);
  }

  /** Its rows where nobody decides by them. */
  Parked withholdingNothing() {
    return new Parked(all, all, OrderRows.empty(), rejections, whole);
  }

  /** Rows that are not used and make known all the same that there is such an order. */
  List<Shown> witnesses(JoinNight night) {
    if (whole) return List.of();
    List<Shown> witnesses = new ArrayList<>(withheld.orders());
    witnesses.addAll(withheld.lines());
    witnesses.addAll(withheld.refunds());
    for (RejectShown reject : all.rejects()) if (makesOrders(night, reject)) witnesses.add(reject);
    for (Rejection r : rejections) {
      var reject = new RejectShown(r.delivery(), r.row(), r.shop(), r.order());
      if (makesOrders(night, reject)) witnesses.add(reject);
    }
    return witnesses;
  }

  private static boolean makesOrders(JoinNight night, Shown row) {
    return night.deliveries().get(row.delivery()).shows().makesOrders();
  }
}
