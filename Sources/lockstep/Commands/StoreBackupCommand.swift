internal import Glibc
internal import Identity
internal import Store

/// `lockstep store backup FILE`: a whole copy, while others go on writing.
struct StoreBackupCommand {
    let world: World

    func run() throws -> ExitCode {
        let file = try world.command.required(.file)
        let store = try world.store(world.settings(), for: .read)
        var status = stat()
        if unsafe lstat(file, &status) == 0 { throw taken(file) }
        do throws(StoreError) {
            try store.database.backUp(to: file, replacing: false, marking: world.now())
        } catch {
            if error.code == EEXIST { throw taken(file) }
            // What is wrong with the store has a hint of its own, what is wrong with the file none.
            throw error.path == store.path ? error : Ending(.store, error.description)
        }
        let octets = unsafe stat(file, &status) == 0 ? Int64(status.st_size) : 0
        if world.wantsJSON {
            world.print(["file": .string(file), "octets": .int(octets)])
        } else {
            world.output.line("copied \(store.path) to \(file), \(octets) octets")
        }
        return .ok
    }

    private func taken(_ file: String) -> Ending {
        Ending(.refused, "\(file) exists already", hint: "It was left as it is.")
    }
}
