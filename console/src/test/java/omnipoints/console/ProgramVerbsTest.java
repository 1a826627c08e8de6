package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ProgramVerbsTest {
  private static final String CLOUD =
      """
      program: base
      version: 1
      effective_from: 2025-01-01
      point: {fen: 10}
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      stack: {across: multiply, max_times: 3}
      rules:
      - {id: thursdays, window: {weekdays: [THU]}, times: 3/2}
      - {id: birthday, window: {birthday: day}, times: 2}
      - {id: basket, when: {order_fen: {gte: 30000}}, times: 2}
      - {id: away, when: {shop: {not: home_shop}}, times: 6/5}
      hold: {days: 3, from: completed}
      expiry: {kind: fixed, length: 1y, start: available}
      """;

  @TempDir Path directory;

  @Test
  void a_shipped_programme_is_judged_and_told_without_a_home() {
    JsonNode lint = Ran.in(directory, "program", "lint", "yuan", "--json").json();
    assertThat(lint.get("schema").asString()).isEqualTo("omnipoints.program/1");
    var rebates = new ArrayList<String>();
    for (JsonNode one : lint.get("rebates"))
      rebates.add(
          one.get("tier").asString()
              + " "
              + one.get("stack").asString()
              + " "
              + one.get("rebate").asString());
    assertThat(rebates)
        .containsExactly(
            " base 1/10", "base base 1/10", "vip1 base 1/10", "vip2 base 1/10", "vip3 base 3/20");
    assertThat(lint.get("findings").isEmpty()).isTrue();

    assertThat(Ran.chinese(directory, "program", "explain", "member_day").out())
        .contains("member_day 第 1 版，自 2000-01-01 起", "每周三，积分2倍。", "合计最高4倍。");
    JsonNode told = Ran.in(directory, "program", "explain", "member_day", "--json").json();
    assertThat(told.at("/versions/0/rules/2").toString())
        .isEqualTo(
            "{\"id\":\"wednesday\",\"group\":\"campaign\",\"line\":12,\"sentence\":\"every Wednesday,"
                + " 2 times the points\"}");
  }

  /**
   * A point is worth one yuan: 1,000 paid in give 100 points, of which four fifths are redeemed.
   */
  @Test
  void K7_K8_lint_tells_what_top_ups_cost_and_what_of_it_is_expected() throws Exception {
    Ran.in(directory, "init");
    Files.writeString(
        directory.resolve("home/programs/base.yaml"),
        """
        program: base
        version: 2
        effective_from: 2026-01-01
        point: {fen: 100}
        earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
        caps: [{when: {payment: stored}, max_times: 0}]
        rules: [{id: stored, on: topup, rate: {per_fen: 100000, points: 100, mode: step}}]
        hold: {days: 3, from: completed}
        expiry: {kind: fixed, length: 1y, start: available}
        """);
    assertThat(stored("program", "lint", "--redeemed", "4/5", "--json"))
        .isEqualTo(
            "{\"rule\":\"stored\",\"paid_in_fen\":100000,\"points\":100,\"cost_fen\":\"10000\","
                + "\"expected_fen\":\"8000\",\"share\":\"2/25\"}");
    assertThat(stored("program", "lint", "--paid-in", "500000", "--redeemed", "4/5", "--json"))
        .isEqualTo(
            "{\"rule\":\"stored\",\"paid_in_fen\":50000000,\"points\":50000,\"cost_fen\":\"5000000\","
                + "\"expected_fen\":\"4000000\",\"share\":\"2/25\"}");
    assertThat(stored("program", "lint", "--paid-in", "999.99", "--json"))
        .contains("\"points\":0,\"cost_fen\":\"0\",\"expected_fen\":\"0\"");
    Path file = directory.resolve("home/programs/base.yaml");
    String rules = Files.readString(file);
    Files.writeString(
        file,
        rules.replace("mode: step", "mode: linear").replace("rounding: floor", "rounding: ceil"));
    assertThat(stored("program", "lint", "--paid-in", "999.99", "--json"))
        .as("rounded as it is posted")
        .contains("\"points\":100,\"cost_fen\":\"10000\"");
    Files.writeString(file, rules);
    assertThat(
            Ran.in(directory, "program", "lint", "--paid-in", "500000", "--redeemed", "4/5").out())
        .containsPattern("stored +500000 +50000 +50000 +40000 +8%");
    assertThat(Ran.in(directory, "program", "lint", "--redeemed", "80").exit()).isEqualTo(2);
    assertThat(Ran.in(directory, "program", "lint", "--paid-in", "0").err())
        .contains("--paid-in 0 is no amount in yuan above 0");
  }

  private String stored(String... words) {
    return Ran.in(directory, words).json().at("/stored_value/0").toString();
  }

  @Test
  void B26_a_file_that_cannot_be_trusted_is_refused_with_all_its_problems() throws Exception {
    Ran.in(directory, "init");
    Path file = directory.resolve("home/programs/base.yaml");
    Files.writeString(
        file, CLOUD.replace("[THU]", "[THURSDAY]").replace("id: basket", "id: birthday"));
    Ran lint = Ran.in(directory, "program", "lint");
    assertThat(lint.exit()).isEqualTo(2);
    assertThat(lint.err())
        .contains("base.yaml:8: rules.0.window.weekdays.0: THURSDAY is not one of MON")
        .contains("base.yaml:10: rules.2.id: birthday is also the rule of line 9");
    JsonNode told = Ran.in(directory, "program", "lint", "--json").json();
    assertThat(told.get("schema").asString()).isEqualTo("omnipoints.error/1");
    assertThat(told.get("exit").asInt()).isEqualTo(2);
    assertThat(told.get("findings").size()).isEqualTo(2);
    assertThat(Ran.in(directory, "program", "lint", "--nosuch", "--json").json().has("findings"))
        .isFalse();
    assertThat(told.at("/findings/1").toString())
        .isEqualTo(
            "{\"severity\":\"ERROR\",\"code\":\"PROGRAMME_REFUSED\",\"rule\":\"\",\"number\":\"0\","
                + "\"message\":\"rules.2.id: birthday is also the rule of line 9\",\"line\":10}");
  }

  @Test
  void a_generous_programme_is_flagged_with_its_number() throws Exception {
    Ran.in(directory, "init");
    Files.writeString(
        directory.resolve("home/programs/base.yaml"), CLOUD.replace("{fen: 10}", "{fen: 100}"));
    JsonNode lint = Ran.in(directory, "program", "lint", "--json").json();
    assertThat(lint.at("/findings/0/code").asString()).isEqualTo("REBATE");
    assertThat(lint.at("/findings/0/severity").asString()).isEqualTo("WARNING");
    assertThat(lint.at("/findings/0/number").asString()).isEqualTo("1");
    assertThat(lint.at("/findings/1/message").asString())
        .isEqualTo("members with all rules at once get back 300%, more than 20%");
    assertThat(Ran.chinese(directory, "program", "lint").out()).contains("会员的返还率为 100%");
  }

  @Test
  void the_page_shows_what_the_verbs_answer() throws Exception {
    String page = Files.readString(Path.of("../docs/programme.md"));
    List<String> blocks =
        Pattern.compile("```\\w*\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(block -> block.group(1).stripIndent().strip())
            .toList();
    Ran.in(directory, "init");
    Files.createDirectories(directory.resolve("home/programs/base"));
    Files.writeString(directory.resolve("home/programs/base/2.yaml"), blocks.get(0));
    assertThat(Ran.in(directory, "program", "lint").out().strip()).startsWith(blocks.get(1));
    String[] asked = blocks.get(2).split("\nEND\n");
    String order = asked[0].split("\n", 2)[1];
    assertThat(Ran.in(directory, order, Map.of(), "quote", "-").out().strip()).isEqualTo(asked[1]);
  }

  @Test
  void what_is_wrong_with_an_order_is_told_at_once() {
    Ran.in(directory, "init");
    Ran quote =
        Ran.in(
            directory,
            "{\"channel\":\"pos\",\"paid_at\":\"today\",\"colour\":1,\"lines\":[{\"line\":\"1\",\"base_fen\":-5}]}",
            Map.of(),
            "quote",
            "-");
    assertThat(quote.exit()).isEqualTo(2);
    assertThat(quote.err())
        .contains(
            "colour: unknown; known are cash_off_fen, channel, lines, member, order_type, paid_at, shop",
            "shop: missing",
            "paid_at: today is no moment such as 2026-11-02T10:00:00+08:00",
            "lines.0.base_fen: -5 is no amount in fen");
  }

  @Test
  void an_order_of_another_form_is_told_and_never_a_failure() {
    Ran.in(directory, "init");
    for (String order :
        List.of(
            "[]",
            "3",
            "null",
            "",
            "{\"lines\":3}",
            "{\"channel\":null,\"lines\":[null,{\"line\":null,\"base_fen\":\"5\"}]}",
            "{\"member\":{},\"channel\":{},\"shop\":[],\"paid_at\":{},\"lines\":[{\"line\":{},\"sku\":[],\"base_fen\":{}},3]}")) {
      Ran quote = Ran.in(directory, order, Map.of(), "quote", "-");
      assertThat(quote.exit()).as(order + quote.err()).isEqualTo(2);
      assertThat(quote.err()).as(order).contains("quote");
    }
  }

  /** Exclusions of the channel's mapping earn nothing when they are posted. */
  @Test
  void C5_what_is_no_goods_earns_nothing_and_counts_for_no_threshold() throws Exception {
    Ran.in(directory, "init");
    Files.writeString(directory.resolve("home/programs/base.yaml"), CLOUD);
    Path mappings = Files.createDirectories(directory.resolve("home/mappings"));
    Files.writeString(
        mappings.resolve("pos.yaml"),
        Files.readString(Path.of("../mappings/channels/pos.yaml"))
            .replace("exclusions: []", "exclusions: [FREIGHT]"));
    JsonNode quote =
        Ran.in(
                directory,
                "{\"channel\":\"pos\",\"shop\":\"S1\",\"paid_at\":\"2026-01-02T10:00:00+08:00\",\"lines\":["
                    + "{\"line\":\"1\",\"sku\":\"A\",\"base_fen\":29900},"
                    + "{\"line\":\"2\",\"sku\":\"FREIGHT\",\"base_fen\":1200}]}",
                Map.of(),
                "quote",
                "-",
                "--json")
            .json();
    assertThat(quote.get("points").asLong()).isEqualTo(299);
    assertThat(quote.at("/lines/1/points").asLong()).isZero();
    assertThat(quote.at("/lines/1/formula").asString()).isEqualTo("0");
  }

  /** What an order's kind decides when it is posted, its hold and its rules, is quoted too. */
  @Test
  void C5_a_quote_asks_the_kind_of_the_order() throws Exception {
    Ran.in(directory, "init");
    Files.writeString(
        directory.resolve("home/programs/base.yaml"),
        CLOUD
            .replace(
                "hold: {days: 3, from: completed}",
                "hold: {days: 3, from: completed, by_order_type: {presale: 15}}")
            .replace("{order_fen: {gte: 30000}}", "{order_type: presale}"));
    var answers = new ArrayList<String>();
    for (String kind : List.of("", "\"order_type\":\"presale\",", "\"order_type\":\"gift\",")) {
      JsonNode quote =
          Ran.in(
                  directory,
                  "{\"channel\":\"pos\",\"shop\":\"S1\","
                      + kind
                      + "\"paid_at\":\"2026-01-02T10:00:00+08:00\","
                      + "\"lines\":[{\"line\":\"1\",\"base_fen\":10000}]}",
                  Map.of(),
                  "quote",
                  "-",
                  "--json")
              .json();
      answers.add(
          quote.get("points").asLong()
              + " "
              + quote.at("/lines/0/formula").asString()
              + " "
              + quote.get("available_on").asString());
    }
    assertThat(answers)
        .containsExactly(
            "100 floor(10000/100)*1 2026-01-05",
            "200 floor(10000/100*2) 2026-01-17",
            "100 floor(10000/100)*1 2026-01-05");
  }

  /** C5: every order is quoted, then posted, and both say the same. */
  @Test
  void C5_a_quote_is_what_posting_gives() throws Exception {
    try (OperatedHome home = new OperatedHome(directory)) {
      Files.writeString(home.dir().resolve("programs/base.yaml"), CLOUD);
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,,1990-01-01,,S1\nC2,,1985-07-07,,S2\n");
      assertThat(home.run("nightly", "--date", "2025-12-31", "--json").exit()).isZero();

      // 1 January 2026 is a Thursday, and the birthday of C1
      List<String> till = new ArrayList<>();
      Map<String, Long> quoted = new HashMap<>();
      Map<String, String> formulas = new HashMap<>();
      String[] cards = {"C1", "C2"};
      for (int i = 0; i < 10; i++) {
        String card = cards[i % 2];
        int yuan = 37 + 61 * i;
        String second = String.format("2026-01-0%d", 1);
        String time = String.format("%02d:00:00", 8 + i);
        till.add(
            String.format(
                "%s,%s %s,A,1,%d,%d,skirt,%d,03,%s,G1,women",
                card, second, time, yuan, yuan, yuan, i));
        String member =
            home.run("member", "--card", card, "--json").json().get("member_id").asString();
        JsonNode quote =
            Ran.in(
                    directory,
                    "{\"member\":\""
                        + member
                        + "\",\"channel\":\"pos\",\"shop\":\"S1\",\"paid_at\":\""
                        + second
                        + "T"
                        + time
                        + "+08:00\",\"lines\":[{\"line\":\"1\",\"sku\":\"A\",\"qty\":1,\"base_fen\":"
                        + yuan * 100
                        + "}]}",
                    Map.of(),
                    "quote",
                    "-",
                    "--json")
                .json();
        String order = "20260101-03-" + i;
        quoted.put(order, quote.get("points").asLong());
        formulas.put(order, quote.at("/lines/0/formula").asString());
        assertThat(quote.get("available_on").asString()).isEqualTo("2026-01-04");
        assertThat(quote.get("expires_on").asString()).isEqualTo("2026-12-31");
      }
      home.drop(
          "pos/S1/sales.csv",
          "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n" + String.join("\n", till) + "\n");
      assertThat(home.run("nightly", "--date", "2026-01-01", "--json").exit()).isZero();

      Map<String, Long> posted = new HashMap<>();
      Map<String, List<String>> held = new HashMap<>();
      for (String line :
          home.run("ledger", "--date", "2026-01-01", "--csv").out().lines().skip(1).toList()) {
        String[] cells = line.split(",");
        String order = cells[9].split("/")[0];
        posted.put(order, Long.valueOf(cells[4]));
        JsonNode explained = home.run("explain", cells[0], "--json").json();
        assertThat(explained.get("arithmetic").asString()).isEqualTo(formulas.get(order));
        var facts = new ArrayList<String>();
        for (JsonNode fact : explained.get("facts"))
          facts.add(
              fact.get("rule").asString()
                  + " "
                  + fact.get("fact").asString()
                  + " "
                  + fact.get("en").asString());
        held.put(order, facts);
        if (order.equals("20260101-03-8"))
          assertThat(home.run("explain", cells[0]).out())
              .contains("Because   every Thursday (thursdays)\n");
      }
      assertThat(held.get("20260101-03-8"))
          .containsExactly(
              "thursdays window every Thursday",
              "birthday window on one's birthday",
              "basket order_fen the order's amount of at least ¥300");
      assertThat(held.get("20260101-03-1"))
          .containsExactly(
              "thursdays window every Thursday",
              "away shop the shop not the same as the home shop");
      assertThat(posted).isEqualTo(quoted).hasSize(10);
      assertThat(formulas.get("20260101-03-0")).isEqualTo("floor(3700/100*2*3/2)");
      assertThat(formulas.get("20260101-03-8")).isEqualTo("floor(52500/100*min(2*2*3/2,3))");
      assertThat(formulas.get("20260101-03-9")).isEqualTo("floor(58600/100*min(6/5*2*3/2,3))");
    }
  }

  /** A fact that nobody told is named where a rule lacked nothing else. */
  @Test
  void what_nobody_told_is_named_beside_what_held() throws Exception {
    try (OperatedHome home = new OperatedHome(directory)) {
      Files.writeString(
          home.dir().resolve("programs/base.yaml"),
          CLOUD.replace(
              "rules:\n",
              """
              rules:
              - {id: wallet, when: {payment: wechat}, times: 2}
              - {id: beauty, when: {category: beauty}, times: 2}
              - {id: skirts, when: {category: skirts, payment: wechat}, times: 2}
              - {id: golden, when: {tag: golden}, times: 2}
              - {id: presale, when: {order_type: presale, channel: tmall}, times: 2}
              - {id: gift, when: {payment: {not: cash}}, points: 7}
              """));
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,,1990-05-05,,S1\nC2,,,,S1\n");
      home.drop("program/products.csv", "sku,category,brand,excluded\nA/1,skirts,,\n");
      home.drop(
          "pos/S1/sales.csv",
          "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n"
              + "C1,2026-01-01 09:00:00,A/1,1,100,100,skirt,100,03,1,G1,women\n"
              + "C2,2026-01-01 10:00:00,B,1,100,100,scarf,100,03,2,G1,women\n");
      assertThat(home.run("nightly", "--date", "2026-01-01", "--json").exit()).isZero();

      var missing = new HashMap<String, List<String>>();
      for (String line :
          home.run("ledger", "--date", "2026-01-01", "--csv").out().lines().skip(1).toList()) {
        String[] cells = line.split(",");
        var facts = new ArrayList<String>();
        for (JsonNode fact : home.run("explain", cells[0], "--json").json().get("missing"))
          facts.add(
              fact.get("rule").asString()
                  + " "
                  + fact.get("fact").asString()
                  + " "
                  + fact.get("en").asString());
        missing.put(cells[9].split("/")[0], facts);
        if (cells[9].startsWith("20260101-03-1"))
          assertThat(home.run("explain", cells[0]).out())
              .contains("Unknown   payment (wallet: the payment is wechat)\n");
      }
      assertThat(missing)
          .isEqualTo(
              Map.of(
                  "20260101-03-1",
                  List.of(
                      "wallet payment the payment is wechat",
                      "skirts payment the payment is wechat",
                      "gift payment the payment is not cash"),
                  "20260101-03-2",
                  List.of(
                      "wallet payment the payment is wechat",
                      "beauty category the category is beauty",
                      "skirts category the category is skirts",
                      "skirts payment the payment is wechat",
                      "gift payment the payment is not cash",
                      "birthday birthday on one's birthday")));
    }
  }

  /** What was posted under a programme is what the comparison says of it; nothing is written. */
  @Test
  void two_programmes_are_compared_over_a_time_and_nothing_is_written() throws Exception {
    try (OperatedHome home = new OperatedHome(directory)) {
      Files.writeString(home.dir().resolve("programs/base.yaml"), CLOUD);
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,,1990-01-01,,S1\nC2,,1985-07-07,,S2\n");
      home.drop(
          "pos/S1/sales.csv",
          "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n"
              + "C1,2026-01-01 09:00:00,A,1,100,100,skirt,100,03,1,G1,women\n"
              + "C1,2026-01-02 09:00:00,A,1,40,40,skirt,40,03,2,G1,women\n"
              + "C2,2026-01-02 10:00:00,A,1,900,900,skirt,900,03,3,G1,women\n");
      assertThat(home.run("nightly", "--date", "2026-01-02", "--json").exit()).isZero();
      Files.writeString(
          directory.resolve("draft.yaml"),
          """
          program: base
          version: 2
          effective_from: 2027-01-01
          point: {fen: 1}
          earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
          rules:
          - {id: gift, points: 100, slot: first_order}
          - {id: twice, times: 2, limit: {per: member, count: 1}, budget: 50}
          hold: {days: 3, from: completed}
          expiry: {kind: never}
          """);
      Ran diff =
          home.run(
              "program",
              "diff",
              "base@1",
              "draft.yaml",
              "--from",
              "2026-01-01",
              "--to",
              "2026-01-02",
              "--json");
      assertThat(diff.exit()).as(diff.err()).isZero();
      JsonNode told = diff.json().get("diff");
      long posted = 0;
      for (String card : List.of("C1", "C2"))
        posted += home.run("member", "--card", card, "--json").json().get("pending").asLong();
      assertThat(told.at("/a/points").asLong()).isEqualTo(posted);
      // 1040 of lines, two gifts, and 50 of a budget that the first order takes
      assertThat(told.at("/b/points").asLong()).isEqualTo(1040 + 200 + 50);
      assertThat(told.at("/b/cost_fen").asLong()).isEqualTo(1290);
      assertThat(told.get("orders").asLong()).isEqualTo(3);
      Ran page =
          home.run(
              "program",
              "diff",
              "base@1",
              "draft.yaml",
              "--from",
              "2026-01-01",
              "--to",
              "2026-01-02");
      assertThat(page.out().lines()).allMatch(line -> line.length() <= 80);
      assertThat(home.run("verify").exit()).isZero();
      assertThat(
              home.run(
                      "program",
                      "diff",
                      "base",
                      "base",
                      "--from",
                      "2026-01-03",
                      "--to",
                      "2026-01-02")
                  .exit())
          .isEqualTo(2);
      assertThat(
              home.run(
                      "program",
                      "diff",
                      "base@9",
                      "base",
                      "--from",
                      "2026-01-01",
                      "--to",
                      "2026-01-02")
                  .err())
          .contains("base has no version 9");
      assertThat(page.out())
          .contains("3 orders, paid from 2026-01-01 to 2026-01-02", "base@1", "draft.yaml");
    }
  }

  /** C5: what the books remember is asked: the first order, what limits and budgets left. */
  @Test
  void C5_a_quote_knows_first_orders_limits_and_budgets() throws Exception {
    try (OperatedHome home = new OperatedHome(directory)) {
      Files.writeString(
          home.dir().resolve("programs/base.yaml"),
          """
          program: base
          version: 1
          effective_from: 2025-01-01
          earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
          rules:
          - {id: gift, points: 100, slot: first_order}
          - {id: once, times: 2, limit: {per: member, points: 50}}
          - {id: pot, points: 10, budget: 25}
          hold: {days: 3, from: completed}
          expiry: {kind: never}
          """);
      String head = "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n";
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,,1990-01-01,,S1\nC2,,1985-07-07,,S2\n");
      nightly(home, "2025-12-30");
      String[] days = {"2025-12-31", "2026-01-01", "2026-01-02"};
      String[] expected = {"gift 100, once 40, pot 10", "once 10, pot 10", "pot 5"};
      String member =
          home.run("member", "--card", "C1", "--json").json().get("member_id").asString();
      for (int i = 0; i < days.length; i++) {
        JsonNode quote =
            Ran.in(
                    directory,
                    "{\"member\":\""
                        + member
                        + "\",\"channel\":\"pos\",\"shop\":\"S1\",\"paid_at\":\""
                        + days[i]
                        + "T10:00:00+08:00\",\"lines\":[{\"line\":\"1\",\"sku\":\"A\",\"base_fen\":4000}]}",
                    Map.of(),
                    "quote",
                    "-",
                    "--json")
                .json();
        var grants = new ArrayList<String>();
        for (JsonNode grant : quote.get("grants"))
          grants.add(grant.get("rule").asString() + " " + grant.get("points").asLong());
        assertThat(String.join(", ", grants)).isEqualTo(expected[i]);
        home.drop(
            "pos/S1/" + i + ".csv",
            head + "C1," + days[i] + " 10:00:00,A,1,40,40,skirt,40,03," + i + ",G1,women\n");
        nightly(home, days[i]);
        long posted =
            home.run("ledger", "--date", days[i], "--csv")
                .out()
                .lines()
                .skip(1)
                .filter(line -> line.contains(",EARN,"))
                .mapToLong(line -> Long.parseLong(line.split(",")[4]))
                .sum();
        assertThat(posted).isEqualTo(quote.get("points").asLong());
      }
    }
  }

  private static void nightly(OperatedHome home, String date) {
    Ran night = home.run("nightly", "--date", date, "--json");
    assertThat(night.exit()).as(night.out() + night.err()).isZero();
  }
}
