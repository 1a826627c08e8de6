package omnipoints.points;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads points programmes: the shipped ones, or the installation's own of the same name. */
public final class Programs {
  private static final Schema SCHEMA = schema();

  private Programs() {}

  /**
   * The programme {@code name}: {@code <homePrograms>/<name>.yaml} if it exists, else the shipped
   * one.
   *
   * @param homePrograms the installation's own programmes, or null
   * @throws ProgramRefused listing every problem with file and line
   */
  public static Program load(String name, Path homePrograms) {
    Path own = homePrograms == null ? null : homePrograms.resolve(name + ".yaml");
    if (own != null && Files.exists(own)) return parse(name, own.toString(), bytesOf(own));
    byte[] shipped = resource(name + ".yaml");
    if (shipped == null) {
      throw new ProgramRefused(
          name,
          List.of(
              (own == null ? name + ".yaml" : own)
                  + ":0: no such programme; shipped are base and demo, "
                  + "an own one goes to the home's programs/"
                  + name
                  + ".yaml"));
    }
    return parse(name, "programs/" + name + ".yaml", shipped);
  }

  static Program parse(String name, String file, byte[] bytes) {
    YamlTree tree = YamlTree.parse(text(name, file, bytes));
    List<YamlTree.Problem> problems = new ArrayList<>(tree.problems());
    if (tree.root() != null) {
      addWhatTheSchemaSays(tree, problems);
      addWhatTheSchemaCannotSay(name, tree, problems);
    }
    if (!problems.isEmpty()) {
      problems.sort(
          Comparator.comparingInt(YamlTree.Problem::line).thenComparing(YamlTree.Problem::message));
      throw new ProgramRefused(
          name,
          problems.stream()
              .map(p -> file + ":" + p.line() + ": " + p.message())
              .distinct()
              .toList());
    }
    return program(tree.root(), sha256(bytes));
  }

  private static void addWhatTheSchemaCannotSay(
      String name, YamlTree tree, List<YamlTree.Problem> problems) {
    JsonNode root = tree.root();
    JsonNode program = root.path("program");
    if (program.isString() && !program.stringValue().equals(name)) {
      problems.add(
          new YamlTree.Problem(
              tree.lineOf("/program"),
              "program: is '"
                  + program.stringValue()
                  + "' but the file is called "
                  + name
                  + ".yaml; make them equal"));
    }
    JsonNode from = root.path("effective_from");
    if (from.isString()
        && from.stringValue().length() == 10
        && dateOf(from.stringValue()) == null) {
      problems.add(
          new YamlTree.Problem(
              tree.lineOf("/effective_from"),
              "effective_from: " + from.stringValue() + " is no date of the calendar"));
    }
    JsonNode expiry = root.path("expiry");
    String kind = expiry.path("kind").isString() ? expiry.path("kind").stringValue() : "";
    String length = expiry.path("length").isString() ? expiry.path("length").stringValue() : "";
    if (kind.equals("rolling") || kind.equals("fixed")) {
      for (String key : List.of("length", "start")) {
        if (expiry.path(key).isMissingNode()) {
          problems.add(
              new YamlTree.Problem(
                  tree.lineOf("/expiry"),
                  "expiry." + key + ": missing; kind " + kind + " needs it"));
        }
      }
    }
    if (kind.equals("fixed") && length.endsWith("d")) {
      problems.add(
          new YamlTree.Problem(
              tree.lineOf("/expiry/length"),
              "expiry.length: "
                  + length
                  + " has no calendar end; kind fixed takes months or years such as 1m or 1y"));
    }
  }

  /** A value of the wrong type is reported once, not for its size or pattern as well. */
  private static void addWhatTheSchemaSays(YamlTree tree, List<YamlTree.Problem> problems) {
    List<Error> errors = SCHEMA.validate(tree.root());
    Set<String> wrongType = new HashSet<>();
    for (Error error : errors) if (error.getKeyword().equals("type")) wrongType.add(pointer(error));
    for (Error error : errors) {
      if (error.getKeyword().equals("type") || !wrongType.contains(pointer(error)))
        problems.add(explain(tree, error));
    }
  }

