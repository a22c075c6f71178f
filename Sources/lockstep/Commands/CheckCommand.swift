internal import Configuration
internal import Engine
internal import Glibc
internal import Store

/// `lockstep check`: whether everything that a sync and a lock need is in order.
struct CheckCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let directories = try world.directories(settings)
        var lines =
            [CheckLine(.configuration, CheckVerdict.parsed(settings))]
            + OverlapCheck.lines(settings)
        for directory in directories {
            let (password, files) = try self.files(of: directory)
            lines += files
            var canary = DirectoryPassword.unavailable
            if let path = directory.canary?.passwordFile {
                let (verdict, read) = FilesCheck.password(path, as: "canary.passwordFile")
                lines.append(CheckLine(.files, of: directory.name, verdict))
                canary = read
            }
            lines += try DirectoryCheck(
                directory, defaultRoles: settings.defaultRoles, password: password, canary: canary,
                store: settings.store.path,
                now: world.now(), watch: world.watch, uninterrupted: uninterrupted
            ).lines()
        }
        lines += try authorityLines(settings)
        lines += try OwnershipCheck.lines(settings, by: world.holder(settings))
        lines += ReceiverCheck.lines(
            settings.receivers, owner: world.storeOwner(settings))
        lines += StoreCheck.lines(settings.store, by: world.holder(settings), now: world.now())
        let report = CheckReport(lines: lines)
        if world.wantsJSON {
            world.print(report.json)
        } else {
            report.writeHeadlines(of: directories.map(\.name), to: world.output)
            report.write(to: world.output)
            report.writeSummary(to: world.output)
        }
        return CheckLine.failedArea(lines).map(ExitCode.init) ?? .ok
    }

    /// A store that can't be read has a line of its own.
    private func authorityLines(_ settings: Settings) throws -> [CheckLine] {
        let store = try? Store.open(settings.store.path, for: .read, by: world.holder(settings))
        return try AuthorityCheck(
            settings.authorities, owner: world.owner(of: settings.store.path) ?? geteuid(),
            store: store, now: world.now(), watch: world.watch
        ).lines()
    }

    /// A signal is obeyed when it is done.
    private func uninterrupted(_ work: () throws -> CheckVerdict) rethrows -> CheckVerdict {
        let watch = SignalWatch()
        defer { withExtendedLifetime(watch) {} }
        return try work()
    }

    /// The files of a directory, and the password that one of them holds.
    private func files(
        of directory: DirectorySettings
    ) throws -> (DirectoryPassword, [CheckLine]) {
        var verdicts: [CheckVerdict] = []
        var password = DirectoryPassword.notNeeded
        if case .simple(_, let source, _) = directory.bind {
            switch source {
            case .file(let path):
                let (verdict, read) = FilesCheck.password(path, as: "bind.passwordFile")
                verdicts.append(verdict)
                password = read
            case .ask where world.isInteractive:
                password = .octets(try world.passwords.octets(of: source))
            case .ask:
                verdicts.append(FilesCheck.nobodyToAsk)
                password = .unavailable
            }
        }
        verdicts += FilesCheck.tls(directory.tls)
        return (password, verdicts.map { CheckLine(.files, of: directory.name, $0) })
    }
}

extension ExitCode {
    fileprivate init(_ area: CheckLine.Area) {
        self =
            switch area {
            case .configuration: .configuration
            case .store: .store
            case .directory: .unavailable
            }
    }
}
