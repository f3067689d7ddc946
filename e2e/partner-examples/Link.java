// java Link.java <origin> <your private key> <the app's public key>, with the JDK alone (17 or newer)
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

class Link {
  static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] pem(String file) throws Exception {
    return Base64.getMimeDecoder().decode(Files.readString(Path.of(file)).replaceAll("-----[^-]+-----", ""));
  }

  /** JWS, compact, ES256 (RFC 7515). */
  static String sign(String claims, PrivateKey key) throws Exception {
    String head = part("{\"alg\":\"ES256\",\"typ\":\"JWT\"}".getBytes()) + "." + part(claims.getBytes("UTF-8"));
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key);
    signature.update(head.getBytes());
    return head + "." + part(signature.sign());
  }

  /** JWE, compact, RSA-OAEP-256 and A256GCM (RFC 7516). */
  static String encrypt(String text, PublicKey key) throws Exception {
    String head = part("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\",\"cty\":\"JWT\"}".getBytes());
    KeyGenerator generator = KeyGenerator.getInstance("AES");
    generator.init(256);
    var content = generator.generateKey();
    Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
    rsa.init(Cipher.ENCRYPT_MODE, key, new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
    byte[] iv = new byte[12];
    new SecureRandom().nextBytes(iv);
    Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, content, new GCMParameterSpec(128, iv));
    aes.updateAAD(head.getBytes());
    byte[] ciphertext = aes.doFinal(text.getBytes());
    int end = ciphertext.length - 16;
    return String.join(".", head, part(rsa.doFinal(content.getEncoded())), part(iv),
        part(Arrays.copyOf(ciphertext, end)), part(Arrays.copyOfRange(ciphertext, end, ciphertext.length)));
  }

  public static void main(String[] args) throws Exception {
    PrivateKey signKey = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pem(args[1])));
    PublicKey encryptionKey = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(pem(args[2])));
    long now = System.currentTimeMillis() / 1000;
    String claims = """
        {"aud": "%s", "iat": %d, "exp": %d, "jti": "%s", "lang": "es",
         "answers": {"firstName": "Maria", "lastName": "Garcia", "phoneNumber": "+525512345678"},
         "locked": ["phoneNumber"],
         "reference": "order-2026-17"}""".formatted(args[0], now, now + 300, UUID.randomUUID());
    System.out.println(args[0] + "/partner#" + encrypt(sign(claims, signKey), encryptionKey));
  }
}
