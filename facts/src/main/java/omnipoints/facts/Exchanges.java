package omnipoints.facts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What orders that took the place of others are to them: up to the money that went back of the old
 * order, the old one goes on in the goods of the new one; what the new one cost beyond that is its
 * own. Money of a new order that comes back is first what it cost beyond, line by line; only then
 * the old order's. A function of what documents say of the orders tonight, so that it does not
 * matter in which order they told it. Pure.
 */
public final class Exchanges {

  /** {@code fresh} took the place of {@code old}. */
  public record Link(UUID old, UUID fresh) {}

  private final Map<UUID, Node> nodes = new HashMap<>();

  private Exchanges() {}

  /** An order among those that it was exchanged for, and that were exchanged for it. */
  private static final class Node {
    final Purchase purchase;
    final List<Node> children = new ArrayList<>(1);
    Node parent;

    /** What is the order's own or lives on in another order's goods; before its share is taken. */
    List<Purchase.Line> lines;

    /** What of each line is carried over from the parent, fen. */
    long[] carried;

    Node(Purchase purchase) {
      this.purchase = purchase;
      this.lines = purchase.lines();
      this.carried = new long[lines.size()];
    }

    boolean counts() {
      return purchase.owner() != null
          && purchase.paidAt() != null
          && !lines.isEmpty()
          && (purchase.acceptance() == Acceptance.ACCEPTED
              || purchase.acceptance() == Acceptance.REJECTED_SIBLING);
    }

    LineKey key() {
      return lines.get(0).key();
    }
  }

  /** A refund of one line at one moment; {@code fen} is what no new order covers. */
  private static final class Part {
    final int line;
    final Instant at;
    long fen;

    Part(int line, Instant at, long fen) {
      this.line = line;
      this.at = at;
      this.fen = fen;
    }
  }

  /** A part of a refund that is no return, since a new order took its place. */
  private static final class Cover {
    final Part part;
    long fen;

    Cover(Part part, long fen) {
      this.part = part;
      this.fen = fen;
    }
  }

  /**
   * The money of every order as its points follow it.
   *
   * @param documented the orders as documents say them, by key
   * @param links counted where both orders are paid, known, and of one living member, and no order
   *     comes back to itself by them; of several old orders of one new order the first one counts
   * @return the same orders; lines differ in base, refunds and completion only
   */
  public static Map<UUID, Purchase> settle(Map<UUID, Purchase> documented, List<Link> links) {
    var all = new Exchanges();
    documented.forEach((key, purchase) -> all.nodes.put(key, new Node(purchase)));
    for (Link link : links) all.tie(link);
    all.untieCircles();
    for (Node node : all.nodes.values()) if (node.parent != null) node.parent.children.add(node);
    all.decideAll();
    Map<UUID, Purchase> settled = new LinkedHashMap<>();
    documented.forEach((key, purchase) -> settled.put(key, all.settled(all.nodes.get(key))));
    return settled;
  }

  private void tie(Link link) {
    Node old = nodes.get(link.old());
    Node fresh = nodes.get(link.fresh());
    if (old == null || fresh == null || old == fresh || fresh.parent != null) return;
    if (!old.counts() || !fresh.counts()) return;
    if (old.purchase.owner().equals(fresh.purchase.owner())) fresh.parent = old;
  }

  /** Each order is come by once: chains may be as long as files make them. */
  private void untieCircles() {
    Set<Node> seen = new HashSet<>();
    Set<Node> circle = new HashSet<>();
    for (Node node : nodes.values()) {
      Set<Node> walked = new LinkedHashSet<>();
      Node up = node;
      while (up != null && !seen.contains(up) && walked.add(up)) up = up.parent;
      if (walked.contains(up)) for (Node one = up; circle.add(one); ) one = one.parent;
      seen.addAll(walked);
    }
    for (Node node : circle) node.parent = null;
  }

  /** Those that took an order's place first: what is theirs does not ask what became of it. */
  private void decideAll() {
    var parentsFirst = new ArrayList<Node>();
    for (Node node : nodes.values()) if (node.parent == null) parentsFirst.add(node);
    for (int i = 0; i < parentsFirst.size(); i++) parentsFirst.addAll(parentsFirst.get(i).children);
    for (int i = parentsFirst.size() - 1; i >= 0; i--) decide(parentsFirst.get(i));
  }

  private static void decide(Node node) {
    if (node.children.isEmpty()) return;
    node.children.sort(
        Comparator.comparing((Node child) -> child.purchase.paidAt()).thenComparing(Node::key));
    List<Part> parts = parts(node.purchase.lines());
    var back = new ArrayList<Part>();
    var standing = new ArrayList<Set<Node>>();
    for (int i = 0; i < node.lines.size(); i++) standing.add(new LinkedHashSet<>());
    for (Node child : node.children) {
      List<Cover> covers = cover(child, parts);
      carry(child, covers);
      uncover(child, covers, back);
      for (Cover cover : covers) if (cover.fen > 0) standing.get(cover.part.line).add(child);
    }
    back.addAll(parts);
    var lines = new ArrayList<Purchase.Line>(node.lines.size());
    for (int i = 0; i < node.lines.size(); i++)
      lines.add(goesOn(node.lines.get(i), steps(back, i), standing.get(i)));
    node.lines = lines;
  }

