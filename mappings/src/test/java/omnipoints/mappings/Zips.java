package omnipoints.mappings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** ZIP archives taken apart and put together otherwise. */
final class Zips {
  private Zips() {}

  static Map<String, byte[]> members(byte[] archive) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        members.put(entry.getName(), in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return members;
  }

  static byte[] replaced(byte[] archive, String name, String text) {
    Map<String, byte[]> members = members(archive);
    members.put(name, text.getBytes(StandardCharsets.UTF_8));
    return Xlsx.Zip.ofBytes(members);
  }
}
