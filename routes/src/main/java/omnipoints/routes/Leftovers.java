package omnipoints.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one source left lying when it was looked at last. Not thread-safe. */
final class Leftovers {
  /** Of a folder that nobody looks into, so many files are named; the rest is counted. */
  private static final int NAMED = 20;

  private static final int DEPTH = 8;

  private final Map<String, Left> byFile = new TreeMap<>();

  /** Begins anew: what is told from here on counts. */
  void clear() {
    byFile.clear();
  }

  void add(Notice notice) {
    add(notice, notice.where());
  }

  private void add(Notice notice, String file) {
    byFile.put(file, new Left(file, notice.kind(), notice.message() + "; " + notice.next()));
  }

  /** Adds the files of a folder, each by its name; an empty one leaves nothing. */
  void addFolder(Notice notice, Path folder) {
    try (Stream<Path> all = Files.walk(folder, DEPTH)) {
      List<Path> files = all.filter(each -> !Files.isDirectory(each)).sorted().toList();
      for (Path file : files.subList(0, Math.min(NAMED, files.size())))
        add(notice, notice.where() + "/" + FileName.printable(folder.relativize(file).toString()));
      if (files.size() > NAMED)
        add(notice, notice.where() + "/ (" + (files.size() - NAMED) + " more files)");
    } catch (IOException | UncheckedIOException unreadable) {
      add(notice);
    }
  }

  /** In the order of their names. */
  List<Left> all() {
    return new ArrayList<>(byFile.values());
  }
}
