@NullMarked
package io.scrubjay.server;

import org.jspecify.annotations.NullMarked;
