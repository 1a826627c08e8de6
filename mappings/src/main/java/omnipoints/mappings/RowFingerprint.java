package omnipoints.mappings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import omnipoints.facts.Sha256;

/** Tells rows apart that have no key: a hash of all filled cells, whatever order they stand in. */
final class RowFingerprint {
  private static final int BYTES = 16;

  private final MessageDigest digest = Sha256.digest();

  String of(RowTyping row) {
    List<String> cells = row.filledCells();
    cells.sort(null);
    for (String cell : cells) {
      byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
      for (int shift = 24; shift >= 0; shift -= 8) digest.update((byte) (bytes.length >> shift));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
  }
}
