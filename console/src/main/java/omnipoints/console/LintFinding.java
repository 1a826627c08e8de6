package omnipoints.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code program lint} found.
 *
 * @param severity ERROR where the programme is refused, else WARNING
 * @param rule {@code ""} where the version as a whole is meant
 * @param number what is found as a number; 0 of an error
 */
record LintFinding(
    String severity, String code, String rule, String number, String message, int line) {
  private static final Pattern PROBLEM = Pattern.compile(".*?:(\\d+): (.*)", Pattern.DOTALL);

  /** Of a problem {@code <file>:<line>: <what is wrong>}. */
  static LintFinding error(String problem) {
    Matcher matcher = PROBLEM.matcher(problem);
    boolean placed = matcher.matches();
    return new LintFinding(
        "ERROR",
        "PROGRAMME_REFUSED",
        "",
        "0",
        placed ? matcher.group(2) : problem,
        placed ? Integer.parseInt(matcher.group(1)) : 0);
  }
}
