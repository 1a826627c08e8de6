package omnipoints.facts.own;

/** Whether something was used, or its use taken back. */
public enum Used {
  USE,
  UNDO
}
