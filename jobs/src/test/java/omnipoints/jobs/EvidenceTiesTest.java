package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import omnipoints.jobs.EvidenceTies.Tied;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Into what an account falls apart when evidence is taken back. Tokens are {@code <kind>:<who>}.
 */
class EvidenceTiesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "the buyer leaves the card | card:1 nick:1 | - | card:1 nick:1 | - | nick:1",
        "another binding holds him | card:1 nick:1 | card:1 nick:1 | card:1 nick:1 | - | -",
        "he takes his along | card:1 nick:1 phone:1 | phone:1 nick:1 | card:1 phone:1 | - | nick:1 phone:1",
        "whom documents of our own name stays | card:1 nick:1 | - | card:1 nick:1 | nick:1 | card:1",
        "nothing that was never tied | card:1 nick:1 phone:9 | - | card:1 nick:1 | - | nick:1",
        "a way round holds all | card:1 nick:1 phone:1 | card:1 phone:1/phone:1 nick:1 | card:1 nick:1 | - | -",
        "three parts, two leave | card:1 nick:1 nick:2 | - | card:1 nick:1/card:1 nick:2 | - | nick:1 nick:2"
      })
  void tokens_that_nothing_ties_any_more_leave(
      String what, String held, String remaining, String gone, String named, String leaving) {
    Set<Tied.Token> all = new TreeSet<>(tokens(held));
    Set<Tied.Token> counts = Set.copyOf(tokens(named));
    assertThat(
            new EvidenceTies(all, ties("R", remaining), ties("G", gone)).leaving(counts::contains))
        .as(what)
        .containsExactlyInAnyOrderElementsOf(tokens(leaving));
  }

  private static List<Tied> ties(String name, String pieces) {
    if (pieces == null) return List.of();
    return Arrays.stream(pieces.strip().split("/"))
        .flatMap(piece -> tokens(piece).stream().map(token -> new Tied(name + piece, token)))
        .collect(Collectors.toList());
  }

  private static List<Tied.Token> tokens(String tokens) {
    if (tokens == null) return List.of();
    return Arrays.stream(tokens.strip().split(" "))
        .map(token -> new Tied.Token(token.split(":")[0], "", token.split(":")[1]))
        .toList();
  }
}
