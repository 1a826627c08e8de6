package omnipoints.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * How a command failed, as it is told to people and programs; next is what to type, never empty for
 * people.
 */
record Failure(int exit, String code, String message, List<String> next) {

  private record Told(String schema, @JsonUnwrapped Failure failure) {}

  Record json() {
    return new Told("omnipoints.error/1", this);
  }
}
