package io.scrubjay.engine;

/// Is shown items without being asked for any. `key` and `header` are valid inside the call only,
/// which must neither block nor call the engine: the item is held meanwhile.
public interface ItemVisitor {
  /// Whether more may be shown in the same call.
  boolean item(Key key, ItemHeader header);
}
