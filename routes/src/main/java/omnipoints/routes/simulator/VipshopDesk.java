package omnipoints.routes.simulator;

import static omnipoints.routes.simulator.Chinese.seconds;
import static omnipoints.routes.simulator.Chinese.time;
import static omnipoints.routes.simulator.Chinese.yuan;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import omnipoints.routes.simulator.World.Line;
import omnipoints.routes.simulator.World.Order;
import tools.jackson.databind.JsonNode;

/** Vipshop: orders by the time they were placed, without their goods; signed URLs. */
final class VipshopDesk implements Desk {
  static final String SECRET = "simulated-vipshop-secret";
  static final String TOKEN = "vipshop-token-0";
  static final String VENDOR = "550";
  private static final Map<World.State, String> STATES =
      Map.of(
          World.State.UNPAID, "0",
          World.State.PAID, "10",
          World.State.SHIPPED, "22",
          World.State.COMPLETED, "60",
          World.State.CANCELLED, "97");

  private static final int UNKNOWN_MAX = 2;

  /** The calls of a day are used up so often. */
  private static final int BANS_MAX = 2;

  private final Shelf shelf;
  private int bans;
  private int token;
  private boolean unknown;
  private int unknownTimes;

  VipshopDesk(World world) {
    this.shelf = new Shelf(world);
  }

  @Override
  public Object answer(String path, Map<String, String> query, String body, JsonNode tree) {
    if (!signature(query, body).equals(query.get("sign"))) return error("vipapis.sign-not-match");
    if (!("vipshop-token-" + token).equals(query.get("accessToken")))
      return error("vipapis.oauth-invalidate-failure");
    if (!VENDOR.equals(tree.path("vendor_id").asString("")))
      return error("CALLEE_USER_vipapis.DvdDeliveryService.invalid-parameter");
    if (query.get("method").equals("getOrderDetail")) {
      String number = tree.path("order_id").asString("");
      boolean lost = unknown;
      unknown = false;
      return (lost ? Optional.<Order>empty() : shelf.order(number))
          .map(
              order ->
                  good(
                      "orderDetails",
                      order.lines().size(),
                      order.lines().stream().map(line -> goods(order, line)).toList()))
          .orElse(error("CALLEE_USER_vipapis.DvdDeliveryService.invalid-parameter"));
    }
    List<Order> all =
        shelf.created(
            seconds(tree.path("st_add_time").asString()),
            seconds(tree.path("et_add_time").asString()));
    int limit = tree.path("limit").asInt();
    return good(
        "dvd_order_list",
        all.size(),
        Shelf.page(all, (tree.path("page").asLong() - 1) * limit, limit).stream()
            .map(VipshopDesk::order)
            .toList());
  }

  /** Written out: it must not share a mistake with the side it checks. */
  private static String signature(Map<String, String> query, String body) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(query)
        .forEach(
            (name, value) -> {
              if (!name.equals("sign") && !value.isEmpty()) text.append(name).append(value);
            });
    text.append(body);
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
      byte[] hash = mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().withUpperCase().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> good(String list, int total, List<?> rows) {
    return Map.of("returnCode", "0", "result", Map.of("total", total, list, rows));
  }

  private static Map<String, Object> error(String code) {
    return Map.of("returnCode", code, "returnMessage", "");
  }

  private static Object order(Order order) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("order_id", order.number());
    json.put("order_status", STATES.get(order.state()));
    json.put("buyer", "示**");
    json.put("mobile", World.RECEIVER_PHONE);
    json.put("carriage", "0.00");
    json.put("discount_amount", "1.00");
    json.put("promo_discount_amount", "");
    json.put("product_money", yuan(order.dueFen() + 100));
    json.put("add_time", time(order.createdAt()));
    return json;
  }

  private static Object goods(Order order, Line line) {
    return Map.of(
        "order_id",
        order.number(),
        "barcode",
        line.sku(),
        "art_no",
        "A",
        "amount",
        line.qty(),
        "sell_price",
        yuan(line.priceFen()));
  }

  @Override
  public void endToken() {
    // Only the shop renews it.
    token++;
  }

  @Override
  public boolean bans() {
    return bans++ < BANS_MAX;
  }

  @Override
  public Object ban() {
    return error("vipapis.app-flow-overrun");
  }

  @Override
  public Object busy() {
    return error("vipapis.response-timeOut");
  }

  @Override
  public boolean shift() {
    // The time an order was placed never changes.
    return false;
  }

  @Override
  public void showUntil(Instant horizon) {
    shelf.showUntil(horizon);
  }

  @Override
  public boolean disagree() {
    if (unknownTimes == UNKNOWN_MAX) return false;
    unknownTimes++;
    unknown = true;
    return true;
  }
}
