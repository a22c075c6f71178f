internal import Identity
internal import Store

/// `lockstep store check`: reads all of the store, and the whole audit chain.
struct StoreCheckCommand {
    private enum State: String {
        case ok
        case warning
        case failed
    }

    private struct Line {
        let check: String
        let state: State
        let message: String
    }

    let world: World

    func run() throws -> ExitCode {
        let store = try world.store(world.settings(), for: .read)
        let lines = tables(store) + [chain(store), head(store), modes(store)]
        if world.wantsJSON {
            world.print(.array(lines.map(json)))
        } else {
            for line in lines { write(line) }
        }
        return lines.contains { $0.state == .failed } ? .store : .ok
    }

    private func tables(_ store: Store) -> [Line] {
        do throws(StoreError) {
            let problems = try store.database.problems()
            guard problems.isEmpty else {
                return problems.map { Line(check: "tables", state: .failed, message: $0) }
            }
            return [Line(check: "tables", state: .ok, message: "every table and index is whole")]
        } catch {
            return [Line(check: "tables", state: .failed, message: error.description)]
        }
    }

    private func chain(_ store: Store) -> Line {
        do throws(StoreError) {
            let verdict = try store.audit.verify()
            guard let broken = verdict.firstBroken else {
                return Line(
                    check: "audit", state: .ok,
                    message: "\(verdict.events) events, each with the hash of the one before")
            }
            return Line(
                check: "audit", state: .failed,
                message: "event \(broken), or what stood before it, was changed")
        } catch {
            return Line(check: "audit", state: .failed, message: error.description)
        }
    }

    private func head(_ store: Store) -> Line {
        guard let rollback = store.rollback else {
            return Line(
                check: "head", state: .ok,
                message: "the store holds all that \(store.path).head saw")
        }
        return Line(
            check: "head", state: .failed,
            message: rollback.message + (rollback.hint.map { ". \($0)" } ?? ""))
    }

    private func modes(_ store: Store) -> Line {
        store.isWritableByOthers
            ? Line(
                check: "modes", state: .warning,
                message: "\(store.path) can be written by others: chmod 600 \(store.path)")
            : Line(
                check: "modes", state: .ok,
                message: "\(store.path) is written by its owner alone")
    }

    private func json(_ line: Line) -> JSONValue {
        [
            "check": .string(line.check), "directory": .null,
            "state": .string(line.state.rawValue), "message": .string(line.message),
        ]
    }

    private func write(_ line: Line) {
        let style: Style =
            switch line.state {
            case .ok: .green
            case .warning: .yellow
            case .failed: .red
            }
        let word = DisplayWidth.padded(line.state.rawValue, to: 7, alignment: .left)
        world.output.line(
            Span(Sanitized(word), style),
            Span("  \(DisplayWidth.padded(line.check, to: 6, alignment: .left))  \(line.message)"))
    }
}
