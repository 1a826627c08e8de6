package omnipoints.facts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the sales that returns without a reference belong to; all of one member and SKU. What is
 * matched is stored and never redone; what found no sale may be offered again when one arrives.
 */
public final class ReturnMatching {
  private ReturnMatching() {}

  /**
   * A sale line; {@code alreadyReturnedFen} of {@code amountFen} are matched or refunded before.
   */
  public record Sale(LineKey key, Instant at, long amountFen, long alreadyReturnedFen) {}

  /** A return row of {@code amountFen} > 0; its shop is that of its key. */
  public record Return(LineKey key, Instant at, long amountFen) {}

  /** {@code amountFen} of the return belong to the sale. A return may have several. */
  public record Match(LineKey returned, LineKey sale, long amountFen) {}

  /** The part of a return that finds no sale. */
  public record Orphan(LineKey returned, long amountFen) {}

  /** Matches and orphans in the order of the returns' (time, key). */
  public record Matching(List<Match> matches, List<Orphan> orphans) {}

  /**
   * Each return, in order of (time, key), takes what is left of the latest sale at or before it
   * that is not fully returned, of its own shop first, ties to the smaller key; the rest goes on to
   * the next by the same rule.
   */
  public static Matching match(List<Sale> sales, List<Return> returns) {
    List<Sale> latestFirst = new ArrayList<>(sales);
    latestFirst.sort(Comparator.comparing(Sale::at).reversed().thenComparing(Sale::key));
    long[] left = new long[latestFirst.size()];
    for (int i = 0; i < left.length; i++) {
      Sale sale = latestFirst.get(i);
      left[i] = Math.max(0, sale.amountFen() - sale.alreadyReturnedFen());
    }
    List<Return> inOrder = new ArrayList<>(returns);
    inOrder.sort(Comparator.comparing(Return::at).thenComparing(Return::key));
    List<Match> matches = new ArrayList<>();
    List<Orphan> orphans = new ArrayList<>();
    for (Return returned : inOrder) {
      long rest = take(returned, true, returned.amountFen(), latestFirst, left, matches);
      rest = take(returned, false, rest, latestFirst, left, matches);
      if (rest > 0) orphans.add(new Orphan(returned.key(), rest));
    }
    return new Matching(matches, orphans);
  }

  private static long take(
      Return returned,
      boolean ownShop,
      long amount,
      List<Sale> latestFirst,
      long[] left,
      List<Match> matches) {
    long rest = amount;
    for (int i = 0; i < left.length && rest > 0; i++) {
      Sale sale = latestFirst.get(i);
      if (left[i] == 0
          || sale.at().isAfter(returned.at())
          || sameShop(sale.key(), returned.key()) != ownShop) continue;
      long part = Math.min(rest, left[i]);
      left[i] -= part;
      rest -= part;
      matches.add(new Match(returned.key(), sale.key(), part));
    }
    return rest;
  }

  private static boolean sameShop(LineKey a, LineKey b) {
    return a.shop().equals(b.shop()) && a.channel().equals(b.channel());
  }
}
