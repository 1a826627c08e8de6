package omnipoints.routes.pull;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import omnipoints.routes.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of platforms over real HTTP; signatures are made here, written out. */
class WebhookTest {
  private static final byte[] AES = HexFormat.of().parseHex("0123456789abcdef".repeat(4));
  private static final String AES_KEY = Base64.getEncoder().withoutPadding().encodeToString(AES);

  @TempDir Path home;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Notice> notices = new ArrayList<>();
  private Webhook webhook;

  @BeforeEach
  void listen() throws IOException {
    Files.createDirectories(home.resolve("secrets"));
    keys("douyin", "{\"app_key\":\"ak\",\"app_secret\":\"planted-secret\"}");
    keys("youzan", "{\"client_id\":\"ci\",\"client_secret\":\"planted-secret\"}");
    keys(
        "wechat_store",
        "{\"appid\":\"wx1\",\"secret\":\"planted-secret\",\"push_token\":\"AAAAA\",\"push_key\":\""
            + AES_KEY
            + "\"}");
    webhook =
        Webhook.start(
            new WebhookSettings(
                home,
                InetAddress.getLoopbackAddress(),
                0,
                Set.of("douyin", "youzan", "wechat_store", "tmall")),
            notices::add);
  }

  @AfterEach
  void close() {
    webhook.close();
  }

  private void keys(String channel, String text) throws IOException {
    Files.writeString(home.resolve("secrets/api-" + channel + "-s1.json"), text);
  }

