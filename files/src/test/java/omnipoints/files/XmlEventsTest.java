package omnipoints.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XmlEventsTest {
  @Test
  void only_whole_escapes_of_a_character_are_undone() {
    assertThat(XmlEvents.unescaped(new StringBuilder("a_x0041__x00zz_x_x")))
        .isEqualTo("aA_x00zz_x_x");
  }
}
