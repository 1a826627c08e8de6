package omnipoints.routes.alert;

import java.time.LocalDate;

/**
 * What people are told.
 *
 * @param key of what it is about; the same thing has the same key
 * @param kind DIGEST or PROBLEM
 * @param text plain lines; no persons, no secrets
 */
public record Message(String key, String kind, LocalDate night, String title, String text) {}
