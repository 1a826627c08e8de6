package omnipoints.points.rules;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import omnipoints.files.yaml.YamlSource;

/**
 * Reads {@code redeem}, {@code catalogue} and {@code draws} of a programme file of the right form.
 */
public final class RedeemReader {
  private RedeemReader() {}

  /**
   * Reads them; what is wrong with their meaning is noted in {@code source}.
   *
   * @param unfit pointers of what has another form than it should; what lies there is left out
   * @param effectiveFrom when the version begins, null where that cannot be read
   * @param tiers ids of the version's levels, null where they cannot be asked
   */
  public static Redeem read(
      YamlSource source,
      Set<String> unfit,
      NamedLists lists,
      LocalDate effectiveFrom,
      Set<String> tiers) {
    Node root = Node.root(source, lists);
    Node redeem = root.at("redeem");
    CashOff cashOff = null;
    int graceDays = 0;
    boolean whole = false;
    if (isSound(redeem, unfit)) {
      if (redeem.has("cash_off")) cashOff = cashOff(redeem.at("cash_off"), effectiveFrom);
      graceDays = (int) redeem.at("restore").at("grace_days").whole(0);
      whole = redeem.at("earn_on").text().equals("whole");
    }
    var items = new ArrayList<Item>();
    Map<String, Node> names = new HashMap<>();
    Node catalogue = root.at("catalogue");
    if (!unfit.contains(catalogue.pointer()))
      for (Node node : catalogue.entries())
        if (isSound(node, unfit)) {
          items.add(item(node, names, effectiveFrom));
          if (tiers == null) continue;
          for (String tier : node.at("tiers").texts())
            if (!tiers.contains(tier))
              node.at("tiers")
                  .problem("there is no tier '" + tier + "'; tiers: {levels} names them");
        }
    return new Redeem(
        graceDays, whole, cashOff, items, draws(root.at("draws"), unfit, items, effectiveFrom));
  }

  private static List<Draw> draws(
      Node node, Set<String> unfit, List<Item> items, LocalDate effectiveFrom) {
    var draws = new ArrayList<Draw>();
    Map<String, Long> reserved = new HashMap<>();
    if (unfit.contains(node.pointer())) return draws;
    for (Node one : node.entries()) {
      if (!isSound(one, unfit)) continue;
      Draw draw = Draw.read(one);
      for (Draw before : draws)
        if (before.draw().equals(draw.draw()))
          one.at("draw").problem(draw.draw() + " is also the draw of line " + before.line());
      if (effectiveFrom != null && draw.closes() != null && draw.closes().isBefore(effectiveFrom))
        one.at("closes")
            .problem(draw.closes() + " is before the version begins on " + effectiveFrom);
      Map<String, Long> wanted = new HashMap<>();
      for (Draw.Prize prize : draw.prizes()) wanted.merge(prize.item(), prize.n(), Math::addExact);
      for (Map.Entry<String, Long> prize : new TreeMap<>(wanted).entrySet()) {
        long all = reserved.merge(prize.getKey(), prize.getValue(), Math::addExact);
        Item item = null;
        for (Item each : items) if (each.item().equals(prize.getKey())) item = each;
        if (item == null)
          one.at("prizes").problem("there is no item '" + prize.getKey() + "' in the catalogue");
        else if (item.stock() != null && item.stock() < prize.getValue())
          one.at("prizes")
              .problem(
                  prize.getValue()
                      + " "
                      + item.item()
                      + " are more than its stock of "
                      + item.stock());
        else if (item.stock() != null && item.stock() < all)
          one.at("prizes")
              .problem(
                  all
                      + " "
                      + item.item()
                      + " in this draw and those before it are more than its stock of "
                      + item.stock());
      }
      draws.add(draw);
    }
    return draws;
  }

  /** Words that belong to some kinds only. */
  private static void onlyOf(Node node, String kind) {
    for (String word : List.of("off", "stackable", "shops"))
      if (node.has(word) && !kind.equals("coupon"))
        node.at(word).problem("belongs to kind: coupon; leave it out");
    for (String word : List.of("pass", "uses"))
      if (node.has(word) && !kind.equals("pass"))
        node.at(word).problem("belongs to kind: pass; leave it out");
    if (node.has("valid") && !kind.equals("coupon") && !kind.equals("pass"))
      node.at("valid").problem("belongs to kind: coupon or pass; leave it out");
  }

  private static boolean isSound(Node node, Set<String> unfit) {
    return unfit.stream()
        .noneMatch(bad -> bad.equals(node.pointer()) || bad.startsWith(node.pointer() + "/"));
  }

  private static CashOff cashOff(Node node, LocalDate effectiveFrom) {
    long points = node.at("points").whole(1);
    long step = node.at("step").whole(1);
    long least = node.at("min_points").whole(1);
    Node share = node.at("cap").at("order_share");
    Rational orderShare = share.value().isMissingNode() ? null : share.rational().orElse(null);
    if (orderShare != null && orderShare.compareTo(Rational.ONE) > 0)
      share.problem(share.text() + " is more than the order; write at most 1");
    Long most = node.at("cap").has("off_fen") ? (Long) node.at("cap").at("off_fen").whole(0) : null;
    var overrides = new ArrayList<CashOff.Override>();
    for (Node override : node.at("override").entries())
      overrides.add(
          new CashOff.Override(
              window(override.at("window"), effectiveFrom), override.at("off_fen").whole(1)));
    Set<String> except = Set.of();
    Node set = node.at("except");
    if (node.has("except")) {
      except = set.lists().set(set.text());
      if (except == null) {
        except = Set.of();
        set.problem(
            "there is no set '"
                + set.text()
                + "'; give its SKUs in programs/sets/"
                + set.text()
                + ".csv, column value");
      }
    }
    return new CashOff(
        points,
        node.at("off_fen").whole(1),
        step,
        least,
        orderShare,
        most,
        node.has("except") ? set.text() : null,
        except,
        List.copyOf(overrides));
  }

  private static Item item(Node node, Map<String, Node> names, LocalDate effectiveFrom) {
    String name = node.at("item").text();
    Node twin = names.putIfAbsent(name, node);
    if (twin != null) node.at("item").problem(name + " is also the item of line " + twin.line());
    if (name.equals(Redeem.CASH_OFF))
      node.at("item").problem(name + " is money off an order; give it in redeem: {cash_off}");
    if (node.at("points_only").isTrue() && node.has("cash_fen"))
      node.at("points_only").problem("cash_fen is paid beside the points; give one of the two");
    String kind = node.at("kind").text();
    onlyOf(node, kind);
    return new Item(
        name,
        Item.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
        node.at("points").whole(0),
        node.at("cash_fen").whole(0),
        node.has("cost_fen") ? (Long) node.at("cost_fen").whole(0) : null,
        node.has("stock") ? (Long) node.at("stock").whole(0) : null,
        node.has("limit") ? Limit.read(node.at("limit")) : null,
        node.at("tiers").texts(),
        node.has("window") ? window(node.at("window"), effectiveFrom) : Window.ALWAYS,
        node.at("points_only").isTrue(),
        node.at("clearance").isTrue(),
        kind.equals("coupon") ? Coupon.read(node) : null,
        kind.equals("pass") ? PassGiven.read(node) : null,
        node.line());
  }

  private static Window window(Node node, LocalDate effectiveFrom) {
    Window window = Window.read(node);
    if (effectiveFrom != null
        && window.end() != null
        && !window.end().isAfter(effectiveFrom.atStartOfDay()))
      node.problem(
          "is over before the version begins on "
              + effectiveFrom
              + "; take it out or let it end later");
    return window;
  }
}
