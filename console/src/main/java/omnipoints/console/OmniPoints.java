package omnipoints.console;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedList;
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
    Call call = null;
    try {
      List<ParseResult> levels = parse(args);
      ParseResult parsed = levels.get(0);
      if (parsed.isUsageHelpRequested()) {
        around.out().print(CommandTree.help(parsed.commandSpec(), around.screen()));
        return Exit.OK;
      }
      Verb verb = verb(parsed);
      call = new Call(levels, around, words);
      System.setProperty(LogFile.FOLDER, logs(call).toString());
      return print(verb, call, verb.answer(call));
    } catch (ParameterException e) {
      return fail(CommandTree.failure(e, words), json);
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
      return fail(failure(e, call), json);
    } finally {
      around.out().flush();
      around.err().flush();
    }
  }

  /** What a verb answers, for a verb that shows others. Throws what the verb throws. */
  Answer ask(String... args) throws Exception {
    List<ParseResult> levels = parse(args);
    return verb(levels.get(0)).answer(new Call(levels, around, words));
  }

  /** What was read at each word of the verb, the last one first. */
  private List<ParseResult> parse(String... args) {
    LinkedList<ParseResult> levels = new LinkedList<>();
    levels.add(new CommandLine(CommandTree.of(Verbs.all(), words)).parseArgs(args));
    while (levels.getFirst().hasSubcommand()) levels.addFirst(levels.getFirst().subcommand());
    return levels;
  }

  private Failure failure(Throwable thrown, Call call) {
    Failure failure = Failures.of(thrown, words, call == null ? null : logs(call));
    return call == null ? failure : failure.with(call.forThisHome(failure.next()));
  }

  private static Path logs(Call call) {
    return call.home().resolve("logs");
  }

  private Verb verb(ParseResult parsed) {
    if (parsed.commandSpec().userObject() instanceof Verb verb) return verb;
    throw CommandTree.verbMissing(parsed.commandSpec(), words);
  }

  private int print(Verb verb, Call call, Answer answer) {
    if (answer.told() == null) return answer.exit();
    if (call.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", "omnipoints." + verb.name().split(" ")[0] + "/1");
      document.putAll(Json.fields(answer.told()));
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
