package omnipoints.console;

import picocli.CommandLine.Model.CommandSpec;

/** One word of the command line: what it takes and what it answers. */
interface Verb {

  /** The words that call it: {@code status}, {@code channel check}. */
  String name();

  /**
   * Declares options and operands; {@code --home}, {@code --json}, {@code --quiet} and {@code
   * --help} are there.
   */
  default void declare(CommandSpec spec, Words words) {}

  /**
   * Does it.
   *
   * @throws Refusal when the verb can tell what is wrong
   * @throws Exception anything else; {@link Failures} finds the exit code
   */
  Answer answer(Call call) throws Exception;
}
