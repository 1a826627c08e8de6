package omnipoints.routes.pull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import omnipoints.routes.Archive;
import omnipoints.routes.Notice;

/**
 * Takes the messages that platforms push: {@code POST /push/<channel>/<shop>}. What is signed is
 * archived, the orders it names are noted, then it is answered; the next pull asks for them. A
 * message books nothing and is not believed: a forged, repeated or lost one changes no point.
 */
public final class Webhook implements AutoCloseable {
  private static final Map<String, PushFacts> FACTS =
      Stream.of(new DouyinPush(), new WechatStorePush(), new YouzanPush())
          .collect(Collectors.toUnmodifiableMap(PushFacts::channel, facts -> facts));
  private static final String PATH = "/push/";
  private static final int BYTES_MAX = 1 << 20;
  private static final int THREADS = 4;

  static {
    // Who sends drop by drop is not waited for.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    // Else each answer waits 40 ms for an acknowledgement that the other side puts off.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final WebhookSettings settings;
  private final Consumer<Notice> notices;
  private final Archive archive;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** Places that were told to refuse: a stranger who knocks fills no log. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private Webhook(WebhookSettings settings, Consumer<Notice> notices) throws IOException {
    this.settings = settings;
    this.notices = notices;
    this.archive = new Archive(settings.home().resolve("archive"));
    server = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 64);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Listens from now on, until it is closed.
   *
   * @param notices takes what an operator should know, on several threads
   * @throws IOException the port is taken, or the address is not this machine's
   */
  public static Webhook start(WebhookSettings settings, Consumer<Notice> notices)
      throws IOException {
    return new Webhook(settings, notices);
  }

  /** Channels whose platforms push. */
  public static List<String> channels() {
    return FACTS.keySet().stream().sorted().toList();
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  private record Reply(int status, String text) {
    static final Reply NOWHERE = new Reply(404, "");
  }

  private void serve(HttpExchange exchange) throws IOException {
    Reply reply;
    try {
      reply = reply(exchange);
    } catch (IOException | RuntimeException e) {
      // A platform sends again what was not received; what went wrong may quote what is secret.
      tell(
          "",
          "",
          "a message could not be kept (" + e.getClass().getSimpleName() + ")",
          "see that the disk has room");
      reply = new Reply(500, "");
    }
    byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String[] parts = path.startsWith(PATH) ? path.substring(PATH.length()).split("/", -1) : null;
    if (parts == null || parts.length != 2) return Reply.NOWHERE;
    String channel = parts[0];
    PushFacts facts = settings.channels().contains(channel) ? FACTS.get(channel) : null;
    KeyFile file =
        facts == null
            ? null
            : KeyFile.of(settings.home().resolve("secrets"), channel).get(parts[1]);
    if (file == null) return Reply.NOWHERE;
    byte[] body = body(exchange);
    if (body == null) return new Reply(413, "");
    try {
      return taken(facts, file, parts[1], push(exchange, body));
    } catch (Keys.Unusable e) {
      tell(channel, parts[1], e.getMessage(), "mend it; the platform sends its messages again");
      return new Reply(503, "");
    }
  }

  private Reply taken(PushFacts facts, KeyFile file, String shop, PushFacts.Push push)
      throws IOException {
    PushFacts.Reading reading = facts.read(push, file.read());
    if (reading instanceof PushFacts.Challenge challenge) return new Reply(200, challenge.answer());
    if (!(reading instanceof PushFacts.Signed signed)) {
      tell(
          facts.channel(),
          shop,
          "a message is not signed with the secrets of this shop and was not taken",
          "compare them with the platform's console, or close the way by which strangers come");
      return new Reply(403, "");
    }
    Archive.Stored kept = archive.store(new ByteArrayInputStream(push.body()), BYTES_MAX);
    NamedOrders named = new NamedOrders(settings.home(), facts.channel(), shop);
    for (String order : signed.orders())
      if (NamedOrders.possible(order)) named.add(order, kept.sha256());
    return new Reply(200, facts.received());
  }

  private static PushFacts.Push push(HttpExchange exchange, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return new PushFacts.Push(decoded(exchange.getRequestURI().getRawQuery()), headers, body);
  }

  private static Map<String, String> decoded(String query) {
    Map<String, String> decoded = new HashMap<>();
    if (query == null) return decoded;
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0)
        decoded.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return decoded;
  }

  /** Null if it is longer than any message. */
  private static byte[] body(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      byte[] body = in.readNBytes(BYTES_MAX + 1);
      return body.length > BYTES_MAX ? null : body;
    }
  }

  private void tell(String channel, String shop, String message, String next) {
    if (told.add(channel + "/" + shop + "/" + message))
      notices.accept(new Notice(Notice.Kind.PUSH_REFUSED, channel, shop, "push", message, next));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
