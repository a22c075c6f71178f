internal import Engine
internal import Glibc
internal import Ground
internal import Store

/// `lockstep store backup FILE`: a whole copy, while others go on writing.
struct StoreBackupCommand {
    let world: World

    func run() throws -> ExitCode {
        let file = try world.command.required(.file)
        let settings = try world.settings()
        let store = try world.store(settings, for: .read)
        let caller = world.caller(settings)
        try caller.using(file) { () throws(Ending) in
            var status = stat()
            if unsafe lstat(file, &status) == 0 { throw OutputFile.taken(file) }
        }
        try world.waiting(for: "the copy of \(store.path)") {
            switch caller {
            case .ourselves: try copy(store, to: file)
            case .somebody: try handOver(store, as: file, to: caller)
            }
        }
        var status = stat()
        let octets = unsafe stat(file, &status) == 0 ? Int64(status.st_size) : 0
        if world.wantsJSON {
            world.print(["file": .string(file), "octets": .int(octets)])
        } else {
            world.output.line("copied \(store.path) to \(file), \(octets) octets")
        }
        return .ok
    }

    private func copy(_ store: Store, to file: String) throws {
        do throws(StoreError) {
            try store.backUp(to: file, replacing: false, marking: world.now())
        } catch {
            if error.code == EEXIST { throw OutputFile.taken(file) }
            // What is wrong with the store has a hint of its own, what is wrong with the file none.
            throw error.path == store.path ? error : Ending(.store, error.description)
        }
    }

    /// SQLite opens its files by name, and in the caller's folder names are the caller's: so the copy is
    /// made beside the store, and only its octets go there.
    private func handOver(_ store: Store, as file: String, to caller: Caller) throws {
        let copy = "\(store.path).copy-\(getpid())"
        try store.backUp(to: copy, marking: world.now())
        defer { _ = unsafe unlink(copy) }
        let source = FileDescriptor(unsafe open(copy, O_RDONLY | O_CLOEXEC | O_NOFOLLOW))
        try OutputFile.make(file, by: caller, failing: .store) { $0.copy(source) }
    }
}

/// `lockstep store check`: reads all of the store, and the whole audit chain.
struct StoreCheckCommand {
    let world: World

    func run() throws -> ExitCode {
        let store = try world.store(world.settings(), for: .read)
        let lines = world.waiting(for: "the store, which is read as a whole") {
            StoreInspection.lines(store, now: world.now())
        }
        let report = CheckReport(lines: lines)
        if world.wantsJSON {
            world.print(report.json)
        } else {
            report.write(to: world.output)
        }
        return CheckLine.failedArea(lines) == nil ? .ok : .store
    }
}
