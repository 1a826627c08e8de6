package omnipoints.console;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What a verb found out.
 *
 * @param json the fields of the JSON object, without its schema
 * @param text the same for people
 */
record Answer(int exit, Map<String, Object> json, Consumer<Page> text) {

  static Answer of(Map<String, Object> json, Consumer<Page> text) {
    return new Answer(Exit.OK, json, text);
  }

  static Answer of(Record json, Consumer<Page> text) {
    return of(Json.fields(json), text);
  }

  /** The verb has written its result (CSV, JSON lines) itself. */
  static Answer written(int exit) {
    return new Answer(exit, null, null);
  }
}