  private HttpResponse<String> send(String target, String sign, String body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webhook.port() + target));
      if (!sign.isEmpty()) request.header("event-sign", sign);
      return http.send(
          (body == null ? request : request.POST(HttpRequest.BodyPublishers.ofString(body)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(String algorithm, String text) {
    try {
      byte[] hash = MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Set<String> files(String folder) throws IOException {
    Set<String> names = new TreeSet<>();
    if (!Files.isDirectory(home.resolve(folder))) return names;
    try (Stream<Path> all = Files.walk(home.resolve(folder))) {
      all.filter(Files::isRegularFile)
          .forEach(file -> names.add(home.resolve(folder).relativize(file).toString()));
    }
    return names;
  }

  private static String douyin(String order) {
    return "[{\"tag\":\"101\",\"msg_id\":\"m1\",\"data\":\"{\\\"p_id\\\":"
        + order
        + ",\\\"shop_id\\\":1}\"},{\"tag\":\"0\",\"msg_id\":\"m2\",\"data\":{\"p_id\":"
        + order
        + "}}]";
  }

  @Test
  void a_signed_message_is_archived_and_its_order_noted_once() throws IOException {
    String body = douyin("6930000000000000901");
    String sign = hash("MD5", "ak" + body + "planted-secret");
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = send("/push/douyin/s1", sign, body);
      assertThat(answer.statusCode() + " " + answer.body())
          .isEqualTo("200 {\"code\":0,\"msg\":\"success\"}");
    }
    String sha256 = hash("SHA-256", body);
    assertThat(files("archive")).containsExactly(sha256.substring(0, 2) + "/" + sha256);
    assertThat(files("pushed")).containsExactly("douyin/s1/6930000000000000901");
    assertThat(home.resolve("pushed/douyin/s1/6930000000000000901")).hasContent(sha256);
    assertThat(notices).isEmpty();
  }

  @Test
  void youzan_tells_the_whole_order_and_only_its_number_is_taken() throws IOException {
    String order =
        "{\"full_order_info\":{\"order_info\":{\"tid\":\"E20260619100000000000101\"},"
            + "\"buyer_info\":{\"buyer_phone\":\"13912345678\"}}}";
    for (String text : List.of(order, "{\"tid\":\"E20260619100000000000102\"}")) {
      String body =
          "{\"type\":\"trade_TradePaid\",\"kdt_id\":1,\"msg\":\""
              + URLEncoder.encode(text, UTF_8)
              + "\"}";
      String sign = hash("MD5", "ci" + body + "planted-secret");
      assertThat(send("/push/youzan/s1", sign, body).statusCode()).isEqualTo(200);
    }
    assertThat(files("pushed/youzan/s1"))
        .containsExactly("E20260619100000000000101", "E20260619100000000000102");
    assertThat(files("."))
        .noneMatch(file -> file.contains("13912345678") || file.contains("planted"));
  }

  /** As the WeChat Store does: sixteen random bytes, the length, the message, the app, padding. */
  private static String encrypted(String message, String app) {
    byte[] text = message.getBytes(UTF_8);
    byte[] id = app.getBytes(UTF_8);
    int length = 16 + 4 + text.length + id.length;
    int padding = 32 - length % 32;
    ByteBuffer plain = ByteBuffer.allocate(length + padding);
    plain.put("0123456789abcdef".getBytes(UTF_8)).putInt(text.length).put(text).put(id);
    for (int i = 0; i < padding; i++) plain.put((byte) padding);
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(AES, "AES"),
          new IvParameterSpec(java.util.Arrays.copyOf(AES, 16)));
      return Base64.getEncoder().encodeToString(cipher.doFinal(plain.array()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String target(String encrypted) {
    List<String> parts = new ArrayList<>(List.of("AAAAA", "1714112445", "415670741", encrypted));
    parts.sort(null);
    return "/push/wechat_store/s1?timestamp=1714112445&nonce=415670741&encrypt_type=aes&msg_signature="
        + hash("SHA-1", String.join("", parts));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Event\":\"channels_ec_order_pay\",\"order_info\":{\"order_id\":3737550999277696001,\"pay_time\":\"1\"}} | 3737550999277696001",
        "{\"Event\":\"channels_ec_aftersale_update\",\"finder_shop_aftersale_status_update\":{\"order_id\":\"3737550999277696002\"}} | 3737550999277696002",
        "{\"Event\":\"channels_ec_acct_notify\"} | ",
      })
  void the_wechat_store_encrypts_what_it_signs(String message, String order) throws IOException {
    String encrypted = encrypted(message, "wx1");
    HttpResponse<String> answer =
        send(target(encrypted), "", "{\"ToUserName\":\"gh\",\"Encrypt\":\"" + encrypted + "\"}");
    assertThat(answer.statusCode() + " " + answer.body()).isEqualTo("200 success");
    if (order == null) assertThat(files("pushed")).isEmpty();
    else assertThat(files("pushed/wechat_store/s1")).containsExactly(order);
  }

  /** The example of WeChat's own documentation. */
  @Test
  void the_wechat_store_is_told_that_the_address_is_right() {
    String asked =
        "/push/wechat_store/s1?signature=f464b24fc39322e44b38aa78f5edd27bd1441696"
            + "&echostr=4375120948345356249&timestamp=1714036504&nonce=1514711492";
    assertThat(send(asked, "", null).body()).isEqualTo("4375120948345356249");
    assertThat(send(asked.replace("f464", "f465"), "", null).statusCode()).isEqualTo(403);
  }

  @Test
  void what_is_not_signed_with_our_secret_leaves_nothing_and_is_told_once_without_it()
      throws IOException {
    String body = douyin("6930000000000000901");
    for (int i = 0; i < 3; i++) {
      assertThat(send("/push/douyin/s1", hash("MD5", "ak" + body + "guessed"), body).statusCode())
          .isEqualTo(403);
      assertThat(send("/push/douyin/s1", "", body).statusCode()).isEqualTo(403);
      assertThat(send("/push/youzan/s1", "", "{}").statusCode()).isEqualTo(403);
      assertThat(send("/push/wechat_store/s1", "", "{\"Encrypt\":\"x\"}").statusCode())
          .isEqualTo(403);
    }
    String others = encrypted("{\"order_info\":{\"order_id\":1}}", "wx2");
    assertThat(send(target(others), "", "{\"Encrypt\":\"" + others + "\"}").statusCode())
        .isEqualTo(503);
    assertThat(files("archive")).isEmpty();
    assertThat(files("pushed")).isEmpty();
    assertThat(notices)
        .hasSize(4)
        .allSatisfy(
            notice -> {
              assertThat(notice.kind()).isEqualTo(Notice.Kind.PUSH_REFUSED);
              assertThat(notice.text()).doesNotContain("planted", AES_KEY, "AAAAA");
            });
    assertThat(notices.get(0).text())
        .isEqualTo(
            "douyin/s1/push: a message is not signed with the secrets of this shop and was not taken;"
                + " compare them with the platform's console, or close the way by which strangers come");
  }

  @ParameterizedTest
  @CsvSource({
    "/, 404",
    "/push/douyin, 404",
    "/push/douyin/s2, 404",
    "/push/douyin/s1/x, 404",
    "/push/tmall/s1, 404",
    "/push/jd/s1, 404",
    "/push/douyin/..%2Fs1, 404",
  })
  void nothing_is_at_any_other_address(String target, int status) {
    assertThat(send(target, "", "{}").statusCode()).isEqualTo(status);
  }

  @Test
  void a_message_larger_than_any_is_not_read_to_its_end() {
    assertThat(send("/push/douyin/s1", "", "x".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
  }

  @Test
  void a_number_that_is_none_names_no_file_and_a_text_that_is_no_json_is_kept() throws IOException {
    for (String body : List.of("[{\"data\":{\"p_id\":\"../../x\"}}]", "no json")) {
      String sign = hash("MD5", "ak" + body + "planted-secret");
      assertThat(send("/push/douyin/s1", sign, body).statusCode()).isEqualTo(200);
    }
    assertThat(files("pushed")).isEmpty();
    assertThat(files("archive")).hasSize(2);
  }

  @Test
  void a_message_is_answered_in_fifty_milliseconds() {
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < 41; i++) {
      String body = douyin("69300000000000010" + (10 + i));
      String sign = hash("MD5", "ak" + body + "planted-secret");
      long begun = System.nanoTime();
      assertThat(send("/push/douyin/s1", sign, body).statusCode()).isEqualTo(200);
      took.add(Duration.ofNanos(System.nanoTime() - begun));
    }
    took.sort(null);
    assertThat(took.get(20)).isLessThan(Duration.ofMillis(50));
  }

  @Test
  void an_order_that_is_named_again_while_it_is_pulled_stays_named() throws IOException {
    NamedOrders named = new NamedOrders(home, "douyin", "s1");
    named.add("1", "first");
    named.add("2", "first");
    var asked = named.all();
    named.add("1", "second");
    asked.forEach(named::asked);
    assertThat(named.all()).containsExactly(java.util.Map.entry("1", "second"));
  }
}
