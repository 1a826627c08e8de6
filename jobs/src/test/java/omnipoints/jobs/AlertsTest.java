package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People are told of nights, whatever the place where they are told does. */
class AlertsTest {
  private static final String HEAD = "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** When nights of a test are run: {@link NightRequest#of}. */
  private static final Instant NOW = Instant.parse("2026-05-01T23:00:00Z");

  private record Got(String query, String signature, String body) {
    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  @TempDir Path dir;
  private final List<Got> got = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 200;
  private volatile String answer = "{\"errcode\":0,\"code\":0}";
  private HttpServer server;
  private TestHome home;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          got.add(
              new Got(
                  exchange.getRequestURI().getQuery(),
                  exchange.getRequestHeaders().getFirst("X-OmniPoints-Signature"),
                  body));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          if (status == 429) exchange.getResponseHeaders().add("Retry-After", "600");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    if (home != null) home.close();
  }

  private void open(String alerts, String secret) {
    home = new TestHome(dir, "alerts: {ops: {" + alerts + "}}\n");
    home.write(
        "secrets/alert-ops.json",
        "{\"url\":\"http://127.0.0.1:"
            + server.getAddress().getPort()
            + "/robot/send?access_token=t0ken\""
            + (secret.isEmpty() ? "" : ",\"secret\":\"" + secret + "\"")
            + "}");
  }

  private void sale(String date) {
    home.drop(
        "pos/S1/" + date + ".csv", HEAD + "C1," + date + " 10:00:00,A,1,9,9,skirt,0,03,1,G1,w\n");
  }

  private void later(Duration time) {
    Alerts.send(home.home(), home.database.database(), Clock.fixed(NOW.plus(time), ZoneOffset.UTC));
  }

