/// What every codec of this room shares and nobody outside needs: searching bytes, reading decimal
/// text, constant phrases. Not exported.
@NullMarked
package io.scrubjay.protocol;

import org.jspecify.annotations.NullMarked;
