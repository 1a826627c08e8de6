package omnipoints.routes.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures against vectors that were computed elsewhere. */
class SigningTest {

  /** The example of TOP's own documentation. */
  @Test
  void top() {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("method", "taobao.item.seller.get");
    params.put("app_key", "12345678");
    params.put("session", "test");
    params.put("timestamp", "2016-01-01 12:00:00");
    params.put("format", "json");
    params.put("v", "2.0");
    params.put("sign_method", "md5");
    params.put("fields", "num_iid,title,nick,price,num");
    params.put("num_iid", "11223344");
    params.put("empty", "");
    assertThat(Top.sign("helloworld", params)).isEqualTo("66987CB115214E59E6EC978214934FB8");
  }

  /** The example of JD's developer guide 2643. */
  @Test
  void jd() {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("method", "jingdong.pop.order.search");
    params.put("app_key", "yourappkey");
    params.put("access_token", "yourtoken");
    params.put("timestamp", "2021-05-07 09:20:39.683+0800");
    params.put("v", "2.0");
    params.put(
        "360buy_param_json",
        "{\"end_date\":null,\"optional_fields\":null,\"order_state\":\"WAIT_SELLER_STOCK_OUT\","
            + "\"page\":\"1\",\"page_size\":\"200\",\"start_date\":null}");
    assertThat(Signing.md5Between("yourappSecret", Signing.joined(params)))
        .isEqualTo("D70825340F4084360B9362B60DFD7930");
  }

  /** No vector of the platform is public; this one was computed by another program. */
  @Test
  void douyin() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("app_key", "3409409348479354011");
    query.put("method", "order.searchList");
    query.put("timestamp", "1658505600");
    query.put("v", "2");
    query.put("access_token", "not signed");
    assertThat(Douyin.sign("dysecret", query, "{\"page\":0,\"size\":10}"))
        .isEqualTo("a9cecf9bde044c9be7b3ccb6ec0896438a108ffff6e0dd3066688dcb96bfa98f");
  }

  /** No vector of the platform is public; this one was computed by another program. */
  @Test
  void vipshop() {
    Map<String, String> system = new LinkedHashMap<>();
    system.put("accessToken", "TOKEN");
    system.put("appKey", "a876c4cc");
    system.put("format", "json");
    system.put("method", "getOrderList");
    system.put("service", "vipapis.delivery.DvdDeliveryService");
    system.put("timestamp", "1658505600");
    system.put("version", "1.0.0");
    assertThat(Vipshop.sign("vipsecret", system, "{\"vendor_id\":550}"))
        .isEqualTo("3BBDC4570393810BE6ED52AF17777CB0");
  }

  @Test
  void what_douyin_gets_is_what_was_signed() {
    Keys keys = new Keys("f", Map.of("app_key", "k", "app_secret", "s", "access_token", "t"));
    Map<String, Object> business = new LinkedHashMap<>();
    business.put("size", 1);
    business.put("name", "<中&文>");
    Call call =
        Douyin.signed("order.searchList", business, keys, "t", Instant.ofEpochSecond(1658505600));
    assertThat(new String(call.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"name\":\"<中&文>\",\"size\":1}");
    assertThat(call.path()).isEqualTo("/order/searchList");
    assertThat(call.queryString()).doesNotContain("=s&").contains("sign_method=hmac-sha256");
    assertThat(call).hasToString("POST /order/searchList");
    assertThat(keys.toString()).isEqualTo("keys of f");
  }
}
