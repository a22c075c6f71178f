internal import Engine
internal import Store

/// `lockstep store check`: reads all of the store, and the whole audit chain.
struct StoreCheckCommand {
    let world: World

    func run() throws -> ExitCode {
        let store = try world.store(world.settings(), for: .read)
        let lines = StoreInspection.lines(store, now: world.now())
        let report = CheckReport(lines: lines)
        if world.wantsJSON {
            world.print(report.json)
        } else {
            report.write(to: world.output)
        }
        return CheckLine.failedArea(lines) == nil ? .ok : .store
    }
}
