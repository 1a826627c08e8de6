package omnipoints.facts;

import java.time.LocalDate;
import java.util.UUID;

/** A token of a buyer that an order was shown with. Grain: one per order and token. */
public record TokenRow(
    UUID orderKey, String kind, String channel, byte[] hash, String shown, LocalDate night) {}
