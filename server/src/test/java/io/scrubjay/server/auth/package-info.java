@NullMarked
package io.scrubjay.server.auth;

import org.jspecify.annotations.NullMarked;
