package omnipoints.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * What joining some groups puts into the order space, and what follows from it. Rows that did not
 * change are in none of the lists.
 */
public final class JoinResult {

  /** New rows of a kind, and rows that stand in the place of known ones. */
  public static final class Written<T> {
    /** Not known before. */
    public final List<T> added = new ArrayList<>();

    /** Known by their key. */
    public final List<T> changed = new ArrayList<>();
  }

  /** An order that is decided anew tonight. Grain: one per order. */
  public record Work(UUID orderKey) {}

  /** A fact at or after the cut: the night of its own date looks at the order. */
  public record Later(LocalDate night, UUID orderKey, String cause) {}

  /** An order that was split. */
  public record Split(UUID parentKey, UUID childKey, LocalDate firstNight) {}

  /** A receipt known without a card that becomes one of its own. */
  public record Moved(UUID from, UUID to, String number) {}

  /**
   * An order with rejected rows, as a delivery shows it tonight.
   *
   * @param rows how many rows of the delivery speak of it, without rejected ones
   */
  public record Again(UUID orderKey, int delivery, int rows) {}

  /** What a till sold: an orphaned return may have been bought with it. */
  public record Sold(String channel, String sku, Instant at) {}

  /** Orders. */
  public final Written<OrderRow> orders = new Written<>();

  /** Lines. */
  public final Written<LineRow> lines = new Written<>();

  /** Refund documents. */
  public final Written<RefundRow> refunds = new Written<>();

  /** Return rows; none is ever changed. */
  public final List<ReturnRow> returns = new ArrayList<>();

  /** Tokens of buyers; none is ever changed. */
  public final List<TokenRow> tokens = new ArrayList<>();

  /** Refunded amounts first seen tonight. */
  public final List<RefundSeenRow> seen = new ArrayList<>();

  /** Rows that contradict others. */
  public final List<Rejection> rejections = new ArrayList<>();

  /** Orders whose rejects park nothing: they are of another shop. */
  public final List<UUID> strangers = new ArrayList<>();

  /** The work set. */
  public final List<Work> work = new ArrayList<>();

  /** Orders whose tokens say that several keys are one person. */
  public final List<Work> linked = new ArrayList<>();

  /** Work of later nights. */
  public final List<Later> later = new ArrayList<>();

  /** Splits. */
  public final List<Split> splits = new ArrayList<>();

  /** Receipts that get another number. */
  public final List<Moved> moved = new ArrayList<>();

  /** Orders whose rejects may be settled. */
  public final List<Again> again = new ArrayList<>();

  /** Sales of tills. */
  public final List<Sold> sold = new ArrayList<>();

  /** What became of the rows. */
  public final Fates fates;

  private final JoinNight night;

  /** Of no group yet. */
  public JoinResult(JoinNight night) {
    this.night = night;
    this.fates = new Fates(night);
  }

  void add(OrderRows rows, Joined joined, OrderRows withheld) {
    KnownOrder before = joined.before();
    if (joined.order() != before.order()) {
      if (before.order() == null) orders.added.add(joined.order());
      else orders.changed.add(joined.order());
    }
    add(lines, before.lines(), joined.lines());
    add(refunds, before.refunds(), joined.refunds());
    addNew(returns, before.returns(), joined.returns());
    addNew(tokens, before.tokens(), joined.tokens());
    seen.addAll(joined.seen());
    fates.count(rows, joined);
    fates.withhold(withheld);
    if (rows.decides()) {
      work.add(new Work(joined.key()));
      if (link(joined.tokens())) linked.add(new Work(joined.key()));
    }
    later(rows, joined);
  }

  /** Two cards on one receipt are two people or a mistake, no evidence. */
  private static boolean link(List<TokenRow> tokens) {
    if (tokens.size() < 2) return false;
    boolean several = false;
    for (TokenRow one : tokens)
      for (TokenRow other : tokens) {
        if (!one.kind().equals(other.kind())) several = true;
        else if (!Arrays.equals(one.hash(), other.hash())) return false;
      }
    return several;
  }

  /** Known rows come first and in the same order. */
  private static <T> void add(Written<T> into, List<T> before, List<T> now) {
    if (before == now) return;
    for (int i = 0; i < now.size(); i++) {
      if (i >= before.size()) into.added.add(now.get(i));
      else if (before.get(i) != now.get(i)) into.changed.add(now.get(i));
    }
  }

  private static <T> void addNew(List<T> into, List<T> before, List<T> now) {
    if (before != now) into.addAll(now.subList(before.size(), now.size()));
  }

  private void later(OrderRows rows, Joined joined) {
    if (!rows.orders().isEmpty()) {
      later(joined.order().paidAt(), joined.key());
      later(joined.order().completedAt(), joined.key());
    }
    if (!rows.lines().isEmpty()) for (LineRow line : joined.lines()) later(line.at(), joined.key());
    if (!rows.refunds().isEmpty())
      for (RefundRow refund : joined.refunds()) later(refund.refundedAt(), joined.key());
  }

  private void later(Instant at, UUID key) {
    if (at != null && !at.isBefore(night.cut()))
      later.add(new Later(at.atZone(night.zone()).toLocalDate(), key, "LATER"));
  }
}
