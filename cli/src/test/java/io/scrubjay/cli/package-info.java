@NullMarked
package io.scrubjay.cli;

import org.jspecify.annotations.NullMarked;
