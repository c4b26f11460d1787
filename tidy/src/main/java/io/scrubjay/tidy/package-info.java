/// Architecture and tidiness, as tests over every room's classes and every tracked file.
@NullMarked
package io.scrubjay.tidy;

import org.jspecify.annotations.NullMarked;
