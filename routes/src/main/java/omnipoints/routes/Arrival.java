package omnipoints.routes;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import omnipoints.files.DeliveryOutcome;

/**
 * One file that arrived, its bytes safe in the archive.
 *
 * @param channel channel code
 * @param shop the shop its folder or source names, or null
 * @param fileName base name as sent, made printable by {@link FileName#printable}; display only,
 *     never a path
 * @param sha256 lower-case hex of the bytes
 * @param bytes size
 * @param archived the archive copy; null only for TOO_LARGE, which is kept unread under {@code
 *     .refused/}
 * @param refused why nobody may read it (TOO_LARGE, EVIL_NAME or EMPTY, the first that applies), or
 *     null
 * @param message what happened and what to do next when refused, else ""
 */
public record Arrival(
    String channel,
    String shop,
    String fileName,
    String sha256,
    long bytes,
    Path archived,
    DeliveryOutcome refused,
    String message) {

  /** By channel, shop (none first), file name, hash: the same set of files gives the same list. */
  public static final Comparator<Arrival> ORDER =
      Comparator.comparing(Arrival::channel)
          .thenComparing(arrival -> Optional.ofNullable(arrival.shop()).orElse(""))
          .thenComparing(Arrival::fileName)
          .thenComparing(Arrival::sha256);
}
