@NullMarked
package io.scrubjay.cli.process;

import org.jspecify.annotations.NullMarked;
