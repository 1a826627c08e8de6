package omnipoints.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A ZIP archive read by its directory, every member checked while it is unpacked. The limits are
 * those of the file's mapping; nothing is set for the process.
 */
final class GuardedZip implements AutoCloseable {
  private final ZipFile zip;
  private final String fileName;
  private final InflationBudget budget;
  private final List<Member> members = new ArrayList<>();
  private final Map<Member, Long> counted = new HashMap<>();

  /** One entry of the directory; {@code name} is not trusted. */
  record Member(String name, long bytes, ZipArchiveEntry entry) {}

  private GuardedZip(ZipFile zip, String fileName, InflationBudget budget) {
    this.zip = zip;
    this.fileName = fileName;
    this.budget = budget;
  }

  /** Throws {@link DeliveryRefused} for a torn or contradictory archive, or too many members. */
  static GuardedZip open(Path file, String fileName, InflationBudget budget) {
    ZipFile zip;
    try {
      zip =
          ZipFile.builder()
              .setPath(file)
              .setCharset(StandardCharsets.UTF_8)
              .setUseUnicodeExtraFields(true)
              .get();
    } catch (FileSystemException e) {
      throw new UncheckedIOException(fileName + " cannot be read", e);
    } catch (IOException | RuntimeException e) {
      throw Refusals.torn(
          fileName, "the archive has no readable directory at its end; it is torn or damaged");
    }
    GuardedZip guarded = new GuardedZip(zip, fileName, budget);
    try {
      guarded.list();
      return guarded;
    } catch (RuntimeException e) {
      guarded.close();
      throw e;
    }
  }

  private void list() {
    Set<String> names = new HashSet<>();
    List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
    budget.members(entries.size());
    for (ZipArchiveEntry entry : entries) {
      String name = name(entry);
      if (!names.add(name)) {
        throw Refusals.broken(
            fileName,
            "two members are called " + MemberName.printable(name) + "; which one counts?");
      }
      members.add(new Member(name, entry.getSize(), entry));
    }
  }

  /** From the bytes, because the library turns the backslashes of its own reading into slashes. */
  private static String name(ZipArchiveEntry entry) {
    byte[] raw = entry.getRawName();
    boolean extra =
        entry.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD || raw == null;
    return extra ? entry.getName() : MemberName.decode(raw);
  }

  List<Member> members() {
    return members;
  }

  /** Whether it is a workbook of the 2007 format: its sheets are members. */
  boolean workbook() {
    return find("[Content_Types].xml") != null
        && members.stream().anyMatch(member -> part(member.name()).startsWith("xl/"));
  }

  /** Whether it is a document of some office program, and not a bundle of files. */
  boolean office() {
    return workbook()
        || (find("[Content_Types].xml") != null && find("_rels/.rels") != null)
        || (find("mimetype") != null && find("META-INF/manifest.xml") != null);
  }

  /** The member of that name as office formats name their parts: without case. Null if none. */
  Member find(String name) {
    String wanted = part(name);
    for (Member member : members) if (part(member.name()).equals(wanted)) return member;
    return null;
  }

  private static String part(String name) {
    String path = name.replace('\\', '/').toLowerCase(Locale.ROOT);
    return path.startsWith("/") ? path.substring(1) : path;
  }

  /** The bytes of a member; {@code where} names it in messages. */
  GuardedStream open(Member member, String where) {
    ZipArchiveEntry entry = member.entry();
    if (entry.getGeneralPurposeBit().usesEncryption()) throw Refusals.locked(where, "the member");
    try {
      return new GuardedStream(
          zip.getInputStream(entry),
          where,
          budget,
          entry.getCompressedSize(),
          entry.getSize(),
          entry.getCrc()) {
        @Override
        public void close() throws IOException {
          counted.merge(member, count(), Math::max);
          super.close();
        }
      }.countedBefore(counted.getOrDefault(member, 0L));
    } catch (IOException | RuntimeException e) {
      throw Refusals.broken(where, "it cannot be unpacked (" + e.getMessage() + ")");
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(fileName + " cannot be closed", e);
    }
  }
}
