package app.recado.kernel.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A folder on this machine, for installations of one machine. */
final class FolderStore implements MediaStore {

    private final Path folder;

    FolderStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Optional<InputStream> open(String key) throws IOException {
        try {
            return Optional.of(Files.newInputStream(path(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String key, Path file, String contentType) throws IOException {
        var target = path(key);
        Files.createDirectories(target.getParent());
        var partial = target.resolveSibling(UUID.randomUUID() + ".partial");
        Files.copy(file, partial);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    @Override
    public List<String> keys(String folder) throws IOException {
        var start = path(folder);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (var files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> this.folder.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private Path path(String key) throws IOException {
        var path = folder.resolve(key).normalize();
        if (!path.startsWith(folder) || path.equals(folder)) {
            throw new IOException("A key that leaves the store");
        }
        return path;
    }
}
