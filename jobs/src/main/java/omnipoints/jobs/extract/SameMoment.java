package omnipoints.jobs.extract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A zip whose entries all carry one given moment, where the library stamps the clock. */
final class SameMoment {

  private SameMoment() {}

  /** Copies a zip, its entries in their order; {@code out} stays open. */
  static void copy(Path zip, LocalDateTime moment, OutputStream out) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      var copy = new ZipOutputStream(out);
      for (ZipEntry entry : List.copyOf(file.stream().toList())) {
        var stamped = new ZipEntry(entry.getName());
        stamped.setTimeLocal(moment);
        copy.putNextEntry(stamped);
        try (InputStream in = file.getInputStream(entry)) {
          in.transferTo(copy);
        }
        copy.closeEntry();
      }
      copy.finish();
    }
  }
}
