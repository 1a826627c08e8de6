package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row X: the ready programmes, by their worked numbers. */
class ShippedProgramsTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static Quote quote(String programme, String paidAt, long fen, Facts.Member owner) {
    Instant at = LocalDateTime.parse(paidAt).atZone(ZONE).toInstant();
    var item = new Quote.Item("1", "A", fen);
    return Quote.of(
        Programs.load(programme, null),
        ZONE,
        Products.NONE,
        new Quote.Basket("pos", "S1", at, List.of(item), owner));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      base               | 2026-05-20T10:00 | 19999 | 199 | floor(19999/100)*1            | 2026-05-27 | 2027-05-26
      yuan               | 2026-05-20T10:00 | 19999 | 199 | floor(19999/100)*1            | 2026-05-27 | 2027-05-26
      ten_yuan           | 2026-05-20T10:00 | 9900  | 9   | floor(9900/1000)*1            | 2026-05-27 | 2026-12-31
      hundred_yuan       | 2026-05-20T10:00 | 25000 | 2   | floor(25000/10000)*1          | 2026-06-04 | 2027-12-31
      hundred_ten        | 2026-05-20T10:00 | 25000 | 20  | floor(25000/10000)*10         | 2026-05-27 | 2026-11-26
      hundred_ten_linear | 2026-05-20T10:00 | 25000 | 25  | round(25000*10/10000)         | 2026-05-20 |
      member_day         | 2026-05-21T10:00 | 20000 | 200 | floor(20000/100)*1            | 2026-05-28 | 2027-05-27
      # Wednesday
      member_day         | 2026-05-20T10:00 | 20000 | 400 | floor(20000/100*2)            | 2026-05-27 | 2027-05-26
      # the 18th, a Wednesday: one group
      member_day         | 2026-11-18T10:00 | 20000 | 400 | floor(20000/100*2)            | 2026-11-25 | 2027-11-24
      member_day         | 2026-11-18T10:00 | 50000 | 2000 | floor(50000/100*2*2)         | 2026-11-25 | 2027-11-24
      # and the birthday: eight times would be more than four
      member_day         | 2026-11-04T10:00 | 50000 | 2000 | floor(50000/100*min(2*2*2,4)) | 2026-11-11 | 2027-11-10
      """)
  void X_a_ready_programme_gives(
      String programme,
      String paidAt,
      long fen,
      long points,
      String formula,
      LocalDate availableOn,
      LocalDate expiresOn) {
    var owner = Facts.Member.of("M1", null, null, null, LocalDate.of(1990, 11, 4));
    Quote quote = quote(programme, paidAt, fen, owner);
    assertThat(quote)
        .isEqualTo(
            new Quote(
                points,
                List.of(new Quote.Line("1", points, formula)),
                List.of(),
                availableOn,
                expiresOn));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      yuan       | base   | 20000 | 200 | floor(20000/100)*1
      yuan       | vip3   | 20000 | 300 | floor(20000/100*3/2)
      member_day | bronze | 10000 | 100 | floor(10000/100*1)
      member_day | silver | 10000 | 120 | floor(10000/100*6/5)
      member_day | gold   | 10000 | 150 | floor(10000/100*3/2)
      # of ¥500 the double of the basket, too
      member_day | gold   | 50000 | 1500 | floor(50000/100*2*3/2)
      """)
  void B4_B5_X_a_tier_of_a_ready_programme_earns(
      String programme, String tier, long fen, long points, String formula) {
    var owner = Facts.Member.of("M1", null, null, null, null).of(tier, List.of());
    Quote quote = quote(programme, "2026-05-21T10:00", fen, owner);
    assertThat(quote.lines()).containsExactly(new Quote.Line("1", points, formula));
  }

  /** Of an order of ¥39.90 points pay half at most, in whole hundreds of points. */
  @ParameterizedTest
  @CsvSource({"yuan, 1000", "hundred_ten, 1000", "ten_yuan, 1900", "member_day, 1900", "base,"})
  void D1_D2_X_points_take_off_an_order(String programme, Long mostFen) {
    Instant at = LocalDateTime.parse("2026-05-21T10:00").atZone(ZONE).toInstant();
    var basket = new Quote.Basket("pos", "S1", at, List.of(new Quote.Item("1", "A", 3990)), null);
    assertThat(Quote.cashOffMaxFen(Programs.load(programme, null), ZONE, basket))
        .isEqualTo(mostFen);
  }

  @ParameterizedTest
  @CsvSource({
    "yuan, base 10% base base 10% vip1 base 10% vip2 base 10% vip3 base 15%",
    "ten_yuan, base 0.1%",
    "hundred_yuan, base 1%",
    "hundred_ten, base 1%",
    "hundred_ten_linear, base 0.1%",
    "member_day, base 1% best 4% bronze base 1% bronze best 4% silver base 1.2% silver best 4%"
        + " gold base 1.5% gold best 4%",
  })
  void D4_X_a_ready_programme_gives_back(String programme, String rebates) {
    ProgramLint lint = ProgramLint.of(Programs.load(programme, null).versions().get(0));
    assertThat(rebates(lint)).isEqualTo(rebates);
    assertThat(lint.findings())
        .extracting(ProgramLint.Finding::code)
        .isEqualTo(programme.equals("member_day") ? List.of("OVERLAP") : List.of());
  }

  private static String rebates(ProgramLint lint) {
    return lint.rebates().stream()
        .map(
            rebate ->
                (rebate.tier() + " " + rebate.stack()).strip()
                    + " "
                    + ProgramLint.percent(rebate.rebate()))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      per_fen: 100, points: 1 | 10 | base 10% vip3 base 15% | 0
      per_fen: 100, points: 1 | 1 | base 1% vip3 base 1.5% | 0
      per_fen: 1000, points: 1 | 1 | base 0.1% vip3 base 0.15% | 0
      per_fen: 100, points: 1 | 100 | base 100% vip3 base 150% | 2
      """)
  void D4_what_a_point_is_worth_makes_the_rebate(
      String rate, String fen, String rebates, int flagged) {
    Program program =
        RuleText.program(
            "earn: {"
                + rate
                + ", mode: linear, rounding: floor, scope: line}\npoint: {fen: "
                + fen
                + "}\nrules: [{id: t, times_by: {tier: {vip3: 3/2}}}]\n");
    ProgramLint lint = ProgramLint.of(program);
    assertThat(rebates(lint)).isEqualTo(rebates);
    assertThat(lint.findings()).hasSize(flagged);
    if (flagged > 0)
      assertThat(lint.findings().get(0).said())
          .isEqualTo(new Said("会员的返还率为 100%，高于 20%", "members get back 100%, more than 20%"));
  }

  @Test
  void overlaps_and_rules_that_never_count_are_found() {
    Program program =
        RuleText.program(
            """
            rules:
            - {id: always, group: a, times: 2}
            - {id: less, group: a, when: {channel: tmall}, times: 3/2}
            - {id: week, group: b, window: {from: 2026-11-02, to: 2026-11-08}, times: 2}
            - {id: wed, group: b, window: {weekdays: [WED]}, times: 3}
            - {id: mornings, group: c, window: {hours: "08:00-10:00"}, times: 2}
            - {id: evenings, group: c, window: {hours: "18:00-20:00"}, times: 2}
            """);
    assertThat(ProgramLint.of(program).findings())
        .extracting(f -> f.code() + " " + f.rule() + " " + f.number() + " " + f.said().en())
        .containsExactly(
            "UNREACHABLE_RULE less 0 never counts: always of its group always holds and gives no less",
            "OVERLAP week 1 overlaps with wed of its group on 1 day within two years; only the better one"
                + " counts");
  }

  /** What is unknown fulfils no condition, so who asks it waits for ever. */
  @Test
  void rules_that_no_event_can_meet_are_found_and_the_missing_fact_is_named() {
    Program program =
        RuleText.program(
            """
            rules:
            - {id: a, window: {month_days: [31], from: 2026-02-01, to: 2026-02-05}, times: 2}
            - {id: b, window: {month_days: [5], from: 2026-02-01, to: 2026-02-05}, times: 2}
            - {id: c, when: {type: share}, times: 2}
            - {id: d, when: {sku: A}, points: 5}
            - {id: e, scope: line, when: {sku: A}, points: 5}
            - {id: f, on: activity, when: {type: share, order_fen: {gte: 5}}, points: 2}
            - {id: g, on: activity, when: {type: share, channel: pos}, points: 2}
            - {id: h, on: topup, when: {platform: pos}, points: 2}
            - {id: i, on: topup, when: {principal_fen: {gte: 5}, shop: A}, points: 2}
            - {id: j, on: referral, when: {friend_order_fen: {gte: 5}, payment: card}, points: 2}
            - {id: k, on: member, window: {from: 2026-01-01}, when: {friend_order_fen: {gte: 5}}, points: 2}
            - {id: l, on: schedule, at: 2026-05-01, window: {from: 2026-06-01}, points: 2}
            - {id: m, on: schedule, at: 2026-06-01, window: {from: 2026-06-01}, points: 2}
            - {id: n, when: {any: [{type: share}, {channel: pos}]}, times: 2}
            - {id: o, when: {any: [{type: share}, {principal_fen: {gte: 5}}]}, times: 2}
            - {id: p, window: {birthday: day, hours: "09:00-12:00", to: 2026-12-31}, times: 2}
            """);
    assertThat(ProgramLint.of(program).findings())
        .filteredOn(f -> f.code().equals("UNREACHABLE_RULE"))
        .extracting(f -> f.rule() + " " + f.said().en())
        .containsExactlyInAnyOrder(
            "a is never met: its times have no moment in common",
            "c is never met: nobody tells type of what it answers to",
            "d is never met: nobody tells sku of what it answers to",
            "f is never met: nobody tells order_fen of what it answers to",
            "h is never met: nobody tells platform of what it answers to",
            "j is never met: nobody tells payment of what it answers to",
            "k is never met: nobody tells friend_order_fen of what it answers to",
            "l is never met: its times have no moment in common",
            "o is never met: nobody tells type, principal_fen of what it answers to");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      1y | Points expire on the next 31 December from then on.
      2y | Points expire on the 2nd 31 December from then on.
      3m | Points expire on the 3rd end of a month from then on.
      11m | Points expire on the 11th end of a month from then on.
      21m | Points expire on the 21st end of a month from then on.
      """)
  void E1_a_fixed_end_reads_as_english(String length, String sentence) {
    String expiry = "expiry: {kind: fixed, length: " + length + ", start: available}\n";
    assertThat(ProgramText.of(RuleText.program(expiry)).sentences())
        .extracting(Said::en)
        .contains(sentence);
  }

  /** Days of two years on which both hold; 2026-11-11 is a Wednesday. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      {from: 2026-11-11T20:00, to: 2026-11-12T02:00} | {weekdays: [WED]} | 1
      {from: 2026-11-11T20:00, to: 2026-11-12T02:00} | {hours: "19:00-20:00"} | 0
      {from: 2026-11-11T20:00, to: 2026-11-12T02:00} | {hours: "23:00-01:00"} | 2
      {from: 2026-11-11, to: 2026-11-11, hours: "22:00-02:00"} | {from: 2026-11-12, hours: "01:00-03:00"} | 1
      {from: 2026-11-11, to: 2026-11-11, hours: "22:00-02:00"} | {to: 2026-11-11, hours: "00:00-03:00"} | 0
      {from: 2026-11-11, to: 2026-11-13, birthday: day} | {from: 2026-11-13} | 1
      """)
  void windows_of_one_group_overlap_where_some_moment_lies_in_both(
      String one, String other, long days) {
    Program program =
        RuleText.program(
            "rules:\n- {id: a, group: g, window: "
                + one
                + ", times: 2}\n- {id: b, group: g, window: "
                + other
                + ", times: 3}\n");
    assertThat(ProgramLint.of(program).findings())
        .extracting(found -> found.number().toString())
        .isEqualTo(days == 0 ? List.of() : List.of(String.valueOf(days)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      [{id: a, times: 1/2}] | base 0.5%
      [{id: a, times: 1/2}, {id: b, when: {sku: A}, times: 3}] | base 0.5% best 1.5%
      [{id: a, group: g, times: 1/2}, {id: b, group: g, when: {sku: A}, times: 3}] | base 0.5% best 3%
      [{id: a, when: {sku: A}, times: 1/2}] | base 1%
      [{id: a, times_by: {channel: {jd: 2}}}] | base 1% best 2%
      [{id: a, excludes: [b], times: 2}, {id: b, times: 3}] | base 2% best 6%
      """)
  void D4_a_rebate_is_what_always_holds_and_the_best_there_is(String rules, String rebates) {
    Program program = RuleText.program("point: {fen: 1}\nrules: " + rules + "\n");
    assertThat(rebates(ProgramLint.of(program))).isEqualTo(rebates);
  }

  @Test
  void I3_a_version_reads_like_what_a_shop_would_print() {
    Program program = Programs.load("member_day", null).versions().get(0);
    assertThat(ProgramText.of(program).sentences())
        .extracting(Said::zh)
        .containsExactly(
            "每消费1元积1分，每件商品不足1分的部分舍去。",
            "按会员等级：bronze积分1倍、gold积分1.5倍、silver积分1.2倍。",
            "每月18日，积分2倍。",
            "每周三，积分2倍。",
            "生日当天，积分2倍。",
            "订单实付不低于500元，积分2倍。",
            "同组规则取最高，不同组的倍数相乘。",
            "合计最高4倍。",
            "等级bronze：所有会员。",
            "等级silver：30天内消费满2000元。",
            "等级gold：30天内消费满5000元。",
            "60天未消费，等级降为bronze。",
            "退货后按保留的消费重新评定等级。",
            "订单完成7天后且无售后时，积分到账。",
            "积分自到账之日起1年内有效。",
            "退货时，按当初的倍率扣回所退金额对应的积分。",
            "下单时100积分抵1元，须为100的整数倍，至少100积分，最多抵商品金额的1/2。");
    assertThat(ProgramText.of(program).sentences())
        .extracting(Said::en)
        .containsExactly(
            "Every ¥1 earns 1 point, less than a point of each line is dropped.",
            "By the tier: bronze 1 times the points, gold 1.5 times the points, silver 1.2 times the"
                + " points.",
            "On day 18 of the month, 2 times the points.",
            "Every Wednesday, 2 times the points.",
            "On one's birthday, 2 times the points.",
            "The order's amount of at least ¥500, 2 times the points.",
            "Of one group the best rule counts, across groups the factors multiply.",
            "4 times at most in all.",
            "Tier bronze: every member.",
            "Tier silver: within 30 days ¥2000 spent.",
            "Tier gold: within 30 days ¥5000 spent.",
            "Who buys nothing for 60 days falls to bronze.",
            "A return measures the tier again, without the money that came back.",
            "Points can be used 7 days after an order completes, unless an after-sale case is open.",
            "Points live for 1 year from then on.",
            "A return takes back the points of the returned amount, at the rate they were given.",
            "100 points take ¥1 off an order, in steps of 100 points, at least 100 points, at most 1/2"
                + " of what its goods cost.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      ten_yuan      | 另送的积分（first_order）退货时按退回金额的比例收回。 | Extra points (first_order) are taken back in proportion to the returned amount.
      hundred_yuan  | 另送的积分（first_order、review、eighth）所属订单（如有）退清后全部收回。 | Extra points (first_order, review, eighth) are taken back once everything of the order they belong to, if any, has gone back.
      """)
  void I3_F3_what_becomes_of_extra_points_in_a_return_is_said(String name, String zh, String en) {
    Program program = Programs.load(name, null).versions().get(0);
    assertThat(ProgramText.of(program).sentences()).contains(new Said(zh, en));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      window: {from: 2026-11-02, to: 2026-11-08}, times: 2 | 2026-11-02至2026-11-08（含当日），积分2倍
      window: {from: 2026-11-11T20:00}, times: 3/2 | 2026-11-11 20:00起，积分1.5倍
      window: {to: 2026-11-12T00:00}, times: 2 | 2026-11-12 00:00前截止，积分2倍
      window: {hours: "22:00-02:00"}, times: 2 | 22:00至次日02:00，积分2倍
      window: {birthday: month}, when: {pass: birthday_double}, times: 2 | 生日当月，权益卡为birthday_double，积分2倍
      when: {shop: {not: home_shop}, tag: traveller}, times: 2 | 门店不与归属门店相同，且标签为traveller，积分2倍
      when: {order_fen: {gte: 50000, lt: 100000}}, times: 2 | 订单实付不低于500元且低于1000元，积分2倍
      when: {channel: {not: [jd, tmall]}}, times: 2 | 渠道不为jd或tmall，积分2倍
      when: {order_fen: {not: {gte: 50000}}}, times: 2 | 订单实付不在「不低于500元」之内，积分2倍
      when: {return_rate: {lt: 3/10}}, times: 6/5 | 退货率低于30%，积分1.2倍
      when: {joined_days: {lte: 30}}, times: 2 | 入会天数不超过30天，积分2倍
      when: {any: [{channel: [tmall, jd]}, {sku: A}]}, times: 2 | 渠道为tmall或jd，或商品编码为A，积分2倍
      window: {birthday: day, leap_birthday: mar1}, times: 2 | 生日当天（2月29日出生者平年为3月1日），积分2倍
      excludes: [r2, b], when: {sku: A}, times: 2 | 商品编码为A，积分2倍，r2、b 组的规则不计
      times_by: {tier: {silver: 6/5, gold: 3/2}} | 按会员等级：gold积分1.5倍、silver积分1.2倍
      """)
  void every_kind_has_its_sentence(String rule, String sentence) {
    Program program =
        RuleText.program(
            "rules: [{id: r, " + rule + "}, {id: r2, times: 1}, {id: r3, group: b, times: 1}]\n");
    assertThat(program.rates().told().get(0).said().zh()).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      {kind: rolling, length: 1y, start: available} | 2026-05-27 | 2027-05-26 | 积分自到账之日起1年内有效。
      {kind: rolling, length: 1y, start: award}     | 2026-05-27 | 2027-05-19 | 积分自入账之日起1年内有效。
      {kind: rolling, length: 3d, start: award}     | 2026-05-27 | 2026-05-22 | 积分自入账之日起3天内有效。
      {kind: fixed, length: 1y, start: available}   | 2026-05-27 | 2026-12-31 | 积分在到账起第1个12月31日失效。
      {kind: fixed, length: 1y, start: available, day: 03-31} | 2026-05-27 | 2027-03-31 | 积分在到账起第1个3月31日失效。
      {kind: fixed, length: 2y, start: award, day: 05-20} | 2026-05-27 | 2027-05-20 | 积分在入账起第2个5月20日失效。
      {kind: fixed, length: 1y, start: award, day: 05-19} | 2026-05-27 | 2027-05-19 | 积分在入账起第1个5月19日失效。
      {kind: fixed, length: 1m, start: award}       | 2026-05-27 | 2026-05-31 | 积分在入账起第1个月底失效。
      {kind: never}                                 | 2026-05-27 |            | 积分永久有效。
      """)
  void E1_E2_E4_where_a_life_begins_and_ends(
      String expiry, LocalDate availableOn, LocalDate expiresOn, String sentence) {
    Program program =
        ProgramFile.read(
            "cloud",
            "cloud.yaml",
            ("program: cloud\nversion: 1\neffective_from: 2026-01-01\n"
                    + RuleText.ONE_A_YUAN
                    + "hold: {days: 7, from: completed}\nexpiry: "
                    + expiry)
                .getBytes(StandardCharsets.UTF_8),
            ListFiles.NONE.get());
    Instant at = LocalDateTime.parse("2026-05-20T10:00").atZone(ZONE).toInstant();
    Quote quote =
        Quote.of(
            new Programme("cloud", List.of(program)),
            ZONE,
            Products.NONE,
            new Quote.Basket("pos", "S1", at, List.of(new Quote.Item("1", "A", 10000)), null));
    assertThat(quote.availableOn()).isEqualTo(availableOn);
    assertThat(quote.expiresOn()).isEqualTo(expiresOn);
    assertThat(ProgramText.of(program).sentences()).extracting(Said::zh).contains(sentence);
  }
}
