package omnipoints.console;

import java.io.PrintStream;
import java.util.List;

/** Where an answer for people is printed. */
final class Page {
  private static final int INDENT = 4;

  private final PrintStream out;
  private final int columns;
  private final Words words;

  Page(PrintStream out, int columns, Words words) {
    this.out = out;
    this.columns = columns;
    this.words = words;
  }

  /** One line in our words, on a narrow screen several; the values are made safe to print. */
  Page say(String key, Object... values) {
    Object[] safe = new Object[values.length];
    for (int i = 0; i < values.length; i++) safe[i] = CharWidth.printable(Printed.text(values[i]));
    return wrapped(words.say(key, safe));
  }

  /** One line or, on a narrow screen, several; made safe to print. */
  Page sentence(String text) {
    return wrapped(CharWidth.printable(text));
  }

  private Page wrapped(String text) {
    CharWidth.wrap(text, columns, INDENT).forEach(this::line);
    return this;
  }

  /** One line as it is: what is copied from the screen must not be broken. */
  Page line(String text) {
    out.append(text).append('\n');
    return this;
  }

  /** A text over as many lines as the screen needs, all but the first indented. */
  Page wrapped(String text, int indent) {
    CharWidth.wrap(CharWidth.printable(text), columns, indent).forEach(this::line);
    return this;
  }

  Page blank() {
    return line("");
  }

  /** A table under its title, if any; nothing at all when it has no rows. */
  Page table(String titleKey, TextTable table) {
    if (table.isEmpty()) return this;
    blank();
    if (titleKey != null) say(titleKey);
    table.lines(columns).forEach(this::line);
    return this;
  }

  /** Sentences under their title; nothing at all when there are none. */
  Page list(String titleKey, List<String> sentences) {
    if (sentences.isEmpty()) return this;
    blank().say(titleKey);
    sentences.forEach(sentence -> sentence("  " + sentence));
    return this;
  }

  /** Lines under their title, each cut to the screen; nothing at all when there are none. */
  Page samples(String titleKey, List<String> lines) {
    if (lines.isEmpty()) return this;
    blank().say(titleKey);
    lines.forEach(line -> line(CharWidth.fit("  " + CharWidth.printable(line), columns)));
    return this;
  }

  /** What to type next, if anything. */
  Page next(List<String> next) {
    if (next.isEmpty()) return this;
    blank().say("next");
    next.forEach(command -> line("  " + CharWidth.printable(command)));
    return this;
  }

  Words words() {
    return words;
  }
}
