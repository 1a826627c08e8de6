package omnipoints.points;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import omnipoints.files.yaml.YamlSource;
import tools.jackson.databind.JsonNode;

/**
 * The vocabulary of programmes: program.schema.json, which editors complete from, says every word;
 * others are refused, never passed over.
 */
final class ProgramSchema {
  private static final Schema SCHEMA =
      SchemaRegistry.withDialect(Dialects.getDraft202012())
          .getSchema(
              new String(Programs.resource("program.schema.json"), StandardCharsets.UTF_8),
              InputFormat.JSON);

  private ProgramSchema() {}

  /** Notes what is wrong with the form of a file; returns the pointers of the places. */
  static Set<String> check(YamlSource source) {
    List<Error> errors = SCHEMA.validate(source.root());
    // A value of the wrong type is reported once, not for its size or pattern as well.
    Set<String> wrongType = new HashSet<>();
    for (Error error : errors) if (error.getKeyword().equals("type")) wrongType.add(pointer(error));
    for (Error error : errors) {
      if (error.getKeyword().equals("type") || !wrongType.contains(pointer(error)))
        explain(source, error);
    }
    Set<String> malformed = new HashSet<>();
    for (Error error : errors) malformed.add(pointer(error));
    return malformed;
  }

  /** In our own words: the library's are translated to the language of the machine. */
  private static void explain(YamlSource source, Error error) {
    String pointer = pointer(error);
    String name = pointer.isEmpty() ? "the programme" : name(pointer);
    String inside = pointer.isEmpty() ? "" : name + ".";
    JsonNode value = source.root().at(pointer);
    String given = name + ": " + (value.isString() ? value.stringValue() : value.toString());
    JsonNode asked = error.getSchemaNode();
    JsonNode schema = meant(at(pointer));
    String described = ": " + described(pointer);
    String message =
        switch (error.getKeyword()) {
          case "required" -> inside + error.getProperty() + ": missing";
          case "additionalProperties" ->
              inside
                  + error.getProperty()
                  + ": unknown key; known here are "
                  + String.join(", ", schema.path("properties").propertyNames());
          case "enum" -> given + " is not one of " + listed(asked, ", ");
          case "type" -> given + " is no " + typed(asked) + instead(value, asked, schema);
          case "minimum" -> given + " is less than " + asked;
          case "maximum" -> given + " is more than " + asked;
          case "pattern" -> given + " does not fit" + described;
          case "minProperties", "minItems" -> given + " says nothing" + described;
          case "maxProperties" -> given + " is more than one" + described;
          case "minLength" -> name + ": empty" + described;
          default -> given + " " + error.getMessage();
        };
    String at =
        error.getKeyword().equals("additionalProperties")
            ? pointer + YamlSource.step(error.getProperty())
            : pointer;
    source.problem(at, message);
  }

  /** As people call it who write no programs. */
  private static String typed(JsonNode types) {
    if (!types.isArray()) return typed(types.asString());
    return types
        .valueStream()
        .map(type -> typed(type.asString()))
        .collect(Collectors.joining(" or "));
  }

  private static String typed(String type) {
    return switch (type) {
      case "array" -> "list";
      case "object" -> "group of words";
      case "integer" -> "whole number";
      case "string" -> "text";
      case "boolean" -> "true or false";
      default -> type;
    };
  }

  /** What to write in its place, as far as that is plain. */
  private static String instead(JsonNode value, JsonNode types, JsonNode schema) {
    boolean decimal = value.isNumber() && !value.isIntegralNumber();
    if (types.isArray()) return decimal ? "; write it as a fraction, such as 3/2" : "";
    if (types.asString().equals("array") && value.isValueNode())
      return "; write it in brackets: [" + value.asString() + "]";
    if (!types.asString().equals("object")) return "";
    String words = String.join(", ", schema.path("properties").propertyNames());
    return words.isEmpty() ? "" : "; write {word: value}, of the words " + words;
  }

  private static String pointer(Error error) {
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      pointer.append(YamlSource.step(String.valueOf(error.getInstanceLocation().getElement(i))));
    }
    return pointer.toString();
  }

  /** For people: {@code rules.0.when.tier}. */
  private static String name(String pointer) {
    return String.join(".", steps(pointer));
  }

  private static List<String> steps(String pointer) {
    var steps = new ArrayList<String>();
    for (String step : pointer.split("/"))
      if (!step.isEmpty()) steps.add(step.replace("~1", "/").replace("~0", "~"));
    return steps;
  }

  /** The schema of a place; where it refers to another one the reference. */
  private static JsonNode at(String pointer) {
    JsonNode node = SCHEMA.getSchemaNode();
    for (String step : steps(pointer)) node = under(node, step);
    return node;
  }

  private static String described(String pointer) {
    String own = at(pointer).path("description").asString();
    String form = meant(at(pointer)).path("description").asString();
    if (own.isEmpty() || form.isEmpty() || own.equals(form)) return own.isEmpty() ? form : own;
    return own + ": " + form;
  }

  private static JsonNode under(JsonNode schema, String step) {
    JsonNode node = meant(schema);
    if (node.path("properties").has(step)) return node.path("properties").path(step);
    if (node.has("items") && step.chars().allMatch(Character::isDigit)) return node.path("items");
    return node.path("additionalProperties");
  }

  private static JsonNode meant(JsonNode schema) {
    String ref = schema.path("$ref").asString();
    return ref.isEmpty() ? schema : meant(SCHEMA.getSchemaNode().at(ref.substring(1)));
  }

  private static String listed(JsonNode values, String between) {
    var list = new ArrayList<String>();
    for (JsonNode value : values) list.add(value.asString());
    return String.join(between, list);
  }
}
