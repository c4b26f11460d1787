/// The storage SPI. A worker opens a [Session]; plain reads go through [Session#read] without a
/// lock; everything that changes an item goes through an exclusive [Entry]; new values arrive in a
/// [Draft]. [Engine] itself is the view from outside: figures, invalidation, closing.
@NullMarked
package io.scrubjay.engine;

import org.jspecify.annotations.NullMarked;
