package omnipoints.points;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import omnipoints.facts.Sha256;
import omnipoints.files.yaml.Problem;
import omnipoints.files.yaml.Problems;
import omnipoints.files.yaml.YamlSource;
import tools.jackson.databind.JsonNode;

/** Reads points programmes: the shipped ones, or the installation's own of the same name. */
public final class Programs {
  private static final Schema SCHEMA = schema();

  /** A thousand points for a yuan; more is a slip, and one that no return repairs. */
  private static final BigInteger MOST_POINTS_PER_FEN = BigInteger.TEN;

  private static final YamlSource.Wording WORDING =
      new YamlSource.Wording() {
        @Override
        public String broken(String why) {
          return "not YAML: " + why;
        }

        @Override
        public String second() {
          return "a second document: keep one per file";
        }

        @Override
        public String twice(String key, int first) {
          return key + ": given twice, first in line " + first;
        }
      };

  private Programs() {}

  /**
   * The programme {@code name}: the versions in {@code <homePrograms>/<name>.yaml} and {@code
   * <homePrograms>/<name>/<version>.yaml}, and the shipped {@code <name>.yaml} where the home gives
   * neither that file nor that version.
   *
   * @param homePrograms the installation's own programmes, or null
   * @throws ProgramRefused listing every problem with file and line
   */
  public static Programme load(String name, Path homePrograms) {
    List<Program> versions = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Path own = homePrograms == null ? null : homePrograms.resolve(name + ".yaml");
    boolean replaced = own != null && Files.exists(own);
    if (replaced) read(() -> parse(name, own.toString(), bytesOf(own)), versions, problems);
    for (Path file : versionFiles(name, homePrograms, problems))
      read(() -> ofVersionFile(name, file), versions, problems);
    byte[] shipped = replaced ? null : resource(name + ".yaml");
    if (shipped != null) {
      Program ours = parse(name, "programs/" + name + ".yaml", shipped);
      if (versions.stream().noneMatch(v -> v.version() == ours.version())) versions.add(ours);
    }
    if (versions.isEmpty() && problems.isEmpty()) {
      problems.add(
          (own == null ? name + ".yaml" : own)
              + ":0: no such programme; shipped are base and demo, "
              + "an own one goes to the home's programs/"
              + name
              + ".yaml");
    }
    if (!problems.isEmpty()) throw new ProgramRefused(name, problems);
    return new Programme(name, versions);
  }

  private static void read(
      Supplier<Program> version, List<Program> versions, List<String> problems) {
    try {
      versions.add(version.get());
    } catch (ProgramRefused e) {
      problems.addAll(e.problems());
    }
  }

