package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone is a phone wherever it was typed: it finds its owner and is shown to nobody. */
class PersonsHiddenTest {

  private static final String NIGHT = "2026-01-05";

  @TempDir Path dir;

  private static String mappingWithPhones() throws IOException {
    try (InputStream in =
        PersonsHiddenTest.class.getClassLoader().getResourceAsStream("channels/pos.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replaceFirst("(card: \\{column: kh.*)", "$1\n      phone: {column: sjh, type: phone}");
    }
  }

  private static String sale(String card, String phone, String receipt) {
    return Pos.row(card, NIGHT + " 10:00:00", "A", 30, "1", receipt) + "," + phone;
  }

  @Test
  void a_phone_at_the_till_is_the_member_of_that_phone_and_shown_nowhere() throws IOException {
    try (TestHome home = new TestHome(dir)) {
      Files.writeString(dir.resolve("mappings/pos.yaml"), mappingWithPhones());
      String rows =
          Pos.file(
              sale("13800138000", "", "1"),
              sale("", "(+86)138 0013 8000", "2"),
              sale("C9", "138-0013-8000", "3"),
              sale("", "138****8000", "4"),
              sale("", "17012345678", "5"),
              Pos.row("C8", NIGHT + " 10:00:00", "A", 30, "1", "6")
                      .replace(",30.00,30.00,", ",30.00,13800138000元整,")
                  + ",",
              Pos.row("13800138000\u0001", NIGHT + " 10:00:00", "A", 30, "1", "7") + ",");
      home.drop("pos/p1/a.csv", rows.replace(",gzmc\n", ",gzmc,sjh\n"));
      home.drop(
          "tmall/s1/o.csv",
          Tmall.orders(
              Tmall.completed("9001", "13800138001", "10.00", "0", 1, NIGHT + " 10:00:00", ""),
              Tmall.completed("9002", "tb13800138002", "10.00", "0", 1, NIGHT + " 10:00:00", "")));
      home.drop("program/b.csv", "card,phone,birthday,join_date,home_shop\nC9,13800138000,,,\n");
      home.night(NIGHT);
      assertThat(home.rows("select kind || ' ' || shown from token order by 1"))
          .containsExactly(
              "card C9", "phone 138****8000", "tmall_nick 138****8001", "tmall_nick tb138****8002");
      assertThat(home.rows("select pending from balance where pending > 0")).contains("90");
      assertThat(
              home.rows(
                  "select class from sales_order join verdict using (order_key, first_night) where order_no like '%-4' or order_no like '%-5'"))
          .containsExactly("UNATTRIBUTED", "UNATTRIBUTED");
      String rejects = home.file("reports/" + NIGHT + "/rejects.csv");
      assertThat(rejects).contains("je,MONEY_LEFTOVER,138****8000元整");
      assertThat(rejects).contains("kh,UNDECODABLE,138****8000");
      assertThat(rejects).doesNotContain("13800138000");
      assertThat(home.file("outbox/crm/" + NIGHT + "/identities_full_" + NIGHT + ".csv"))
          .contains("tmall_nick,tmall,138****8001")
          .doesNotContainPattern("138001380\\d\\d");
    }
  }

  @Test
  void what_people_open_runs_no_formula_and_a_row_shows_no_more_than_its_cell() throws IOException {
    try (TestHome home = new TestHome(dir, "  youzan: {}\n")) {
      home.drop(
          "pos/p1/=f.csv",
          Pos.file(
              Pos.row("C1", NIGHT + " 10:00:00", "A", 30, "1", "1")
                  .replace(",30.00,商品", ",=cmd|' /C calc'!A0,商品"),
              Pos.row("@SUM(1)", "x", "A", 30, "1", "2"),
              Pos.row("13800138000", NIGHT + " 10:00:00", "A", 30, "1", "3") + ",13800138001"));
      home.night(NIGHT);
      String rejects = home.file("reports/" + NIGHT + "/rejects.csv");
      assertThat(rejects)
          .contains(",'=f.csv,2,je,MONEY_LEFTOVER,'=cmd|' /C calc'!A0,")
          .contains("\"'@SUM(1),x,A,1,30.00,30.00,***,30,1,2,***,***\"")
          .doesNotContain("13800138000")
          .doesNotContain("13800138001");
      // Files for machines stay as they are.
      assertThat(new String(home.ledgerCsv(NIGHT), StandardCharsets.UTF_8)).doesNotContain("'");

      // Rows of customers that end where their last filled cell does.
      String customers = Youzan.customers(Youzan.customer("甲", "13800138003", 20));
      home.drop("youzan/y1/c.csv", customers.replaceAll("(20)(, )+,\n$", "$1\n"));
      assertThat(home.night("2026-01-06").exit()).isZero();
      assertThat(home.rows("select points from points_snapshot")).containsExactly("20");
    }
  }
}