  private List<String> waiting() {
    return home.rows(
        "select key || ' ' || attempts || ' ' || reason from alert"
            + " where sent_at is null and not given_up order by key");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "dingtalk, /markdown/title, OmniPoints 2026-05-01 已关账",
    "wecom, /markdown/content, **OmniPoints 2026-05-01 已关账**",
    "feishu, /content/text, OmniPoints 2026-05-01 已关账",
    "webhook, /title, OmniPoints 2026-05-01 已关账"
  })
  void a_finished_night_is_told_once_signed_as_the_receiver_asks(
      String kind, String at, String title) throws GeneralSecurityException {
    open("kind: " + kind, kind.equals("wecom") ? "" : "s3cret");
    sale("2026-05-01");
    home.night("2026-05-01");
    home.night("2026-05-01");
    later(Duration.ofDays(1));
    assertThat(got).hasSize(1);
    Got one = got.get(0);
    assertThat(one.json().at(at).asString()).startsWith(title);
    assertThat(one.body()).contains("发放 9").contains("./omnipoints status 2026-05-01");
    String millis = Long.toString(NOW.toEpochMilli());
    String seconds = Long.toString(NOW.getEpochSecond());
    switch (kind) {
      case "dingtalk" ->
          assertThat(one.query())
              .isEqualTo(
                  "access_token=t0ken&timestamp="
                      + millis
                      + "&sign="
                      + base64(hmac("s3cret", millis + "\ns3cret")));
      case "feishu" -> {
        assertThat(one.json().get("timestamp").asString()).isEqualTo(seconds);
        assertThat(one.json().get("sign").asString())
            .isEqualTo(base64(hmac(seconds + "\ns3cret", "")));
      }
      case "webhook" ->
          assertThat(one.signature())
              .isEqualTo(
                  "sha256=" + HexFormat.of().formatHex(hmac("s3cret", seconds + "." + one.body())));
      default -> assertThat(one.query()).isEqualTo("access_token=t0ken");
    }
  }

  private static byte[] hmac(String key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void what_is_not_taken_is_sent_again_with_growing_pauses_until_a_day_has_passed() {
    open("kind: dingtalk, language: en", "");
    answer = "{\"errcode\":310000,\"errmsg\":\"sign not match\"}";
    sale("2026-05-01");
    assertThat(home.night("2026-05-01").exit()).isZero();
    assertThat(waiting()).containsExactly("night 2026-05-01 1 errcode 310000");
    later(Duration.ofSeconds(59));
    assertThat(got).hasSize(1);
    later(Duration.ofSeconds(61));
    later(Duration.ofSeconds(120));
    assertThat(got).as("the second pause is twice as long").hasSize(2);
    status = 429;
    later(Duration.ofMinutes(4));
    assertThat(waiting()).containsExactly("night 2026-05-01 3 status 429");
    later(Duration.ofMinutes(13));
    assertThat(got).as("the receiver asked for ten minutes").hasSize(3);
    status = 200;
    answer = "{\"errcode\":0}";
    later(Duration.ofMinutes(15));
    assertThat(got).hasSize(4);
    assertThat(waiting()).isEmpty();

    server.stop(0);
    sale("2026-05-02");
    assertThat(home.night("2026-05-02").exit()).isZero();
    assertThat(waiting())
        .singleElement()
        .asString()
        .startsWith("night 2026-05-02 1 ")
        .doesNotContain("127.0.0.1")
        .doesNotContain("t0ken");
    later(Duration.ofDays(3));
    assertThat(home.rows("select key from alert where given_up"))
        .containsExactly("night 2026-05-02");
  }

  @Test
  void a_night_that_does_not_close_is_told_once_per_reason_and_the_digest_follows_when_it_does() {
    open("kind: webhook, language: en", "");
    sale("2026-05-01");
    home.night("2026-05-01");
    got.clear();
    home.write(
        "omnipoints.yaml",
        home.file("omnipoints.yaml")
            + "gate: {least: {points: 5}, limits: {pos: {points_issued: 8}}}\n");
    sale("2026-05-02");
    for (int i = 0; i < 2; i++)
      assertThat(catchThrowableOfType(NightRefused.class, () -> home.night("2026-05-02")).code())
          .isEqualTo("OUT_OF_BAND");
    assertThat(got).hasSize(1);
    assertThat(got.get(0).json().get("title").asString())
        .isEqualTo("OmniPoints 2026-05-02 has not closed: OUT_OF_BAND");
    assertThat(got.get(0).json().get("text").asString())
        .contains("pos POINTS_ISSUED 9")
        .contains("./omnipoints approve 2026-05-02");
    assertThat(
            catchThrowableOfType(
                    NightRefused.class,
                    () ->
                        Nightly.run(
                            home.home(),
                            home.database.database(),
                            new NightRequest(
                                LocalDate.parse("2027-05-02"),
                                false,
                                false,
                                Progress.SILENT,
                                CrashPoints.NONE,
                                Clock.fixed(NOW, ZoneOffset.UTC),
                                () -> false)))
                .code())
        .isEqualTo("FUTURE_DATE");
    assertThat(got).as("a typing error is nobody else's business").hasSize(1);
  }

  @Test
  void each_error_break_is_told_the_rest_counted_and_no_more_in_a_minute_than_is_allowed() {
    open("kind: webhook, language: en, per_minute: 5", "");
    sale("2026-05-01");
    home.night("2026-05-01");
    got.clear();
    home.execute(
        "insert into break (id, type, channel, shop, key, first_night, state, detail)"
            + " select 'b' || n, 'OVERDRAWN', 'pos', 'S1', n::text, '2026-05-02', 'OPEN', 'of 13812345678'"
            + " from generate_series(1, 10) n");
    home.night("2026-05-02");
    assertThat(got).hasSize(5);
    assertThat(got.get(0).json().get("title").asString())
        .isEqualTo("OmniPoints 2026-05-02 is closed with exit code 3");
    assertThat(got.get(1).json().get("title").asString())
        .isEqualTo("OmniPoints 2026-05-02 new break: OVERDRAWN pos/S1");
    Instant night = NOW.plus(Duration.ofDays(1));
    later(Duration.between(NOW, night.plusSeconds(30)));
    assertThat(got).hasSize(5);
    later(Duration.between(NOW, night.plusSeconds(61)));
    assertThat(got).hasSize(10);
    assertThat(got.stream().map(one -> one.json().get("title").asString()))
        .contains("OmniPoints 2026-05-02 has 2 more new breaks");
    assertThat(got).allSatisfy(one -> assertThat(one.body()).doesNotContain("13812345678"));
  }

  @Test
  void a_receiver_without_a_secret_is_said_before_a_night_begins() {
    home = new TestHome(dir, "alerts: {ops: {kind: feishu}}\n");
    home.write("secrets/alert-ops.json", "{\"url\":\"http://example.com/hook/s3cret\"}");
    NightRefused refused = catchThrowableOfType(NightRefused.class, () -> home.night("2026-05-01"));
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused)
        .hasMessageContaining("alerts.ops: url of ")
        .hasMessageContaining("is no https address")
        .hasMessageNotContaining("s3cret");
  }
}
