package omnipoints.sql;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The statement files of one job: {@code statements/<job>/<step>.sql} on the classpath. The step
 * name is the file name. Files are read once per process.
 */
public final class Statements {

  private static final Map<String, Script> LOADED = new ConcurrentHashMap<>();
  private static final List<String> KEYS = List.of("grain", "writes");

  private final String job;

  private Statements(String job) {
    this.job = job;
  }

  /** Nothing is read yet. */
  public static Statements job(String job) {
    return new Statements(job);
  }

  /**
   * @throws StatementsRefused if there is no such file or it contradicts its own header; all
   *     problems at once
   */
  public Script step(String step) {
    String file = "statements/" + job + "/" + step + ".sql";
    return LOADED.computeIfAbsent(file, Statements::load);
  }

  private static Script load(String file) {
    String text =
        ClasspathFolder.text(file)
            .orElseThrow(() -> new StatementsRefused(List.of(file + ": no such file")));
    return Script.parse(file, text, KEYS);
  }
}
