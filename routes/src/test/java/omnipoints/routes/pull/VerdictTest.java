package omnipoints.routes.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the platforms answer, and what that means; a code that no table has asks for a person.
 * Beside each row stands who says so: a document of {@link #DOCUMENTS} and its words. Tables of
 * codes were read where others repeat them; none was tried against a live platform.
 */
class VerdictTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Where the documents that rows name are to be found. */
  private static final Map<String, String> DOCUMENTS =
      Map.ofEntries(
          Map.entry("HTTP", "RFC 9110, and JSON: an answer that is none is no answer yet"),
          Map.entry("ours", "a decision of this project, where no document says anything"),
          Map.entry(
              "Douyin codes",
              "全局错误码 of op.jinritemai.com, as the client imactool/jinritemai repeats it"
                  + " (Error/ErrorCode.php)"),
          Map.entry("Douyin 15/1342", "https://op.jinritemai.com/docs/api-docs/15/1342"),
          Map.entry("Douyin 17/1295", "https://op.jinritemai.com/docs/api-docs/17/1295"),
          Map.entry("WeChat codes", "全局返回码 of developers.weixin.qq.com, repeated by many clients"),
          Map.entry(
              "WeChat order list",
              "https://developers.weixin.qq.com/doc/store/shop/ order/list/get, as"
                  + " TonyWang-hub/mcp-cn-commerce quotes it (docs/api-contracts/weixin_store.md)"),
          Map.entry(
              "WeChat token",
              "getStableAccessToken of the same site, quoted in the same place, chapter 2"),
          Map.entry(
              "WeChat IP list", "the same site on IP 白名单, quoted in the same place, chapter 1.2"),
          Map.entry(
              "Youzan codes",
              "全局错误码, https://doc.youzanyun.com/resource/doc/3027, and what calls without keys"
                  + " were answered on 2026-09-11, as a published guide to that API tells both"),
          Map.entry(
              "Youzan limits", "https://doc.youzanyun.com/resource/develop-guide/27027/41693"),
          Map.entry(
              "Youzan trades.sold.get",
              "https://doc.youzanyun.com/v2/doc/cloud/token/P5Ojw8J96iVoyHkw4C5c0iRLnHd.md"),
          Map.entry("Youzan refund.search", "https://doc.youzanyun.com/detail/API/0/3694.md"),
          Map.entry(
              "Youzan customer.search",
              "https://doc.youzanyun.com/detail/API/0/755, as published clients repeat it"),
          Map.entry(
              "TOP code 7",
              "open.taobao.com on 错误码 7, as AIDC-AI's langengine repeats it"
                  + " (Html2MarkdownLoaderTest)"),
          Map.entry("TOP code 27", "open.taobao.com on invalid-sessionkey, in the same place"),
          Map.entry("TOP codes", "the error codes of open.taobao.com, repeated by many clients"),
          Map.entry("TOP 128", "https://developer.alibaba.com/docs/api.htm?apiId=128"),
          Map.entry(
              "JD codes", "平台级错误码 of jos.jd.com, as the clients Lib11/Jos and jdsdk repeat it"),
          Map.entry(
              "JD order.search",
              "jingdong.pop.order.search of open.jd.com, as TonyWang-hub/mcp-cn-commerce quotes it"
                  + " (docs/jd-contract.md)"),
          Map.entry("JD 15040", "jingdong.asc.serviceAndRefund.view of open.jd.com"),
          Map.entry(
              "Vipshop codes",
              "error codes of vop.vip.com, as the client HyperfAlliance/Vip repeats them"),
          Map.entry(
              "Vipshop clients",
              "what published shop software takes for a lost authorisation; no document seen"));

  private static String verdict(Platform platform, int status, String answer) {
    Verdict verdict = platform.verdict(status, answer.isEmpty() ? null : JSON.readTree(answer));
    String kind = verdict.getClass().getSimpleName();
    return verdict instanceof Verdict.Later later && !later.after().isZero()
        ? kind + " " + later.after().toSeconds()
        : kind;
  }

  private static void check(
      Platform platform, int status, String answer, String expected, String source) {
    assertThat(verdict(platform, status, answer)).isEqualTo(expected);
    assertThat(DOCUMENTS.keySet()).as(source).anyMatch(name -> source.startsWith(name + ": "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"code\":10000,\"data\":{}} | Good | Douyin codes: 10000 success",
        "200 | {\"err_no\":0,\"data\":{}} | Good | Douyin 15/1342: older answers tell err_no 0",
        "200 | {\"code\":10000,\"data\":{\"items\":[],\"total\":\"50000\"}} | Good | Douyin 17/1295: page * size at most 50000",
        "200 | {\"code\":10000,\"data\":{\"items\":[],\"total\":\"50001\"}} | Narrower | Douyin 17/1295: page * size at most 50000",
        "200 | {\"code\":10001} | Later | Douyin codes: 10001 请求部分失败",
        "200 | {\"code\":20000} | Later | Douyin codes: 20000 服务不可用",
        "200 | {\"code\":20001} | Later | Douyin codes: 20001 内部服务超时",
        "200 | {\"code\":60000} | Later 10 | Douyin codes: 60000 触发限流，请稍后重试",
        "200 | {\"code\":40003,\"sub_code\":\"isv.access-token-expired\"} | Renew | Douyin codes: access_token已过期",
        "200 | {\"code\":40003,\"sub_code\":\"isv.access-token-no-existed\"} | Renew | Douyin codes: access_token不存在，请使用最新的access_token访问",
        "200 | {\"code\":40003,\"sub_code\":\"isv.access-token-invalid\"} | Renew | Douyin codes: app_key和access_token不匹配; a new one that is refused too asks for a person",
        "200 | {\"code\":40003,\"sub_code\":\"isv.signature-invalid\"} | Person | Douyin codes: 签名校验失败",
        "200 | {\"code\":40003,\"sub_code\":\"isv.parameter-format-invalid\"} | Person | Douyin codes: 业务参数json解析失败",
        "200 | {\"code\":40004} | Person | Douyin codes: 40004 非法的参数（业务校验）",
        "200 | {\"code\":50001,\"sub_code\":\"dop.token-generate-failed:no-authorization\"} | Person | Douyin codes: 店铺授权已失效，请重新引导商家完成店铺授权",
        "200 | {\"code\":50001,\"sub_code\":\"dop.token-generate-failed:token-expired\"} | Person | Douyin codes: 生成token失败，token已过期",
        "200 | {\"code\":50002} | Person | Douyin codes: 50002 业务处理失败",
        "200 | {\"code\":30001,\"sub_code\":\"isv.app-permissions-insufficient\"} | Person | Douyin codes: 应用无权限调用该接口，请先申请接口权限包",
        "200 | {\"code\":30001,\"sub_code\":\"dop.authorization-no-existed\"} | Person | Douyin codes: 店铺授权已失效，请重新授权",
        "200 | {\"code\":30001,\"sub_code\":\"dop.authorization-closed\"} | Person | Douyin codes: 店铺授权已被关闭，请联系商家打开授权开关",
        "200 | {\"code\":30002} | Person | Douyin codes: 30002 请求来源IP不可信",
        "200 | {\"code\":70000,\"sub_code\":\"isp.api-service-off\"} | Person | Douyin codes: 70000 接口服务已下线",
        "200 | {\"code\":99999} | Person | ours: no table has it",
        "502 | {\"code\":10000} | Later | HTTP: 5xx",
        "200 | '' | Later | HTTP: no JSON",
      })
  void douyin(int status, String answer, String expected, String source) {
    check(new Douyin(), status, answer, expected, source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"errcode\":0} | Good | WeChat codes: 0 请求成功",
        "200 | {\"access_token\":\"t\",\"expires_in\":345} | Good | WeChat token: no errcode in a good answer",
        "200 | {\"errcode\":40001} | Renew | WeChat token: force_refresh for 40001 access_token 无效",
        "200 | {\"errcode\":42001} | Renew | WeChat token: force_refresh for 42001 access_token 超时",
        "200 | {\"errcode\":40014} | Renew | WeChat token: force_refresh for 40014 不合法的access_token",
        "200 | {\"errcode\":41001} | Renew | WeChat codes: 41001 缺少access_token参数",
        "200 | {\"errcode\":31042} | Narrower | WeChat order list: 31042 订单过多，请缩短时间范围",
        "200 | {\"errcode\":606006} | Anew | WeChat order list: 606006 next_key 与上一页参数不一致",
        "200 | {\"errcode\":-1} | Later | WeChat codes: -1 系统繁忙，请稍候再试",
        "200 | {\"errcode\":45011} | Later 60 | WeChat codes: 45011 API调用太频繁，请稍候再试",
        "200 | {\"errcode\":45009} | Person | WeChat codes: 45009 接口调用超过限制 (of a day)",
        "200 | {\"errcode\":48001} | Person | WeChat codes: 48001 api功能未授权",
        "200 | {\"errcode\":40013} | Person | WeChat codes: 40013 不合法的AppID",
        "200 | {\"errcode\":40125} | Person | WeChat codes: 40125 AppSecret 无效",
        "200 | {\"errcode\":40097} | Person | WeChat order list: 40097 invalid request body",
        "200 | {\"errcode\":123456} | Person | ours: no table has it",
        "403 | '' | Person | WeChat IP list: HTTP 403 without an errcode",
        "200 | '' | Later | HTTP: no JSON",
      })
  void wechat_store(int status, String answer, String expected, String source) {
    check(new WechatStore(), status, answer, expected, source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"success\":true,\"code\":200,\"data\":{\"total_results\":10000}} | Good | Youzan trades.sold.get: page_no and page_size at most 100",
        "200 | {\"success\":true,\"code\":200,\"data\":{\"total_results\":10001}} | Narrower | Youzan trades.sold.get: page_no and page_size at most 100",
        "200 | {\"success\":true,\"data\":{\"total_results\":3001,\"refunds\":[]}} | Narrower | Youzan refund.search: page_no * page_size at most 3000",
        "200 | {\"success\":true,\"data\":{\"total\":3000,\"refunds\":[]}} | Good | Youzan refund.search: page_no * page_size at most 3000",
        "200 | {\"success\":true,\"data\":{\"total\":3001,\"refunds\":[]}} | Narrower | Youzan refund.search: page_no * page_size at most 3000",
        "200 | {\"success\":true,\"data\":{\"total\":10000,\"record_list\":[]}} | Good | Youzan customer.search: at most 10,000",
        "200 | {\"success\":true,\"data\":{\"total\":10001,\"record_list\":[]}} | Narrower | Youzan customer.search: at most 10,000",
        "200 | {\"success\":false,\"code\":106000001} | Later | Youzan codes: 106000001 请求超时，重试",
        "200 | {\"success\":false,\"code\":106100118} | Later | Youzan codes: 106100118 请求超时，重试",
        "200 | {\"success\":false,\"code\":500100004} | Later 10 | Youzan limits: 500100004 请求被限流",
        "200 | {\"success\":false,\"code\":123000042} | Later 10 | Youzan limits: 123000042 请求被限流",
        "200 | {\"success\":false,\"code\":5000} | Person | Youzan codes: 5000 trade not found, 每页最多显示100条数据",
        "200 | {\"success\":false,\"code\":106000004} | Person | Youzan codes: 106000004 订单号非法",
        "200 | {\"success\":false,\"code\":1103} | Person | Youzan codes: /auth/token 1103 Client 不存在",
        "200 | {\"success\":false,\"code\":1000} | Person | Youzan codes: /auth/token 1000 client_secret 不正确",
        "200 | {\"gw_err_resp\":{\"err_code\":4101}} | Later 10 | Youzan limits: 4101 访问频繁",
        "200 | {\"gw_err_resp\":{\"err_code\":4201}} | Renew | Youzan codes: 4201 非法的请求凭证; where the shop withdrew it a new one is refused, too",
        "200 | {\"gw_err_resp\":{\"err_code\":4202}} | Renew | Youzan codes: 4202 请求凭证过期",
        "200 | {\"gw_err_resp\":{\"err_code\":4203}} | Renew | Youzan codes: 4203 请求凭证不存在",
        "200 | {\"gw_err_resp\":{\"err_code\":4204}} | Person | Youzan codes: 4204 无权限访问",
        "200 | {\"gw_err_resp\":{\"err_code\":4001}} | Person | Youzan codes: 4001 非法请求地址",
        "200 | {\"gw_err_resp\":{\"err_code\":4005}} | Person | Youzan codes: 4005 非法的API",
        "200 | {\"gw_err_resp\":{\"err_code\":4007}} | Person | Youzan codes: 4007 非法的请求, also an address that is not listed (FAQ 6241)",
        "200 | {\"gw_err_resp\":{\"err_code\":5001}} | Later | Youzan codes: 5001 系统异常",
        "200 | {\"gw_err_resp\":{\"err_code\":5002}} | Later | Youzan codes: 5002 业务异常",
        "200 | {\"gw_err_resp\":{\"err_code\":5003}} | Later | Youzan codes: 5003 插件执行异常",
        "200 | {\"gw_err_resp\":{\"err_code\":4999}} | Person | ours: no table has it",
        "200 | {} | Person | ours: neither of the two shapes of errors",
        "200 | '' | Later | HTTP: no JSON",
      })
  void youzan(int status, String answer, String expected, String source) {
    check(new Youzan(), status, answer, expected, source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"trades_sold_increment_get_response\":{}} | Good | TOP 128: an answer without error_response",
        "200 | {\"error_response\":{\"code\":7,\"sub_code\":\"accesscontrol.limited-by-app-access-count\"}} | Person | TOP code 7: 对每个应用（appkey）调用流量的限制",
        "200 | {\"error_response\":{\"code\":7,\"sub_code\":\"accesscontrol.limited-by-api-access-count\",\"msg\":\"This ban will last for 7 more seconds\"}} | Later 8 | TOP code 7: 等待**秒钟以后再调用",
        "200 | {\"error_response\":{\"code\":7,\"sub_code\":\"accesscontrol.limited-by-app-api-access-count\",\"sub_msg\":\"This ban will last for 1 more second\"}} | Later 2 | TOP code 7: 依照提示的限制时间结束后再调用",
        "200 | {\"error_response\":{\"code\":15,\"sub_code\":\"isp.remote-service-timeout\"}} | Later | TOP codes: isp.* is the platform, try again",
        "200 | {\"error_response\":{\"code\":15,\"sub_code\":\"isv.invalid-parameter\"}} | Person | TOP codes: isv.* is the caller",
        "200 | {\"error_response\":{\"code\":27,\"sub_code\":\"invalid-sessionkey\"}} | Person | TOP code 27: 用户取消授权或者sessionkey过期",
        "200 | {\"error_response\":{\"code\":26}} | Person | TOP codes: 26 Missing Session",
        "200 | {\"error_response\":{\"code\":25}} | Person | TOP codes: 25 Invalid Signature",
        "200 | {\"error_response\":{\"code\":999}} | Person | ours: no table has it",
        "502 | {\"error_response\":{\"code\":7}} | Later | HTTP: 5xx",
        "200 | '' | Later | HTTP: no JSON",
      })
  void top(int status, String answer, String expected, String source) {
    check(new Top(), status, answer, expected, source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"jingdong_pop_order_search_responce\":{\"searchorderinfo_result\":{\"apiResult\":{\"success\":true}}}} | Good | JD order.search: success is a Boolean",
        "200 | {\"jingdong_pop_order_search_responce\":{\"searchorderinfo_result\":{\"apiResult\":{\"success\":\"true\"}}}} | Good | JD order.search: its examples tell the text true as well",
        "200 | {\"jingdong_pop_order_search_responce\":{\"searchorderinfo_result\":{\"apiResult\":{\"success\":false,\"numberCode\":7}}}} | Person | JD order.search: HTTP 200 and success false is a failure",
        "200 | {\"jingdong_asc_serviceAndRefund_view_responce\":{\"pageResult\":{\"success\":true}}} | Good | JD 15040: success",
        "200 | {\"jingdong_asc_serviceAndRefund_view_responce\":{\"pageResult\":{\"success\":false,\"code\":\"1\"}}} | Person | JD 15040: success false",
        "200 | {\"error_response\":{\"code\":\"1\"}} | Later | JD codes: 1 服务不可用",
        "200 | {\"error_response\":{\"code\":\"2\"}} | Person | JD codes: 2 限制时间内调用失败次数，请隔日再调用",
        "200 | {\"error_response\":{\"code\":\"3\"}} | Person | JD codes: 3 请求被禁止",
        "200 | {\"error_response\":{\"code\":\"8\"}} | Person | JD codes: 8 非法的时间戳参数，误差为6分钟",
        "200 | {\"error_response\":{\"code\":\"11\"}} | Person | JD codes: 11 缺少签名参数",
        "200 | {\"error_response\":{\"code\":\"12\"}} | Person | JD codes: 12 无效签名",
        "200 | {\"error_response\":{\"code\":\"18\"}} | Person | JD codes: 18 缺少access_token参数",
        "200 | {\"error_response\":{\"code\":\"19\"}} | Person | JD codes: 19 无效access_token",
        "200 | {\"error_response\":{\"code\":\"20\"}} | Person | JD codes: 20 缺少app_key参数",
        "200 | {\"error_response\":{\"code\":\"21\"}} | Person | JD codes: 21 无效app_key",
        "200 | {\"error_response\":{\"code\":\"22\"}} | Person | JD codes: 22 授权者不是商家",
        "200 | {\"error_response\":{\"code\":\"24\"}} | Person | JD codes: 24 无权调用API",
        "200 | {\"error_response\":{\"code\":\"43\"}} | Later | JD codes: 43 系统处理错误",
        "200 | {\"error_response\":{\"code\":\"61\"}} | Person | JD codes: 61 参数值不合法",
        "200 | {\"error_response\":{\"code\":\"64\"}} | Person | JD codes: 64 此类型商家无权调用本接口",
        "200 | {\"error_response\":{\"code\":\"65\"}} | Later | JD codes: 65 平台连接后端服务超时",
        "200 | {\"error_response\":{\"code\":\"66\"}} | Later | JD codes: 66 平台连接后端服务不可用",
        "200 | {\"error_response\":{\"code\":\"67\"}} | Later | JD codes: 67 平台连接后端服务处理过程中出现未知异常信息",
        "200 | {\"error_response\":{\"code\":\"69\"}} | Later | JD codes: 69 获取数据失败",
        "200 | {\"error_response\":{\"code\":\"75\"}} | Person | JD codes: 75 非法的调用者ip",
        "200 | {\"error_response\":{\"code\":\"78\"}} | Later | JD codes: 78 HTTP 调用异常",
        "200 | {\"error_response\":{\"code\":\"79\"}} | Person | JD codes: 79 该商家没有权限通过该appKey调用该api",
        "200 | {\"error_response\":{\"code\":\"80\"}} | Person | JD codes: 80 调用的IP不在APP设置的IP白名单中",
        "200 | {\"error_response\":{\"code\":\"88\"}} | Person | JD codes: 88 没有调用该接口权限",
        "200 | {\"error_response\":{\"code\":\"89\"}} | Person | JD codes: 89 非法appkey",
        "200 | {\"error_response\":{\"code\":\"4711\"}} | Person | ours: no table has it",
        "200 | {\"unknown\":{}} | Person | ours: no success, no page",
        "502 | {\"error_response\":{\"code\":\"65\"}} | Later | HTTP: 5xx",
        "200 | '' | Later | HTTP: no JSON",
      })
  void jd(int status, String answer, String expected, String source) {
    check(new Jd(), status, answer, expected, source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"returnCode\":\"0\",\"result\":{\"total\":0}} | Good | Vipshop clients: returnCode 0",
        "200 | {\"returnCode\":\"0\",\"result\":{\"total\":1,\"orderDetails\":[{}]}} | Good | Vipshop clients: returnCode 0",
        "200 | {\"returnCode\":\"0\",\"result\":{\"total\":101,\"orderDetails\":[{}]}} | Person | ours: an order of more than a page of goods",
        "200 | {\"returnCode\":\"vipapis.sys_other_error\"} | Later | Vipshop codes: 系统内部错误",
        "200 | {\"returnCode\":\"vipapis.response-timeOut\"} | Later | Vipshop codes: 响应超时",
        "200 | {\"returnCode\":\"vipapis.base-api.error\"} | Later | Vipshop codes: oauth服务异常",
        "200 | {\"returnCode\":\"vipapis.app-flow-overrun\"} | Person | Vipshop codes: 应用日流量超限",
        "200 | {\"returnCode\":\"vipapis.sign-not-match\"} | Person | Vipshop codes: 签名不匹配错误",
        "200 | {\"returnCode\":\"vipapis.appkey-not-exist\"} | Person | Vipshop codes: 发起请求的APPKEY 不存在",
        "200 | {\"returnCode\":\"vipapis.white-ip-not-exist\"} | Person | Vipshop codes: APPKEY对应IP白名单无此IP信息",
        "200 | {\"returnCode\":\"vipapis.ip-in-blackList\"} | Person | Vipshop codes: APPKEY对应IP黑名单中存在此IP",
        "200 | {\"returnCode\":\"vipapis.api-invalidate-permission\"} | Person | Vipshop codes: 发起请求的APPKEY 无此方法访问权限",
        "200 | {\"returnCode\":\"vipapis.oauth-invalidate-failure\"} | Person | Vipshop codes: oauth验证失败",
        "200 | {\"returnCode\":\"CALLEE_USER_30111\"} | Person | Vipshop clients: 30111",
        "200 | {\"returnCode\":\"CALLEE_USER_vipapis.access-denied\"} | Person | Vipshop clients: access-denied",
        "200 | {\"returnCode\":\"CALLEE_USER_vipapis.DvdDeliveryService.invalid-parameter\"} | Person | Vipshop clients: invalid-parameter",
        "200 | {\"returnCode\":\"4711\"} | Person | ours: no table has it",
        "200 | {} | Person | ours: no returnCode",
        "429 | '' | Later 10 | HTTP: 429",
        "503 | {\"returnCode\":\"0\"} | Later | HTTP: 5xx",
        "200 | '' | Later | HTTP: no JSON",
      })
  void vipshop(int status, String answer, String expected, String source) {
    check(new Vipshop(), status, answer, expected, source);
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
