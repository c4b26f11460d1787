/// The process around a server: its limits, its user, its files, its signals, and what it tells the
/// service manager. Knows no flags. Start reading at [io.scrubjay.cli.process.Surroundings].
@NullMarked
package io.scrubjay.cli.process;

import org.jspecify.annotations.NullMarked;
