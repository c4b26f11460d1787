@NullMarked
package io.scrubjay.memory;

import org.jspecify.annotations.NullMarked;
