package omnipoints.mappings;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import omnipoints.facts.CompleteWhen;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.facts.Sha256;
import omnipoints.files.Limits;
import omnipoints.files.Wrapper;
import omnipoints.files.yaml.Problems;
import omnipoints.files.yaml.YamlSource;
import tools.jackson.databind.JsonNode;

/**
 * Turns the YAML of one channel into a {@link Channel}: first the JSON schema, then what a schema
 * cannot say.
 */
final class ChannelYaml {
  private static final Schema SCHEMA = schema();
  private static final Limits DEFAULT_LIMITS =
      new Limits(4096L << 20, 1 << 20, 1 << 18, 8192L << 20, 1000);

  private static final int DEFAULT_HEADER_WITHIN_ROWS = 30;
  private static final Set<String> ORDER_STATES = names(OrderState.values());
  private static final Set<String> REFUND_STATES = names(RefundState.values());
  private static final Set<String> REFUND_STATUSES = names(FactRecord.RefundStatus.values());
  private static final Set<String> SETTLEMENT_KINDS = names(FactRecord.SettlementKind.values());
  private static final Set<String> MONEY_DIRECTIONS = Set.of("IN", "OUT");
  private static final Set<String> DIRECTIONS = Set.of("SALE", "RETURN");

  private final YamlSource source;
  private final JsonNode root;
  private final String code;
  private boolean good = true;
  private Set<String> nullTokens = Set.of();
  private List<DatePattern> timeFormats = List.of();
  private Set<String> timeNulls = Set.of();
  private Channel.MoneyStyle money;

  private ChannelYaml(YamlSource source, String code) {
    this.source = source;
    this.root = source.root();
    this.code = code;
  }

  /** Null, with everything wrong noted in {@code problems}, if the file cannot be used. */
  static Channel read(String file, String code, byte[] bytes, Problems problems) {
    YamlSource source = YamlSource.parse(file, new String(bytes, StandardCharsets.UTF_8), problems);
    if (source.root() == null) return null;
    boolean fits = true;
    for (Error error : SCHEMA.validate(source.root())) {
      source.problem(pointer(error), sentence(error));
      fits = false;
    }
    if (!source.root().isObject()) return null;
    ChannelYaml yaml = new ChannelYaml(source, code);
    if (!fits) return null;
    Channel channel = yaml.channel(Sha256.hex(bytes));
    return yaml.good ? channel : null;
  }

  private static Schema schema() {
    try (InputStream in =
        ChannelYaml.class.getClassLoader().getResourceAsStream("channels/channel.schema.json")) {
      if (in == null)
        throw new IllegalStateException("channels/channel.schema.json is not on the class path");
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(in, InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException("channels/channel.schema.json cannot be read", e);
    }
  }

  private static String pointer(Error error) {
    NodePath path = error.getInstanceLocation();
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++)
      pointer.append(YamlSource.step(String.valueOf(path.getElement(i))));
    if ("additionalProperties".equals(error.getKeyword()) && error.getProperty() != null) {
      pointer.append(YamlSource.step(error.getProperty()));
    }
    return pointer.toString();
  }

  private static String sentence(Error error) {
    NodePath path = error.getInstanceLocation();
    String where =
        path.getNameCount() == 0
            ? ""
            : String.valueOf(path.getElement(path.getNameCount() - 1)) + ": ";
    return where + error.getMessage();
  }

  private void problem(String pointer, String message) {
    source.problem(pointer, message);
    good = false;
  }

  private Channel channel(String hash) {
    String named = root.get("channel").asString();
    if (!named.equals(code)) {
      problem(
          "/channel",
          "channel '" + named + "' stands in a file called " + code + ".yaml; make them equal");
    }
    nullTokens = Set.copyOf(texts(root.get("null_tokens")));
    times();
    money = money(root.get("money"));
    Map<String, Map<String, String>> vocabularies = vocabularies();
    List<Channel.ShopSource> shopFrom = shopFrom();
    List<Document> documents = new ArrayList<>();
    root.get("documents")
        .properties()
        .forEach(
            entry ->
                documents.add(document(entry.getKey(), entry.getValue(), vocabularies, shopFrom)));
    if (documents.isEmpty() && !root.path("template").asBoolean(false)) {
      problem("/documents", "a channel has at least one document, or says template: true");
    }
    CompleteWhen completeWhen = completeWhen(documents);
    return new Channel(
        code,
        root.get("title").asString(),
        List.copyOf(documents),
        completeWhen,
        root.has("post_incomplete_after_nights")
            ? OptionalInt.of(root.get("post_incomplete_after_nights").asInt())
            : OptionalInt.empty(),
        Set.copyOf(new LinkedHashSet<>(texts(root.get("exclusions")))),
        root.has("platform_token") ? root.get("platform_token").asString() : null,
        root.path("orders_unique").asBoolean(false),
        shopFrom,
        fileNamePattern(shopFrom),
        texts(root.get("encodings")),
        limits(),
        headerWithinRows(),
        wrappers(),
        money,
        texts(root.get("skip_members")),
        hash);
  }

