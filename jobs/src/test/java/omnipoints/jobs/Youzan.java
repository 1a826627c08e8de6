package omnipoints.jobs;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Customer exports of Youzan: every header name, most cells a blank. */
final class Youzan {

  static final Charset GBK = Charset.forName("GBK");
  private static final List<String> COLUMNS =
      List.of(
          "客户姓名,客户昵称,客户手机号,客户生日,客户性别,标签,是否会员,成长值,免费等级,付费等级,权益卡,客户积分,客户储值余额,消费次数,消费金额,累计退款金额,累计退款订单数,笔单价,上次消费时间,分销员,导购员,企微好友,来源渠道,来源方式,成为客户时间,成为会员时间,成为会员店铺,公众号,公众号关注时间,最近浏览时间,微信地域,所属区域,指定时间消费次数,指定时间消费金额"
              .split(","));

  private Youzan() {}

  static String customers(String... rows) {
    return String.join(",", COLUMNS)
        + ",\n"
        + Arrays.stream(rows).map(row -> row + ",\n").collect(Collectors.joining());
  }

  static String customer(String name, String phone, Object points) {
    return COLUMNS.stream()
        .map(
            column ->
                switch (column) {
                  case "客户姓名" -> name;
                  case "客户手机号" -> phone;
                  case "客户积分" -> String.valueOf(points);
                  default -> " ";
                })
        .collect(Collectors.joining(","));
  }
}
