package omnipoints.console;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParseResult;

/** One call of a verb: its options and operands, and the process around it. */
final class Call {
  private static final String DEFAULT_HOME = "home";

  /** A command of ours at the beginning of a line, with its verb. */
  private static final Pattern OURS =
      Pattern.compile(
          "^(\\./omnipoints (?:(?:db|channel|delivery|program|pull|sync|quarantine|breaks) )?[a-z-]+)(?![^ ])");

  private final ParseResult parsed;

  /**
   * The command line as a whole: {@code --home} and {@code --json} may stand before the verb, too.
   */
  private final List<ParseResult> levels;

  private final Surroundings around;
  private final Words words;

  /**
   * @param levels what was read at each word of the verb, the last one first
   */
  Call(List<ParseResult> levels, Surroundings around, Words words) {
    this.parsed = levels.get(0);
    this.levels = levels;
    this.around = around;
    this.words = words;
  }

  Surroundings around() {
    return around;
  }

  Words words() {
    return words;
  }

  /** The home, as typed or {@code home}, against the working directory. */
  Path home() {
    return around.directory().resolve(homeAsTyped());
  }

  boolean json() {
    return has("--json");
  }

  boolean quiet() {
    return has("--quiet") || json();
  }

  boolean has(String option) {
    return levels.stream().anyMatch(level -> level.hasMatchedOption(option));
  }

  /** Value of an option, null when it was not given. */
  String value(String option) {
    for (ParseResult level : levels) {
      if (level.hasMatchedOption(option)) return level.matchedOptionValue(option, (String) null);
    }
    return null;
  }

  /** Value of a date option, null when it was not given. */
  LocalDate date(String option) {
    String text = value(option);
    return text == null ? null : dateOf(option, text);
  }

  /** A date that stands for {@code what} on the command line. */
  LocalDate dateOf(String what, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw usage("usage.date", what, text);
    }
  }

  /** The operand at an index, null when it was not given. */
  String operand(int index) {
    return parsed.matchedPositionalValue(index, (String) null);
  }

  /** All operands. */
  List<String> operands() {
    return parsed.matchedPositionals().isEmpty()
        ? List.of()
        : parsed.matchedPositionals().get(0).stringValues();
  }

  /** The values of an option that may be given several times, in order. */
  List<String> values(String option) {
    for (ParseResult level : levels)
      if (level.hasMatchedOption(option)) return level.matchedOption(option).stringValues();
    return List.of();
  }

  /** A refusal to go on with this command line. */
  Refusal usage(String key, Object... values) {
    String verb = parsed.commandSpec().qualifiedName(" ").substring("omnipoints ".length());
    return new Refusal(
        Exit.USAGE, "USAGE", words.say(key, values), List.of("./omnipoints " + verb + " --help"));
  }

  Refusal refused(String code, List<String> next, String key, Object... values) {
    return new Refusal(Exit.REFUSED, code, words.say(key, values), next);
  }

  /** A command to type next, for the same home. */
  String command(String... arguments) {
    List<String> typed = new ArrayList<>(List.of("./omnipoints"));
    for (String argument : arguments) typed.add(quoted(argument));
    if (!homeAsTyped().equals(DEFAULT_HOME)) {
      typed.add("--home");
      typed.add(quoted(homeAsTyped()));
    }
    return String.join(" ", typed);
  }

  /**
   * A command to type next that names a file by its hash, with the name people know it by as a
   * comment of the shell.
   */
  String commandOn(String file, String... arguments) {
    return command(arguments) + "   # " + CharWidth.printable(file);
  }

  /**
   * Advice of others, completed: a command of ours names this home, too. Words after the verb stay
   * as they are.
   */
  List<String> forThisHome(List<String> next) {
    if (homeAsTyped().equals(DEFAULT_HOME)) return next;
    return next.stream()
        .map(
            line ->
                line.contains("--home")
                    ? line
                    : OURS.matcher(line)
                        .replaceFirst(
                            "$1 --home " + Matcher.quoteReplacement(quoted(homeAsTyped()))))
        .toList();
  }

  private String homeAsTyped() {
    String typed = value("--home");
    return typed == null ? DEFAULT_HOME : typed;
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w./:@%+=,\\p{IsHan}-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
