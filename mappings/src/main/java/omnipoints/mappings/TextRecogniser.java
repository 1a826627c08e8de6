package omnipoints.mappings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import omnipoints.files.Container;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.Encoding;
import omnipoints.files.EncodingProbe;
import omnipoints.files.Part;
import omnipoints.files.Refusals;
import omnipoints.files.RowSource;
import omnipoints.mappings.Recognition.Recognised;
import omnipoints.mappings.Recognition.Refused;

/**
 * Finds encoding, separator and document of a text file. The encoding is the first that decodes the
 * whole file, the separator the first under which a header is known: the data are never counted or
 * guessed at.
 */
final class TextRecogniser {
  private static final char[] SEPARATORS = {',', '\t', ';'};
  private static final int HEAD = 4096;

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
    boolean bom = bom();
    if (bom && Files.size(file) == 3) return onlyMark();
    if (!bom && looksWide()) {
      Recognition wide = recognise(Encoding.UTF_16LE);
      if (wide instanceof Recognised) return wide;
    }
    List<EncodingProbe> probes = probe(bom);
    EncodingProbe good = probes.stream().filter(EncodingProbe::decodes).findFirst().orElse(null);
    if (good != null && good.nulByte() >= 0) return nul(good);
    // A damaged UTF-8 file nearly always decodes as GB18030 nonsense: if the header says what it
    // was, say so.
    Recognition recognised = null;
    if (good != null) {
      recognised = byHeader(good.encoding(), true);
      if (!(recognised instanceof Refused refused)
          || refused.outcome() == DeliveryOutcome.AMBIGUOUS_MAPPING) {
        return recognised;
      }
    }
    List<EncodingProbe> failed = probes.stream().filter(probe -> !probe.decodes()).toList();
    for (EncodingProbe bad : failed) {
      if (byHeader(bad.encoding(), false) instanceof Recognised) {
        return Recognition.Refused.of(undecodable(bad, probes));
      }
    }
    return good != null ? recognised : Recognition.Refused.of(undecodable(failed.get(0), probes));
  }

  /** The file in the one encoding its byte order mark tells. */
  Recognition recognise(Encoding encoding) throws IOException {
    if (Files.size(file) == encoding.bomBytes()) return onlyMark();
    EncodingProbe probe = EncodingProbe.of(file, encoding);
    if (!probe.decodes()) return Recognition.Refused.of(undecodable(probe, List.of(probe)));
    if (probe.nulByte() >= 0) return nul(probe);
    return byHeader(encoding, true);
  }

  /** The first encoding that decodes the whole file, for readers that bring rows of their own. */
  Encoding encoding() throws IOException {
    if (Container.wide(file) != null) return Container.wide(file);
    List<EncodingProbe> probes = probe(bom());
    for (EncodingProbe probe : probes) if (probe.decodes()) return probe.encoding();
    throw undecodable(probes.get(0), probes);
  }

  private boolean bom() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(3);
      return head.length == 3
          && (head[0] & 0xff) == 0xef
          && (head[1] & 0xff) == 0xbb
          && (head[2] & 0xff) == 0xbf;
    }
  }

  /**
   * Whether the beginning can only be UTF-16LE: no eight-bit text has a NUL, and here they stand in
   * every place a Latin letter, digit or separator would put them, and in no other.
   */
  private boolean looksWide() throws IOException {
    if (willing.stream().noneMatch(channel -> channel.encodings().contains("utf-16"))) return false;
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    int odd = 0;
    for (int i = 0; i < head.length; i++) {
      if (head[i] != 0) continue;
      if (i % 2 == 0) return false;
      odd++;
    }
    return odd > 0;
  }

  private List<EncodingProbe> probe(boolean bom) throws IOException {
    List<EncodingProbe> probes = new ArrayList<>();
    if (bom) {
      probes.add(EncodingProbe.of(file, Encoding.UTF_8_BOM));
      return probes;
    }
    Set<Encoding> encodings = new LinkedHashSet<>();
    for (Channel channel : willing) {
      for (String name : channel.encodings()) {
        if (name.equals("utf-8")) encodings.add(Encoding.UTF_8);
        if (name.equals("gb18030")) encodings.add(Encoding.GB18030);
      }
    }
    if (encodings.isEmpty()) encodings.add(Encoding.UTF_8);
    for (Encoding encoding : encodings) {
      EncodingProbe probe = EncodingProbe.of(file, encoding);
      probes.add(probe);
      if (probe.decodes()) break;
    }
    return probes;
  }

  private DeliveryRefused undecodable(EncodingProbe bad, List<EncodingProbe> probes) {
    if (bad.torn()) {
      return Refusals.torn(
          fileName, "the file ends inside a character of " + bad.encoding() + ": it is torn");
    }
    String tried =
        probes.stream()
            .filter(probe -> !probe.decodes())
            .map(probe -> probe.encoding() + " fails at byte " + probe.badByte())
            .collect(Collectors.joining(", "));
    return Refusals.broken(fileName, "the bytes are no text: " + tried);
  }

  private Refused nul(EncodingProbe probe) {
    String rule = "byte " + probe.nulByte() + " is NUL: this is no text file";
    return Recognition.Refused.of(Refusals.broken(fileName, rule));
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
    if (nearest.damage != null) return Recognition.Refused.of(nearest.damage);
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
