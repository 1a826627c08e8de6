package omnipoints.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;

/**
 * Which nights a folder already holds, in a file of one line each; its first line says of what
 * world.
 */
final class Done {

  private final Path file;

  /**
   * @throws IllegalStateException when the folder holds nights of another world
   */
  Done(Path file, String world) {
    this.file = file;
    if (!Files.exists(file)) {
      add(world);
    } else if (!lines().get(0).equals(world)) {
      throw new IllegalStateException(
          file.getParent()
              + " holds nights of other sizes ("
              + lines().get(0)
              + "): remove it, or choose another --dir");
    }
  }

  boolean has(LocalDate night) {
    return lines().contains(night.toString());
  }

  void add(LocalDate night) {
    add(night.toString());
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
