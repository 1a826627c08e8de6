package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Member rows that give known cards other phones, all in one home: night 1 knows everybody, night 3
 * has the changes, night 4 says them again, night 5 decides one of the contradictions.
 */
class MovedPhoneTest {

  private static final String MEMBER = "card,phone,birthday,join_date,home_shop\n";

  @TempDir static Path dir;
  private static TestHome home;
  private static NightOutcome third;
  private static NightOutcome fourth;
  private static List<String> breaksOfThird;
  private static String detailOfThird;
  private static List<String> breaksOfFourth;

  private static String phone(int n) {
    return "1380000%04d".formatted(n);
  }

  private static String row(String card, int phone) {
    return row(card, phone, "");
  }

  private static String row(String card, int phone, String birthday) {
    return card + "," + phone(phone) + "," + birthday + ",,\n";
  }

  private static void youzan(String name, String... orders) {
    home.drop("youzan/" + name, Platforms.file(Platforms.YOUZAN_LINES, orders));
  }

  private static String order(String no, int phone, String paid) {
    return no
        + ",y1,交易完成,"
        + paid
        + ","
        + paid
        + ","
        + paid
        + ",0.00,50.00,"
        + phone(phone)
        + ",0.00,CAKE,50.00,1,0.00";
  }

  @BeforeAll
  static void nights() {
    home = new TestHome(dir, "  youzan: {}\n");
    home.drop(
        "program/1.csv",
        MEMBER
            + row("MOVES", 1)
            + row("TAKES", 3)
            + row("OWNS", 4)
            + row("JOINS", 5)
            + row("", 6)
            + row("OLD", 7, "1990-01-01")
            + row("SWAP1", 8)
            + row("SWAP2", 9)
            + row("RIVAL1", 10)
            + row("RIVAL2", 11)
            + row("TWIN1", 13)
            + row("TWIN2", 13)
            + row("BORN", 16, "1991-01-01")
            + row("", 17, "1992-02-02"));
    youzan("1.csv", order("Y1", 1, "2026-01-01 10:00:00"), order("Y6", 6, "2026-01-01 10:00:00"));
    home.night("2026-01-01");
    home.drop("program/3a.csv", MEMBER + row("MOVES", 2) + row("TAKES", 4));
    home.drop(
        "program/3b.csv",
        MEMBER
            + row("JOINS", 6)
            + row("NEW", 7, "1985-05-05")
            + row("SWAP1", 9)
            + row("SWAP2", 8)
            + row("RIVAL1", 12)
            + row("RIVAL2", 12)
            + row("TWIN1", 14)
            + row("TWIN2", 15)
            + row("BORN", 17));
    youzan(
        "3.csv",
        order("Y2-early", 2, "2026-01-02 23:59:59"),
        order("Y2-late", 2, "2026-01-03 00:00:00"),
        order("Y1-late", 1, "2026-01-03 10:00:00"));
    third = home.night("2026-01-03");
    breaksOfThird = home.breaks();
    detailOfThird = conflict("card TAKES");
    home.drop("program/4.csv", MEMBER + row("TAKES", 4) + row("MOVES", 2));
    fourth = home.night("2026-01-04");
    breaksOfFourth = home.breaks();
    home.drop("program/5.csv", MEMBER + row("TAKES", 4) + row("OWNS", 18));
    youzan("5.csv", order("Y4", 4, "2026-01-05 10:00:00"));
    home.night("2026-01-05");
  }

  @AfterAll
  static void close() {
    home.close();
  }

  private static String holder(String shown) {
    List<String> holders =
        home.rows(
            "select distinct coalesce(m.merged_into, m.member_id) from token t join member m using (member_id)"
                + " where t.valid_to = 'infinity' and t.shown = '"
                + shown
                + "'");
    assertThat(holders).as(shown).hasSizeLessThan(2);
    return holders.isEmpty() ? "nobody" : holders.get(0);
  }

  private static String holder(int phone) {
    return holder("138****%04d".formatted(phone));
  }

  private static String owner(String order) {
    return home.rows(
            "select coalesce(m.merged_into, m.member_id) from sales_order join verdict v using (order_key, first_night) left join member m on m.member_id = v.owner where order_no = '"
                + order
                + "'")
        .get(0);
  }

  private static List<String> validities(int phone) {
    return home.rows(
        "select m.member_id || ' ' || case when valid_from = '-infinity' then '-' else"
            + " to_char(valid_from at time zone 'Asia/Shanghai', 'MM-DD HH24:MI:SS') end || ' ' || case when valid_to ="
            + " 'infinity' then '-' else to_char(valid_to at time zone 'Asia/Shanghai', 'MM-DD HH24:MI:SS') end"
            + " from token join member m using (member_id) where shown = '138****"
            + "%04d".formatted(phone)
            + "' order by valid_from");
  }

  private static String conflict(String key) {
    List<String> details =
        home.rows(
            "select detail from break where type = 'IDENTITY_CONFLICT' and key = '" + key + "'");
    return details.isEmpty() ? "none" : details.get(0);
  }

