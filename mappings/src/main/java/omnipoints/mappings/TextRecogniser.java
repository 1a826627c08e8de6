package omnipoints.mappings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.Encoding;
import omnipoints.files.Part;
import omnipoints.files.RowSource;
import omnipoints.files.TextEncodings;
import omnipoints.mappings.Recognition.Recognised;
import omnipoints.mappings.Recognition.Refused;

/**
 * Finds encoding, separator and document of a text file. The encoding is the first that decodes the
 * whole file, the separator the first under which a header is known: the data are never counted or
 * guessed at.
 */
final class TextRecogniser {
  private static final char[] SEPARATORS = {',', '\t', ';'};

  private final Channels channels;
  private final List<Channel> willing;
  private final Path file;
  private final String fileName;

  TextRecogniser(Channels channels, List<Channel> willing, Path file, String fileName) {
    this.channels = channels;
    this.willing = willing;
    this.file = file;
    this.fileName = fileName;
  }

  Recognition recognise() throws IOException {
    boolean marked = TextEncodings.marked(file).isPresent();
    if (marked && Files.size(file) == Encoding.UTF_8_BOM.bomBytes()) return onlyMark();
    if (!marked && anyReads("utf-16") && TextEncodings.looksWide(file)) {
      Recognition wide = recognise(Encoding.UTF_16LE);
      if (wide instanceof Recognised) return wide;
    }
    TextEncodings tried = TextEncodings.of(file, fileName, encodings());
    if (tried.nul().isPresent()) return Refused.of(tried.nul().get());
    // A damaged UTF-8 file nearly always decodes as GB18030 nonsense: if the header says what it
    // was, say so.
    Recognition recognised = null;
    if (tried.good().isPresent()) {
      recognised = byHeader(tried.good().get(), true);
      if (!(recognised instanceof Refused refused)
          || refused.outcome() == DeliveryOutcome.AMBIGUOUS_MAPPING) {
        return recognised;
      }
    }
    for (Encoding failed : tried.failed()) {
      if (byHeader(failed, false) instanceof Recognised) {
        return Refused.of(tried.undecodable(failed));
      }
    }
    return recognised != null ? recognised : Refused.of(tried.undecodable(tried.failed().get(0)));
  }

  /** The file in the one encoding its byte order mark tells. */
  Recognition recognise(Encoding encoding) throws IOException {
    if (Files.size(file) == encoding.bomBytes()) return onlyMark();
    TextEncodings tried = TextEncodings.of(file, fileName, List.of(encoding));
    if (tried.good().isEmpty()) return Refused.of(tried.undecodable(encoding));
    if (tried.nul().isPresent()) return Refused.of(tried.nul().get());
    return byHeader(encoding, true);
  }

  /** The first encoding that decodes the whole file, for readers that bring rows of their own. */
  Encoding encoding() throws IOException {
    Optional<Encoding> marked = TextEncodings.marked(file).filter(Encoding::wide);
    if (marked.isPresent()) return marked.get();
    TextEncodings tried = TextEncodings.of(file, fileName, encodings());
    return tried.good().orElseThrow(() -> tried.undecodable(tried.failed().get(0)));
  }

  private boolean anyReads(String encoding) {
    return willing.stream().anyMatch(channel -> channel.encodings().contains(encoding));
  }

  /** The encodings without a mark that any of the channels declares. */
  private Set<Encoding> encodings() {
    Set<Encoding> encodings = new LinkedHashSet<>();
    for (Channel channel : willing) {
      for (String name : channel.encodings()) {
        if (name.equals("utf-8")) encodings.add(Encoding.UTF_8);
        if (name.equals("gb18030")) encodings.add(Encoding.GB18030);
      }
    }
    if (encodings.isEmpty()) encodings.add(Encoding.UTF_8);
    return encodings;
  }

  private Refused onlyMark() {
    return Recogniser.empty(fileName, "the file holds nothing but a byte order mark");
  }

  private Recognition byHeader(Encoding encoding, boolean strict) {
    Attempt nearest = null;
    for (char separator : SEPARATORS) {
      Attempt attempt = new Attempt(encoding, separator);
      attempt.make(strict);
      if (attempt.found.size() == 1) return attempt.found.get(0);
      if (attempt.found.size() > 1) return ambiguous(attempt.found);
      if (nearest == null || attempt.search.near() > nearest.search.near()) nearest = attempt;
    }
    if (nearest.damage != null) return Refused.of(nearest.damage);
    if (nearest.search.rows() == 0) {
      return Recogniser.empty(fileName, "the file holds nothing but blank rows");
    }
    return Recogniser.noMapping(
        fileName,
        encoding.toString(),
        Map.of("", nearest.search.whyNot()),
        nearest.search.nearest());
  }

  /** The file read with one separator. */
  private final class Attempt {
    private final Encoding encoding;
    private final Part part;
    private final HeaderSearch search = new HeaderSearch();
    private final List<Recognised> found = new ArrayList<>();
    private DeliveryRefused damage;

    Attempt(Encoding encoding, char separator) {
      this.encoding = encoding;
      this.part = Part.text(separator);
    }

    void make(boolean strict) {
      for (Channel channel : willing) {
        if (!channel.encodings().contains(encoding.declared())) continue;
        try (RowSource source =
            strict
                ? RowSource.open(file, fileName, part, encoding, channel.limits())
                : RowSource.glance(file, fileName, part, encoding, channel.limits())) {
          search.in(source, channel, one -> found.add(recognised(channel, one)));
        } catch (DeliveryRefused e) {
          damage = e;
        }
      }
    }

    private Recognised recognised(Channel channel, HeaderSearch.Found one) {
      return new Recognised(
          channel,
          one.document(),
          encoding,
          fileName,
          one.header().row(),
          one.header().cells(),
          channels,
          part);
    }
  }

  private Refused ambiguous(List<Recognised> found) {
    String titles =
        found.stream().map(one -> one.document().title()).collect(Collectors.joining(" and "));
    return Recogniser.ambiguous(fileName, "both " + titles + " recognise this file");
  }
}
