package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nights over all channels together: every row and every order is accounted for. */
class AllChannelsTest {

  @TempDir static Path dir;
  private static TestHome home;

  @BeforeAll
  static void three_nights() throws IOException {
    home = ThreeNights.home(dir);
    for (String night : List.of(ThreeNights.FIRST, ThreeNights.SECOND, ThreeNights.THIRD)) {
      ThreeNights.of(night).forEach(export -> export.dropInto(home));
      home.night(night);
    }
  }

  @AfterAll
  static void close() {
    home.close();
  }

  @Test
  void every_row_of_every_delivery_is_accounted_for() {
    assertThat(home.rows("select distinct channel from night_input where rows_in > 0 order by 1"))
        .containsExactly("douyin", "jd", "pos", "program", "tmall", "wechat_store", "youzan");
    assertThat(
            home.rows(
                "select file || ': ' || rows_in from night_input where rows_in <> merged + superseded + duplicate"
                    + " + rejected + filtered + waiting"))
        .isEmpty();
  }

  @Test
  void every_order_of_every_channel_and_shop_is_in_one_accounting_class() {
    assertThat(
            home.rows(
                "select s.channel || ' ' || s.shop || ' ' || count(*) from sales_order s group by s.channel, s.shop"
                    + " order by 1"))
        .isEqualTo(
            home.rows(
                "select channel || ' ' || shop || ' ' || sum(orders) from order_class_total where night = '2026-03-03'"
                    + " group by channel, shop order by 1"))
        .hasSize(7);
    assertThat(home.rows("select type from break where type = 'CONTROL_TOTAL'")).isEmpty();
    assertThat(
            home.rows(
                "select class || ' ' || orders from order_class_total where night = '2026-03-03' and channel = 'jd'"
                    + " order by 1"))
        .containsExactly("EXCLUDED 1", "POSTED 11");
  }

  @Test
  void what_was_earned_and_taken_back_is_what_the_orders_kept() {
    // Points of all lines together differ from the kept amount by less than a point for each line.
    assertThat(
            home.rows(
                "select order_no || ' ' || kept || ' ' || points from ("
                    + "  select s.order_no, v.base_fen - least(v.goods_refund_fen, v.base_fen) as kept,"
                    + "    coalesce(sum(p.earned - p.clawed_back), 0) as points, count(*) as lines"
                    + "  from sales_order s join verdict v using (order_key, first_night)"
                    + "    left join posting p using (order_key)"
                    + "  where v.class in ('POSTED', 'ZERO') and s.channel not in ('pos')"
                    + "  group by s.order_key, v.base_fen, v.goods_refund_fen) t"
                    + " where points > kept / 100 + 1 or points < kept / 100 - lines"))
        .isEmpty();
  }

  @Test
  void orders_without_a_buyer_are_counted_aged_and_claimed_with_their_own_dates() {
    assertThat(
            home.rows(
                "select effective_at at time zone 'Asia/Shanghai' || ' ' || kind || ' ' || points || ' ' || cause_key from entry"
                    + " where night = '2026-03-02' and cause_key like '6930000000000000002/%' order by n"))
        .containsExactly(
            "2026-02-27 12:30:00 EARN 100 6930000000000000002/69300000000000000021",
            "2026-02-27 12:30:00 EARN 100 6930000000000000002/69300000000000000022",
            "2026-02-27 12:30:00 EARN 100 6930000000000000002/69300000000000000023");
    assertThat(
            home.rows(
                "select b.first_night || ' ' || b.state from break b where b.type = 'UNATTRIBUTED'"
                    + " and b.key = '2026-03-01' and (b.channel, b.shop) in (select channel, shop from sales_order"
                    + " where order_no = '6930000000000000003')"))
        .as("others of that night still wait")
        .containsExactly("2026-03-01 OPEN");
    assertThat(
            home.rows(
                "select w.class from waiting_order w join sales_order s using (order_key)"
                    + " where s.order_no = '6930000000000000003'"))
        .isEmpty();
    assertThat(
            home.rows(
                "select coalesce(sum(orders), 0) from break where type = 'UNATTRIBUTED' and channel = 'douyin' and state = 'OPEN'"))
        .containsExactly(
            home.rows(
                    "select count(*) from sales_order join verdict using (order_key, first_night) where channel = 'douyin' and class = 'UNATTRIBUTED'")
                .get(0));
  }

  @Test
  void one_person_of_many_channels_has_one_account() {
    assertThat(
            home.rows(
                "select string_agg(distinct s.channel, ' ' order by s.channel) from sales_order s"
                    + " join verdict v using (order_key, first_night)"
                    + " join member o on o.member_id = v.owner"
                    + " join token t on coalesce((select m.merged_into from member m where m.member_id = t.member_id), t.member_id) = coalesce(o.merged_into, o.member_id)"
                    + " where t.kind = 'card' and t.shown = 'C0001'"))
        .containsExactly("pos wechat_store youzan");
  }
}
