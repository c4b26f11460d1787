@NullMarked
package io.scrubjay.engine.lldb;

import org.jspecify.annotations.NullMarked;
