@NullMarked
package io.scrubjay.net;

import org.jspecify.annotations.NullMarked;
