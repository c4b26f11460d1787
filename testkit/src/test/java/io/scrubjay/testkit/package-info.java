@NullMarked
package io.scrubjay.testkit;

import org.jspecify.annotations.NullMarked;
