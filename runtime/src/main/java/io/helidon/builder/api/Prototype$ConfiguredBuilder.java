package io.helidon.builder.api;

/// The one type of Helidon 4.1 that DbClient 4.1.7 needs and Helidon 4.5 no longer has. It goes when DbClient 4.5 or
/// later
/// can be resolved, together with `helidon.dbclient.version` in the root pom.
///
/// @param <B> the builder
/// @param <P> what it builds
public interface Prototype$ConfiguredBuilder<B, P> extends Prototype.Builder<B, P> {}
