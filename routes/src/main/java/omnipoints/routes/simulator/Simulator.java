package omnipoints.routes.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A platform on a free port of this machine, closed with this. */
public final class Simulator implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Pattern TOTAL =
      Pattern.compile("\"(total|total_results|total_num|totalCount|orderTotal|has_more)\":");
  private static final int WITHOUT_TOTAL_MAX = 3;

  /** A new token is good for so many calls at least. */
  private static final int TOKEN_CALLS = 10;

  static {
    // Else each answer waits 40 ms for an acknowledgement that the other side puts off.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final Desk desk;
  private final SplittableRandom random;
  private final Set<Trouble> troubles;
  private final int every;
  private final Set<Trouble> made = EnumSet.noneOf(Trouble.class);
  private final List<String> targets = new ArrayList<>();
  private long calls;
  private int withoutTotal;
  private Trouble last;
  private long tokenHolds;
  private long tokenEnds = Long.MAX_VALUE;

  private Simulator(Desk desk, long seed, Set<Trouble> troubles, int every) {
    this.desk = desk;
    this.random = new SplittableRandom(seed);
    // In a fixed order: the same seed makes the same troubles.
    this.troubles = troubles.isEmpty() ? Set.of() : EnumSet.copyOf(troubles);
    this.every = every;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port for the simulator", e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  /**
   * The platform of a channel, with the secrets of {@link #keys}.
   *
   * @param every about one of so many answers is troubled
   */
  public static Simulator of(
      String channel, World world, long seed, Set<Trouble> troubles, int every) {
    return new Simulator(desk(channel, world), seed, troubles, every);
  }

  /**
   * A platform that is told what members may spend, with the secrets of {@link #syncKeys}.
   *
   * @param platform as omnipoints.yaml names it
   */
  public static Simulator ofSync(
      String platform, Members members, long seed, Set<Trouble> troubles, int every) {
    Desk desk =
        switch (platform) {
          case "douyin" -> new DouyinMembersDesk(members);
          case "wechat_card" -> new WechatPayDesk(members);
          case "youzan" -> new YouzanDesk(new World(List.of()), members);
          case "tmall" -> new TopDesk(new World(List.of()), members);
          default -> throw new IllegalArgumentException("no simulator of " + platform);
        };
    return new Simulator(desk, seed, troubles, every);
  }

  /** Troubles a platform makes that is told of members. */
  public static Set<Trouble> syncTroubles(String platform) {
    Set<Trouble> all = EnumSet.allOf(Trouble.class);
    all.removeAll(Set.of(Trouble.SHIFT, Trouble.NO_TOTAL, Trouble.DISAGREE, Trouble.OWN));
    if (platform.equals("tmall")) all.remove(Trouble.TOKEN_OVER);
    if (platform.equals("wechat_card"))
      all.removeAll(Set.of(Trouble.TOKEN_OVER, Trouble.WRONG_TOTAL));
    return all;
  }

  /** Secrets that such a platform accepts: the content of its secret file. */
  public static String syncKeys(String platform) {
    return switch (platform) {
      case "douyin" ->
          JSON.writeValueAsString(
              Map.of(
                  "client_key", DouyinMembersDesk.KEY, "client_secret", DouyinMembersDesk.SECRET));
      case "wechat_card" ->
          JSON.writeValueAsString(
              Map.of(
                  "mchid",
                  WechatPayDesk.MERCHANT,
                  "serial_no",
                  WechatPayDesk.SERIAL,
                  "private_key",
                  WechatPayDesk.privateKey()));
      default -> keys(platform);
    };
  }

  private static Desk desk(String channel, World world) {
    return switch (channel) {
      case "douyin" -> new DouyinDesk(world);
      case "wechat_store" -> new WechatDesk(world);
      case "youzan" -> new YouzanDesk(world);
      case "tmall" -> new TopDesk(world);
      case "jd" -> new JdDesk(world);
      case "vipshop" -> new VipshopDesk(world);
      default -> throw new IllegalArgumentException("no simulator of " + channel);
    };
  }

  /** Troubles that platform makes; of no other is it known how it says so. */
  public static Set<Trouble> troubles(String channel) {
    Set<Trouble> all = EnumSet.range(Trouble.HTML, Trouble.OWN);
    // Within the longest window of the others an order does not leave it while it is read.
    if (!channel.equals("douyin") && !channel.equals("tmall")) all.remove(Trouble.SHIFT);
    if (Set.of("tmall", "jd", "vipshop").contains(channel)) all.remove(Trouble.TOKEN_OVER);
    if (!channel.equals("wechat_store")) all.remove(Trouble.OWN);
    if (!Set.of("wechat_store", "vipshop").contains(channel)) all.remove(Trouble.DISAGREE);
    return all;
  }

  /** Lets lists lag: what changed at that moment or later is in none of them. */
  public synchronized void showUntil(Instant horizon) {
    desk.showUntil(horizon);
  }

  /** Lets the token end after so many calls more, whatever it promised. */
  public synchronized void endTokenAfter(long more) {
    tokenEnds = calls + more;
  }

  /** Secrets that the simulated platforms accept: the content of a shop's secret file. */
  public static String keys(String channel) {
    Map<String, String> keys = new LinkedHashMap<>();
    switch (channel) {
      case "douyin" -> {
        keys.put("app_key", DouyinDesk.APP_KEY);
        keys.put("app_secret", DouyinDesk.SECRET);
        keys.put("access_token", "douyin-token-0");
        keys.put("refresh_token", "douyin-refresh-0");
      }
      case "wechat_store" -> {
        keys.put("appid", WechatDesk.APPID);
        keys.put("secret", WechatDesk.SECRET);
      }
      case "tmall" -> {
        keys.put("app_key", "12345678");
        keys.put("app_secret", TopDesk.SECRET);
        keys.put("session", TopDesk.SESSION);
      }
      case "jd" -> {
        keys.put("app_key", "87654321");
        keys.put("app_secret", JdDesk.SECRET);
        keys.put("access_token", JdDesk.TOKEN);
      }
      case "vipshop" -> {
        keys.put("app_key", "a876c4cc");
        keys.put("app_secret", VipshopDesk.SECRET);
        keys.put("access_token", VipshopDesk.TOKEN);
        keys.put("vendor_id", VipshopDesk.VENDOR);
      }
      case "youzan" -> {
        keys.put("client_id", YouzanDesk.CLIENT);
        keys.put("client_secret", YouzanDesk.SECRET);
        keys.put("grant_id", "4711");
      }
      default -> throw new IllegalArgumentException("no simulator of " + channel);
    }
    return JSON.writeValueAsString(keys);
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Calls answered so far, well or not. */
  public synchronized long calls() {
    return calls;
  }

  /** Troubles made so far. */
  public synchronized Set<Trouble> made() {
    return EnumSet.copyOf(made.isEmpty() ? EnumSet.noneOf(Trouble.class) : made);
  }

  /** Path and query of every call. */
  public synchronized List<String> targets() {
    return List.copyOf(targets);
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    calls++;
    targets.add(exchange.getRequestURI().toString());
    if (calls > tokenEnds) {
      desk.endToken();
      tokenEnds = Long.MAX_VALUE;
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Trouble trouble = trouble();
    if (trouble == Trouble.TOKEN_OVER && calls < tokenHolds) trouble = null;
    if (trouble == Trouble.TOKEN_OVER) {
      desk.endToken();
      tokenHolds = calls + TOKEN_CALLS;
    }
    if (trouble == Trouble.SHIFT && !desk.shift()) trouble = null;
    if (trouble == Trouble.OWN && !desk.own()) trouble = null;
    if (trouble == Trouble.BAN && !desk.bans()) trouble = null;
    if (trouble == Trouble.NO_TOTAL && withoutTotal++ >= WITHOUT_TOTAL_MAX) trouble = null;
    if (trouble == Trouble.DISAGREE && !desk.disagree()) trouble = null;
    if (trouble == Trouble.PART && !desk.part()) trouble = null;
    if (trouble == Trouble.WRONG_TOTAL && !desk.wrongTotal()) trouble = null;
    if (trouble != null) made.add(trouble);
    if (trouble == Trouble.RESET) {
      exchange.close();
      return;
    }
    Object said = answer(exchange, body, trouble);
    if (trouble == Trouble.TAKEN_RESET) {
      exchange.close();
      return;
    }
    int status = trouble == Trouble.SERVER_ERROR ? 502 : trouble == Trouble.TAKEN_ERROR ? 503 : 200;
    if (said instanceof Desk.Under under) {
      if (status == 200) status = under.status();
      said = under.bodyOrNull() == null ? null : JSON.writeValueAsString(under.bodyOrNull());
    }
    if (trouble == Trouble.TOO_MANY) status = 429;
    if (said == null) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return;
    }
    byte[] answer = said.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, answer.length);
    OutputStream out = exchange.getResponseBody();
    if (trouble == Trouble.HALF) out.write(answer, 0, answer.length / 2);
    else if (trouble == Trouble.DRIP) drip(out, answer);
    else out.write(answer);
    // Closes the connection, too, where fewer bytes came than were promised.
    exchange.close();
  }

  private static void drip(OutputStream out, byte[] answer) throws IOException {
    for (int at = 0; at < answer.length; at += 97) {
      out.write(answer, at, Math.min(97, answer.length - at));
      out.flush();
    }
  }

  /** Never twice in a row: patience ends somewhere. */
  private Trouble trouble() {
    if (troubles.isEmpty() || last != null || random.nextInt(every) != 0) {
      last = null;
      return null;
    }
    List<Trouble> due = new ArrayList<>(troubles);
    due.removeAll(made);
    List<Trouble> from = due.isEmpty() ? List.copyOf(troubles) : due;
    last = from.get(random.nextInt(from.size()));
    return last;
  }

  /** The text of an answer, or one under another status. */
  private Object answer(HttpExchange exchange, String body, Trouble trouble) {
    if (trouble == Trouble.HTML) return "<html><body>系统繁忙，请稍后再试</body></html>";
    if (trouble == Trouble.SERVER_ERROR) return "bad gateway";
    if (trouble == Trouble.TOO_MANY) return "{}";
    if (trouble == Trouble.BAN) return text(desk.ban());
    if (trouble == Trouble.BUSY) return text(desk.busy());
    Map<String, String> query = decoded(exchange.getRequestURI().getRawQuery());
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    Object answer =
        desk.answer(
            new Desk.Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query,
                headers,
                body,
                tree(body)));
    if (answer instanceof Desk.Under) return answer;
    String text = JSON.writeValueAsString(answer);
    return trouble == Trouble.NO_TOTAL ? TOTAL.matcher(text).replaceAll("\"other\":") : text;
  }

  private static Object text(Object answer) {
    return answer instanceof Desk.Under ? answer : JSON.writeValueAsString(answer);
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static Map<String, String> decoded(String query) {
    Map<String, String> decoded = new LinkedHashMap<>();
    if (query == null) return decoded;
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      decoded.put(
          URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return decoded;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
