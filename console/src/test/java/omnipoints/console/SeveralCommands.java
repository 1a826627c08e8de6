package omnipoints.console;

import java.nio.file.Path;

/** A process that runs several command lines one after the other. */
final class SeveralCommands {
  private SeveralCommands() {}

  /** Arguments: the working directory, then command lines. Prints each with its exit code. */
  public static void main(String[] args) {
    for (int i = 1; i < args.length; i++) {
      Ran ran = Ran.in(Path.of(args[0]), args[i].split(" "));
      System.out.println(args[i] + ": " + ran.exit());
      if (ran.exit() != 0) System.err.println(ran.out() + ran.err());
    }
  }
}
