internal import Configuration
internal import Identity
internal import Store

/// The end of a `sync --quiet` that never came to its store: told once, again after a day, and when it
/// is over.
struct UnattendedEnding {
    let world: World

    /// What `work` throws counts as told when it was told before; the exit code tells of it every time.
    func told(_ work: () throws -> ExitCode) throws -> ExitCode {
        let file = ToldFile(
            environment: world.environment, caller: world.presumedCaller, subject: subject,
            now: world.now())
        let code: ExitCode
        do {
            code = try work()
        } catch {
            let ending = Ending(error)
            guard isTold(ending), !file.isNews(ending.message) else { throw error }
            if world.wantsJSON, let json = ending.json { world.print(json) }
            return ending.exit
        }
        if let message = file.over() {
            world.log.tell(.notice, "over: \(Self.short(message))")
        }
        return code
    }

    /// A person at the terminal is answered every time.
    private func isTold(_ ending: Ending) -> Bool {
        !world.errors.capabilities.isTerminal
            && (ending.exit == .configuration || ending.exit == .store)
    }

    private var subject: String {
        switch world.configurationFile {
        case .found(let path, _): path
        case .notFound: ""
        }
    }

    private static func short(_ message: String) -> String {
        let lines = message.split(separator: "\n")
        let more = lines.count > 1 ? ", and \(lines.count - 1) more" : ""
        return (lines.first.map(String.init) ?? "") + more
    }
}
