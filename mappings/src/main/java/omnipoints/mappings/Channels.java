package omnipoints.mappings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import omnipoints.facts.Sha256;
import omnipoints.files.Bundle;
import omnipoints.files.Encoding;
import omnipoints.files.Limits;
import omnipoints.files.yaml.Problems;
import omnipoints.files.yaml.SetupFailed;

/**
 * All channel mappings in force: the shipped ones, overridden or extended by those of a home.
 * Thread-safe.
 */
public final class Channels {
  /** Channel codes of the product; those whose mapping exists are shipped on the class path. */
  private static final List<String> PRODUCT_CODES =
      List.of("tmall", "jd", "douyin", "vipshop", "wechat_store", "youzan", "pos", "program");

  /** The schema of mappings as a file beside them, by which an editor completes and explains. */
  public static final String SCHEMA = "channel.schema.json";

  private final Map<String, Channel> byCode;
  private final String hash;

  private Channels(Map<String, Channel> byCode) {
    this.byCode = byCode;
    StringBuilder all = new StringBuilder();
    byCode
        .values()
        .forEach(
            channel -> all.append(channel.code()).append(' ').append(channel.hash()).append('\n'));
    this.hash = Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Loads the shipped mappings and those of {@code homeMappings} ({@code <code>.yaml}), which
   * replace a shipped one of the same code as a whole or add a channel.
   *
   * @param homeMappingsOrNull a folder; null or an absent folder means the shipped mappings only
   * @throws SetupFailed with every problem of every file
   */
  public static Channels load(Path homeMappingsOrNull) {
    Problems problems = new Problems();
    Map<String, Source> sources = new TreeMap<>();
    if (homeMappingsOrNull != null && Files.isDirectory(homeMappingsOrNull)) {
      ofHome(homeMappingsOrNull, sources, problems);
    }
    Map<String, Channel> channels = new TreeMap<>(Shipped.CHANNELS);
    channels.putAll(read(sources, problems));
    problems.throwIfAny("the channel mappings cannot be used");
    return new Channels(channels);
  }

  private static Map<String, Channel> read(Map<String, Source> sources, Problems problems) {
    Map<String, Channel> channels = new TreeMap<>();
    sources.forEach(
        (code, source) -> {
          Channel channel = ChannelYaml.read(source.name, code, source.bytes, problems);
          if (channel != null) channels.put(code, channel);
        });
    return channels;
  }

  /** Read with the first use: nobody edits them. */
  private static final class Shipped {
    static final Map<String, Channel> CHANNELS = all();

    private static Map<String, Channel> all() {
      Problems problems = new Problems();
      Map<String, Source> sources = new TreeMap<>();
      for (String code : PRODUCT_CODES) shipped(code, sources);
      Map<String, Channel> channels = read(sources, problems);
      problems.throwIfAny("the shipped channel mappings cannot be used");
      return channels;
    }
  }

  private record Source(String name, byte[] bytes) {}

  private static void shipped(String code, Map<String, Source> sources) {
    String resource = "channels/" + code + ".yaml";
    try (InputStream in = Channels.class.getClassLoader().getResourceAsStream(resource)) {
      if (in != null) sources.put(code, new Source(resource, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read from the class path", e);
    }
  }

  private static void ofHome(Path folder, Map<String, Source> sources, Problems problems) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      found.sort(null);
      for (Path file : found) {
        String name = file.getFileName().toString();
        if (name.startsWith(".") || Files.isDirectory(file) || name.endsWith(".md")) continue;
        // For the editor, not for us: what counts is the schema this version was built with.
        if (name.equals(SCHEMA)) continue;
        if (!name.endsWith(".yaml")) {
          problems.add(
              file.toString(),
              0,
              "a mapping is called <channel>.yaml; rename the file or take it away");
          continue;
        }
        String code = name.substring(0, name.length() - ".yaml".length());
        sources.put(code, new Source(file.toString(), Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the mappings in " + folder + " cannot be read", e);
    }
  }

  /** Bytes of the schema of this version, to be laid beside mappings as {@link #SCHEMA}. */
  public static byte[] schema() {
    try (InputStream in = Channels.class.getResourceAsStream("/channels/" + SCHEMA)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(SCHEMA + " cannot be read from the class path", e);
    }
  }

  /**
   * One channel alone, as a mapping that was just written describes it.
   *
   * @throws SetupFailed with everything that is wrong with it
   */
  public static Channels written(String code, String yaml) {
    Problems problems = new Problems();
    Channel channel =
        ChannelYaml.read(code + ".yaml", code, yaml.getBytes(StandardCharsets.UTF_8), problems);
    problems.throwIfAny("the mapping that was just written cannot be used");
    return new Channels(Map.of(code, channel));
  }

  /** As if that channel had no mapping. */
  Channels without(String code) {
    Map<String, Channel> others = new TreeMap<>(byCode);
    others.remove(code);
    return new Channels(others);
  }

  /** Codes of all channels, sorted. */
  public List<String> codes() {
    return List.copyOf(byCode.keySet());
  }

  /** The channel of that code; IllegalArgumentException names the known ones. */
  public Channel channel(String code) {
    Channel channel = byCode.get(code);
    if (channel == null) {
      throw new IllegalArgumentException(
          "no channel " + code + "; known are " + String.join(", ", codes()));
    }
    return channel;
  }

  boolean knows(String code) {
    return byCode.containsKey(code);
  }

  /**
   * The channel whose buyers have tokens of that kind; empty for one that no mapping knows. Cards,
   * phones and unionids are of no channel.
   */
  Optional<Channel> issuer(String kind) {
    Optional<Channel> declared =
        byCode.values().stream().filter(one -> kind.equals(one.platformToken())).findFirst();
    if (declared.isPresent()) return declared;
    return byCode.values().stream()
        .filter(
            one ->
                one.documents().stream()
                    .flatMap(document -> document.fields().values().stream())
                    .anyMatch(field -> kind.equals(field.token())))
        .findFirst();
  }

  /** How a document of ours may name people: the kinds of tokens there are. */
  public List<String> tokenKinds() {
    List<String> kinds = new ArrayList<>(List.of("card", "phone", "unionid", "member_id"));
    byCode.values().stream()
        .map(Channel::platformToken)
        .filter(kind -> kind != null && !kinds.contains(kind))
        .forEach(kinds::add);
    return List.copyOf(kinds);
  }

  /** SHA-256 hex over the codes and hashes of all channels: pins a run to its mappings. */
  public String hash() {
    return hash;
  }

  /**
   * The bundle a file is: an archive whose members are to be read instead of it. Empty for every
   * other file.
   *
   * @param channelCodeOrNull whose limits and skipped members hold; null = the widest limits
   * @param fileName name for messages and for the names of the members
   */
  public Optional<Bundle> bundle(Path file, String channelCodeOrNull, String fileName) {
    List<Channel> candidates = candidates(channelCodeOrNull);
    // Nobody's rules hold while the channel is not known.
    List<String> skipped = candidates.size() == 1 ? candidates.get(0).skipMembers() : List.of();
    return Bundle.in(file, fileName, Recogniser.widest(candidates), skipped);
  }

  /** The widest limits of any mapping: for a file that none is known to read. */
  public Limits limits() {
    return Recogniser.widest(all());
  }

  /**
   * The encoding of a text file that no mapping reads, found among those of all mappings.
   *
   * @param fileName name for messages
   * @throws omnipoints.files.DeliveryRefused it is none of them
   */
  public Encoding encoding(Path file, String fileName) throws IOException {
    return new TextRecogniser(this, all(), file, fileName).encoding();
  }

  private List<Channel> candidates(String channelCodeOrNull) {
    return channelCodeOrNull == null
        ? List.copyOf(byCode.values())
        : List.of(channel(channelCodeOrNull));
  }

  /**
   * Finds the document a file is, or the documents among its sheets. Reads the whole text file
   * once, to be sure of its encoding, in constant memory; of a workbook the first rows of its
   * sheets. A file that only another channel knows is refused with that channel's name.
   *
   * @param channelCodeOrNull look at this channel only; null = at all
   * @param fileName name for messages: the file itself may lie in the archive under its hash
   */
  public Recognition recognise(Path file, String channelCodeOrNull, String fileName) {
    Recognition here =
        new Recogniser(this, candidates(channelCodeOrNull), file, fileName).recognise();
    if (channelCodeOrNull == null
        || !(here instanceof Recognition.Refused refused)
        || refused.others().isEmpty()) return here;
    return new Recogniser(this, without(channelCodeOrNull).all(), file, fileName)
        .recognise().parts().stream()
            .findFirst()
            .<Recognition>map(known -> Recogniser.elsewhere(refused, known))
            .orElse(here);
  }

  private List<Channel> all() {
    return List.copyOf(byCode.values());
  }
}