  /** Files {@code <name>/<version>.yaml}; a YAML file of another name there is a problem. */
  private static List<Path> versionFiles(String name, Path homePrograms, List<String> problems) {
    Path folder = homePrograms == null ? null : homePrograms.resolve(name);
    if (folder == null || !Files.isDirectory(folder)) return List.of();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.sorted().toList()) {
        String called = file.getFileName().toString();
        if (called.matches("[1-9][0-9]{0,9}\\.yaml")) files.add(file);
        else if (called.matches("[^.].*\\.ya?ml"))
          problems.add(file + ":0: a version's file is called by its number, such as 2.yaml");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static Program ofVersionFile(String name, Path file) {
    Program version = parse(name, file.toString(), bytesOf(file));
    String called = file.getFileName().toString();
    if (called.equals(version.version() + ".yaml")) return version;
    throw new ProgramRefused(
        name,
        List.of(
            version.source().versionAt()
                + ": version: is "
                + version.version()
                + " but the file is called "
                + called
                + "; make them equal"));
  }

  /**
   * A version that has booked, as the books keep it.
   *
   * @param source what stood in its file then
   * @param hash of that file's bytes
   * @throws ProgramRefused when this code does not read it any more
   */
  public static Program booked(String name, int version, String source, String hash) {
    String file = "booked " + name + " version " + version;
    Program read = parse(name, file, source.getBytes(StandardCharsets.UTF_8));
    return read.from(new Program.Source(file, source, hash, 0, 0));
  }

  static Program parse(String name, String file, byte[] bytes) {
    String text = text(name, file, bytes);
    Problems problems = new Problems();
    YamlSource source = YamlSource.parse(file, text, problems, WORDING);
    if (source.root() != null) {
      addWhatTheSchemaSays(source);
      addWhatTheSchemaCannotSay(name, source);
    }
    if (!problems.isEmpty()) {
      throw new ProgramRefused(
          name,
          problems.all().stream()
              .sorted(Comparator.comparingInt(Problem::line).thenComparing(Problem::message))
              .map(p -> file + ":" + p.line() + ": " + p.message())
              .toList());
    }
    return program(
        source.root(),
        new Program.Source(
            file,
            text,
            Sha256.hex(bytes),
            source.line("/version"),
            source.line("/effective_from")));
  }

  private static void addWhatTheSchemaCannotSay(String name, YamlSource source) {
    JsonNode root = source.root();
    JsonNode program = root.path("program");
    if (program.isString() && !program.stringValue().equals(name)) {
      source.problem(
          "/program",
          "program: is '"
              + program.stringValue()
              + "' but the file belongs to "
              + name
              + "; make them equal");
    }
    JsonNode from = root.path("effective_from");
    if (from.isString()
        && from.stringValue().length() == 10
        && dateOf(from.stringValue()) == null) {
      source.problem(
          "/effective_from",
          "effective_from: " + from.stringValue() + " is no date of the calendar");
    }
    JsonNode earn = root.path("earn");
    JsonNode perFen = earn.path("per_fen");
    JsonNode points = earn.path("points");
    if (perFen.isIntegralNumber()
        && points.isIntegralNumber()
        && perFen.bigIntegerValue().signum() > 0
        && points
                .bigIntegerValue()
                .compareTo(perFen.bigIntegerValue().multiply(MOST_POINTS_PER_FEN))
            > 0) {
      source.problem(
          "/earn/points",
          "earn.points: "
              + points
              + " for "
              + perFen
              + " fen are more than "
              + MOST_POINTS_PER_FEN
              + " points a fen; look for a zero too many");
    }
    JsonNode expiry = root.path("expiry");
    String kind = expiry.path("kind").isString() ? expiry.path("kind").stringValue() : "";
    String length = expiry.path("length").isString() ? expiry.path("length").stringValue() : "";
    if (kind.equals("rolling") || kind.equals("fixed")) {
      for (String key : List.of("length", "start")) {
        if (expiry.path(key).isMissingNode()) {
          source.problem("/expiry", "expiry." + key + ": missing; kind " + kind + " needs it");
        }
      }
    }
    if (kind.equals("fixed") && length.endsWith("d")) {
      source.problem(
          "/expiry/length",
          "expiry.length: "
              + length
              + " has no calendar end; kind fixed takes months or years such as 1m or 1y");
    }
  }

  /** A value of the wrong type is reported once, not for its size or pattern as well. */
  private static void addWhatTheSchemaSays(YamlSource source) {
    List<Error> errors = SCHEMA.validate(source.root());
    Set<String> wrongType = new HashSet<>();
    for (Error error : errors) if (error.getKeyword().equals("type")) wrongType.add(pointer(error));
    for (Error error : errors) {
      if (error.getKeyword().equals("type") || !wrongType.contains(pointer(error)))
        explain(source, error);
    }
  }

  /** In our own words: the library's are translated to the language of the machine. */
  private static void explain(YamlSource source, Error error) {
    String pointer = pointer(error);
    String name = pointer.isEmpty() ? "the programme" : pointer.substring(1).replace('/', '.');
    String inside = pointer.isEmpty() ? "" : name + ".";
    JsonNode value = source.root().at(pointer);
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
            ? pointer + YamlSource.step(error.getProperty())
            : pointer;
    source.problem(at, message);
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

  private static Program program(JsonNode root, Program.Source source) {
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
        source);
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
}
