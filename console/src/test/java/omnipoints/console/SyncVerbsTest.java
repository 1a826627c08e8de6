package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import omnipoints.routes.simulator.Members;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A12: what platforms were told, and telling them by hand. */
class SyncVerbsTest {
  @TempDir Path directory;

  private void settings(OperatedHome home, String sync) throws Exception {
    Path file = home.dir().resolve("omnipoints.yaml");
    Files.writeString(file, Files.readString(file).replaceAll("\nsync:.*\n", "\n") + sync + "\n");
  }

  @Test
  void cards_are_told_by_hand_what_the_last_night_says_and_asked_about_in_two_languages()
      throws Exception {
    Members members = new Members();
    members.stranger("C2");
    try (OperatedHome home = new OperatedHome(directory);
        Simulator pay = Simulator.ofSync("wechat_card", members, 1, Set.of(), 1)) {
      assertThat(home.run("sync", "status").out()).contains("omnipoints.yaml has no section sync");
      settings(home, "sync: {wechat_card: {card_id: K}}");
      assertThat(home.run("sync", "send").exit()).isEqualTo(8);
      settings(
          home, "sync: {wechat_card: {card_id: K, transport: {api: {url: '" + pay.url() + "'}}}}");
      home.sale("s1", "C1", "2026-01-01 10:00:00", 50);
      home.sale("s1", "C2", "2026-01-01 10:00:00", 20);
      Files.writeString(
          home.dir().resolve("programs/base.yaml"),
          "program: base\nversion: 2\neffective_from: 2000-01-01\n"
              + "earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}\n"
              + "hold: {days: 0, from: completed}\n"
              + "expiry: {kind: rolling, length: 1y, start: available}\n"
              + "tiers: []\ndebt: {policy: allow}\nreturns: {unlinked: clawback}\nclaim: {days: 90}\n");
      // without keys the night closes as ever
      assertThat(home.run("nightly", "--date", "2026-01-01").exit()).isZero();
      Ran left = home.run("sync", "status", "--json");
      assertThat(left.json().get("schema").asString()).isEqualTo("omnipoints.sync/1");
      assertThat(left.json().get("platforms").get(0).get("open").asInt()).isEqualTo(2);
      assertThat(left.json().get("next").get(0).asString()).isEqualTo("./omnipoints sync send");
      Files.writeString(
          home.dir().resolve("secrets/sync-wechat_card.json"), Simulator.syncKeys("wechat_card"));
      Ran dry = home.run("sync", "send", "2026-01-01", "--dry-run", "--json");
      assertThat(dry.json().get("items").get(0).get("due").asInt()).isEqualTo(2);
      assertThat(pay.calls()).isZero();
      Ran wrong = home.run("sync", "send", "2025-12-31", "--json");
      assertThat(wrong.exit()).isEqualTo(8);
      assertThat(wrong.json().get("next").get(0).asString())
          .isEqualTo("./omnipoints sync send 2026-01-01");
      JsonNode sent = home.run("sync", "send", "--json").json().get("items").get(0);
      assertThat(sent.get("taken").asInt()).isEqualTo(1);
      assertThat(sent.get("refused").asInt()).isEqualTo(1);
      assertThat(members.points()).isEqualTo(Map.of("C1", 50L));
      assertThat(home.run("sync", "status").out()).contains("refused: INVALID_REQUEST");
      assertThat(Ran.chinese(directory, "sync", "status").out()).contains("被拒绝：INVALID_REQUEST");
      members.joins("C2");
      assertThat(home.run("sync", "send", "--platform", "wechat_card").out())
          .contains("What was sent of the night 2026-01-01");
      assertThat(members.points()).isEqualTo(Map.of("C1", 50L, "C2", 20L));
      assertThat(home.run("sync", "send", "--platform", "youzan").exit()).isEqualTo(2);
    }
  }

  @Test
  void somebody_says_what_became_of_a_request_without_an_answer() throws Exception {
    Members members = new Members(false);
    try (OperatedHome home = new OperatedHome(directory);
        Simulator shop = Simulator.ofSync("tmall", members, 1, Set.of(Trouble.TAKEN_RESET), 1)) {
      settings(home, "sync: {tmall: {transport: {api: {url: '" + shop.url() + "'}}}}");
      Files.writeString(home.dir().resolve("secrets/sync-tmall.json"), Simulator.syncKeys("tmall"));
      home.sale("s1", "C1", "2026-01-01 10:00:00", 50);
      home.drop(
          "program/bind.csv",
          "channel,order_no,platform_id,phone,card,unionid,bound_at\n"
              + "tmall,,nick1,,C1,,2025-12-01 09:00:00\n");
      home.run("nightly", "--date", "2026-01-01");
      home.database()
          .transact(
              connection ->
                  omnipoints.sql.Database.execute(
                      connection,
                      "test",
                      "insert into balance_sent select 'tmall', channel, hash, '2026-01-01', 50, 1,"
                          + " 'OPEN' from token where kind = 'tmall_nick' on conflict do nothing"));
      home.run("sync", "send");
      JsonNode item = home.run("sync", "status", "--json").json().get("items").get(0);
      assertThat(item.get("state").asString()).isEqualTo("SENT");
      String number = item.get("request_no").asString();
      assertThat(home.run("sync", "settle", number, "--taken").exit()).isEqualTo(2);
      Ran settled =
          home.run("sync", "settle", number, "--taken", "--because", "seen there", "--json");
      assertThat(settled.exit()).isZero();
      assertThat(home.run("sync", "settle", number, "--taken", "--because", "again").exit())
          .isEqualTo(8);
      assertThat(home.run("sync", "status", "--json").json().get("items")).isEmpty();
      assertThat(members.taken().values()).containsExactly(1);
    }
  }
}
