package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An order that a shop exported and that its platform's API told as well is one order: with the
 * buyer, the completion and the refund that only one of the two knows, whichever came first.
 */
@ManyNights
class ApiAndExportTest {

  private static final String NIGHT = "2026-06-20";
  private static final String LATER = "2026-06-27";

  @TempDir Path dir;

  /** One order of a channel, by its export and by its API. */
  enum Told {
    /** The export knows the completion, the API the buyer. */
    DOUYIN(
        "douyin",
        """
        主订单编号,子订单编号,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,订单提交时间,支付完成时间,订单完成时间,订单状态,售后状态
        6930000000000000901,6930000000000000902,1,360,SKU-1,300.00,258.00,8.00,2026-06-19 10:00:00,2026-06-19 10:00:10,2026-06-20 09:00:00,已完成,-
        6930000000000000901,6930000000000000903,2,361,SKU-2,50.00,90.00,0.00,2026-06-19 10:00:00,2026-06-19 10:00:10,2026-06-20 09:00:00,已完成,-
        """,
        """
        {"code":10000,"data":{"total":1,"shop_order_list":[{"order_id":"6930000000000000901","order_status":3,
        "create_time":1781834400,"pay_time":1781834410,"finish_time":0,"doudian_open_id":"1@#one",
        "sku_order_list":[
        {"order_id":"6930000000000000902","code":"SKU-1","product_id":360,"item_num":1,"origin_amount":30000,"pay_amount":25800,"post_amount":800,"order_status":3},
        {"order_id":"6930000000000000903","code":"SKU-2","product_id":361,"item_num":2,"origin_amount":5000,"pay_amount":9000,"post_amount":0,"order_status":3}]}]}}
        """,
        "6930000000000000901",
        2,
        List.of(
            "EARN 250 6930000000000000901/6930000000000000902",
            "EARN 90 6930000000000000901/6930000000000000903"),
        340),
    /** The lines have no id: SKU and price make their keys. */
    WECHAT_STORE(
        "wechat_store",
        """
        订单号,订单下单时间,订单确认收货时间,订单状态,订单实际支付金额,订单运费,支付时间,商品编码(平台),商品编码(自定义),SKU编码(自定义),商品价格(单件),商品实际价格(总共),商品数量,商品已退款金额
        3704600000000000901,2026-06-19 10:00:00,2026-06-20 09:00:00,已完成,¥105.00,¥5.00,2026-06-19 10:00:10,234245,C-1,S-1,¥200.00,¥100.00,1,¥0.00
        """,
        """
        {"errcode":0,"order":{"order_id":"3704600000000000901","status":30,"create_time":1781834400,"openid":"OPEN-1",
        "order_detail":{"product_infos":[{"product_id":"234245","sku_id":"77","sku_code":"S-1","out_product_id":"C-1","sku_cnt":1,"sale_price":20000,"real_price":10000}],
        "pay_info":{"pay_time":1781834410},"price_info":{"order_price":10500,"freight":500},"ext_info":{"confirm_receipt_time":0}}}}
        """,
        "3704600000000000901",
        1,
        List.of("EARN 100 3704600000000000901/S-1#0000020000#001"),
        100),
    /** The export masks the phone; the API masks it too, and knows an open id. */
    YOUZAN(
        "youzan",
        """
        订单号,归属店铺,订单状态,订单创建时间,买家付款时间,交易成功时间,运费,订单实付金额,买家手机号,订单已退款金额,商品编码,商品单价,商品数量,商品已退款金额
        E20260619100000000000901,示例店,交易完成,2026-06-19 10:00:00,2026-06-19 10:01:00,2026-06-20 09:00:00,8.00,208.00,138****8001,0.00,CAKE-6,100.00,2,0.00
        """,
        """
        {"success":true,"code":200,"data":{"total_results":1,"full_order_info_list":[{"full_order_info":{
        "order_info":{"tid":"E20260619100000000000901","status":"WAIT_BUYER_CONFIRM_GOODS","created":"2026-06-19 10:00:00","pay_time":"2026-06-19 10:01:00","success_time":""},
        "pay_info":{"total_fee":"200.00","post_fee":"8.00","payment":"208.00"},"buyer_info":{"yz_open_id":"yz-9","buyer_phone":"138****8001"},
        "orders":[{"oid":"27","outer_sku_id":"CAKE-6","num":2,"price":"100.00"}]}}]}}
        """,
        "E20260619100000000000901",
        1,
        List.of("EARN 200 E20260619100000000000901/CAKE-6#0000010000#001"),
        200),
    /** The export has no buyer's account in its newer form. */
    JD(
        "jd",
        """
        订单号,商品ID,订购数量,下单时间,京东价,应付金额,订单状态,付款确认时间,订单完成时间,商家备注
        3553000000000901,10170000000901,2,2026-06-19 10:00:00,100.00,190.00,已完成,2026-06-19 10:00:10,2026-06-20 09:00:00,
        """,
        """
        {"jingdong_pop_order_search_responce":{"code":"0","searchorderinfo_result":{"orderTotal":1,"orderInfoList":[
        {"orderId":"3553000000000901","orderState":"WAIT_GOODS_RECEIVE_CONFIRM","orderStartTime":"2026-06-19 10:00:00","paymentConfirmTime":"2026-06-19 10:00:10",
        "orderEndTime":"0001-01-01 00:00:00","actualPay":"190.00","open_id_buyer":"jd-open-1","itemInfoList":[{"skuId":"10170000000901","jdPrice":"100.00","itemTotal":"2"}]}]}}}
        """,
        "3553000000000901",
        1,
        List.of("EARN 190 3553000000000901/10170000000901#0000010000#001"),
        190),
    /**
     * The nick is masked in the export; the API knows an open id and the number of a 64-bit order.
     */
    TMALL(
        "tmall",
        """
        订单编号,买家会员名,总金额,买家应付邮费,买家实际支付金额,订单状态,订单创建时间,订单付款时间,宝贝总数量,退款金额,确认收货时间
        5116000000000000901,示**,155.00,5.00,155.00,交易成功,2026-06-19 10:00:00,2026-06-19 10:00:10,3,0.00,2026-06-20 09:00:00
        """,
        """
        {"trades_sold_increment_get_response":{"total_results":1,"trades":{"trade":[{"tid":5116000000000000901,"status":"WAIT_BUYER_CONFIRM_GOODS",
        "created":"2026-06-19 10:00:00","pay_time":"2026-06-19 10:00:10","payment":"155.00","post_fee":"5.00","buyer_open_uid":"AAE-1",
        "orders":{"order":[{"oid":5116000000000000902,"outer_sku_id":"A1","num":1,"price":"100.00","divide_order_fee":"90.00","refund_status":"NO_REFUND","status":"WAIT_BUYER_CONFIRM_GOODS"},
        {"oid":5116000000000000903,"outer_sku_id":"A2","num":2,"price":"30.00","divide_order_fee":"60.00","refund_status":"NO_REFUND","status":"WAIT_BUYER_CONFIRM_GOODS"}]}}]}}}
        """,
        "5116000000000000901",
        2,
        List.of(
            "EARN 90 5116000000000000901/5116000000000000902",
            "EARN 60 5116000000000000901/5116000000000000903"),
        150);

