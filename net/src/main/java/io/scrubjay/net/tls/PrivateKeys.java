package io.scrubjay.net.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/// Private keys as OpenSSL writes them: PKCS#8 of any algorithm the JDK knows, RSA's own form
/// (PKCS#1), and elliptic curves' (SEC 1). Encrypted ones are refused: a server that restarts by
/// itself has nobody to ask.
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
  private static final byte[] VERSION_0 = Der.value(Der.INTEGER, new byte[] {0});

  /// 1.2.840.113549.1.1.1, with its parameters NULL.
  private static final byte[] RSA_ENCRYPTION =
      Der.value(
          Der.SEQUENCE,
          Der.value(
              Der.OBJECT_IDENTIFIER,
              new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1}),
          new byte[] {5, 0});

  private static final int CURVE = 0xa0;

  private PrivateKeys() {}

  /// The first key in a PEM file. Errors: an `IOException` that says what is wrong.
  static PrivateKey fromPem(Path file) throws IOException {
    for (PemBlocks.Block block : PemBlocks.read(file)) {
      switch (block.label()) {
        case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY" -> {
          if (block.encrypted() || block.label().startsWith("ENCRYPTED")) {
            throw new IOException("the key is encrypted, must be stored without a pass phrase");
          }
          return fromDer(block.der().bytes());
        }
        default -> {}
      }
    }
    throw new IOException("no private key in it");
  }

  static PrivateKey fromDerFile(Path file) throws IOException {
    return fromDer(PemBlocks.bytes(file));
  }

  /// Which of the three forms it is shows from what follows the version: an algorithm (a sequence),
  /// the modulus (an integer), or the secret (an octet string).
  private static PrivateKey fromDer(byte[] der) throws IOException {
    try {
      Der fields = new Der(new Der(der).read(Der.SEQUENCE));
      fields.read(Der.INTEGER);
      if (fields.readIf(Der.SEQUENCE) != null) {
        return key(new PKCS8EncodedKeySpec(der));
      }
      byte[] secret = fields.readIf(Der.OCTET_STRING);
      if (secret != null) {
        return curveKey(new BigInteger(1, secret), fields);
      }
      byte[] wrapped = Der.value(Der.OCTET_STRING, der);
      return key(
          new PKCS8EncodedKeySpec(Der.value(Der.SEQUENCE, VERSION_0, RSA_ENCRYPTION, wrapped)));
    } catch (IllegalArgumentException | GeneralSecurityException malformed) {
      throw new IOException("not a private key: " + malformed.getMessage(), malformed);
    }
  }

  private static PrivateKey key(KeySpec spec) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException another) {
        // The encoding names its algorithm; only that one's factory takes it.
      }
    }
    throw new InvalidKeySpecException("its algorithm is none of " + ALGORITHMS);
  }

  private static PrivateKey curveKey(BigInteger secret, Der fields)
      throws IOException, GeneralSecurityException {
    byte[] curve = fields.readIf(CURVE);
    if (curve == null) {
      throw new InvalidKeySpecException("it does not name its curve");
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(curve);
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(secret, parameters.getParameterSpec(ECParameterSpec.class)));
  }
}
