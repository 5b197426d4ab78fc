// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Text files that an administrator writes with whatever editor there is. UTF-8 with a byte order mark is read as
 * without it; another encoding is refused with the line.
 */
public final class TextFile {
    /** In bytes; a device or a dump is none of an administrator's texts. */
    private static final int LARGEST = 4 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /**
     * Reads a file.
     *
     * @throws NoSuchFileException when there is none
     * @throws IOException when it cannot be read or is not UTF-8; the message says why, without the name of the file
     */
    public static String read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (AccessDeniedException e) {
            throw new IOException("the user that runs this program has no permission to read it", e);
        } catch (IOException e) {
            throw new IOException(Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage()), e);
        }
        if (bytes.length > LARGEST) {
            throw new IOException("it has more than " + (LARGEST >> 20) + " MB");
        }
        return decode(bytes);
    }

    private static String decode(byte[] bytes) throws IOException {
        if (bytes.length > 1 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFF + 0xFE) {
            throw new IOException("it is UTF-16; save it as UTF-8");
        }
        int nul = indexOfNul(bytes);
        if (nul >= 0) {
            throw new IOException(
                    "line " + lineAt(bytes, nul) + " has a NUL byte: the file is UTF-16, or no text; save it as UTF-8");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
        } catch (CharacterCodingException e) {
            throw new IOException("line " + lineOfBadByte(bytes) + " is not UTF-8; save the file as UTF-8", e);
        }
    }

    /** The first line that cannot be decoded, from 1. */
    private static int lineOfBadByte(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        StandardCharsets.UTF_8.newDecoder().decode(in, java.nio.CharBuffer.allocate(bytes.length), true);
        return lineAt(bytes, in.position());
    }

    private static int indexOfNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int lineAt(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
