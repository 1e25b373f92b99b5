package app.recado.patients;

/** A hash of what makes two rows of a file the same (FNV-1a, 64 bits): a hundred thousand of them take no memory to speak of. */
public final class RowHash {

    private RowHash() {}

    public static long of(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