  /** In our own words: the library's are translated to the language of the machine. */
  private static YamlTree.Problem explain(YamlTree tree, Error error) {
    String pointer = pointer(error);
    String name = pointer.isEmpty() ? "the programme" : pointer.substring(1).replace('/', '.');
    String inside = pointer.isEmpty() ? "" : name + ".";
    JsonNode value = tree.root().at(pointer);
    String given = name + ": " + (value.isString() ? value.stringValue() : value.toString());
    JsonNode asked = error.getSchemaNode();
    String message =
        switch (error.getKeyword()) {
          case "required" -> inside + error.getProperty() + ": missing";
          case "additionalProperties" ->
              inside
                  + error.getProperty()
                  + ": unknown key; known here are "
                  + String.join(", ", schemaOf(error).path("properties").propertyNames());
          case "enum" -> given + " is not one of " + listed(asked);
          case "type" -> given + " is no " + asked.asString();
          case "minimum" -> given + " is less than " + asked;
          case "maximum" -> given + " is more than " + asked;
          case "pattern" ->
              given
                  + " does not match "
                  + asked.asString()
                  + ": "
                  + schemaOf(error).path("description").asString();
          case "maxItems" ->
              given
                  + " is more than "
                  + asked
                  + " entries: "
                  + schemaOf(error).path("description").asString();
          default -> given + " " + error.getMessage();
        };
    String at =
        error.getKeyword().equals("additionalProperties")
            ? pointer + "/" + error.getProperty()
            : pointer;
    return new YamlTree.Problem(tree.lineOf(at), message);
  }

  private static String pointer(Error error) {
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      pointer.append('/').append(error.getInstanceLocation().getElement(i));
    }
    return pointer.toString();
  }

  private static JsonNode schemaOf(Error error) {
    JsonNode node = SCHEMA.getSchemaNode();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      node =
          node.path("properties").path(String.valueOf(error.getInstanceLocation().getElement(i)));
    }
    return node;
  }

  private static String listed(JsonNode values) {
    StringBuilder list = new StringBuilder();
    for (JsonNode value : values) list.append(list.isEmpty() ? "" : ", ").append(value.asString());
    return list.toString();
  }

  private static Program program(JsonNode root, String hash) {
    JsonNode earn = root.path("earn");
    JsonNode expiry = root.path("expiry");
    return new Program(
        root.path("program").stringValue(),
        root.path("version").intValue(),
        dateOf(root.path("effective_from").stringValue()),
        new Program.Earn(
            earn.path("per_fen").longValue(),
            earn.path("points").longValue(),
            PinnedRule.Mode.valueOf(upper(earn.path("mode"))),
            PinnedRule.Rounding.valueOf(upper(earn.path("rounding"))),
            Program.Scope.valueOf(upper(earn.path("scope")))),
        new Program.Hold(root.path("hold").path("days").intValue()),
        expiry(expiry),
        new Program.Debt(Program.DebtPolicy.ALLOW),
        new Program.Returns(
            root.has("returns")
                ? Program.Unlinked.valueOf(upper(root.path("returns").path("unlinked")))
                : Program.Unlinked.CLAWBACK,
            root.path("returns").path("match_days").asInt(90)),
        new Program.Claim(root.has("claim") ? root.path("claim").path("days").intValue() : 90),
        hash);
  }

  private static Program.Expiry expiry(JsonNode node) {
    Program.ExpiryKind kind = Program.ExpiryKind.valueOf(upper(node.path("kind")));
    if (kind == Program.ExpiryKind.NEVER) return new Program.Expiry(kind, 0, null);
    String length = node.path("length").stringValue();
    Program.ExpiryUnit unit =
        switch (length.charAt(length.length() - 1)) {
          case 'd' -> Program.ExpiryUnit.DAY;
          case 'm' -> Program.ExpiryUnit.MONTH;
          default -> Program.ExpiryUnit.YEAR;
        };
    return new Program.Expiry(
        kind, Integer.parseInt(length.substring(0, length.length() - 1)), unit);
  }

  private static String upper(JsonNode node) {
    return node.stringValue().toUpperCase(Locale.ROOT);
  }

  private static LocalDate dateOf(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String text(String name, String file, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ProgramRefused(name, List.of(file + ":0: not UTF-8; save the file as UTF-8"));
    }
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = Programs.class.getResourceAsStream("/programs/" + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema schema() {
    String text = new String(resource("program.schema.json"), StandardCharsets.UTF_8);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text, InputFormat.JSON);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
