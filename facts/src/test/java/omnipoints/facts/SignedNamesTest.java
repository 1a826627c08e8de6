package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignedNamesTest {
  @Test
  void names_are_the_same_whatever_their_case_and_the_blanks_around_them() {
    assertThat(SignedNames.folded(" ÉVA\u3000")).isEqualTo("éva");
    assertThat(SignedNames.folded("王芳")).isEqualTo("王芳");
    assertThat(SignedNames.folded(" \t")).isNull();
    assertThat(SignedNames.of("Ana; BO ；;cai")).containsExactly("ana", "bo", "cai");
    assertThat(SignedNames.of(null)).isEmpty();
  }
}
