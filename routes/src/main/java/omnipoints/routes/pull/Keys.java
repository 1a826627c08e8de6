package omnipoints.routes.pull;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;

/** The secrets of one shop on one platform. Never printed. */
final class Keys {
  private final String file;
  private final Map<String, String> values;

  /**
   * @param file where they stand, for messages
   */
  Keys(String file, Map<String, String> values) {
    this.file = file;
    this.values = new TreeMap<>(values);
  }

  /** A secret is missing or unusable; the message names the file and the key, never a value. */
  static final class Unusable extends RuntimeException {
    Unusable(String message) {
      super(message);
    }
  }

  /** The value of that name, which must be there. */
  String get(String name) {
    String value = values.get(name);
    if (value == null || value.isBlank())
      throw new Unusable("the secret file " + file + " has no value for \"" + name + "\"");
    return value;
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** The moment of that name, null if it is not there. */
  Instant momentOrNull(String name) {
    String value = get(name, "");
    try {
      return value.isEmpty() ? null : Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw new Unusable(
          "the secret file "
              + file
              + " has no moment like 2026-06-20T15:00:00Z at \""
              + name
              + "\": leave it out");
    }
  }

  Keys with(Map<String, String> news) {
    Map<String, String> all = new TreeMap<>(values);
    all.putAll(news);
    return new Keys(file, all);
  }

  Map<String, String> all() {
    return Map.copyOf(values);
  }

  String file() {
    return file;
  }

  @Override
  public String toString() {
    return "keys of " + file;
  }
}
