@NullMarked
package io.scrubjay.server.command;

import org.jspecify.annotations.NullMarked;
