package io.scrubjay.conformance.subject;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/// Skipped where there is no memcached.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "io.scrubjay.conformance.subject.MemcachedTarget#isInstalled",
    disabledReason = "no memcached on the PATH; SCRUBJAY_REQUIRE_TOOLS=1 makes that a failure")
public @interface NeedsMemcached {}
