@NullMarked
package io.scrubjay.protocol.text;

import org.jspecify.annotations.NullMarked;