  private void times() {
    JsonNode times = root.get("times");
    if (times == null) return;
    timeFormats = formats(times.get("formats"), "/times/formats");
    timeNulls = Set.copyOf(texts(times.get("null_tokens")));
  }

  private List<DatePattern> formats(JsonNode formats, String pointer) {
    List<DatePattern> compiled = new ArrayList<>();
    for (int i = 0; formats != null && i < formats.size(); i++) {
      try {
        compiled.add(DatePattern.of(formats.get(i).asString()));
      } catch (IllegalArgumentException e) {
        problem(pointer + "/" + i, e.getMessage());
      }
    }
    return List.copyOf(compiled);
  }

  private static Channel.MoneyStyle money(JsonNode money) {
    if (money == null) return null;
    return new Channel.MoneyStyle(
        unit(money.get("unit").asString()),
        texts(money.get("prefixes")),
        texts(money.get("suffixes")),
        money.has("thousands") && money.get("thousands").asBoolean());
  }

  private static int unit(String unit) {
    return unit.equals("yuan") ? 100 : 1;
  }

  private Map<String, Map<String, String>> vocabularies() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    JsonNode declared = root.get("vocabularies");
    if (declared == null) return all;
    for (Map.Entry<String, JsonNode> vocabulary : declared.properties()) {
      Map<String, String> words = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> word : vocabulary.getValue().properties()) {
        String meaning = word.getValue().asString();
        String before = words.put(Headers.normaliseStatus(word.getKey()), meaning);
        if (before != null && !before.equals(meaning)) {
          problem(
              "/vocabularies"
                  + YamlSource.step(vocabulary.getKey())
                  + YamlSource.step(word.getKey()),
              "'"
                  + word.getKey()
                  + "' means "
                  + before
                  + " under another spelling and "
                  + meaning
                  + " here");
        }
      }
      all.put(vocabulary.getKey(), Map.copyOf(words));
    }
    return all;
  }

  private List<Channel.ShopSource> shopFrom() {
    List<Channel.ShopSource> from = new ArrayList<>();
    for (String name : texts(root.get("shop").get("from"))) {
      from.add(Channel.ShopSource.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return List.copyOf(from);
  }

  private Pattern fileNamePattern(List<Channel.ShopSource> shopFrom) {
    JsonNode pattern = root.get("shop").get("file_name_pattern");
    boolean wanted = shopFrom.contains(Channel.ShopSource.FILE_NAME);
    if (wanted != (pattern != null)) {
      problem(
          "/shop", "shop from file_name and file_name_pattern belong together: give both or none");
    }
    if (pattern == null) return null;
    try {
      Pattern compiled = Pattern.compile(pattern.asString());
      if (!pattern.asString().contains("(?<shop>")) {
        problem("/shop/file_name_pattern", "the pattern needs a group (?<shop>…)");
      }
      return compiled;
    } catch (PatternSyntaxException e) {
      problem("/shop/file_name_pattern", "no regular expression: " + e.getDescription());
      return null;
    }
  }

  private CompleteWhen completeWhen(List<Document> documents) {
    JsonNode declared = root.get("complete_when");
    boolean orders = documents.stream().anyMatch(document -> document.grain().showsOrders());
    if (orders && declared == null) {
      problem("", "complete_when is missing: say item_count_matches, order_present or always");
    }
    return declared == null
        ? null
        : CompleteWhen.valueOf(declared.asString().toUpperCase(Locale.ROOT));
  }

  private int headerWithinRows() {
    JsonNode rows = root.path("limits").path("header_within_rows");
    return rows.asInt(DEFAULT_HEADER_WITHIN_ROWS);
  }

  private Limits limits() {
    JsonNode limits = root.get("limits");
    if (limits == null) return DEFAULT_LIMITS;
    long mib = limits.path("file_mib").asLong(DEFAULT_LIMITS.fileBytes() >> 20);
    return new Limits(
        mib << 20,
        limits.path("record_chars").asInt(DEFAULT_LIMITS.recordChars()),
        limits.path("field_chars").asInt(DEFAULT_LIMITS.fieldChars()),
        limits.path("inflated_mib").asLong(DEFAULT_LIMITS.inflatedBytes() >> 20) << 20,
        limits.path("members").asInt(DEFAULT_LIMITS.members()));
  }

  private Set<Wrapper> wrappers() {
    Set<Wrapper> wrappers = EnumSet.noneOf(Wrapper.class);
    for (String name : texts(root.get("unwrap")))
      wrappers.add(Wrapper.valueOf(name.toUpperCase(Locale.ROOT)));
    return wrappers;
  }

  private Document document(
      String name,
      JsonNode node,
      Map<String, Map<String, String>> vocabularies,
      List<Channel.ShopSource> shopFrom) {
    String at = "/documents" + YamlSource.step(name);
    Grain grain = Grain.valueOf(node.get("grain").asString().toUpperCase(Locale.ROOT));
    Map<String, Field> fields = new LinkedHashMap<>();
    JsonNode told = node.path("fields");
    if (told.isMissingNode() && grain.own() != null)
      fields.putAll(OwnFields.of(grain.own(), timeFormats, List.copyOf(nullTokens)));
    else if (told.isMissingNode())
      problem(at, name + ": fields is missing: say what the columns mean");
    for (Map.Entry<String, JsonNode> entry : told.properties()) {
      String pointer = at + "/fields" + YamlSource.step(entry.getKey());
      Field field = field(pointer, entry.getKey(), entry.getValue(), grain, vocabularies);
      if (field != null) fields.put(entry.getKey(), field);
    }
    for (String needed : new TreeSet<>(grain.needed())) {
      if (!fields.containsKey(needed) && !told.has(needed)) {
        problem(
            at + "/fields", name + ": grain " + lower(grain) + " needs a field '" + needed + "'");
      }
    }
    if (fields.values().stream().allMatch(field -> field.need() == Field.Need.OPTIONAL)) {
      problem(
          at + "/fields",
          name + ": no field is required, so any file would be recognised; require some columns");
    }
    paidMeaning(at, name, node, grain, fields);
    for (String word : List.of("account", "counts"))
      if (node.has(word) && grain != Grain.SETTLEMENT)
        problem(at + "/" + word, name + ": " + word + " is a word of grain settlement");
    if (grain == Grain.SETTLEMENT && node.has("counts") && !node.has("account"))
      problem(
          at + "/counts", name + ": say by account which documents tell what this one tells again");
    orderLineMeaning(at, name, node, grain, fields);
    if (grain.belongsToShop() && shopFrom.isEmpty()) {
      problem(
          "/shop/from",
          name + " belongs to a shop: say where its name comes from (folder, column, file_name)");
    }
    return new Document(
        code,
        name,
        grain,
        node.path("paid_is_net_of_refund").asBoolean(false),
        node.path("ragged").asBoolean(false),
        node.path("skip_rows_after_header").asInt(0),
        texts(node.get("footer_starts_with")),
        node.path("footer_rows").asInt(0),
        DeclaredTotal.read(
            node, fields, (word, message) -> problem(at + word, name + ": " + message)),
        texts(node.get("without")),
        node.path("closed_is_refunded").asBoolean(false),
        node.path("paid_when_completed").asBoolean(false),
        node.path("receipt_reused").asBoolean(false),
        node.path("order_cells").asString("").equals("first_row"),
        texts(node.get("known_columns")),
        fields,
        node.path("account").asString(""),
        node.path("counts").asBoolean(true),
        JsonWords.read(
            node, fields.values(), (word, message) -> problem(at + word, name + ": " + message)));
  }

  /** An order that is read from its lines needs an amount and a state, its own or theirs. */
  private void orderLineMeaning(
      String at, String name, JsonNode node, Grain grain, Map<String, Field> fields) {
    if (grain == Grain.RECEIPT_LINE && fields.containsKey("till") != fields.containsKey("receipt"))
      problem(at + "/fields", name + ": till and receipt belong together: give both or none");
    if (grain != Grain.RECEIPT_LINE && node.has("receipt_reused"))
      problem(at + "/receipt_reused", name + ": receipt_reused is a word of grain receipt_line");
    if (grain != Grain.ORDER_LINE) {
      if (node.has("order_cells"))
        problem(at + "/order_cells", name + ": order_cells is a word of grain order_line");
      for (String word : List.of("closed_is_refunded", "paid_when_completed")) {
        if (grain != Grain.ORDER && node.has(word))
          problem(
              at + "/" + word, name + ": " + word + " is a word of order and order_line documents");
      }
      return;
    }
    if (!fields.containsKey("gross") && !fields.containsKey("due"))
      problem(at + "/fields", name + ": give gross (of the order) or due (of each line)");
    if (!fields.containsKey("state") && !fields.containsKey("line_state"))
      problem(at + "/fields", name + ": give state (of the order) or line_state (of each line)");
    if (node.has("order_cells") && !fields.containsKey("state"))
      problem(at + "/order_cells", name + ": order_cells needs a state of the order");
  }

  private void paidMeaning(
      String at, String name, JsonNode node, Grain grain, Map<String, Field> fields) {
    boolean declared = node.has("paid_is_net_of_refund");
    boolean refunded =
        grain == Grain.ORDER
            || fields.containsKey("refunded")
            || fields.containsKey("line_refunded");
    if (grain.ofOrders() && fields.containsKey("paid") && refunded && !declared) {
      problem(
          at,
          name
              + ": say paid_is_net_of_refund: true or false, is the paid amount already reduced by refunds?");
    }
    if (!grain.ofOrders() && declared) {
      problem(
          at + "/paid_is_net_of_refund",
          name + ": paid_is_net_of_refund is a word of order documents");
    }
  }

  private Field field(
      String at,
      String name,
      JsonNode node,
      Grain grain,
      Map<String, Map<String, String>> vocabularies) {
    FieldType type = FieldType.valueOf(node.get("type").asString().toUpperCase(Locale.ROOT));
    Set<FieldType> permitted = grain.fields().get(name);
    if (permitted == null) {
      String known = String.join(", ", new TreeSet<>(grain.fields().keySet()));
      problem(at, "grain " + lower(grain) + " has no field '" + name + "'; it has " + known);
      return null;
    }
    if (!permitted.contains(type)) {
      problem(
          at + "/type",
          "field " + name + " cannot be of type " + lower(type) + ", only " + lower(permitted));
      return null;
    }
    List<String> columns = new ArrayList<>(List.of(node.get("column").asString()));
    columns.addAll(texts(node.get("aliases")));
    Set<String> nulls = new LinkedHashSet<>(nullTokens);
    nulls.addAll(texts(node.get("null_tokens")));
    boolean dated = type == FieldType.DATETIME || type == FieldType.DATE;
    if (dated) nulls.addAll(timeNulls);
    return new Field(
        name,
        List.copyOf(columns),
        texts(node.get("else")),
        type,
        need(node),
        unitOf(at, type, node),
        sign(node),
        dated ? formatsOf(at, type, node) : noFormats(at, node),
        vocabularyOf(at, name, type, node, grain, vocabularies),
        node.has("token") ? node.get("token").asString() : OwnFields.person(grain, name),
        List.copyOf(nulls),
        terms(at, "plus", node, type == FieldType.MONEY),
        terms(at, "minus", node, type == FieldType.MONEY),
        terms(at, "and", node, type == FieldType.DATETIME || type == FieldType.STATUS),
        node.has("list") ? node.get("list").asString() : null,
        pattern(at, type, node));
  }

  private List<String> terms(String at, String word, JsonNode node, boolean allowed) {
    if (node.has(word) && !allowed) problem(at + "/" + word, word + " does not go with this type");
    return texts(node.get(word));
  }

  private Pattern pattern(String at, FieldType type, JsonNode node) {
    String word = type == FieldType.IDS ? "find" : "cut";
    String other = type == FieldType.IDS ? "cut" : "find";
    if (node.has(other)) problem(at + "/" + other, other + " does not go with this type");
    if (!node.has(word)) {
      if (type == FieldType.IDS) problem(at, "ids need find: a pattern whose group 1 holds them");
      return null;
    }
    if (type != FieldType.IDS && type != FieldType.ID && type != FieldType.CODE)
      problem(at + "/cut", "only ids and codes are cut");
    try {
      Pattern compiled = Pattern.compile(node.get(word).asString());
      if (type == FieldType.IDS && compiled.matcher("").groupCount() != 1)
        problem(at + "/find", "the pattern needs exactly one group, which holds the ids");
      return compiled;
    } catch (PatternSyntaxException e) {
      problem(at + "/" + word, "no regular expression: " + e.getDescription());
      return null;
    }
  }

  private static Field.Need need(JsonNode node) {
    return node.has("required")
        ? Field.Need.valueOf(node.get("required").asString().toUpperCase(Locale.ROOT))
        : Field.Need.OPTIONAL;
  }

  private static Field.Sign sign(JsonNode node) {
    return node.has("sign")
        ? Field.Sign.valueOf(node.get("sign").asString().toUpperCase(Locale.ROOT))
        : Field.Sign.UNSIGNED;
  }

  private int unitOf(String at, FieldType type, JsonNode node) {
    if (type != FieldType.MONEY) {
      if (node.has("unit")) problem(at + "/unit", "only money has a unit");
      return 0;
    }
    if (money == null && !node.has("unit")) {
      problem(at, "money needs a unit: here, or for the whole channel under money: {unit: yuan}");
      return 100;
    }
    return node.has("unit") ? unit(node.get("unit").asString()) : money.unit();
  }

  private List<DatePattern> noFormats(String at, JsonNode node) {
    if (node.has("formats")) problem(at + "/formats", "only datetime and date have formats");
    return List.of();
  }

  private List<DatePattern> formatsOf(String at, FieldType type, JsonNode node) {
    List<DatePattern> formats =
        node.has("formats") ? formats(node.get("formats"), at + "/formats") : timeFormats;
    if (formats.isEmpty())
      problem(at, lower(type) + " needs formats: here, or for the whole channel under times");
    for (DatePattern format : formats) {
      if (format.withTime() != (type == FieldType.DATETIME)) {
        problem(at, "format " + format + " does not fit type " + lower(type));
      }
    }
    return formats;
  }

  private Map<String, String> vocabularyOf(
      String at,
      String name,
      FieldType type,
      JsonNode node,
      Grain grain,
      Map<String, Map<String, String>> vocabularies) {
    JsonNode declared = node.get("vocabulary");
    if (type != FieldType.STATUS) {
      if (declared != null) problem(at + "/vocabulary", "only a status has a vocabulary");
      return Map.of();
    }
    Map<String, String> words = declared == null ? null : vocabularies.get(declared.asString());
    if (words == null) {
      problem(
          at,
          "a status needs the name of one of the vocabularies "
              + String.join(", ", vocabularies.keySet()));
      return Map.of();
    }
    Set<String> meanings =
        grain == Grain.SETTLEMENT
            ? (name.equals("direction") ? MONEY_DIRECTIONS : SETTLEMENT_KINDS)
            : grain == Grain.REFUND
                ? REFUND_STATUSES
                : grain == Grain.RECEIPT_LINE
                    ? DIRECTIONS
                    : name.equals("refund_state") ? REFUND_STATES : ORDER_STATES;
    words.forEach(
        (word, meaning) -> {
          if (!meanings.contains(meaning)) {
            String pointer = "/vocabularies" + YamlSource.step(declared.asString());
            problem(
                pointer,
                "'"
                    + word
                    + "' means '"
                    + meaning
                    + "', which is none of "
                    + String.join(", ", meanings));
          }
        });
    return words;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    if (array != null) array.forEach(node -> texts.add(node.asString()));
    return List.copyOf(texts);
  }

  private static Set<String> names(Enum<?>[] constants) {
    Set<String> names = new LinkedHashSet<>();
    for (Enum<?> constant : constants) names.add(constant.name());
    return names;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String lower(Set<FieldType> types) {
    return String.join(", ", types.stream().map(ChannelYaml::lower).sorted().toList());
  }
}
