@NullMarked
package io.scrubjay.server.watch;

import org.jspecify.annotations.NullMarked;
