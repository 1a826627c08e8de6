package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A wrong file is taken back by one command, which shows first what it touches. */
class DeliveryWithdrawVerbTest {

  @TempDir Path directory;
  private OperatedHome home;

  @BeforeEach
  void open() throws IOException {
    home = new OperatedHome(directory);
    home.sale("S1", "C1", "2025-12-30 10:00:00", 100);
    assertThat(home.run("nightly", "--date", "2025-12-30").exit()).isZero();
  }

  @AfterEach
  void close() {
    home.close();
  }

  private String hash() {
    return home.run("delivery", "list", "--json")
        .json()
        .get("items")
        .get(0)
        .get("sha256")
        .asString();
  }

  @Test
  void it_is_shown_then_done_by_the_next_night_and_every_entry_can_still_be_explained() {
    String hash = hash();
    Ran shown = home.run("delivery", "withdraw", hash.substring(0, 12), "--dry-run");
    assertThat(shown.exit()).as(shown.err()).isZero();
    assertThat(shown.out())
        .startsWith("Would be taken back:")
        .contains("C1.csv")
        .contains("It shows 1 orders; no other file shows 1 of them.")
        .contains("For all of it 100 points stand now.");
    assertThat(home.run("delivery", "withdraw", hash).exit()).isEqualTo(2);
    JsonNode done =
        home.run("delivery", "withdraw", hash, "--because", "of another shop", "--json").json();
    assertThat(done.get("gone").asLong()).isEqualTo(1);
    assertThat(home.run("delivery", "show", hash).out()).contains("Taken back by");

    home.release();
    Ran dry = home.run("nightly", "--date", "2025-12-31", "--dry-run");
    assertThat(dry.out()).as(dry.err()).contains("-100");
    Ran night = home.run("nightly", "--date", "2025-12-31", "--json");
    assertThat(night.exit()).as(night.out()).isZero();
    assertThat(night.json().get("points").get("earned").asLong()).isEqualTo(-100);
    JsonNode member = home.run("member", "--card", "C1", "--json").json();
    assertThat(member.get("pending").asLong()).isZero();
    for (JsonNode entry : member.get("statement")) {
      Ran explained = home.run("explain", entry.get("entry").asString());
      assertThat(explained.exit()).as(explained.err()).isZero();
    }
    assertThat(home.run("verify").exit()).isZero();
    assertThat(
            home.run("delivery", "withdraw", hash, "--dry-run", "--json")
                .json()
                .get("code")
                .asString())
        .isEqualTo("WITHDRAWN");
  }
}
