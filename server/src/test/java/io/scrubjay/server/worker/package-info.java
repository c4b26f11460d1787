@NullMarked
package io.scrubjay.server.worker;

import org.jspecify.annotations.NullMarked;
