// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.text.FileProblem;
import org.conversationbridge.text.TextFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to reach the embedded broker: generated at its first start, kept in a file that only the owner can read, for the
 * consumers on this machine.
 *
 * @param url for JMS clients of Artemis
 */
public record BrokerCredentials(String url, String user, Secret password) {
    /** Name of the file in the data folder. */
    public static final String FILE = "broker-credentials.properties";

    private static final Logger LOG = LoggerFactory.getLogger(BrokerCredentials.class);
    private static final int PASSWORD_BYTES = 24;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** Those of the last start with the URL of this one; new ones at the first start, and where none can be read. */
    static BrokerCredentials keepOrGenerate(Path dataDir, String url) throws IOException {
        BrokerCredentials credentials = kept(dataDir, url)
                .filter(BrokerCredentials::isComplete)
                .orElseGet(() -> new BrokerCredentials(url, "bridge", randomPassword()));
        credentials.write(dataDir);
        return credentials;
    }

    private static Optional<BrokerCredentials> kept(Path dataDir, String url) throws IOException {
        try {
            BrokerCredentials kept = read(dataDir);
            return Optional.of(new BrokerCredentials(url, kept.user(), kept.password()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            LOG.warn("broker: {} cannot be read and is replaced, with a new password", dataDir.resolve(FILE));
            return Optional.empty();
        } catch (IOException e) {
            throw new BrokerException(
                    dataDir.resolve(FILE) + " cannot be read: " + FileProblem.of(e)
                            + ". Repair or delete it: a missing file is created with a new password.",
                    e);
        }
    }

    private boolean isComplete() {
        boolean complete = !user.isBlank() && !password.reveal().isBlank();
        if (!complete) {
            LOG.warn("broker: {} lacks user or password and is replaced, with a new password", FILE);
        }
        return complete;
    }

    /**
     * Those in a data folder.
     *
     * @throws java.nio.file.NoSuchFileException when no broker was started there yet
     */
    public static BrokerCredentials read(Path dataDir) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(TextFile.read(dataDir.resolve(FILE))));
        return new BrokerCredentials(
                properties.getProperty("broker.url", ""),
                properties.getProperty("broker.user", ""),
                new Secret(properties.getProperty("broker.password", "")));
    }

    private void write(Path dataDir) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("broker.url", url);
        properties.setProperty("broker.user", user);
        properties.setProperty("broker.password", password.reveal());
        Path temporary = Files.createTempFile(dataDir, FILE, ".tmp", ownerOnly(dataDir));
        try (OutputStream out = Files.newOutputStream(temporary)) {
            properties.store(out, "Embedded broker of Conversation Bridge. Readable by the owner only.");
        }
        Files.move(temporary, dataDir.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerOnly(Path dir) {
        boolean posix = dir.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static Secret randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }
}
