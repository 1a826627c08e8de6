package omnipoints.facts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What nights before, or an earlier try of this one, know of an order.
 *
 * @param order null where nothing of it is known
 * @param seenBefore what had been paid back by line key ("" the order), of the latest night before
 * @param quarantined whether a row of it was ever rejected
 * @param claimed whether a binding names it
 * @param parentPaid when the order it was split from was paid, null where it was not
 */
public record KnownOrder(
    OrderRow order,
    List<LineRow> lines,
    List<RefundRow> refunds,
    List<ReturnRow> returns,
    List<TokenRow> tokens,
    List<RefundSeenRow> seenBefore,
    boolean quarantined,
    boolean claimed,
    Instant parentPaid) {

  /** Nothing. */
  public static final KnownOrder NOTHING =
      new KnownOrder(
          null, List.of(), List.of(), List.of(), List.of(), List.of(), false, false, null);

  /** Whether more than rejects made it known. */
  boolean real() {
    return order != null && (order.present() || !lines.isEmpty() || !refunds.isEmpty());
  }

  /** The receipt as it stands, without who bought: it becomes one of its own. */
  KnownOrder renamed(UUID key, String number) {
    return new KnownOrder(
        order == null ? null : order.renamed(key, number),
        lines.stream().map(line -> line.moved(key)).toList(),
        refunds,
        returns.stream().map(row -> row.moved(key, number)).toList(),
        List.of(),
        List.of(),
        quarantined,
        false,
        null);
  }

  /** What is left of a receipt when its rows became one of their own. */
  KnownOrder emptied() {
    return new KnownOrder(
        null, List.of(), List.of(), List.of(), List.of(), List.of(), quarantined, false, null);
  }

  /** Collects the rows of one order. */
  public static final class Builder {
    /** Set once. */
    public OrderRow order;

    /** When the order it was split from was paid. */
    public Instant parentPaid;

    /** A row of it was rejected. */
    public boolean quarantined;

    /** A binding names it. */
    public boolean claimed;

    /** Rows, in key order. */
    public final List<LineRow> lines = new ArrayList<>(2);

    /** Rows, in key order. */
    public final List<RefundRow> refunds = new ArrayList<>(0);

    /** Rows, in key order. */
    public final List<ReturnRow> returns = new ArrayList<>(0);

    /** Rows, first seen first. */
    public final List<TokenRow> tokens = new ArrayList<>(1);

    /** The latest row before tonight of each line. */
    public final List<RefundSeenRow> seenBefore = new ArrayList<>(0);

    /** All of them. */
    public KnownOrder all() {
      return new KnownOrder(
          order, lines, refunds, returns, tokens, seenBefore, quarantined, claimed, parentPaid);
    }
  }
}
