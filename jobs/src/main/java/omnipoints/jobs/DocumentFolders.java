package omnipoints.jobs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import omnipoints.files.DeliveryOutcome;
import omnipoints.mappings.Channels;
import omnipoints.mappings.Recognition;
import omnipoints.mappings.Recognition.Recognised;
import tools.jackson.databind.JsonNode;

/**
 * Which folder of the inbox may deliver which of our own documents, as the section {@code
 * documents} of omnipoints.yaml says.
 *
 * @param named documents by folder, {@code <channel>} or {@code <channel>/<shop>}, sorted; a folder
 *     of the channel program that is not named may deliver all of them, any other one none
 */
public record DocumentFolders(Map<String, Set<String>> named) {

  /** The channel whose mapping describes our own documents. */
  public static final String PROGRAM = "program";

  /** What holds where nothing is said. */
  static final DocumentFolders NONE = new DocumentFolders(Map.of());

  private static final String WANTED = "{FOLDER: [documents]}, such as {mall: [redemption]}";

  /**
   * Reads the section.
   *
   * @param problem takes path and sentence of what is wrong
   */
  static DocumentFolders read(JsonNode section, BiConsumer<String, String> problem) {
    if (section.isMissingNode() || section.isNull()) return NONE;
    if (!section.isObject()) {
      problem.accept("documents", WANTED + " is needed");
      return NONE;
    }
    var named = new TreeMap<String, Set<String>>();
    for (Map.Entry<String, JsonNode> folder : section.properties()) {
      String at = "documents." + folder.getKey();
      if (!folder.getKey().matches("[a-z][a-z0-9_]*(/[^/.][^/]*)?"))
        problem.accept(at, "a folder below inbox/ is meant: <channel> or <channel>/<shop>");
      var documents = new TreeSet<String>();
      for (JsonNode one : folder.getValue())
        if (one.isString() && !one.asString().isBlank()) documents.add(one.asString().strip());
      if (documents.isEmpty() || documents.size() != folder.getValue().size())
        problem.accept(at, "a list of different documents is needed, such as [redemption]");
      named.put(folder.getKey(), documents);
    }
    return new DocumentFolders(named);
  }

  /** Channels of the named folders. */
  Set<String> channels() {
    var channels = new TreeSet<String>();
    named.keySet().forEach(folder -> channels.add(folder.split("/")[0]));
    return channels;
  }

  /** What the folder of a file may deliver of our own; null: nobody says so. */
  private Set<String> of(String channel, String shop) {
    Set<String> ofShop = named.get(channel + "/" + shop);
    return ofShop != null ? ofShop : named.get(channel);
  }

  /**
   * What a file is: a document of its channel, or one of our own where its folder may deliver that.
   *
   * @param shop of its folder, empty for none
   * @param name for messages
   */
  public static Recognition recognise(
      Home home,
      Channels channels,
      String channel,
      String shop,
      java.nio.file.Path file,
      String name) {
    String mapping = home.mapping(channel);
    DocumentFolders folders = home.config().documents();
    Set<String> own = folders.of(channel, shop);
    Recognition here = channels.recognise(file, mapping, name);
    if (own != null && !mapping.equals(PROGRAM) && here.parts().isEmpty()) {
      Recognition ours = channels.recognise(file, PROGRAM, name);
      if (!ours.parts().isEmpty()) here = ours;
    }
    if (own == null) return here;
    for (Recognised part : here.parts()) {
      String document = part.document().name();
      if (part.channel().code().equals(PROGRAM) && !own.contains(document))
        return refused(name, channel, shop, document, own);
    }
    return here;
  }

  private static Recognition refused(
      String name, String channel, String shop, String document, Set<String> own) {
    String folder = "inbox/" + channel + (shop.isEmpty() ? "" : "/" + shop);
    return new Recognition.Refused(
        DeliveryOutcome.NO_MAPPING,
        name
            + ": the folder "
            + folder
            + " may not deliver the document "
            + document
            + "; documents: in omnipoints.yaml lets it deliver "
            + String.join(", ", own),
        List.of(
            "deliver it by a folder that may, or add "
                + document
                + " to documents."
                + channel
                + " in omnipoints.yaml"));
  }
}
