package omnipoints.console;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The verbs as picocli sees them, built by hand: reading annotations would cost every start. */
final class CommandTree {
  private CommandTree() {}

  static CommandSpec of(List<Verb> verbs, Words words) {
    CommandSpec root =
        spec(CommandSpec.create(), "omnipoints", words.say("help.omnipoints"), words);
    root.usageMessage().footer("", words.say("help.footer"));
    for (Verb verb : verbs) {
      String[] name = verb.name().split(" ");
      CommandSpec parent = root;
      if (name.length == 2) parent = group(root, name[0], words);
      String last = name[name.length - 1];
      String key = "help." + verb.name().replace(' ', '.');
      CommandSpec spec = spec(CommandSpec.wrapWithoutInspection(verb), last, words.say(key), words);
      String more = words.sayOr(key + ".more", "");
      if (!more.isEmpty()) spec.usageMessage().footer(("\n" + more).split("\n"));
      verb.declare(spec, words);
      parent.addSubcommand(last, spec);
    }
    return root;
  }

  static String help(CommandSpec spec, Screen screen) {
    spec.usageMessage().width(Math.min(120, Math.max(60, screen.columns())));
    return new CommandLine(spec).getUsageMessage(Ansi.OFF);
  }

  /** An option that takes a value. */
  static OptionSpec option(Words words, String name, String value) {
    return option(words, name, value, name.substring(2));
  }

  /** The same, described by the key {@code option.<key>}. */
  static OptionSpec option(Words words, String name, String value, String key) {
    return OptionSpec.builder(name)
        .paramLabel(value)
        .type(String.class)
        .arity("1")
        .description(words.say("option." + key))
        .build();
  }

  /** An option that may be given several times. */
  static OptionSpec options(Words words, String name, String value) {
    return OptionSpec.builder(name)
        .paramLabel(value)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .description(words.say("option." + name.substring(2)))
        .build();
  }

  /** An option that is there or not. */
  static OptionSpec flag(Words words, String name) {
    return flag(words, name, name.substring(2));
  }

  /** An option that is there or not, described by the key {@code option.<key>}. */
  static OptionSpec flag(Words words, String name, String key) {
    return OptionSpec.builder(name)
        .type(boolean.class)
        .arity("0")
        .description(words.say("option." + key))
        .build();
  }

  /** Any number of operands. */
  static PositionalParamSpec operands(Words words, String label) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .paramLabel(label)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("0..*")
        .description(words.say("operand." + label.toLowerCase(Locale.ROOT)))
        .build();
  }

  /** An operand; {@code required} ones are written without brackets. */
  static PositionalParamSpec operand(Words words, String label, boolean required) {
    return operand(words, label, required, label.toLowerCase(Locale.ROOT));
  }

  static PositionalParamSpec operand(Words words, String label, boolean required, String key) {
    return PositionalParamSpec.builder()
        .index("0")
        .paramLabel(label)
        .type(String.class)
        .arity(required ? "1" : "0..1")
        .required(required)
        .description(words.say("operand." + key))
        .build();
  }

  static Refusal verbMissing(CommandSpec spec, Words words) {
    String known = String.join(" ", spec.subcommands().keySet());
    return new Refusal(
        Exit.USAGE, "USAGE", words.say("usage.verb", spec.qualifiedName(" "), known), helpOf(spec));
  }

  /** A command line that could not be read, in our words where we know the case. */
  static Failure failure(ParameterException e, Words words) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String message = e.getMessage();
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      message =
          spec.subcommands().isEmpty() || first.startsWith("-")
              ? words.say("usage.unknown", first, spec.qualifiedName(" "))
              : words.say("usage.noverb", first, String.join(" ", spec.subcommands().keySet()));
    } else if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      message =
          words.say(
              "usage.missing", missing.getMissing().get(0).paramLabel(), spec.qualifiedName(" "));
    } else if (e instanceof OverwrittenOptionException twice) {
      message = words.say("usage.twice", ((OptionSpec) twice.getOverwritten()).longestName());
    }
    return new Failure(Exit.USAGE, "USAGE", message, helpOf(spec));
  }

  private static CommandSpec group(CommandSpec root, String name, Words words) {
    CommandLine there = root.subcommands().get(name);
    if (there != null) return there.getCommandSpec();
    CommandSpec group = spec(CommandSpec.create(), name, words.say("help." + name), words);
    root.addSubcommand(name, group);
    return group;
  }

  private static CommandSpec spec(CommandSpec spec, String name, String description, Words words) {
    spec.name(name)
        .usageMessage()
        .description(description)
        .synopsisHeading(words.say("help.usage"))
        .parameterListHeading(words.say("help.operands"))
        .optionListHeading(words.say("help.options"))
        .commandListHeading(words.say("help.verbs"))
        .sortOptions(false);
    spec.addOption(option(words, "--home", "DIR"));
    spec.addOption(flag(words, "--json"));
    spec.addOption(flag(words, "--quiet"));
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .type(boolean.class)
            .arity("0")
            .description(words.say("option.help"))
            .build());
    return spec;
  }

  private static List<String> helpOf(CommandSpec spec) {
    return List.of("./" + spec.qualifiedName(" ") + " --help");
  }
}
