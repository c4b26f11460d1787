@NullMarked
package io.scrubjay.engine.slab;

import org.jspecify.annotations.NullMarked;
