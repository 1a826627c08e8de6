package omnipoints.console;

import java.util.function.Consumer;

/**
 * What a verb found out.
 *
 * @param told the JSON object without its schema; null when the verb has written its result itself
 * @param text the same for people
 */
record Answer(int exit, Record told, Consumer<Page> text) {

  static Answer of(Record told, Consumer<Page> text) {
    return new Answer(Exit.OK, told, text);
  }

  /** The verb has written its result (CSV, JSON lines) itself. */
  static Answer written(int exit) {
    return new Answer(exit, null, null);
  }
}
