package omnipoints.files;

/** What exports put around a value to keep spreadsheets from changing it. */
public enum Wrapper {
  EQUALS,
  APOSTROPHE,
  BACKTICK,
  TAB,
  CARRIAGE_RETURN
}
