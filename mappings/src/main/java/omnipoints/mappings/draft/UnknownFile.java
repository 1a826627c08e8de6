package omnipoints.mappings.draft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import omnipoints.files.Bundle;
import omnipoints.files.Container;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.Encoding;
import omnipoints.files.Limits;
import omnipoints.files.Part;
import omnipoints.files.RowSource;
import omnipoints.files.Workbook;
import omnipoints.mappings.Channels;

/**
 * The tables of a file of which no mapping is known, whatever container holds them. Reads each to
 * its end, in constant memory.
 */
final class UnknownFile {
  private static final char[] SEPARATORS = {',', '\t', ';'};

  private final Channels channels;
  private final Limits limits;

  /** Limits and encodings are those of all mappings in force together. */
  UnknownFile(Channels channels) {
    this.channels = channels;
    this.limits = channels.limits();
  }

  /**
   * The tables in the order of the file; empty if no row of it looks like a header.
   *
   * @throws DeliveryRefused nothing of it can be read
   */
  List<UnknownTable> tables(Path file, String name) {
    Optional<Bundle> bundle = channels.bundle(file, null, name);
    try {
      return bundle.isPresent() ? members(bundle.get(), name) : plain(file, name);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  private List<UnknownTable> members(Bundle bundle, String name) throws IOException {
    Path scratch = Files.createTempDirectory("omnipoints-new-");
    try {
      List<UnknownTable> tables = new ArrayList<>();
      List<Path> kept = new ArrayList<>();
      List<Bundle.Member> members =
          bundle.unpack(
              (member, bytes) -> {
                Path target = scratch.resolve(String.valueOf(kept.size()));
                kept.add(target);
                Files.copy(bytes, target);
                return target;
              });
      for (Bundle.Member member : members) {
        if (member.file() != null) tables.addAll(plain(member.file(), member.name()));
      }
      return tables;
    } finally {
      try (Stream<Path> left = Files.list(scratch)) {
        for (Path file : left.toList()) Files.delete(file);
      }
      Files.delete(scratch);
    }
  }

  private List<UnknownTable> plain(Path file, String name) throws IOException {
    if (Files.size(file) == 0) return List.of();
    Container container = Container.of(file);
    switch (container) {
      case TEXT, UTF_16LE, UTF_16BE -> {
        return text(file, name, channels.encoding(file, name));
      }
      case HTML -> {
        Encoding encoding = channels.encoding(file, name);
        try (Workbook page = Workbook.open(Part.Format.HTML, file, name, encoding, limits)) {
          return sheets(page, name, encoding);
        }
      }
      case ZIP -> {
        try (Workbook workbook =
            Workbook.open(Part.Format.XLSX, file, name, Encoding.XLSX, limits)) {
          return sheets(workbook, name, Encoding.XLSX);
        }
      }
      case OLE -> {
        try (Workbook workbook = Workbook.open(Part.Format.XLS, file, name, Encoding.XLS, limits)) {
          return sheets(workbook, name, Encoding.XLS);
        }
      }
      default ->
          throw new DeliveryRefused(
              DeliveryOutcome.NO_MAPPING,
              name + ": the file is " + container.words() + ", nothing here reads that",
              List.of("export it as XLSX, or as CSV in UTF-8 or GBK"));
    }
  }

  /** The separator under which the header has most names. */
  private List<UnknownTable> text(Path file, String name, Encoding encoding) {
    UnknownTable best = null;
    for (char separator : SEPARATORS) {
      UnknownTable table;
      try (RowSource source = RowSource.open(file, name, Part.text(separator), encoding, limits)) {
        table = UnknownTable.of(source, name, encoding, Part.text(separator));
      }
      if (table == null) continue;
      if (best == null || names(table) > names(best)) best = table;
    }
    return best == null ? List.of() : List.of(best);
  }

  private static int names(UnknownTable table) {
    return UnknownTable.names(table.header());
  }

  private static List<UnknownTable> sheets(Workbook workbook, String name, Encoding encoding) {
    List<UnknownTable> tables = new ArrayList<>();
    for (Part sheet : workbook.sheets()) {
      try (RowSource source = workbook.rows(sheet)) {
        UnknownTable table = UnknownTable.of(source, name, encoding, sheet);
        if (table != null) tables.add(table);
      }
    }
    return tables;
  }
}
