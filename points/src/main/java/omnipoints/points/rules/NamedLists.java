package omnipoints.points.rules;

import java.time.LocalDate;
import java.util.Set;

/** The named sets and calendars that lie beside a programme. */
public interface NamedLists {
  /** Nothing lies there. */
  NamedLists NONE =
      new NamedLists() {
        @Override
        public Set<String> set(String name) {
          return null;
        }

        @Override
        public Set<LocalDate> calendar(String name) {
          return null;
        }
      };

  /** The values of {@code sets/<name>.csv}, null where there is no such file. */
  Set<String> set(String name);

  /** The dates of {@code calendars/<name>.csv}, null where there is no such file. */
  Set<LocalDate> calendar(String name);
}
