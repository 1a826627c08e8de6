package omnipoints.jobs;

/**
 * A change of rules that closed nights were decided by.
 *
 * @param what in a few words, as the close records it when it is accepted
 * @param message with file and line, and what to do
 */
record Change(String what, String message) {}
