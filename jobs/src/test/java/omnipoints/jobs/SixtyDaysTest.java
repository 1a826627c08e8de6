package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three tills, a mall and a marketplace live sixty seeded days with everything at once. At their
 * end points, stock, vouchers and money are what a naive model says, to the last unit.
 */
@ManyNights
class SixtyDaysTest {
  private static final int DAYS = 60;
  private static final int MEMBERS = 14;
  private static final List<String> SHOPS = List.of("s1", "s2", "s3");
  private static final String PROGRAM =
      """
      rules: [{id: stored, on: topup, rate: {per_fen: 100000, points: 100, mode: step}}]
      redeem:
        cash_off: {points: 100, off_fen: 1000, step: 10}
        restore: {grace_days: 30}
      limits: {transfer: {per_month: 3}}
      catalogue:
      - {item: mug, kind: goods, points: 150, stock: %d}
      - {item: roll, kind: goods, points: 1, limit: {per: member, count: 1}}
      - {item: ten, kind: coupon, points: 30, off: {fen: 1000}, valid: 20d, shops: [s1, s2], stock: %d}
      - {item: vip, kind: pass, points: 80, pass: vip, valid: 10d, uses: 3}
      draws:
      - {draw: first, points: 10, prizes: [{item: mug, n: 2}, {item: ten, n: 2}], closes: 2026-03-15, wins: 1}
      - {draw: second, points: 10, prizes: [{item: mug, n: 3}], closes: 2026-04-20, wins: 1}
      """
          .formatted(SixtyDays.MUG_STOCK, SixtyDays.COUPON_STOCK);

  @TempDir Path dir;

  private final Map<String, StringBuilder> files = new TreeMap<>();
  private final SixtyDays model = new SixtyDays();
  private Random random;
  private int number;
  private LocalDate date;
  private List<Integer> seconds;

  /** A purchase that may come back. */
  private record Bought(
      String card, String shop, String till, String receipt, int yuan, String offNo, long off) {}

  /** A redemption that may be cancelled. */
  private record Asked(String no, String card, String item, long qty) {}

  /** A code as the mall read it. */
  private record Code(String code, LocalDate until) {}

