@NullMarked
package io.scrubjay.bench;

import org.jspecify.annotations.NullMarked;
