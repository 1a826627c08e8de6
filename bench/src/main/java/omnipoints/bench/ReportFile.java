package omnipoints.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of reports, each below a heading of its own: writing one leaves the others alone. */
final class ReportFile {
  private static final Pattern HEADING = Pattern.compile("^# .*$", Pattern.MULTILINE);

  private ReportFile() {}

  /** Puts a report, which begins with its title, in the place of the one of that title. */
  static void write(Path file, String title, String report) throws IOException {
    String text = Files.exists(file) ? Files.readString(file) : "";
    Files.writeString(file, with(text, title, report));
  }

  static String with(String text, String title, String report) {
    StringBuilder all = new StringBuilder();
    Matcher heading = HEADING.matcher(text);
    boolean written = false;
    int from = -1;
    while (true) {
      boolean found = heading.find();
      int to = found ? heading.start() : text.length();
      if (from >= 0) {
        String part = text.substring(from, to).strip();
        boolean same = part.lines().findFirst().orElse("").equals(title);
        written |= same;
        all.append(same ? report.strip() : part).append("\n\n");
      }
      if (!found) break;
      from = to;
    }
    if (!written) all.append(report.strip());
    return all.toString().strip() + "\n";
  }
}