  private final List<Bought> bought = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<Code> codes = new ArrayList<>();
  private final Map<String, Integer> topups = new HashMap<>();
  private final Map<String, String> topupOf = new HashMap<>();
  private final Set<String> usedCodes = new HashSet<>();
  private final Set<String> wrong = new TreeSet<>();
  private final Map<String, Long> offOk = new HashMap<>();
  private final List<String[]> tmall = new ArrayList<>();
  private final List<String> entries = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {20260301, 1})
  void d11_d14_d18_d19_f2_h1_h3_k10_sixty_days_explain_themselves(long seed) {
    random = new Random(seed);
    try (TestHome home =
        new TestHome(
                dir,
                "staff: {hq: [ann, bob]}\ndocuments: {mall: [redemption, redemption_event, voucher_use]}\n")
            .program("0", "1y")
            .rules(PROGRAM)) {
      for (int n = 0; n < DAYS; n++) day(home, n);
      compare(home, seed);
    }
  }

  private String card() {
    return "C" + random.nextInt(MEMBERS);
  }

  private String moment() {
    int second = seconds.remove(seconds.size() - 1);
    return date + " " + "%02d:%02d:%02d".formatted(second / 3600, second / 60 % 60, second % 60);
  }

  private StringBuilder file(String name, String header) {
    return files.computeIfAbsent(name, n -> new StringBuilder(header));
  }

  private void day(TestHome home, int n) {
    date = SixtyDays.day(n);
    files.clear();
    var distinct = new LinkedHashSet<Integer>();
    while (distinct.size() < 200) distinct.add(8 * 3600 + random.nextInt(14 * 3600));
    seconds = new ArrayList<>(distinct);
    if (n == 0) {
      begin();
      model.reserve("mug", 5);
      model.reserve("ten", 2);
    } else {
      for (int i = 0; i < 6; i++) buy();
      if (random.nextInt(3) == 0) giveBack();
      for (int i = 0; i < 4; i++) ask();
      if (random.nextInt(3) == 0) cancel();
      if (random.nextBoolean()) gift();
      if (random.nextInt(4) == 0) topUp();
      if (random.nextInt(6) == 0) refundTopUp();
      if (random.nextInt(5) == 0) adjust(n);
      if (random.nextBoolean()) voucher();
      marketplace(n);
      if (n == 9) state("C3", "frozen");
      if (n == 24) state("C3", "active");
      if (n < 15 || n > 15 && n <= 50) enter(n < 15 ? "first" : "second");
      if (n == 17) draw("first", "3141592", 4);
      if (n == 54) draw("second", "2718281", 3);
    }
    List<String> names = new ArrayList<>(files.keySet());
    Collections.shuffle(names, random);
    for (String name : names) home.drop(name, files.get(name).toString());
    tmallFiles(home, n);
    home.night(date.toString());
    model.close();
    assertThat(points(home)).as("points after " + date).isEqualTo(model.points);
    for (String line : home.file("outbox/mall/" + date + "/voucher_issued.csv").split("\n")) {
      String[] cells = line.split(",", -1);
      if (!cells[0].equals("request_no")) codes.add(new Code(cells[1], LocalDate.parse(cells[3])));
    }
  }

  private void begin() {
    for (int i = 0; i < MEMBERS; i++) {
      String card = "C" + i;
      buy(card, 100, null, 0);
      file("program/bind.csv", "channel,order_no,platform_id,phone,card,unionid,bound_at\n")
          .append("tmall,,nick" + i + ",," + card + ",," + moment() + "\n");
      String friend = "C" + (i + 1) % MEMBERS;
      file("program/rel.csv", "member_kind,member_value,friend_kind,friend_value,from,to\n")
          .append("card," + card + ",card," + friend + ",,\n");
      model.friends.add(card + " " + friend);
    }
  }

  private void buy() {
    String card = card();
    int yuan = 20 + random.nextInt(200);
    if (random.nextInt(4) > 0) {
      buy(card, yuan, null, 0);
      return;
    }
    // a till takes points at once where the balance of last night has them: money off, executed
    long off = 10L * (1 + random.nextInt(5));
    if (model.of(card) < 400) return;
    buy(card, yuan, "X" + ++number, off);
  }

  private void buy(String card, int yuan, String offNo, long off) {
    String shop = SHOPS.get(random.nextInt(3));
    String receipt = Integer.toString(++number);
    String at = moment();
    file("pos/" + shop + "/sales.csv", Pos.file("").strip() + "\n")
        .append(Pos.row(card, at, "G" + receipt, yuan, "1", receipt))
        .append('\n');
    model.at(at, () -> model.add(card, yuan));
    model.spendFen.merge(card, yuan * 100L, Long::sum);
    if (offNo != null) {
      String time = moment();
      file("mall/off.csv", RedeemingNightsTest.REDEMPTION)
          .append(
              offNo
                  + ",executed,till,"
                  + shop
                  + ",card,"
                  + card
                  + ",cash_off,,"
                  + off
                  + ","
                  + off * 10
                  + ",pos,"
                  + order(receipt)
                  + ","
                  + time
                  + ",,\n");
      model.taken.put(offNo, off);
      model.at(
          time,
          () -> {
            model.outcomes.put(offNo, model.frozen.contains(card) ? "BOOKED FROZEN" : "BOOKED");
            model.add(card, -off);
          });
    }
    bought.add(new Bought(card, shop, "1", receipt, yuan, offNo, off));
  }

  private String order(String receipt) {
    return date.toString().replace("-", "") + "-1-" + receipt;
  }

  /** Goods come back: what they earned goes, what points paid of them comes back. */
  private void giveBack() {
    List<Bought> before = new ArrayList<>(bought);
    before.removeIf(one -> one.yuan() == 100);
    if (before.size() < 20) return;
    Bought one = before.get(random.nextInt(before.size() - 10));
    bought.remove(one);
    String at = moment();
    file("pos/" + one.shop() + "/sales.csv", Pos.file("").strip() + "\n")
        .append(
            Pos.row(
                one.card(), at, "G" + one.receipt(), -one.yuan(), "1", Integer.toString(++number)))
        .append('\n');
    model.at(at, () -> model.add(one.card(), one.off() - one.yuan()));
    model.refundFen.merge(one.card(), one.yuan() * 100L, Long::sum);
  }

  private void ask() {
    String card = card();
    String item = List.of("mug", "roll", "ten", "vip").get(random.nextInt(4));
    long price = Map.of("mug", 150L, "roll", 1L, "ten", 30L, "vip", 80L).get(item);
    long qty = item.equals("ten") ? 1 + random.nextInt(3) : 1;
    String no = "Q" + ++number;
    String at = moment();
    file("mall/asked.csv", RedeemingNightsTest.REDEMPTION)
        .append(
            RedeemingNightsTest.request(no, card, item, at)
                .replace(item + ",,", item + "," + qty + ","));
    model.at(at, () -> model.request(no, card, item, qty, price));
    asked.add(new Asked(no, card, item, qty));
  }

  private void enter(String draw) {
    String card = card();
    String no = "E" + ++number;
    String at = moment();
    file("mall/entries.csv", RedeemingNightsTest.REDEMPTION)
        .append(RedeemingNightsTest.request(no, card, "draw:" + draw, at));
    model.entrant.put(no, card);
    model.at(at, () -> model.request(no, card, "draw:" + draw, 1, 10));
    entries.add(draw + " " + no);
  }

  private void draw(String draw, String value, int prizes) {
    file("program/value.csv", "draw,value\n").append(draw + "," + value + "\n");
    List<String> list = new ArrayList<>();
    for (String entry : entries)
      if (entry.startsWith(draw + " ") && "GRANTED".equals(model.outcomes.get(entry.split(" ")[1])))
        list.add(entry.split(" ")[1]);
    List<String> winners = model.winners(draw, value, list, prizes);
    model.entries.add(draw + " " + String.join(" ", winners));
    // what nobody won is to be had from tomorrow on
    for (int i = winners.size(); i < prizes; i++) {
      String item = draw.equals("first") && i >= 2 ? "ten" : "mug";
      model.at(date + " 23:59:59", () -> model.giveBackNow(item, 1));
    }
  }

  private void cancel() {
    if (asked.isEmpty()) return;
    Asked one = asked.remove(random.nextInt(asked.size()));
    if (!model.outcomes.containsKey(one.no())) return;
    String at = moment();
    file("mall/events.csv", RedeemingNightsTest.EVENT)
        .append(one.no() + ",cancelled," + at + ",,,\n");
    model.at(at, () -> model.cancel(one.no(), one.card(), one.item(), one.qty()));
    if (one.item().equals("ten")) codes.clear(); // tills use codes of redemptions that stand
  }

  private void gift() {
    String from = card();
    int friend = (Integer.parseInt(from.substring(1)) + (random.nextInt(4) == 0 ? 2 : 1)) % MEMBERS;
    String to = "C" + friend;
    long some = 1 + random.nextInt(120);
    String no = "T" + ++number;
    String at = moment();
    file("program/gifts.csv", "transfer_no,from_kind,from_value,to_kind,to_value,points,at\n")
        .append(no + ",card," + from + ",card," + to + "," + some + "," + at + "\n");
    String month = date.toString().substring(0, 7);
    model.at(at, () -> model.gift(no, from, to, some, month));
  }

  private void topUp() {
    String card = card();
    int yuan = 500 + random.nextInt(3000);
    String no = "U" + ++number;
    String at = moment();
    file(
            "program/topup.csv",
            "topup_no,refund_no,shop,member_kind,member_value,principal_fen,event,at\n")
        .append(no + ",,s1,card," + card + "," + yuan + "00,topup," + at + "\n");
    topups.put(no, yuan);
    topupOf.put(no, card);
    model.at(at, () -> model.add(card, yuan / 1000 * 100));
  }

  private void refundTopUp() {
    if (topups.isEmpty()) return;
    String no = new TreeSet<>(topups.keySet()).first();
    int yuan = topups.remove(no);
    String card = topupOf.get(no);
    String at = moment();
    file(
            "program/topup.csv",
            "topup_no,refund_no,shop,member_kind,member_value,principal_fen,event,at\n")
        .append(no + ",R" + no + ",s1,card," + card + "," + yuan + "00,refund," + at + "\n");
    model.at(at, () -> model.add(card, -(yuan / 1000 * 100)));
  }

  private void adjust(int n) {
    String card = card();
    long some = random.nextBoolean() ? 5 + random.nextInt(50) : -5 - random.nextInt(50);
    boolean signed = random.nextInt(4) > 0;
    String at = moment();
    file(
            "program/adjust.csv",
            "adjustment_no,member_kind,member_value,points,reason,requested_by,approved_by,source_shop,expires,at\n")
        .append(
            "A"
                + ++number
                + ",card,"
                + card
                + ","
                + some
                + ",x,ann,"
                + (signed ? "bob" : "ann")
                + ",,,"
                + at
                + "\n");
    if (signed) model.at(at, () -> model.add(card, some));
  }

  private void state(String card, String state) {
    String at = date + " 00:00:00";
    file("program/state.csv", "member_kind,member_value,state,reason,requested_by,approved_by,at\n")
        .append("card," + card + "," + state + ",x,ann,bob," + at + "\n");
    model.at(
        at,
        () -> {
          if (state.equals("frozen")) model.frozen.add(card);
          else model.frozen.remove(card);
        });
  }

  /** A till takes a code: right, at the wrong counter, or a second time; some are put right. */
  private void voucher() {
    if (codes.isEmpty()) return;
    Code code = codes.get(random.nextInt(codes.size()));
    String shop = SHOPS.get(random.nextInt(3));
    String at = moment();
    String order = date.toString().replace("-", "") + "-9-" + ++number;
    file("mall/uses.csv", "code,shop,order_channel,order_no,event,at,off_fen\n")
        .append(code.code() + "," + shop + ",pos," + order + ",use," + at + ",1000\n");
    boolean right =
        !shop.equals("s3") && !date.isAfter(code.until()) && !usedCodes.contains(code.code());
    usedCodes.add(code.code());
    if (right) offOk.put(code.code(), 1000L);
    else if (random.nextBoolean()) wrong.add(at);
    else
      file("mall/uses.csv", "")
          .append(
              code.code() + "," + shop + ",pos," + order + ",undo," + date + " 23:00:00,1000\n");
  }

  private void marketplace(int n) {
    if (random.nextInt(3) == 0) return;
    int who = random.nextInt(MEMBERS);
    int yuan = 30 + random.nextInt(300);
    String at = moment();
    tmall.add(new String[] {"90000" + (10000 + n), "nick" + who, yuan + ".00", at, "0.00"});
    model.at(at, () -> model.add("C" + who, yuan));
    model.spendFen.merge("C" + who, yuan * 100L, Long::sum);
  }

  private void tmallFiles(TestHome home, int n) {
    List<String> orders = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String[] one : tmall) {
      if (!one[3].startsWith(date.toString())) continue;
      orders.add(Tmall.completed(one[0], one[1], one[2], one[4], 1, one[3], one[3]));
      lines.add(Tmall.line(one[0] + "1", one[0], "SKU", one[2], 1, one[2], "0"));
    }
    if (orders.isEmpty()) return;
    home.drop("tmall/flag/orders.csv", Tmall.orders(orders.toArray(String[]::new)), Tmall.GBK);
    home.drop("tmall/flag/lines.csv", Tmall.lines(lines.toArray(String[]::new)), Tmall.GBK);
  }

  private void compare(TestHome home, long seed) {
    Map<String, String> cards = cards(home);
    // what never happened would prove nothing
    assertThat(new TreeSet<>(model.outcomes.values()))
        .contains("GRANTED", "REFUSED LIMIT", "REFUSED STOCK", "REFUSED RELATION", "BOOKED");
    assertThat(wrong).isNotEmpty();
    assertThat(offOk).isNotEmpty();
    assertThat(model.refundFen).isNotEmpty();
    assertThat(topups.size()).isLessThan(topupOf.size());
    assertThat(redeemed(home)).as("outcomes, seed " + seed).isEqualTo(model.outcomes);
    assertThat(points(home)).as("points, seed " + seed).isEqualTo(model.points);
    // stock
    for (String item : List.of("mug", "ten")) {
      long all = item.equals("mug") ? SixtyDays.MUG_STOCK : SixtyDays.COUPON_STOCK;
      assertThat(home.rows("select " + all + " - taken from item_gone where item = '" + item + "'"))
          .as(item)
          .containsExactly(Long.toString(model.left(item)));
    }
    // draws
    assertThat(
            home.rows(
                "select draw || ' ' || string_agg(request_no, ' ' order by place) from draw_win group by draw order by draw"))
        .isEqualTo(model.entries);
    // vouchers: uses that are wrong and were not put right are breaks, the others took what they
    // are worth
    assertThat(
            home.rows(
                "select right(key, 19) from break where state = 'OPEN' and type = 'OVERSOLD' and key like 'voucher %' order by 1"))
        .isEqualTo(new ArrayList<>(wrong));
    assertThat(
            home.rows(
                "select coalesce(sum(u.off_fen), 0) from (select distinct on (key) key, outcome from voucher_used order by key, night desc) j"
                    + " join voucher_use u using (key) where j.outcome = 'OK'"))
        .containsExactly(Long.toString(offOk.values().stream().mapToLong(Long::longValue).sum()));
    // money
    Map<String, String> money = new TreeMap<>();
    Map<String, String> theirs = new TreeMap<>();
    String profile = home.file("outbox/crm/" + date + "/member_profile_full_" + date + ".csv");
    List<String> head = List.of(profile.split("\n")[0].split(","));
    Map<String, String> names = new HashMap<>();
    cards.forEach((card, member) -> names.put(member, card));
    for (String line : profile.split("\n")) {
      String[] cells = line.split(",", -1);
      if (!names.containsKey(cells[0])) continue;
      money.put(
          names.get(cells[0]),
          cells[head.indexOf("spend_365d_fen")] + " " + cells[head.indexOf("refund_365d_fen")]);
    }
    for (int i = 0; i < MEMBERS; i++)
      theirs.put(
          "C" + i,
          model.spendFen.getOrDefault("C" + i, 0L)
              + " "
              + model.refundFen.getOrDefault("C" + i, 0L));
    assertThat(money).as("money, seed " + seed).isEqualTo(theirs);
  }

  /** What may be spent less what is owed, of every member. */
  private static Map<String, Long> points(TestHome home) {
    Map<String, Long> points = new TreeMap<>();
    Map<String, String> members = new HashMap<>();
    cards(home).forEach((card, member) -> members.put(member, card));
    for (String row :
        home.rows("select member_id || ' ' || (pending + available - owed) from balance")) {
      String card = members.get(row.split(" ")[0]);
      if (card != null) points.put(card, Long.parseLong(row.split(" ")[1]));
    }
    return points;
  }

  private static Map<String, String> cards(TestHome home) {
    Map<String, String> cards = new TreeMap<>();
    for (String row :
        home.rows(
            "select t.shown || ' ' || coalesce(m.merged_into, m.member_id)"
                + " from token t join member m using (member_id)"
                + " where t.kind = 'card' and t.valid_to = 'infinity'"))
      cards.put(row.split(" ")[0], row.split(" ")[1]);
    return cards;
  }

  private static Map<String, String> redeemed(TestHome home) {
    Map<String, String> outcomes = new TreeMap<>();
    for (String row :
        home.rows(
            "select request_no || ' ' || outcome || coalesce(' ' || refusal, '') from redeemed"
                + " union all select transfer_no || ' ' || outcome || coalesce(' ' || refusal, '') from transferred"))
      outcomes.put(row.substring(0, row.indexOf(' ')), row.substring(row.indexOf(' ') + 1));
    return outcomes;
  }
}
