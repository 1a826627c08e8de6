package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A brand with some forty rules lives eleven nights: from the files of its tills, its marketplace,
 * its mall and its own people to the ledger, the answers and the tiers. What is expected was
 * reckoned by hand from docs/programme.md and docs/redeeming.md before anything ran.
 */
class FortyRulesTest {
  private static final String FOLDER = "forty-rules/";
  private static final int CARDS = 12;

  /** Amount and number of equal rows in the key of a till's line. */
  private static final Pattern OF_A_TILL = Pattern.compile("#\\d{10}#R?\\d{3}");

  @TempDir Path directory;

  private final Map<String, String> cards = new LinkedHashMap<>();

  @Test
  void forty_rules_book_answer_and_quote_what_the_page_promises() throws Exception {
    String programme = text("lumen.yaml");
    assertThat(programme.lines().filter(line -> line.startsWith("- {id: ")).count())
        .isGreaterThanOrEqualTo(40);
    BrandNights nights = BrandNights.of(text("nights.txt"));
    try (OperatedHome home = new OperatedHome(directory)) {
      settle(home, programme);
      Ran lint = home.run("program", "lint", "--json");
      assertThat(lint.exit()).as(lint.err()).isZero();
      assertThat(lint.out()).contains("ENDLESS_BUDGET").doesNotContain("UNREACHABLE");
      assertThat(Ran.chinese(directory, "program", "explain").out())
          .contains("好友首单", "仅限首单", "每人每月限");
      for (BrandNights.Night night : nights.nights()) {
        List<BrandNights.Sale> asked = night.sales().stream().filter(this::isKnown).toList();
        for (BrandNights.Sale sale : asked) quote(home, sale, night);
        for (BrandNights.File file : night.files()) home.drop(file.path(), file.content());
        Ran ran = home.run("nightly", "--date", night.date(), "--future", "--json");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        meet(home);
        assertThat(ledger(home, night.date()))
            .as("ledger of " + night.date())
            .containsExactlyInAnyOrderElementsOf(night.expected("LEDGER"));
        assertThat(less(home, night.date()))
            .as("awards.csv of " + night.date())
            .containsExactlyInAnyOrderElementsOf(night.expected("LESS"));
        assertThat(results(home, night.date()))
            .as("answers of " + night.date())
            .containsExactlyInAnyOrderElementsOf(night.expected("RESULT"));
        assertThat(tiers(home, night.date()))
            .as("tiers of " + night.date())
            .containsExactlyInAnyOrderElementsOf(night.expected("TIERS"));
      }
      var balances = new ArrayList<String>();
      for (String wanted : nights.balances())
        balances.add(balance(home, wanted.substring(0, wanted.indexOf(' '))));
      assertThat(balances).isEqualTo(nights.balances());
      assertThat(home.run("verify").exit()).isZero();
    }
  }

  private static void settle(OperatedHome home, String programme) throws IOException {
    Path programs = Files.createDirectories(home.dir().resolve("programs"));
    Files.writeString(programs.resolve("lumen.yaml"), programme);
    Files.createDirectories(programs.resolve("sets"));
    Files.writeString(programs.resolve("sets/new_collection.csv"), "value\nNEW1\nNEW2\n");
    Files.writeString(programs.resolve("sets/partners.csv"), "value\nboreal\ncirrus\n");
    Files.writeString(programs.resolve("sets/no_points_skus.csv"), "value\nGC1\n");
    Files.createDirectories(programs.resolve("calendars"));
    Files.writeString(programs.resolve("calendars/openings.csv"), "date\n2026-11-03\n");
    Path settings = home.dir().resolve("omnipoints.yaml");
    Files.writeString(
        settings,
        Files.readString(settings).replace("programme: base", "programme: lumen")
            + "documents:\n  mall: [redemption, redemption_event]\n"
            + "staff: {hq: [ann, bob, cai]}\n");
  }

  private boolean isKnown(BrandNights.Sale sale) {
    return cards.containsValue(sale.card());
  }

