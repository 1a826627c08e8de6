package omnipoints.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--lines 10 | # How fast a night is",
        "--lines 10 --redemptions 5 --only product | # A night in which members redeem",
        "--lines 10 --rules bench/forty.yaml | # What rules cost",
        "--redemptions 5 --only product --rules bench/forty.yaml | # What rules cost"
      })
  void each_kind_of_night_has_a_part_of_its_own_in_the_report(String words, String title) {
    assertThat(Options.parse(words.split(" ")).title()).isEqualTo(title);
  }
}
