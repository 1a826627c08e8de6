package omnipoints.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * A file that is no delivery but holds some: a ZIP archive that is no workbook, or gzip data. Each
 * member becomes an arrival of its own, known by its own bytes.
 */
public final class Bundle {
  private static final int DEPTH_MAX = 3;

  private final List<String> skipped;
  private final Path file;
  private final String fileName;
  private final Limits limits;
  private final InflationBudget budget;
  private final List<Member> members = new ArrayList<>();
  private Store store;

  private Bundle(Path file, String fileName, Limits limits, List<String> skipped) {
    this.skipped = skipped;
    this.file = file;
    this.fileName = fileName;
    this.limits = limits;
    this.budget = new InflationBudget(fileName, limits);
  }

  /** Where members are put, so that they can be read as files. */
  @FunctionalInterface
  public interface Store {
    /**
     * Keeps all bytes of the stream and tells where. Whatever the stream itself throws is a fault
     * of the bundle: nothing must be kept then. An IOException is the store's own.
     */
    Path keep(String name, InputStream bytes) throws IOException;
  }

  /**
   * One member that is no bundle itself.
   *
   * @param name {@code bundle.zip/member.csv}, fit to be shown; never a path to write to
   * @param file where the store put it; null if it was not unpacked
   * @param outcome why it was not unpacked; null if it was
   * @param message the outcome in words, empty if it was unpacked
   */
  public record Member(String name, Path file, DeliveryOutcome outcome, String message) {}

  /**
   * The bundle in that file; empty if it is a file to be read itself, or none at all.
   *
   * @param fileName name for messages and for the names of the members
   * @param skipped globs on the base names of members that are not unpacked
   */
  public static Optional<Bundle> in(
      Path file, String fileName, Limits limits, List<String> skipped) {
    Bundle bundle = new Bundle(file, fileName, limits, skipped);
    return bundle.packed(file, fileName) ? Optional.of(bundle) : Optional.empty();
  }

  private boolean packed(Path candidate, String name) {
    try {
      Container container = Container.of(candidate);
      if (container == Container.GZIP) return true;
      if (container != Container.ZIP) return false;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
    try (GuardedZip zip = GuardedZip.open(candidate, name, new InflationBudget(name, limits))) {
      return !zip.office();
    } catch (DeliveryRefused e) {
      // Whatever is wrong with it is told where it is unpacked.
      return true;
    }
  }

  /**
   * Unpacks the bundle and the bundles in it, at most three deep, in the order of their
   * directories. Names are checked first; what is to be skipped is not unpacked. A member that is
   * damaged or too large is told as such, the others go on.
   *
   * @throws DeliveryRefused the bundle as a whole is damaged or beyond its limits: use nothing of
   *     it
   */
  public List<Member> unpack(Store where) {
    store = where;
    unpack(file, fileName, 1);
    return List.copyOf(members);
  }

  private void unpack(Path packed, String name, int depth) {
    try {
      if (Container.of(packed) == Container.GZIP) unpackGzip(packed, name, depth);
      else unpackZip(packed, name, depth);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be unpacked", e);
    }
  }

  private void unpackGzip(Path packed, String name, int depth) throws IOException {
    budget.members(1);
    String base = MemberName.base(name);
    String inner =
        name + "/" + (base.endsWith(".gz") ? base.substring(0, base.length() - 3) : base);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(packed));
        GuardedStream bytes =
            new GuardedStream(gzip(in, name), inner, budget, Files.size(packed), -1, -1)) {
      keep(inner, bytes, depth);
    }
  }

  private static InputStream gzip(InputStream in, String name) {
    try {
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .get();
    } catch (IOException e) {
      throw Refusals.broken(name, "the gzip data are damaged (" + e.getMessage() + ")");
    }
  }

  private void unpackZip(Path packed, String name, int depth) throws IOException {
    try (GuardedZip zip = GuardedZip.open(packed, name, budget)) {
      for (GuardedZip.Member member : zip.members()) {
        if (MemberName.litter(member.name()) && MemberName.fault(member.name()) == null) continue;
        String shown = name + "/" + MemberName.printable(member.name());
        String fault = MemberName.fault(member.name());
        if (fault != null) {
          refuse(shown, DeliveryOutcome.EVIL_NAME, shown + ": " + fault + "; it was not unpacked");
        } else if (Junk.is(MemberName.base(member.name()))) {
          refuse(
              shown,
              DeliveryOutcome.EMPTY,
              shown + ": by its name it is junk or unfinished; it was not unpacked");
        } else if (skipped(member.name())) {
          refuse(shown, DeliveryOutcome.EMPTY, shown + ": skipped by the mapping (skip_members)");
        } else {
          unpackMember(zip, member, shown, depth);
        }
      }
    }
  }

  private void unpackMember(GuardedZip zip, GuardedZip.Member member, String shown, int depth)
      throws IOException {
    try (GuardedStream bytes = zip.open(member, shown)) {
      keep(shown, bytes, depth);
    } catch (DeliveryRefused e) {
      if (budget.exhausted()) throw e;
      refuse(shown, e.outcome(), e.getMessage());
    }
  }

  private void keep(String name, GuardedStream bytes, int depth) throws IOException {
    Path kept = store.keep(name, bytes);
    if (!packed(kept, name)) {
      members.add(new Member(name, kept, null, ""));
    } else if (depth == DEPTH_MAX) {
      refuse(
          name,
          DeliveryOutcome.TOO_LARGE,
          name + ": bundles lie in bundles more than " + DEPTH_MAX + " deep");
    } else {
      unpack(kept, name, depth + 1);
    }
  }

  private void refuse(String name, DeliveryOutcome outcome, String message) {
    members.add(new Member(name, null, outcome, message));
  }

  private boolean skipped(String name) {
    String base = MemberName.base(name);
    return skipped.stream().anyMatch(glob -> matches(glob, base));
  }

  /** {@code *} stands for any characters, {@code ?} for one. */
  private static boolean matches(String glob, String name) {
    StringBuilder regex = new StringBuilder();
    glob.codePoints()
        .forEach(
            code -> {
              if (code == '*') regex.append(".*");
              else if (code == '?') regex.append('.');
              else regex.append(Pattern.quote(Character.toString(code)));
            });
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
  }
}