    private final String channel;
    private final Map<String, String> files;
    private final String order;
    private final int lines;
    private final List<String> earned;
    private final int points;

    Told(
        String channel,
        String export,
        String api,
        String order,
        int lines,
        List<String> earned,
        int points) {
      this.channel = channel;
      this.files = Map.of("export.csv", export, "api.json", api);
      this.order = order;
      this.lines = lines;
      this.earned = earned;
      this.points = points;
    }

    /** The lines of Tmall stand in a second export. */
    private Map<String, String> files() {
      if (this != TMALL) return files;
      var all = new java.util.TreeMap<>(files);
      all.put(
          "export-lines.csv",
          """
          子订单编号,主订单编号,价格,购买数量,商家编码,订单状态,退款状态,买家应付货款
          5116000000000000902,5116000000000000901,100.00,1,A1,交易成功,没有申请退款,90.00
          5116000000000000903,5116000000000000901,30.00,2,A2,交易成功,没有申请退款,60.00
          """);
      return all;
    }
  }

  private TestHome home(Told told, String name) {
    String more = told == Told.TMALL ? "" : "  " + told.channel + ": {}\n";
    return new TestHome(dir.resolve(name), more);
  }

  private static void drop(TestHome home, Told told, String prefix, String kind) {
    told.files()
        .forEach(
            (name, text) -> {
              if (name.startsWith(kind)) home.drop(told.channel + "/s1/" + prefix + name, text);
            });
  }

  @ParameterizedTest
  @EnumSource
  void both_in_one_night_are_one_order_whatever_their_files_are_called(Told told) {
    var snapshots = new ArrayList<Map<String, String>>();
    for (String first : List.of("api", "export")) {
      try (TestHome home = home(told, told + first)) {
        drop(home, told, first.equals("api") ? "a-" : "z-", "api");
        drop(home, told, "m-", "export");
        home.night(NIGHT);
        oneOrder(home, told);
        assertThat(home.ledger(NIGHT).stream().map(ApiAndExportTest::brief).toList())
            .containsExactlyInAnyOrderElementsOf(told.earned);
        snapshots.add(Snapshot.business(home, NIGHT));
      }
    }
    assertThat(snapshots.get(1)).isEqualTo(snapshots.get(0));
  }

  @ParameterizedTest
  @EnumSource
  void one_night_after_the_other_they_come_to_the_same_balance(Told told) {
    for (List<String> kinds : List.of(List.of("api", "export"), List.of("export", "api"))) {
      try (TestHome home = home(told, told + "-then-" + kinds.get(0))) {
        drop(home, told, "", kinds.get(0));
        home.night(NIGHT);
        drop(home, told, "", kinds.get(1));
        home.night("2026-06-21");
        oneOrder(home, told);
        home.night(LATER);
        assertThat(home.balances()).as(kinds.toString()).containsExactly("0 " + told.points + " 0");
      }
    }
  }

  private static void oneOrder(TestHome home, Told told) {
    assertThat(
            home.rows(
                "select order_no || ' ' || class from sales_order join verdict using (order_key, first_night)"))
        .containsExactly(told.order + " POSTED");
    assertThat(home.rows("select line_key from order_line")).hasSize(told.lines);
  }

  /** Without the time. */
  private static String brief(String entry) {
    String[] words = entry.split(" ");
    return words[0] + " " + words[1] + " " + words[words.length - 1];
  }
}
