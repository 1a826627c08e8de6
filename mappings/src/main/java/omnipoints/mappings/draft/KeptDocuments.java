package omnipoints.mappings.draft;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a shipped template reads already, the answers of an API: a mapping of the home takes its
 * place, and must not lose them.
 */
final class KeptDocuments {
  private static final String VOCABULARIES = "\nvocabularies:\n";
  private static final String DOCUMENTS = "\ndocuments:\n";

  private KeptDocuments() {}

  /** The drafted mapping with the vocabularies and documents of the shipped one of that name. */
  static String with(String code, String drafted) {
    String shipped = shipped(code);
    int documents = shipped.indexOf(DOCUMENTS);
    if (documents < 0) return drafted;
    int words = shipped.indexOf(VOCABULARIES);
    String vocabularies =
        words < 0 ? "" : shipped.substring(words + VOCABULARIES.length(), documents + 1);
    String kept = drafted + "\n" + shipped.substring(documents + DOCUMENTS.length());
    String head = kept.contains(VOCABULARIES) ? VOCABULARIES : DOCUMENTS;
    int at = kept.indexOf(head);
    String begun =
        head.equals(VOCABULARIES)
            ? VOCABULARIES + vocabularies
            : VOCABULARIES + vocabularies + DOCUMENTS;
    return kept.substring(0, at) + begun + kept.substring(at + head.length());
  }

  private static String shipped(String code) {
    String resource = "/channels/" + code + ".yaml";
    try (InputStream in = KeptDocuments.class.getResourceAsStream(resource)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read from the class path", e);
    }
  }
}
