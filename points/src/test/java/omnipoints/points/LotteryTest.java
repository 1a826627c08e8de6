package omnipoints.points;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import omnipoints.facts.Sha256;
import omnipoints.points.Lottery.Entry;
import omnipoints.points.Lottery.Win;
import omnipoints.points.rules.Draw;
import org.junit.jupiter.api.Test;

/** D19. The vectors were computed by Python's hmac and hashlib, not by this code. */
class LotteryTest {
  private static final String SEED =
      "d34207f52df5add8b14b7ed8be779c30e56170cf657a0506ece5ec4e29dd66ba";
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("E1", "a"),
          new Entry("E2", "b"),
          new Entry("E3", "a"),
          new Entry("E4", "c"),
          new Entry("E5", "a"));

  private static byte[] seed() {
    return HexFormat.of().parseHex(SEED);
  }

  private static List<String> winners(Long wins, Draw.Prize... prizes) {
    List<String> told = new ArrayList<>();
    for (Win win : Lottery.draw(seed(), "8812345", "nov", ENTRIES, List.of(prizes), wins))
      told.add(win.place() + " " + win.requestNo() + " " + win.item());
    return told;
  }

  @Test
  void d19_commitment_list_and_scores_are_those_of_independent_vectors() {
    assertThat(Lottery.commitment(seed()))
        .isEqualTo("9dbb35ec321b5dea168a5b6ff84dc5e45c5d6dbaf43cf07fe2c748d2c679c494");
    assertThat(Lottery.listHash(ENTRIES))
        .isEqualTo("030aabad40284a90736d8aaace77e5b71e6ab468de560e981e2318f855c06bd8");
    assertThat(Lottery.score(seed(), "8812345", "nov", "E3"))
        .isEqualTo("57bfc424fbf39158ec389d674bddb67c85313dae0a48abc884e1deb9e864c3d5");
    assertThat(Lottery.score(seed(), "8812345", "nov", "E2"))
        .isEqualTo("f0aae641c8726c58a97b4243cfd507b320117bc76eca520fe32d7612d6f4cfb8");
  }

  @Test
  void d19_prizes_go_in_their_order_to_ascending_scores_and_so_often_to_one_member() {
    var mug = new Draw.Prize("mug", 1);
    var pen = new Draw.Prize("pen", 3);
    // by score: E3 E5 E1 E4 E2
    assertThat(winners(null, mug, pen))
        .containsExactly("1 E3 mug", "2 E5 pen", "3 E1 pen", "4 E4 pen");
    assertThat(winners(1L, mug, pen)).containsExactly("1 E3 mug", "2 E4 pen", "3 E2 pen");
    assertThat(winners(2L, pen)).containsExactly("1 E3 pen", "2 E5 pen", "3 E4 pen");
  }

  @Test
  void d19_a_proof_holds_and_every_change_of_it_is_found() {
    DrawProof proof =
        proof(SEED, "E3", "57bfc424fbf39158ec389d674bddb67c85313dae0a48abc884e1deb9e864c3d5");
    assertThat(proof.faults()).isEmpty();
    String other = Sha256.hex("other".getBytes(UTF_8));
    assertThat(proof(other, "E3", "57bf").faults()).containsExactly("COMMITMENT", "WINNERS");
    assertThat(
            proof(SEED, "E2", "f0aae641c8726c58a97b4243cfd507b320117bc76eca520fe32d7612d6f4cfb8")
                .faults())
        .containsExactly("WINNERS");
    List<DrawProof.Entry> fewer = proof.entries().subList(0, 4);
    assertThat(with(proof, fewer).faults()).containsExactly("LIST");
    var twice = new ArrayList<>(proof.entries());
    twice.add(proof.entries().get(0));
    assertThat(with(proof, twice).faults()).contains("LIST");
    assertThatThrownBy(() -> proof("no hex", "E3", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DrawProof with(DrawProof proof, List<DrawProof.Entry> entries) {
    return new DrawProof(
        proof.schema(),
        proof.draw(),
        proof.opened(),
        proof.closes(),
        proof.listed(),
        proof.commitment(),
        proof.listSha256(),
        proof.seed(),
        proof.value(),
        proof.wins(),
        proof.prizes(),
        entries,
        proof.winners());
  }

  private static DrawProof proof(String seed, String winner, String score) {
    return new DrawProof(
        DrawProof.SCHEMA,
        "nov",
        LocalDate.parse("2026-11-01"),
        LocalDate.parse("2026-11-30"),
        LocalDate.parse("2026-11-30"),
        "9dbb35ec321b5dea168a5b6ff84dc5e45c5d6dbaf43cf07fe2c748d2c679c494",
        "030aabad40284a90736d8aaace77e5b71e6ab468de560e981e2318f855c06bd8",
        seed,
        "8812345",
        1L,
        List.of(new Draw.Prize("mug", 1)),
        List.of(
            new DrawProof.Entry("E1", 1),
            new DrawProof.Entry("E2", 2),
            new DrawProof.Entry("E3", 1),
            new DrawProof.Entry("E4", 3),
            new DrawProof.Entry("E5", 1)),
        List.of(new DrawProof.Winner(1, winner, "mug", score)));
  }
}
