package omnipoints.console;

import java.util.List;
import java.util.Locale;
import omnipoints.books.NightStatus.FigureOfNight;

/**
 * Figures of a night that are not what the last nights show, each with a picture: {@code =} the
 * band, {@code |} its median, {@code *} the night.
 */
final class FigurePage {
  private static final int WIDTH = 76;

  private FigurePage() {}

  /** Those outside; nothing at all when there are none. */
  static void print(Page page, List<FigureOfNight> figures) {
    List<FigureOfNight> outside = figures.stream().filter(FigureOfNight::outside).toList();
    if (outside.isEmpty()) return;
    Words words = page.words();
    page.blank().say("figures");
    for (FigureOfNight one : outside) {
      String name = words.say("figure." + one.figure());
      page.say(
          one.approved() ? "figure.approved" : "figure.outside",
          one.channel(),
          name,
          shown(one, one.value()));
      if (one.nights() == 0) page.say("figure.limit", shown(one, one.high()));
      else if (one.low() == null) page.say("figure.most", one.nights(), shown(one, one.high()));
      else page.say("figure.band", one.nights(), shown(one, one.low()), shown(one, one.high()));
      page.line("  " + picture(one, WIDTH));
    }
  }

  private static String shown(FigureOfNight one, long value) {
    if (one.figure().equals("POINTS_ISSUED")) return Long.toString(value);
    return String.format(Locale.ROOT, "%d.%02d %%", value / 100, Math.abs(value % 100));
  }

  /** From 0 to the larger of the night and the end of its band. */
  static String picture(FigureOfNight one, int width) {
    long low = one.low() == null ? 0 : one.low();
    long most = Math.max(Math.max(one.value(), one.high() == null ? 0 : one.high()), 1);
    char[] line = new char[width];
    for (int i = 0; i < width; i++) line[i] = '.';
    for (int i = place(low, most, width); i <= place(one.high(), most, width); i++) line[i] = '=';
    line[place(low, most, width)] = '[';
    line[place(one.high(), most, width)] = ']';
    if (one.middle() != null) line[place(one.middle(), most, width)] = '|';
    line[place(Math.max(one.value(), 0), most, width)] = '*';
    return new String(line);
  }

  private static int place(long value, long most, int width) {
    return (int) ((width - 1) * Math.min(value, most) / most);
  }
}
