package omnipoints.routes.pull;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * When tokens end, who renews them and how. Beside each row stands who says so. Documents were read
 * where others quote them: Douyin's /token/refresh (op.jinritemai.com), WeChat's
 * getStableAccessToken, Youzan's /auth/token, TOP's and JD's on authorisation, Vipshop's doccenter
 * 33 (OAuth).
 */
class TokenTest {
  private static final Instant NOW = Instant.parse("2026-06-20T15:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Platform platform(String channel) {
    return Stream.of(
            new Douyin(), new WechatStore(), new Youzan(), new Top(), new Jd(), new Vipshop())
        .filter(one -> one.channel().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  private static Keys keys(String... more) {
    Map<String, String> values = new HashMap<>();
    for (String name :
        new String[] {
          "app_key",
          "app_secret",
          "appid",
          "secret",
          "client_id",
          "client_secret",
          "grant_id",
          "access_token",
          "refresh_token",
          "session"
        }) values.put(name, "v-" + name);
    for (int i = 0; i < more.length; i += 2) values.put(more[i], more[i + 1]);
    return new Keys("f", values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "douyin | '' | false | ours: a token whose end nobody told is used until it is refused",
        "douyin | 2026-06-20T15:00:59Z | true | Douyin /token/refresh: expires_in seconds",
        "douyin | 2026-06-20T15:01:01Z | false | Douyin /token/refresh: expires_in seconds",
        "wechat_store | 2026-06-20T14:00:00Z | true | WeChat getStableAccessToken: expires_in, 345 in its example",
        "wechat_store | 2026-06-20T15:05:45Z | false | WeChat getStableAccessToken: expires_in, 345 in its example",
        "youzan | 2026-06-20T15:01:00Z | true | Youzan /auth/token: expires, a moment in milliseconds",
        "tmall | 2026-06-20T14:00:00Z | false | TOP authorisation: a session lasts as long as the shop granted",
        "jd | 2026-06-20T14:00:00Z | false | JD authorisation: refreshed in the last 24 hours only, never after",
        "vipshop | 2026-06-20T14:00:00Z | false | Vipshop OAuth: the shop renews it",
      })
  void a_token_is_renewed_a_minute_before_it_ends_where_a_program_can(
      String channel, String end, boolean ends, String source) {
    assertThat(source).contains(": ");
    Keys keys = end.isEmpty() ? keys() : keys("expires_at", end);
    assertThat(platform(channel).ends(keys, NOW)).isEqualTo(ends);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "douyin | /token/refresh | \"grant_type\":\"refresh_token\" | Douyin /token/refresh: a refresh token is good once",
        "wechat_store | /cgi-bin/stable_token | \"force_refresh\":false | WeChat getStableAccessToken: recommended in place of /cgi-bin/token",
        "youzan | /auth/token | \"authorize_type\":\"silent\" | Youzan /auth/token: client_id, client_secret, grant_id",
        "tmall | | | TOP authorisation: by the shop",
        "jd | | | JD authorisation: in the app's console",
        "vipshop | | | Vipshop OAuth: by the shop",
      })
  void how_it_is_renewed(String channel, String path, String body, String source) {
    assertThat(source).contains(": ");
    Optional<Call> call = platform(channel).renewal(keys(), NOW);
    assertThat(call.map(Call::path)).isEqualTo(Optional.ofNullable(path));
    if (body != null) assertThat(new String(call.orElseThrow().body(), UTF_8)).contains(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "douyin | {\"data\":{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":604800}} | a r 2026-06-27T15:00:00Z | Douyin /token/refresh: both tokens are new",
        "wechat_store | {\"access_token\":\"a\",\"expires_in\":345} | a v-refresh_token 2026-06-20T15:05:45Z | WeChat getStableAccessToken: the rest of a token's life",
        "youzan | {\"data\":{\"access_token\":\"a\",\"expires\":1781967600000}} | a v-refresh_token 2026-06-20T15:00:00Z | Youzan /auth/token: expires in milliseconds",
      })
  void what_an_answer_promises_is_kept(
      String channel, String answer, String expected, String source) {
    assertThat(source).contains(": ");
    Keys keys = platform(channel).renewed(keys(), JSON.readTree(answer), NOW);
    assertThat(
            keys.get("access_token")
                + " "
                + keys.get("refresh_token")
                + " "
                + keys.get("expires_at"))
        .isEqualTo(expected);
  }

  /** WeChat getStableAccessToken: force_refresh at most 20 times a day, 30 seconds apart. */
  @Test
  void a_stable_token_that_was_refused_is_asked_for_by_force_twenty_times_a_day() {
    WechatStore platform = new WechatStore();
    Keys keys = keys();
    Instant at = NOW;
    assertThat(platform.refusalWait(keys, at)).isZero();
    for (int i = 0; i < 20; i++) {
      assertThat(new String(platform.renewalAfterRefusal(keys, at).orElseThrow().body(), UTF_8))
          .contains("\"force_refresh\":true");
      keys = platform.afterRefusal(keys, at);
      assertThat(platform.refusalWait(keys, at.plusSeconds(10))).isEqualTo(Duration.ofSeconds(20));
      at = at.plusSeconds(30);
      assertThat(platform.refusalWait(keys, at)).isZero();
    }
    assertThat(platform.renewalAfterRefusal(keys, at)).isEmpty();
    assertThat(platform.renewalAfterRefusal(keys, at.plus(Duration.ofDays(1)))).isPresent();
  }
}
