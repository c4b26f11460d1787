package io.scrubjay.net;

import java.net.BindException;

/// Somebody else has the address already.
public final class AddressInUseException extends BindException {
  private static final long serialVersionUID = 1L;

  AddressInUseException(String message) {
    super(message);
  }
}
