package omnipoints.mappings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import omnipoints.files.Encoding;
import omnipoints.files.JsonRows;
import omnipoints.files.Part;
import omnipoints.files.TextEncodings;
import omnipoints.mappings.Recognition.Recognised;

/**
 * Finds the document of a JSON text by its shape: where its rows stand, and which keys the first of
 * them has.
 */
final class JsonRecogniser {
  private final Channels channels;
  private final List<Channel> willing;
  private final Path file;
  private final String fileName;
  private final List<Recognised> found = new ArrayList<>();
  private final List<String> empty = new ArrayList<>();
  private final List<String> whyNot = new ArrayList<>();

  JsonRecogniser(Channels channels, List<Channel> willing, Path file, String fileName) {
    this.channels = channels;
    this.willing = willing;
    this.file = file;
    this.fileName = fileName;
  }

  Recognition recognise() throws IOException {
    Encoding encoding =
        TextEncodings.marked(file).isPresent() ? Encoding.UTF_8_BOM : Encoding.UTF_8;
    for (Channel channel : willing)
      for (Document document : channel.documents())
        if (document.json() != null)
          for (String each : document.json().each()) look(channel, document, each, encoding);
    if (found.size() == 1) return found.get(0);
    if (found.size() > 1) {
      String titles =
          found.stream().map(one -> one.document().title()).collect(Collectors.joining(" and "));
      return Recogniser.ambiguous(fileName, "both " + titles + " recognise this file");
    }
    if (!empty.isEmpty())
      return Recogniser.empty(fileName, "no row stands at " + String.join(" or ", empty));
    return Recogniser.noMapping(fileName, "JSON", reasons(), null);
  }

  private Map<String, List<String>> reasons() {
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    if (whyNot.isEmpty()) whyNot.add("no mapping of these channels reads JSON");
    reasons.put("", List.copyOf(whyNot));
    return reasons;
  }

  private void look(Channel channel, Document document, String each, Encoding encoding) {
    Optional<Set<String>> seen;
    try (JsonRows rows =
        JsonRows.open(file, fileName, encoding, document.json().at(each), channel.limits())) {
      seen = rows.glance();
    }
    if (seen.isEmpty()) {
      whyNot.add(document.title() + ": nothing stands at " + each);
      return;
    }
    if (seen.get().isEmpty()) {
      empty.add(each);
      return;
    }
    List<String> missing = missing(document, seen.get());
    if (!missing.isEmpty()) {
      whyNot.add(document.title() + ": the first row lacks " + String.join(", ", missing));
      return;
    }
    found.add(
        new Recognised(
            channel,
            document,
            encoding,
            fileName,
            0,
            document.json().columns(),
            channels,
            Part.json(each)));
  }

  /** Required fields none of whose paths the first row has. */
  private static List<String> missing(Document document, Set<String> seen) {
    return document.fields().values().stream()
        .filter(field -> field.need() != Field.Need.OPTIONAL)
        .filter(
            field ->
                !seen.contains(field.columns().get(0))
                    && field.fallbacks().stream().noneMatch(seen::contains))
        .map(Field::columnNames)
        .toList();
  }
}
