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
 * When tokens end, who renews them and how. Sources: Douyin op.jinritemai.com 15/1342 (refresh
 * tokens are good once); WeChat's stable_token ({@code expires_in} is believed; by force twenty
 * times a day, thirty seconds apart); Youzan /auth/token (the moment it ends, in milliseconds);
 * TOP, JD and Vipshop (a person renews them).
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
  @CsvSource({
    "douyin, '', false",
    "douyin, 2026-06-20T15:00:59Z, true",
    "douyin, 2026-06-20T15:01:01Z, false",
    "wechat_store, 2026-06-20T14:00:00Z, true",
    "wechat_store, 2026-06-20T15:05:45Z, false",
    "youzan, 2026-06-20T15:01:00Z, true",
    "tmall, 2026-06-20T14:00:00Z, false",
    "jd, 2026-06-20T14:00:00Z, false",
    "vipshop, 2026-06-20T14:00:00Z, false",
  })
  void a_token_is_renewed_a_minute_before_it_ends_where_a_program_can(
      String channel, String end, boolean ends) {
    Keys keys = end.isEmpty() ? keys() : keys("expires_at", end);
    assertThat(platform(channel).ends(keys, NOW)).isEqualTo(ends);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "douyin | /token/refresh | \"grant_type\":\"refresh_token\"",
        "wechat_store | /cgi-bin/stable_token | \"force_refresh\":false",
        "youzan | /auth/token | \"authorize_type\":\"silent\"",
        "tmall | | ",
        "jd | | ",
        "vipshop | | ",
      })
  void how_it_is_renewed(String channel, String path, String body) {
    Optional<Call> call = platform(channel).renewal(keys(), NOW);
    assertThat(call.map(Call::path)).isEqualTo(Optional.ofNullable(path));
    if (body != null) assertThat(new String(call.orElseThrow().body(), UTF_8)).contains(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "douyin | {\"data\":{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":604800}} | a r 2026-06-27T15:00:00Z",
        "wechat_store | {\"access_token\":\"a\",\"expires_in\":345} | a v-refresh_token 2026-06-20T15:05:45Z",
        "youzan | {\"data\":{\"access_token\":\"a\",\"expires\":1781967600000}} | a v-refresh_token 2026-06-20T15:00:00Z",
      })
  void what_an_answer_promises_is_kept(String channel, String answer, String expected) {
    Keys keys = platform(channel).renewed(keys(), JSON.readTree(answer), NOW);
    assertThat(
            keys.get("access_token")
                + " "
                + keys.get("refresh_token")
                + " "
                + keys.get("expires_at"))
        .isEqualTo(expected);
  }

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
