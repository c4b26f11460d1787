@NullMarked
package io.scrubjay.net.tls;

import org.jspecify.annotations.NullMarked;
