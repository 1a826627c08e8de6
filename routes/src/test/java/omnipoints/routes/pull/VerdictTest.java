package omnipoints.routes.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What the platforms answer, and what that means; a code that no table has asks for a person. */
class VerdictTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static String verdict(Platform platform, int status, String answer) {
    Verdict verdict = platform.verdict(status, answer.isEmpty() ? null : JSON.readTree(answer));
    String kind = verdict.getClass().getSimpleName();
    return verdict instanceof Verdict.Later later && !later.after().isZero()
        ? kind + " " + later.after().toSeconds()
        : kind;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"code\":10000,\"data\":{}} | Good",
        "200 | {\"err_no\":0,\"data\":{}} | Good",
        "200 | {\"code\":10000,\"data\":{\"items\":[],\"total\":\"50000\"}} | Good",
        "200 | {\"code\":10000,\"data\":{\"items\":[],\"total\":\"50001\"}} | Narrower",
        "200 | {\"code\":10001} | Later",
        "200 | {\"code\":20000} | Later",
        "200 | {\"code\":20001} | Later",
        "200 | {\"code\":60000} | Later 10",
        "200 | {\"code\":40003,\"sub_code\":\"isv.access-token-expired\"} | Renew",
        "200 | {\"code\":40003,\"sub_code\":\"isv.access-token-no-existed\"} | Renew",
        "200 | {\"code\":40003,\"sub_code\":\"isv.parameter-invalid\"} | Person",
        "200 | {\"code\":50001,\"sub_code\":\"dop.token-generate-failed:x\"} | Person",
        "200 | {\"code\":30001} | Person",
        "200 | {\"code\":30002} | Person",
        "200 | {\"code\":99999} | Person",
        "502 | {\"code\":10000} | Later",
        "200 | '' | Later",
      })
  void douyin(int status, String answer, String expected) {
    assertThat(verdict(new Douyin(), status, answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"errcode\":0} | Good",
        "200 | {\"access_token\":\"t\",\"expires_in\":345} | Good",
        "200 | {\"errcode\":40001} | Renew",
        "200 | {\"errcode\":42001} | Renew",
        "200 | {\"errcode\":40014} | Renew",
        "200 | {\"errcode\":31042} | Narrower",
        "200 | {\"errcode\":606006} | Anew",
        "200 | {\"errcode\":-1} | Later",
        "200 | {\"errcode\":45009} | Later 60",
        "200 | {\"errcode\":48001} | Person",
        "200 | {\"errcode\":123456} | Person",
        "403 | '' | Person",
        "200 | '' | Later",
      })
  void wechat_store(int status, String answer, String expected) {
    assertThat(verdict(new WechatStore(), status, answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"success\":true,\"code\":200,\"data\":{\"total_results\":10000}} | Good",
        "200 | {\"success\":true,\"code\":200,\"data\":{\"total_results\":10001}} | Narrower",
        "200 | {\"success\":true,\"data\":{\"total_results\":3001,\"refunds\":[]}} | Narrower",
        "200 | {\"success\":true,\"data\":{\"total\":3000,\"refunds\":[]}} | Good",
        "200 | {\"success\":true,\"data\":{\"total\":3001,\"refunds\":[]}} | Narrower",
        "200 | {\"success\":false,\"code\":50000} | Later",
        "200 | {\"success\":false,\"code\":40010} | Person",
        "200 | {\"gw_err_resp\":{\"err_code\":4201}} | Renew",
        "200 | {\"gw_err_resp\":{\"err_code\":4203}} | Renew",
        "200 | {\"gw_err_resp\":{\"err_code\":4005}} | Person",
        "200 | {\"gw_err_resp\":{\"err_code\":4007}} | Person",
        "200 | {} | Person",
      })
  void youzan(int status, String answer, String expected) {
    assertThat(verdict(new Youzan(), status, answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"trades_sold_increment_get_response\":{}} | Good",
        "200 | {\"error_response\":{\"code\":7,\"sub_code\":\"accesscontrol.limited-by-app-access-count\"}} | Person",
        "200 | {\"error_response\":{\"code\":7,\"sub_code\":\"accesscontrol.limited-by-api-access-count\",\"msg\":\"This ban will last for 7 more seconds\"}} | Later 8",
        "200 | {\"error_response\":{\"code\":7,\"sub_code\":\"x\",\"sub_msg\":\"This ban will last for 1 more second\"}} | Later 2",
        "200 | {\"error_response\":{\"code\":15,\"sub_code\":\"isp.remote-service-timeout\"}} | Later",
        "200 | {\"error_response\":{\"code\":27,\"sub_code\":\"invalid-sessionkey\"}} | Person",
        "200 | {\"error_response\":{\"code\":25}} | Person",
        "200 | {\"error_response\":{\"code\":999}} | Person",
      })
  void top(int status, String answer, String expected) {
    assertThat(verdict(new Top(), status, answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"jingdong_pop_order_search_responce\":{\"searchorderinfo_result\":{\"apiResult\":{\"success\":true}}}} | Good",
        "200 | {\"jingdong_pop_order_search_responce\":{\"searchorderinfo_result\":{\"apiResult\":{\"success\":\"true\"}}}} | Good",
        "200 | {\"jingdong_pop_order_search_responce\":{\"searchorderinfo_result\":{\"apiResult\":{\"success\":false,\"numberCode\":7}}}} | Person",
        "200 | {\"error_response\":{\"code\":\"12\",\"zh_desc\":\"无效签名\"}} | Person",
        "200 | {\"error_response\":{\"code\":\"19\"}} | Person",
        "200 | {\"error_response\":{\"code\":\"4711\"}} | Person",
        "200 | {\"jingdong_asc_serviceAndRefund_view_responce\":{\"pageResult\":{\"success\":true}}} | Good",
        "200 | {\"jingdong_asc_serviceAndRefund_view_responce\":{\"pageResult\":{\"success\":false,\"code\":\"1\"}}} | Person",
      })
  void jd(int status, String answer, String expected) {
    assertThat(verdict(new Jd(), status, answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"returnCode\":\"0\",\"result\":{\"total\":0}} | Good",
        "200 | {\"returnCode\":\"0\",\"result\":{\"total\":1,\"orderDetails\":[{}]}} | Good",
        "200 | {\"returnCode\":\"0\",\"result\":{\"total\":101,\"orderDetails\":[{}]}} | Person",
        "200 | {\"returnCode\":\"vipapis.oauth-invalidate-failure\"} | Person",
        "200 | {\"returnCode\":\"CALLEE_USER_30111\"} | Person",
        "200 | {\"returnCode\":\"CALLEE_USER_vipapis.access-denied\"} | Person",
        "200 | {\"returnCode\":\"CALLEE_USER_vipapis.DvdDeliveryService.invalid-parameter\"} | Person",
        "200 | {\"returnCode\":\"4711\"} | Person",
        "200 | {} | Person",
        "429 | '' | Later 10",
        "503 | {\"returnCode\":\"0\"} | Later",
        "200 | '' | Later",
      })
  void vipshop(int status, String answer, String expected) {
    assertThat(verdict(new Vipshop(), status, answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "douyin | {\"code\":10000,\"data\":{}} | number at total",
        "douyin | {\"code\":10000,\"data\":{\"total\":null}} | number at total",
        "douyin | {\"code\":10000,\"data\":{\"total\":\"\"}} | number at total",
        "douyin | {\"code\":10000,\"data\":{\"total\":-1}} | number at total",
        "douyin | {\"code\":10000,\"data\":{\"total\":\"0\"}} | ",
        "wechat_store | {\"errcode\":0} | true or false at has_more",
        "wechat_store | {\"errcode\":0,\"has_more\":false} | ",
        "youzan | {\"success\":true,\"data\":{}} | number at total",
        "youzan | {\"success\":true,\"data\":{\"total\":0}} | ",
        "tmall | {} | number at total_results",
        "tmall | {\"trades_sold_increment_get_response\":{\"total_results\":0}} | ",
        "jd | {\"jingdong_pop_order_search_responce\":{\"searchorderinfo_result\":{}}} | number at orderTotal",
        "vipshop | {\"returnCode\":\"0\"} | number at total",
      })
  void an_answer_that_does_not_say_how_much_there_is_proves_nothing(
      String channel, String answer, String missing) {
    Platform platform =
        Stream.of(new Douyin(), new WechatStore(), new Youzan(), new Top(), new Jd(), new Vipshop())
            .filter(one -> one.channel().equals(channel))
            .findFirst()
            .orElseThrow();
    Api api = platform.apis().get(0);
    ThrowableAssert.ThrowingCallable read =
        () -> platform.read(api, platform.first(api), JSON.readTree(answer));
    if (missing == null) assertThatNoException().isThrownBy(read);
    else
      assertThatThrownBy(read)
          .isInstanceOf(Declared.Missing.class)
          .hasMessage(
              "the answer has no "
                  + missing
                  + "; look up in the platform's documentation how it answers now");
  }
}
