package omnipoints.console;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the terminal can show.
 *
 * @param columns width to fit tables into; {@link #UNLIMITED} when the result goes to a file or a
 *     pipe
 * @param live stderr is a terminal, so that a line may be drawn over and over
 * @param color colours are wanted (never with NO_COLOR)
 */
record Screen(int columns, boolean live, boolean color) {
  static final int UNLIMITED = Integer.MAX_VALUE;

  /** No terminal at all. */
  static final Screen NONE = new Screen(UNLIMITED, false, false);

  private static final int USUAL = 80;
  private static final int NARROWEST = 20;

  static Screen ofThisProcess(Map<String, String> environment) {
    int terminals = terminals();
    boolean out = (terminals & 1) != 0;
    boolean err = (terminals & 2) != 0;
    int declared = number(environment.get("COLUMNS"));
    int columns = declared > 0 ? declared : out ? widthOfTerminal() : UNLIMITED;
    boolean color =
        err
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    return new Screen(Math.max(NARROWEST, columns), err, color);
  }

  /**
   * Bit 1: stdout is a terminal, bit 2: stderr is one. Java itself only knows whether both stdin
   * and stdout are.
   */
  private static int terminals() {
    try {
      Process test =
          new ProcessBuilder("sh", "-c", "r=0; [ -t 1 ] && r=1; [ -t 2 ] && r=$((r+2)); exit $r")
              .inheritIO()
              .start();
      return test.waitFor(2, TimeUnit.SECONDS) ? test.exitValue() & 3 : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static int widthOfTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(Redirect.DISCARD)
              .start();
      String size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
      int columns = number(size.substring(size.indexOf(' ') + 1));
      return columns > 0 ? columns : USUAL;
    } catch (IOException e) {
      return USUAL;
    }
  }

  private static int number(String text) {
    try {
      return text == null ? 0 : Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
