package omnipoints.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import omnipoints.points.EntryKey;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Records, maps, collections, text, whole numbers, booleans and null as JSON. The generator alone
 * starts in no time.
 */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** A value that is JSON already. */
  record Raw(String json) {}

  private record Field(String name, Method accessor, boolean leftOut, boolean unwrapped) {
    static Field of(RecordComponent component) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      JsonProperty named = accessor.getAnnotation(JsonProperty.class);
      return new Field(
          named != null
              ? named.value()
              : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
          accessor,
          accessor.isAnnotationPresent(JsonInclude.class),
          accessor.isAnnotationPresent(JsonUnwrapped.class));
    }

    Object of(Record record) {
      try {
        return accessor.invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A list may have many records of one type. */
  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents()).map(Field::of).toList();
        }
      };

  /**
   * The fields of a record in the order of its components: {@code firstNight} is {@code
   * first_night}, unless Jackson's annotations name it otherwise, leave it out when null, or put
   * the fields of a record in its place.
   */
  static Map<String, Object> fields(Record record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Field field : FIELDS.get(record.getClass())) {
      Object value = field.of(record);
      if (value == null && field.leftOut()) continue;
      if (field.unwrapped()) fields.putAll(fields((Record) value));
      else fields.put(field.name(), value);
    }
    return fields;
  }

  /**
   * One line of JSON without a line end; keys in the order of the map or record. Everything else
   * prints as its text.
   */
  static String line(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, Object value) {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      map.forEach(
          (key, element) -> {
            generator.writeName(key.toString());
            write(generator, element);
          });
      generator.writeEndObject();
    } else if (value instanceof Collection<?> elements) {
      generator.writeStartArray();
      elements.forEach(element -> write(generator, element));
      generator.writeEndArray();
    } else if (value instanceof Raw raw) {
      generator.writeRawValue(raw.json());
    } else if (value instanceof Record record && !(value instanceof EntryKey)) {
      write(generator, fields(record));
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof BigDecimal number) {
      generator.writeNumber(number);
    } else {
      generator.writeString(Printed.text(value));
    }
  }
}
