package omnipoints.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * How a command failed, as it is told to people and programs; next is what to type, never empty for
 * people.
 *
 * @param findings each problem of a file that was judged, for programs; else null
 */
record Failure(
    int exit,
    String code,
    String message,
    List<String> next,
    @JsonInclude(Include.NON_NULL) List<LintFinding> findings) {

  Failure(int exit, String code, String message, List<String> next) {
    this(exit, code, message, next, null);
  }

  /** The same with other words on what to type. */
  Failure with(List<String> words) {
    return new Failure(exit, code, message, words, findings);
  }

  private record Told(String schema, @JsonUnwrapped Failure failure) {}

  Record json() {
    return new Told("omnipoints.error/1", this);
  }
}
