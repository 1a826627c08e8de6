package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DbUrlVerbTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h:1/n?user=u&password=p,jdbc:postgresql://h:1/n?user=u,postgresql://u@h:1/n",
    "jdbc:postgresql://h:1/n?password=p&user=u&s=t,jdbc:postgresql://h:1/n?user=u&s=t,postgresql://u@h:1/n?s=t",
    "jdbc:postgresql://h/n,jdbc:postgresql://h/n,postgresql://h/n",
    "jdbc:postgresql://h/n?password=p,jdbc:postgresql://h/n,postgresql://h/n",
  })
  void the_url_is_shown_without_the_password(String jdbc, String shown, String libpq) {
    assertThat(DbUrlVerb.withoutPassword(jdbc)).isEqualTo(shown);
    assertThat(DbUrlVerb.libpq(shown)).isEqualTo(libpq);
  }
}
