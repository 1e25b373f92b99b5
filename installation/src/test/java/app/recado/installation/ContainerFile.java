package app.recado.installation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A container file, read as its instructions. */
final class ContainerFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** E.g. {@code FROM} and the rest of the line. */
    record Instruction(String name, String rest) {}

    private final List<Instruction> instructions = new ArrayList<>();

    ContainerFile(Path file) {
        Documents.read(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" ", 2))
                .forEach(words -> instructions.add(new Instruction(words[0], words[1].strip())));
    }

    List<Instruction> all() {
        return instructions;
    }

    List<String> all(String name) {
        return instructions.stream()
                .filter(one -> one.name().equals(name))
                .map(Instruction::rest)
                .toList();
    }

    /** What belongs to the image itself, after the last FROM. */
    List<Instruction> lastStage() {
        var from = instructions.stream()
                .filter(one -> one.name().equals("FROM"))
                .reduce((first, second) -> second)
                .orElseThrow();
        return instructions.subList(instructions.lastIndexOf(from) + 1, instructions.size());
    }

    /** The words of the command the image runs. */
    List<String> entryPoint() {
        return Arrays.asList(JSON.readValue(all("ENTRYPOINT").getFirst(), String[].class));
    }

    /** Commands of the build that start this program, as a shell takes them. */
    List<String> commands(String program) {
        return all("RUN").stream()
                .filter(run -> run.startsWith("[\"" + program + "\""))
                .map(run -> String.join(" ", JSON.readValue(run, String[].class)))
                .toList();
    }
}
