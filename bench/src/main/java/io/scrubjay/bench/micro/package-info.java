/// JMH benchmarks of the hot classes, each of which proves its answer before it is timed.
@NullMarked
package io.scrubjay.bench.micro;

import org.jspecify.annotations.NullMarked;
