package omnipoints.schedules;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import omnipoints.files.yaml.Problems;
import omnipoints.files.yaml.YamlSource;
import omnipoints.schedules.Schedule.Job;
import omnipoints.schedules.Schedule.Misfire;
import org.quartz.CronExpression;
import tools.jackson.databind.JsonNode;

/** Reads {@code schedules.yaml}: first the JSON schema, then what a schema cannot say. */
final class ScheduleYaml {

  private static final Schema SCHEMA = schema();
  private static final String INSTALLATION = "installation";
  private static final String EXAMPLES =
      "the fields are second minute hour day-of-month month day-of-week, one of the two days is ?;"
          + " \"0 30 2 * * ?\" is every day at 02:30, \"0 0 5 ? * MON-FRI\" 05:00 on working days";

  private final YamlSource source;

  ScheduleYaml(String file, String text, Problems problems) {
    this.source = YamlSource.parse(file, text, problems);
  }

  /** What could be read; everything wrong is in the problems. */
  List<Schedule> read() {
    JsonNode root = source.root();
    var schedules = new ArrayList<Schedule>();
    if (root == null) return schedules;
    Set<String> wrong = schemaProblems();
    if (!root.isObject()) return schedules;
    for (var entry : root.properties()) {
      String at = YamlSource.step(entry.getKey());
      JsonNode node = entry.getValue();
      if (!node.isObject()) continue;
      boolean cron = isCron(at + "/cron", node.path("cron"));
      Optional<ZoneId> zone = zone(at + "/zone", node.path("zone"));
      if (cron
          && wrong.stream()
              .noneMatch(pointer -> pointer.equals(at) || pointer.startsWith(at + "/"))) {
        schedules.add(
            new Schedule(
                entry.getKey(),
                Job.NIGHTLY,
                node.path("cron").asString(),
                zone,
                misfire(node),
                deadline(at + "/deadline", node.path("deadline")),
                holidays(at + "/holidays", node.path("holidays"))));
      }
    }
    return List.copyOf(schedules);
  }

  private boolean isCron(String pointer, JsonNode node) {
    if (!node.isString()) return false;
    String cron = node.asString();
    try {
      CronExpression expression = new CronExpression(cron);
      expression.setTimeZone(TimeZone.getTimeZone("UTC"));
      if (expression.getTimeAfter(new Date(0)) != null) return true;
      source.problem(pointer, "cron: '" + cron + "' names a day that never comes; " + EXAMPLES);
    } catch (ParseException | RuntimeException e) {
      source.problem(
          pointer, "cron: '" + cron + "' is not readable: " + reason(e) + "; " + EXAMPLES);
    }
    return false;
  }

  private static String reason(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private Optional<ZoneId> zone(String pointer, JsonNode node) {
    if (!node.isString() || node.asString().equals(INSTALLATION)) return Optional.empty();
    try {
      return Optional.of(ZoneId.of(node.asString()));
    } catch (DateTimeException e) {
      source.problem(
          pointer,
          "zone: '"
              + node.asString()
              + "' is neither "
              + INSTALLATION
              + " nor a zone such as Asia/Shanghai");
      return Optional.empty();
    }
  }

  private Optional<LocalTime> deadline(String pointer, JsonNode node) {
    if (!node.isString()) return Optional.empty();
    try {
      return Optional.of(LocalTime.parse(node.asString()));
    } catch (DateTimeException e) {
      source.problem(pointer, "deadline: '" + node.asString() + "' is no time such as '08:00'");
      return Optional.empty();
    }
  }

  private Set<LocalDate> holidays(String pointer, JsonNode node) {
    var days = new TreeSet<LocalDate>();
    for (JsonNode day : node) {
      try {
        days.add(LocalDate.parse(day.asString("")));
      } catch (DateTimeException e) {
        source.problem(pointer, "holidays: " + day + " is no date such as 2026-10-01");
      }
    }
    return days;
  }

  private static Misfire misfire(JsonNode node) {
    return node.path("misfire").asString("fire_once").equals("skip")
        ? Misfire.SKIP
        : Misfire.FIRE_ONCE;
  }

  /** Notes what the schema says; returns where. A value of the wrong type is told once. */
  private Set<String> schemaProblems() {
    var where = new HashSet<String>();
    for (Error error : SCHEMA.validate(source.root())) {
      String pointer = pointer(error);
      if (!where.add(pointer + " " + error.getProperty())) continue;
      where.add(pointer);
      source.problem(
          error.getKeyword().equals("additionalProperties")
              ? pointer + YamlSource.step(error.getProperty())
              : pointer,
          sentence(error, pointer));
    }
    return where;
  }

  /** In our own words: the library's follow the language of the machine. */
  private static String sentence(Error error, String pointer) {
    String key = pointer.isEmpty() ? "" : pointer.substring(pointer.lastIndexOf('/') + 1);
    JsonNode asked = error.getSchemaNode();
    String given = (key.isEmpty() ? "the calendar" : key) + ": ";
    return switch (error.getKeyword()) {
      case "required" -> given + error.getProperty() + " is missing";
      case "additionalProperties" ->
          pointer.isEmpty()
              ? "'"
                  + error.getProperty()
                  + "' is no name: small letters, digits and _, a letter first"
              : given
                  + "unknown key '"
                  + error.getProperty()
                  + "'; known are job, cron, zone, misfire, date, deadline, holidays";
      case "enum" -> given + "must be one of " + listed(asked);
      case "type" ->
          given
              + "must be "
              + (switch (asked.asString()) {
                case "object" -> "a mapping of keys";
                case "array" -> "a list of dates";
                default -> "a text";
              });
      default -> given + error.getMessage();
    };
  }

  private static String listed(JsonNode values) {
    var list = new ArrayList<String>();
    for (JsonNode value : values) list.add(value.asString());
    return String.join(", ", list);
  }

  private static String pointer(Error error) {
    var pointer = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      pointer.append(YamlSource.step(String.valueOf(error.getInstanceLocation().getElement(i))));
    }
    return pointer.toString();
  }

  private static Schema schema() {
    try (InputStream in =
        ScheduleYaml.class.getResourceAsStream("/schedules/schedules.schema.json")) {
      if (in == null)
        throw new IllegalStateException("schedules/schedules.schema.json is not on the class path");
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(in, InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
