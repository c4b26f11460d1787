package io.scrubjay.conformance.client;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.scrubjay.conformance.subject.Target;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Everyday work of each client, one test per operation.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientContract {
  private final Target.Kind kind;
  private Target target;

  ClientContract(Target.Kind kind) {
    this.kind = kind;
  }

  @BeforeAll
  void start() throws IOException {
    target = kind.start(List.of("-t", "2"));
  }

  @AfterAll
  void close() throws IOException {
    target.close();
  }

  @TestFactory
  Stream<DynamicNode> everyClientDoesItsEverydayWork() {
    var work = new EverydayWork(kind, target);
    return Clients.all().stream()
        .map(
            client ->
                dynamicContainer(
                    client.title(),
                    Arrays.stream(Operation.values())
                        .map(
                            operation ->
                                dynamicTest(operation.name(), () -> work.ask(client, operation)))));
  }
}