  @Test
  void the_card_keeps_its_member_and_the_phone_moves_at_midnight() {
    String member = holder("MOVES");
    assertThat(validities(1).get(0)).isEqualTo(member + " - 01-03 00:00:00");
    assertThat(validities(2).get(validities(2).size() - 1)).isEqualTo(member + " 01-03 00:00:00 -");
    assertThat(conflict("card MOVES")).isEqualTo("none");
  }

  @Test
  void orders_belong_to_whom_the_phone_belonged_when_they_were_paid() {
    assertThat(owner("Y1")).as("of the old phone, before").isEqualTo(holder("MOVES"));
    assertThat(owner("Y2-late")).isEqualTo(holder("MOVES"));
    assertThat(owner("Y2-early")).as("of the new phone, before").isNotEqualTo(holder("MOVES"));
    assertThat(owner("Y1-late")).as("the old phone is somebody else's now").isEqualTo(holder(1));
    assertThat(holder(1)).isNotEqualTo(holder("MOVES")).isNotEqualTo(owner("Y2-early"));
  }

  @Test
  void a_phone_of_somebody_without_card_or_unionid_joins_both() {
    assertThat(holder(6)).isEqualTo(holder("JOINS")).isEqualTo(owner("Y6"));
    assertThat(holder(5)).isEqualTo("nobody");
    assertThat(conflict("card JOINS")).isEqualTo("none");
  }

  @Test
  void a_phone_of_a_member_with_a_card_is_a_contradiction_that_names_everything() {
    assertThat(third.exit()).isEqualTo(3);
    assertThat(detailOfThird)
        .startsWith("the phone belongs to a member with a card or unionid of its own; M")
        .contains(
            holder("OWNS") + " (card OWNS, phone 138****0004)",
            holder("TAKES") + " (card TAKES, phone 138****0003)",
            "; read in 3a.csv row 3 (card TAKES, phone 138****0004); look: ./omnipoints member M")
        .matches(
            ".* ./omnipoints breaks show ([0-9a-f]{12}); decide: a later member row that gives one of them another"
                + " phone in inbox/program, or leave it so: ./omnipoints breaks resolve \\1 --because TEXT");
    assertThat(breaksOfFourth).isEqualTo(breaksOfThird).contains("IDENTITY_CONFLICT card TAKES");
    assertThat(fourth.exit()).as("nothing new").isZero();
  }

  @Test
  void once_the_phone_is_free_the_same_row_moves_it_and_the_break_ends() {
    assertThat(holder(4)).isEqualTo(holder("TAKES")).isEqualTo(owner("Y4"));
    assertThat(holder(18)).isEqualTo(holder("OWNS")).isNotEqualTo(holder("TAKES"));
    assertThat(holder(3)).isEqualTo("nobody");
    assertThat(home.breaks()).doesNotContain("IDENTITY_CONFLICT card TAKES");
  }

  @Test
  void a_recycled_phone_on_a_new_card_merges_nobody_when_birthdays_differ() {
    assertThat(holder("NEW")).isNotEqualTo(holder("OLD")).isNotEqualTo("nobody");
    assertThat(holder(7)).isEqualTo(holder("OLD"));
    assertThat(conflict("card NEW")).contains("birthdays", holder("NEW"), holder("OLD"));
    assertThat(holder(16)).as("nor on a known card").isEqualTo(holder("BORN"));
    assertThat(conflict("card BORN")).contains("birthday", holder("BORN"), holder(17));
  }

  @Test
  void two_members_may_change_phones_with_each_other() {
    assertThat(holder(9)).isEqualTo(holder("SWAP1"));
    assertThat(holder(8)).isEqualTo(holder("SWAP2")).isNotEqualTo(holder("SWAP1"));
  }

  @Test
  void rows_of_one_night_that_contradict_each_other_move_nothing() {
    assertThat(holder(10)).isEqualTo(holder("RIVAL1")).isNotEqualTo(holder("RIVAL2"));
    assertThat(holder(11)).isEqualTo(holder("RIVAL2"));
    assertThat(conflict("card RIVAL1")).contains(holder("RIVAL1"), holder("RIVAL2"));
    assertThat(conflict("card RIVAL2")).contains(holder("RIVAL1"), holder("RIVAL2"));
    assertThat(holder(13)).isEqualTo(holder("TWIN1")).isEqualTo(holder("TWIN2"));
    assertThat(conflict("card TWIN1")).contains("different phones");
  }

  @Test
  void no_conflict_is_told_of_anybody_else() {
    var keys = new ArrayList<String>();
    for (String each : breaksOfThird)
      if (each.startsWith("IDENTITY_CONFLICT")) keys.add(each.substring(18));
    assertThat(keys)
        .containsExactly(
            "card BORN",
            "card NEW",
            "card RIVAL1",
            "card RIVAL2",
            "card TAKES",
            "card TWIN1",
            "card TWIN2");
  }
}
