package weir.store;

/// How runs reach each other, people and the outside.
public record Post(Outbox outbox, Events events, Tasks tasks, Quotas quotas, Slots slots) {}
