package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          a 'b' c             ~ C[a ]L['b']C[ c]
          'it''s' x           ~ L['it''s']C[ x]
          E'a\\'b' x          ~ C[E]L['a\\'b']C[ x]
          'a\\' x             ~ L['a\\']C[ x]
          "a""b" x            ~ L["a""b"]C[ x]
          a -- b 'c           ~ C[a ]M[-- b 'c]
          a /* b /* c */ ; */ ~ C[a ]M[/* b /* c */ ; */]
          a $$b;'$$ c         ~ C[a ]L[$$b;'$$]C[ c]
          $t$ $$ $t$ c        ~ L[$t$ $$ $t$]C[ c]
          a$b$c $1 - 2        ~ C[a$b$c $1 - 2]
          'open               ~ L['open]
          """)
  void literals_comments_and_code_are_told_apart(String sql, String pieces) {
    assertThat(
            SqlText.pieces(sql.strip()).stream()
                .map(
                    p ->
                        (p.kind() == SqlText.Kind.COMMENT ? "M" : p.kind().name().substring(0, 1))
                            + "["
                            + p.text()
                            + "]")
                .collect(Collectors.joining()))
        .isEqualTo(pieces.strip());
  }

  @Test
  void lines_are_counted_through_all_of_them() {
    assertThat(SqlText.pieces("a\nb 'x\ny' /* z\n */\nc").stream().map(SqlText.Piece::line))
        .containsExactly(1, 2, 3, 3, 4);
  }

  @Test
  void a_script_falls_into_its_statements() {
    assertThat(SqlText.statements("-- first; one\nselect ';';\n\n; select $$;$$ /* ; */ as x;"))
        .containsExactly("select ';'", "select $$;$$  as x");
  }
}
