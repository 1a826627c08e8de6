package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import omnipoints.facts.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

  @TempDir Path dir;

  @Test
  void what_is_asked_by_hand_is_numbered_under_the_key_of_the_home() {
    try (TestHome home = new TestHome(dir.resolve("one"))) {
      String number = Tokens.of(home.home()).number("phone", "13800000001", "FROZEN");
      assertThat(number)
          .matches("[0-9a-f]{12}")
          .isEqualTo(Tokens.of(home.home()).number("phone", "13800000001", "FROZEN"))
          .isNotEqualTo(Tokens.of(home.home()).number("phone", "1380000000", "1FROZEN"));
      // nobody finds the phone by trying all there are, without the key
      home.write("secrets/token.key", Sha256.hex(new byte[] {1}));
      assertThat(Tokens.of(home.home()).number("phone", "13800000001", "FROZEN"))
          .isNotEqualTo(number);
    }
  }
}
