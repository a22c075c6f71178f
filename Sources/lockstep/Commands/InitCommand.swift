internal import Configuration
internal import Glibc
internal import Identity
internal import Sample
internal import Store

/// `lockstep init`: makes the store, and with `--sample` a configuration to start from.
struct InitCommand {
    private static let sample = "lockstep.yaml"

    let world: World

    func run() throws -> ExitCode {
        if world.command.flag(.sample) {
            try writeSample()
            return .ok
        }
        let settings = try world.settings()
        let store = try world.store(settings, for: .write(create: true))
        if world.wantsJSON {
            world.print(["store": .string(store.path), "created": .bool(store.isNew)])
        } else if store.isNew {
            world.output.line("made the store \(store.path)")
        } else {
            world.output.line("the store \(store.path) is there already")
        }
        return .ok
    }

    /// Never over an existing file: O_EXCL decides, not a look beforehand.
    private func writeSample() throws {
        let path = Self.sample
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? Ending(.refused, "./\(path) exists already", hint: "It was left as it is.")
                : Ending(
                    .refused, "cannot write ./\(path): \(unsafe String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var octets = SampleResource.configuration[...]
        while !octets.isEmpty {
            let count = unsafe octets.withUnsafeBytes {
                unsafe write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else {
                throw Ending(
                    .refused, "cannot write ./\(path): \(unsafe String(cString: strerror(errno)))")
            }
            octets = octets.dropFirst(count)
        }
        if world.wantsJSON {
            world.print(["sample": .string("./" + path)])
        } else {
            world.output.line("wrote ./\(path): every key is explained there")
        }
    }
}