  /** What went back, moment by moment; a sum that falls later has never been higher. */
  private static List<Part> parts(List<Purchase.Line> lines) {
    var parts = new ArrayList<Part>();
    for (int i = 0; i < lines.size(); i++) {
      List<RefundStep> steps = lines.get(i).refunds();
      long[] reached = new long[steps.size()];
      long most = Long.MAX_VALUE;
      for (int k = reached.length - 1; k >= 0; k--)
        reached[k] = most = Math.min(most, steps.get(k).refundedFen());
      long before = 0;
      for (int k = 0; k < reached.length; k++) {
        if (reached[k] > before) parts.add(new Part(i, steps.get(k).at(), reached[k] - before));
        before = Math.max(before, reached[k]);
      }
    }
    return parts;
  }

  /** Takes what went back next to the payment of the new order first. */
  private static List<Cover> cover(Node child, List<Part> parts) {
    Instant paid = child.purchase.paidAt();
    var nearest = new ArrayList<Part>(parts);
    nearest.sort(
        Comparator.comparing((Part part) -> Duration.between(paid, part.at).abs())
            .thenComparing(part -> part.at)
            .thenComparingInt(part -> part.line));
    long rest = sum(bases(child.lines));
    var covers = new ArrayList<Cover>();
    for (Part part : nearest) {
      long fen = Math.min(rest, part.fen);
      if (fen == 0) continue;
      part.fen -= fen;
      rest -= fen;
      covers.add(new Cover(part, fen));
    }
    return covers;
  }

  /** Spreads what is carried over the lines of the new order by what they cost. */
  private static void carry(Node child, List<Cover> covers) {
    long carried = 0;
    for (Cover cover : covers) carried = Math.addExact(carried, cover.fen);
    int[] ranks = new int[child.lines.size()];
    for (int i = 0; i < ranks.length; i++) ranks[i] = i;
    child.carried = Apportion.byWeight(carried, bases(child.lines), ranks);
  }

  private static long[] bases(List<Purchase.Line> lines) {
    return lines.stream().mapToLong(line -> Math.max(0, line.baseFen())).toArray();
  }

  private static long sum(long[] fen) {
    return Arrays.stream(fen).reduce(0, Math::addExact);
  }

  /** What comes back of the new order beyond what is its own comes back of the old one. */
  private static void uncover(Node child, List<Cover> covers, List<Part> back) {
    var beyond = new ArrayList<List<RefundStep>>();
    for (int i = 0; i < child.lines.size(); i++) {
      Purchase.Line line = child.lines.get(i);
      long own = line.baseFen() - child.carried[i];
      var steps = new ArrayList<RefundStep>();
      for (RefundStep step : line.refunds())
        if (step.refundedFen() > own)
          steps.add(new RefundStep(step.at(), step.refundedFen() - own));
      if (child.carried[i] > 0) beyond.add(steps);
    }
    long before = 0;
    for (RefundStep step : RefundStep.together(beyond)) {
      long rest = step.refundedFen() - before;
      for (int i = covers.size() - 1; i >= 0 && rest > 0; i--) {
        Cover cover = covers.get(i);
        long fen = Math.min(rest, cover.fen);
        if (fen == 0) continue;
        cover.fen -= fen;
        rest -= fen;
        Instant at = step.at().isBefore(cover.part.at) ? cover.part.at : step.at();
        back.add(new Part(cover.part.line, at, fen));
      }
      before = Math.max(before, step.refundedFen());
    }
  }

  private static List<RefundStep> steps(List<Part> parts, int line) {
    var single = new ArrayList<List<RefundStep>>();
    for (Part part : parts)
      if (part.line == line && part.fen > 0) single.add(List.of(new RefundStep(part.at, part.fen)));
    return RefundStep.together(single);
  }

  /** A line that never completed itself completes with the orders that took its place. */
  private static Purchase.Line goesOn(
      Purchase.Line line, List<RefundStep> refunds, Set<Node> standing) {
    Instant completedAt = line.completedAt();
    boolean open = line.afterSaleOpen();
    boolean complete = true;
    Instant last = null;
    for (Node child : standing) {
      for (Purchase.Line one : child.lines) {
        if (one.baseFen() <= 0) continue;
        open |= one.afterSaleOpen();
        complete &= one.completedAt() != null;
        if (complete && (last == null || one.completedAt().isAfter(last))) last = one.completedAt();
      }
    }
    if (completedAt == null && complete) completedAt = last;
    return line.with(line.baseFen(), refunds, completedAt, open);
  }

  private Purchase settled(Node node) {
    if (node.parent == null && node.children.isEmpty()) return node.purchase;
    var lines = new ArrayList<Purchase.Line>(node.lines.size());
    for (int i = 0; i < node.lines.size(); i++) {
      Purchase.Line line = node.lines.get(i);
      long own = line.baseFen() - node.carried[i];
      lines.add(node.carried[i] == 0 ? line : line.with(own, upTo(own, line.refunds())));
    }
    return node.purchase.with(lines);
  }

  private static List<RefundStep> upTo(long most, List<RefundStep> refunds) {
    var steps = new ArrayList<RefundStep>(refunds.size());
    long before = 0;
    for (RefundStep step : refunds) {
      long fen = Math.min(most, step.refundedFen());
      if (fen > before) steps.add(new RefundStep(step.at(), fen));
      before = Math.max(before, fen);
    }
    return steps;
  }
}
