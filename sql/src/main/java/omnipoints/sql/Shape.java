package omnipoints.sql;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a record is made of, so that a row is declared once and read and written by its components
 * wherever it goes. Immutable and thread-safe; made once per record type.
 *
 * @param <T> the record
 */
public final class Shape<T extends Record> {

  /**
   * One component.
   *
   * @param column its name as a column: {@code orderKey} is {@code order_key}; {@code class_},
   *     which Java needs, is {@code class}
   * @param type declared type; that of the elements where it is a list
   * @param list whether it is a {@link List}
   */
  public record Part(String column, Class<?> type, boolean list, Function<Object, Object> get) {
    /** The value of the component in a record. */
    public Object of(Object record) {
      return get.apply(record);
    }
  }

  private final Class<T> type;
  private final List<Part> parts;
  private final MethodHandle constructor;

  private Shape(Class<T> type, List<Part> parts, MethodHandle constructor) {
    this.type = type;
    this.parts = parts;
    this.constructor = constructor;
  }

  /** The shape of a record type, whatever its visibility. */
  public static <T extends Record> Shape<T> of(Class<T> type) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      var parts = new ArrayList<Part>();
      var types = new ArrayList<Class<?>>();
      for (RecordComponent component : type.getRecordComponents()) {
        boolean list = component.getType() == List.class;
        parts.add(
            new Part(
                column(component.getName()),
                list ? element(component.getGenericType()) : component.getType(),
                list,
                accessor(lookup, component)));
        types.add(component.getType());
      }
      MethodHandle constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, types.size())
              .asType(MethodType.methodType(Object.class, Object[].class));
      return new Shape<>(type, List.copyOf(parts), constructor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " cannot be read by its components", e);
    }
  }

  private static Class<?> element(Type list) {
    return (Class<?>) ((ParameterizedType) list).getActualTypeArguments()[0];
  }

  private static String column(String name) {
    String plain = name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
    return plain.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  @SuppressWarnings("unchecked")
  private static Function<Object, Object> accessor(
      MethodHandles.Lookup lookup, RecordComponent component) throws ReflectiveOperationException {
    MethodHandle handle = lookup.unreflect(component.getAccessor());
    try {
      CallSite site =
          LambdaMetafactory.metafactory(
              lookup,
              "apply",
              MethodType.methodType(Function.class),
              MethodType.methodType(Object.class, Object.class),
              handle,
              handle.type().wrap());
      return (Function<Object, Object>) site.getTarget().invokeExact();
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its components in order. */
  public List<Part> parts() {
    return parts;
  }

  /** A record of these values, one per component in order. */
  public T make(Object... values) {
    try {
      Object made = constructor.invokeExact(values);
      return type.cast(made);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