  /** What is quoted the day before is what the order is given that night. */
  private void quote(OperatedHome home, BrandNights.Sale sale, BrandNights.Night night) {
    String member =
        cards.entrySet().stream()
            .filter(known -> known.getValue().equals(sale.card()))
            .findFirst()
            .orElseThrow()
            .getKey();
    JsonNode quoted =
        Ran.in(directory, sale.asked(member), Map.of(), "quote", "-", "--json").json();
    assertThat(quoted.get("points").asLong())
        .as("quote of %s of %s", sale.order(), night.date())
        .isEqualTo(night.given(sale));
  }

  /** Learns whose card is which member. */
  private void meet(OperatedHome home) {
    for (int i = 1; i <= CARDS; i++) {
      String card = "C" + i;
      if (cards.containsValue(card)) continue;
      Ran ran = home.run("member", "--card", card, "--json");
      if (ran.exit() == 0) cards.put(ran.json().get("member_id").asString(), card);
    }
  }

  private List<String> ledger(OperatedHome home, String date) {
    var entries = new ArrayList<String>();
    for (String[] row : rows(home.run("ledger", "--date", date, "--csv").out())) {
      if (row[3].equals("RELEASE")) continue;
      if (row[3].equals("CLAWBACK"))
        assertThat(home.run("explain", row[0]).exit()).as("explain " + row[0]).isZero();
      String cause = cause(row[9]);
      entries.add(row[3] + " " + card(row[2], cause) + " " + row[4] + " " + cause);
    }
    return entries;
  }

  private List<String> less(OperatedHome home, String date) throws IOException {
    var less = new ArrayList<String>();
    for (String[] row : rows(file(home, "reports/" + date + "/awards.csv"))) {
      String cause = cause(row[4]);
      less.add(card(row[1], cause) + " " + cause + " " + row[5] + " " + row[6] + " " + row[7]);
    }
    return less;
  }

  private List<String> results(OperatedHome home, String date) throws IOException {
    String mall = "outbox/mall/" + date + "/";
    var results = new ArrayList<String>();
    for (String[] row : rows(file(home, mall + "redemption_result.csv")))
      results.add((row[0] + " " + row[1] + " " + row[2]).strip());
    for (String[] row : rows(file(home, mall + "transfer_result.csv")))
      results.add((row[0] + " " + row[1] + " " + row[2]).strip());
    return results;
  }

  private List<String> tiers(OperatedHome home, String date) throws IOException {
    var tiers = new ArrayList<String>();
    for (String[] row : rows(file(home, "outbox/crm/" + date + "/tier_changes_" + date + ".csv")))
      tiers.add(cards.get(row[0]) + " " + row[1] + " " + row[2] + " " + row[3] + " " + row[4]);
    return tiers;
  }

  private static String balance(OperatedHome home, String card) {
    JsonNode member = home.run("member", "--card", card, "--json").json();
    return card
        + " "
        + member.get("available").asLong()
        + " "
        + member.get("pending").asLong()
        + " "
        + member.get("owed").asLong();
  }

  /** Whom the lot of a shared budget falls on is nobody's to foresee. */
  private String card(String member, String cause) {
    return cause.endsWith("#wake_up") ? "*" : cards.getOrDefault(member, member);
  }

  private String cause(String key) {
    String cause = OF_A_TILL.matcher(key).replaceFirst("");
    int rule = cause.indexOf('#');
    String of = rule < 0 ? "" : cards.get(cause.substring(0, rule));
    return of == null || of.isEmpty() ? cause : of + cause.substring(rule);
  }

  private static String file(OperatedHome home, String path) throws IOException {
    Path file = home.dir().resolve(path);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static List<String[]> rows(String csv) {
    return csv.lines().skip(1).map(line -> line.split(",", -1)).toList();
  }

  private static String text(String name) throws IOException {
    try (InputStream in = FortyRulesTest.class.getResourceAsStream(FOLDER + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
