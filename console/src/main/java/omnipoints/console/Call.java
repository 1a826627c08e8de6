package omnipoints.console;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** One call of a verb: its options and operands, and the process around it. */
final class Call {
  private static final String DEFAULT_HOME = "home";

  private final ParseResult parsed;
  private final Surroundings around;
  private final Words words;

  Call(ParseResult parsed, Surroundings around, Words words) {
    this.parsed = parsed;
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
    return parsed.hasMatchedOption(option);
  }

  /** Value of an option, null when it was not given. */
  String value(String option) {
    return parsed.matchedOptionValue(option, (String) null);
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

  /** A refusal to go on with this command line. */
  Refusal usage(String key, Object... values) {
    String verb = parsed.commandSpec().qualifiedName(" ").substring("omnipoints ".length());
    return new Refusal(Exit.USAGE, "USAGE", words.say(key, values), List.of("./omnipoints " + verb + " --help"));
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

  private String homeAsTyped() {
    String typed = value("--home");
    return typed == null ? DEFAULT_HOME : typed;
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w./:@%+=,\\p{IsHan}-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
  }
}
