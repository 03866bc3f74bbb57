package weir.integrations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals texts with AES-256-GCM, and opens them again.
///
/// A sealed text is `1.KEY.BASE64`: the version of this form, the id of the key, and nonce, ciphertext and tag. What it
/// belongs to is sealed in: moved to another place, it does not open. The first key seals; all open, so a new key can
/// be put before the old one.
public final class Vault {
    private static final String FORM = "1";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<Key> keys;
    private final SecureRandom random = new SecureRandom();

    private record Key(String id, SecretKeySpec key) {
        static Key of(byte[] bytes) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Key(HexFormat.of().formatHex(digest, 0, 4), new SecretKeySpec(bytes, "AES"));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public String toString() {
            return "key " + id;
        }
    }

    private Vault(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /// With a key that nobody else has.
    public static Vault random() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new Vault(List.of(Key.of(key)));
    }

    /// @param text one or more keys in base64, separated by commas
    /// @throws IllegalArgumentException saying what is wrong, without the text
    public static Vault of(String text) {
        var keys = new ArrayList<Key>();
        for (String one : text.split(",")) {
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(one.strip());
            } catch (IllegalArgumentException wrong) {
                bytes = new byte[0];
            }
            if (bytes.length != KEY_BYTES) {
                throw new IllegalArgumentException(
                        "a master key is 32 bytes in base64; `openssl rand -base64 32` makes one");
            }
            keys.add(Key.of(bytes));
        }
        return new Vault(keys);
    }

    /// The key of a file that only its owner can read; made when it is not there.
    ///
    /// @throws IOException when it cannot be read or made
    /// @throws IllegalArgumentException when it holds no key
    public static Vault of(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
            } catch (FileAlreadyExistsException other) {
                // Another process was faster; its key is the one.
            }
        }
        return of(Files.readString(file));
    }

    /// @param context what it belongs to; asked for again when it is opened
    public String seal(String text, String... context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var key = keys.getFirst();
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
            return FORM + "." + key.id() + "." + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// @throws CannotOpen when it was sealed with another key, for another place, or changed since
    public String open(String sealed, String... context) throws CannotOpen {
        var parts = sealed.split("\\.", 3);
        if (parts.length != 3 || !parts[0].equals(FORM)) {
            throw new CannotOpen("it is no sealed text of a form that this build knows");
        }
        var key = keys.stream()
                .filter(one -> one.id().equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> new CannotOpen("it was sealed with the master key " + parts[1]
                        + ", and there is only " + keys + "; give every server and worker the same WEIR_MASTER_KEY"));
        try {
            byte[] both = Base64.getDecoder().decode(parts[2]);
            byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, context)
                    .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException changed) {
            throw new CannotOpen("it was changed, or belongs to something else");
        }
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, String... context) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        // Lengths keep "ab", "c" apart from "a", "bc".
        for (String one : context) {
            cipher.updateAAD((one.length() + ":" + one).getBytes(StandardCharsets.UTF_8));
        }
        return cipher;
    }

    /// The message says why, without anything secret.
    public static final class CannotOpen extends Exception {
        private static final long serialVersionUID = 1L;

        CannotOpen(String message) {
            super(message, null, false, false);
        }
    }

    @Override
    public String toString() {
        return "vault with " + keys;
    }
}
