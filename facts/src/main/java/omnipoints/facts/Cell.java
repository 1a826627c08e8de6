package omnipoints.facts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component of an {@link OwnRow} is as a column. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Cell {

  /** What must be there. */
  enum Need {
    /** Neither the column nor a value. */
    NOTHING,
    /** The column: a file without it is another document. */
    COLUMN,
    /** A value in every row; of a token, whoever it names: its row waits until he is known. */
    VALUE
  }

  /** How a text is read. */
  enum As {
    TEXT,
    /** A number of something: digits count. */
    ID,
    /** The same, but it may look like {@code 12E5}. */
    CODE
  }

  Need need() default Need.NOTHING;

  As as() default As.TEXT;

  /** Whether a number may be negative. */
  boolean signed() default false;

  /** Whether a date alone includes its day: the instant is the first one that is too late. */
  boolean end() default false;

  /** Whether it gives whoever knows it something: only a keyed hash of it is kept. */
  boolean secret() default false;

  /** The column where its name is none that Java or SQL would take. */
  String column() default "";
}
