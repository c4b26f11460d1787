/// Named arguments of the bench's commands.
@NullMarked
package io.scrubjay.bench.argument;

import org.jspecify.annotations.NullMarked;
