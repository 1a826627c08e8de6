package omnipoints.facts;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a document of our own is made of, found out once from the record of its rows. Immutable and
 * thread-safe.
 */
public final class OwnShape {

  /**
   * One component.
   *
   * @param column its column; of a token the column without {@code _kind} and {@code _value}
   * @param type declared type
   */
  public record Part(
      String column,
      Class<?> type,
      Cell.Need need,
      Cell.As as,
      boolean signed,
      boolean end,
      boolean secret,
      Method accessor) {

    /** Whether it names somebody. */
    public boolean person() {
      return type == Token.class;
    }

    /** Its columns, in order. */
    public List<String> columns() {
      return person() ? List.of(column + "_kind", column + "_value") : List.of(column);
    }

    /** The value of the component in a row. */
    public Object of(OwnRow row) {
      try {
        return accessor.invoke(row);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(column, e);
      }
    }
  }

  private static final ClassValue<OwnShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected OwnShape computeValue(Class<?> type) {
          return new OwnShape(type);
        }
      };

  private final List<Part> parts;
  private final Constructor<?> constructor;

  private OwnShape(Class<?> type) {
    var found = new ArrayList<Part>();
    RecordComponent[] components = type.getRecordComponents();
    for (RecordComponent component : components) found.add(part(component));
    parts = List.copyOf(found);
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " is no record", e);
    }
  }

  /** That of the rows of one document. */
  public static OwnShape of(Class<? extends OwnRow> type) {
    return SHAPES.get(type);
  }

  private static Part part(RecordComponent component) {
    Cell cell = component.getAnnotation(Cell.class);
    String column =
        cell != null && !cell.column().isEmpty()
            ? cell.column()
            : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    return new Part(
        column,
        component.getType(),
        cell == null ? Cell.Need.NOTHING : cell.need(),
        cell == null ? Cell.As.TEXT : cell.as(),
        cell != null && cell.signed(),
        cell != null && cell.end(),
        cell != null && cell.secret(),
        component.getAccessor());
  }

  /** Its components in order. */
  public List<Part> parts() {
    return parts;
  }

  /** The columns of the document in order. */
  public List<String> columns() {
    return parts.stream().flatMap(part -> part.columns().stream()).toList();
  }

  /** A row of these values, one for each component in order. */
  public OwnRow make(Object... values) {
    try {
      return (OwnRow) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
