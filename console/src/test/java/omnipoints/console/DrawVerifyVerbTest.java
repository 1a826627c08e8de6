package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D19: who has the proof draws again, anywhere. */
class DrawVerifyVerbTest {
  /** Made by a script of its own in another language. */
  private static final String PROOF =
      """
      {"schema": "omnipoints.draw/1", "draw": "nov", "opened": "2026-11-01", "closes": "2026-11-30", "listed": "2026-11-30",
       "commitment": "9dbb35ec321b5dea168a5b6ff84dc5e45c5d6dbaf43cf07fe2c748d2c679c494",
       "list_sha256": "030aabad40284a90736d8aaace77e5b71e6ab468de560e981e2318f855c06bd8",
       "seed": "d34207f52df5add8b14b7ed8be779c30e56170cf657a0506ece5ec4e29dd66ba", "value": "8812345", "wins": 1,
       "prizes": [{"item": "mug", "n": 2}],
       "entries": [{"request_no": "E1", "member": 1}, {"request_no": "E2", "member": 2}, {"request_no": "E3", "member": 1},
                   {"request_no": "E4", "member": 3}, {"request_no": "E5", "member": 1}],
       "winners": [{"place": 1, "request_no": "E3", "item": "mug", "score": "57bfc424fbf39158ec389d674bddb67c85313dae0a48abc884e1deb9e864c3d5"},
                   {"place": 2, "request_no": "E4", "item": "mug", "score": "d73bd44d69afbc58aee61079f82c546025b0ea62dc6c02013772f315663d0188"}]}
      """;

  @TempDir Path directory;

  private Ran verify(String proof, String... more) throws IOException {
    Files.writeString(directory.resolve("proof.json"), proof);
    return more.length == 0
        ? Ran.in(directory, "draw", "verify", "proof.json")
        : Ran.in(directory, "draw", "verify", "proof.json", more[0]);
  }

  @Test
  void d19_a_proof_holds_without_home_and_database() throws IOException {
    Ran ran = verify(PROOF);
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("Draw nov holds: 5 entries, 2 prizes won", "E3", "E4");
    assertThat(verify(PROOF, "--json").json().get("state").asString()).isEqualTo("HOLDS");
    assertThat(Files.exists(directory.resolve("home"))).isFalse();
  }

  @Test
  void d19_a_winner_who_did_not_win_is_found_and_what_is_no_proof_is_refused() throws IOException {
    Ran ran =
        verify(
            PROOF.replace("\"request_no\": \"E4\", \"item\"", "\"request_no\": \"E2\", \"item\""));
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).contains("Draw nov does not hold: others have won");
    assertThat(verify(PROOF.replace("d34207", "d34208"), "--json").json().get("faults").toString())
        .isEqualTo("[\"COMMITMENT\",\"WINNERS\"]");
    assertThat(verify("{}").exit()).isEqualTo(2);
    assertThat(verify("no json").exit()).isEqualTo(2);
    assertThat(Ran.in(directory, "draw", "verify", "missing.json").exit()).isEqualTo(2);
  }
}
