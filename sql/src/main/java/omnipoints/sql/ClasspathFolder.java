package omnipoints.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lists and reads the SQL files a folder of the classpath holds, be it a directory or inside a jar.
 */
final class ClasspathFolder {

  private ClasspathFolder() {}

  /** File names directly in the folder, sorted; empty if the folder does not exist. */
  static List<String> list(String folder, String suffix) {
    var names = new TreeSet<String>();
    try {
      for (URL url : java.util.Collections.list(loader().getResources(folder))) {
        if (url.openConnection() instanceof JarURLConnection jar) {
          jar.setUseCaches(false);
          try (var file = jar.getJarFile()) {
            String prefix = folder + "/";
            file.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0)
                .map(name -> name.substring(prefix.length()))
                .filter(name -> name.endsWith(suffix))
                .forEach(names::add);
          }
        } else {
          try (var files = Files.list(Path.of(url.toURI()))) {
            files
                .map(path -> path.getFileName().toString())
                .filter(name -> name.endsWith(suffix))
                .forEach(names::add);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return List.copyOf(names);
  }

  static Optional<String> text(String file) {
    try (InputStream in = loader().getResourceAsStream(file)) {
      if (in == null) return Optional.empty();
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassLoader loader() {
    return ClasspathFolder.class.getClassLoader();
  }
}
