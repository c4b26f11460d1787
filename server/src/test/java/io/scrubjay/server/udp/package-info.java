@NullMarked
package io.scrubjay.server.udp;

import org.jspecify.annotations.NullMarked;
