internal import Configuration
internal import Ground
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

    /// Never over an existing file.
    private func writeSample() throws {
        let path = "./" + Self.sample
        try OutputFile.make(path, by: world.presumedCaller) {
            $0.write(SampleResource.configuration)
        }
        if world.wantsJSON {
            world.print(["sample": .string(path)])
        } else {
            world.output.line("wrote \(path): every key is explained there")
        }
    }
}
