package omnipoints.console;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line: {@code ./omnipoints <verb> [--home DIR] [--json]}. The process starts here. */
public final class OmniPoints {
  private final Surroundings around;
  private final Words words;

  OmniPoints(Surroundings around) {
    this.around = around;
    this.words = around.words();
  }

  /** Runs one verb and ends the process with its exit code. */
  public static void main(String[] args) {
    Stop.exit(new OmniPoints(Surroundings.ofThisProcess()).run(args));
  }

  /** Runs one verb; never throws. Returns the exit code of DESIGN's list, see {@link Exit}. */
  int run(String... args) {
    boolean json = Arrays.asList(args).contains("--json");
    Path logs = null;
    try {
      ParseResult parsed = parse(args);
      if (parsed.isUsageHelpRequested()) {
        around.out().print(CommandTree.help(parsed.commandSpec(), around.screen()));
        return Exit.OK;
      }
      Verb verb = verb(parsed);
      Call call = new Call(parsed, around, words);
      logs = call.home().resolve("logs");
      System.setProperty(LogFile.FOLDER, logs.toString());
      return print(verb, call, verb.answer(call));
    } catch (ParameterException e) {
      return fail(CommandTree.failure(e, words), json);
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
      return fail(Failures.of(e, words, logs), json);
    } finally {
      around.out().flush();
      around.err().flush();
    }
  }

  /** What a verb answers, for a verb that shows others. Throws what the verb throws. */
  Answer ask(String... args) throws Exception {
    ParseResult parsed = parse(args);
    return verb(parsed).answer(new Call(parsed, around, words));
  }

  private ParseResult parse(String... args) {
    ParseResult parsed = new CommandLine(CommandTree.of(Verbs.all(), words)).parseArgs(args);
    while (parsed.hasSubcommand()) parsed = parsed.subcommand();
    return parsed;
  }

  private Verb verb(ParseResult parsed) {
    if (parsed.commandSpec().userObject() instanceof Verb verb) return verb;
    throw CommandTree.verbMissing(parsed.commandSpec(), words);
  }

  private int print(Verb verb, Call call, Answer answer) {
    if (answer.json() == null) return answer.exit();
    if (call.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", "omnipoints." + verb.name().split(" ")[0] + "/1");
      document.putAll(answer.json());
      around.out().append(Json.line(document)).append('\n');
    } else {
      answer.text().accept(new Page(around.out(), around.screen().columns(), words));
    }
    return answer.exit();
  }

  private int fail(Failure failure, boolean json) {
    if (json) {
      around.out().append(Json.line(failure.json())).append('\n');
    } else {
      Page page = new Page(around.err(), around.screen().columns(), words);
      page.line(words.say("failed", failure.code(), failure.message()));
      List<String> next = failure.next();
      if (!next.isEmpty()) page.next(next);
    }
    return failure.exit();
  }
}
