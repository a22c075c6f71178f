internal import Configuration
internal import Glibc
internal import Identity
internal import Store

/// The configuration, and whose files the command line names.
extension World {
    /// Where the configuration is.
    var configurationFile: ConfigurationFile {
        ConfigurationFile.locate(
            explicit: command.value(.config), environment: variables,
            workingDirectory: workingDirectory)
    }

    /// The configuration, found and read.
    func settings() throws -> Settings {
        switch configurationFile {
        case .notFound(let places):
            throw Ending(
                .configuration,
                "there is no configuration; looked for \(places.joined(separator: ", "))",
                hint: "Name one with --config, or write one to start from: lockstep init --sample")
        case .found(let path, let wasImplicitHere):
            if wasImplicitHere { noteImplicitConfiguration(path) }
            return try settings(path)
        }
    }

    /// What the caller may not read of the file no error shows; nor is a password file taken from a
    /// caller's environment.
    private func settings(_ path: String) throws -> Settings {
        let password = ConfigurationFile.passwordFile(
            environment: variables, workingDirectory: workingDirectory)
        let settings: Settings
        do throws(ConfigurationErrors) {
            settings = try Settings.load(
                path: path, callerUID: geteuid(), passwordFile: password)
        } catch {
            guard presumedCaller.mayRead(path) else {
                throw Ending(
                    .configuration,
                    "\(path) is no configuration that can be used; what is wrong with it is told to "
                        + "those who may read it")
            }
            throw error
        }
        guard password == nil || caller(settings) == .ourselves else {
            throw Ending(
                .configuration,
                "LOCKSTEP_PASSWORD_FILE is not taken from somebody who runs this as another user",
                hint: "Unset it; bind.passwordFile in \(path) names the file.")
        }
        return settings
    }

    /// Those that say where the configuration is.
    private var variables: [String: String] {
        let names = ["LOCKSTEP_CONFIG", "XDG_CONFIG_HOME", "HOME", "LOCKSTEP_PASSWORD_FILE"]
        var variables: [String: String] = [:]
        for name in names { variables[name] = environment[name] }
        return variables
    }

    var workingDirectory: String {
        guard let path = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// Whose files the command line names.
    func caller(_ settings: Settings) -> Caller {
        OperatorIdentity.caller(
            environment: environment, storeOwner: owner(of: settings.store.path))
    }

    /// The same where there is no configuration yet.
    var presumedCaller: Caller { OperatorIdentity.presumedCaller(environment: environment) }

    /// Where a copy of the store may lie for a while: no caller says where.
    var temporaryFolder: String {
        presumedCaller == .ourselves ? environment["TMPDIR"] ?? "/tmp" : "/tmp"
    }
}

extension World {
    /// The one credential with this serial; `--user` and `--kind` decide between several.
    func credential(_ serial: String, in store: Store) throws -> Credential {
        var found = try CredentialTable(store).credentials(withSerial: serial)
        if let name = command.value(.user) {
            let holder = try user(name, in: store)
            found = found.filter { $0.user == holder.id }
        }
        if let kind = command.value(.kind) { found = found.filter { $0.kind == kind } }
        if let only = found.first, found.count == 1 { return only }
        if found.isEmpty { throw Ending(.refused, "there is no credential “\(serial)”") }
        let holders = try found.compactMap { try store.user($0.user) }
        let names = zip(found, holders).map { "\($0.kind.rawValue) of \($1.record.username)" }
        var seen: Set<UserID> = []
        let deciding = [
            Set(found.map(\.user)).count > 1 ? "--user" : nil,
            Set(found.map(\.kind)).count > 1 ? "--kind" : nil,
        ].compactMap(\.self).joined(separator: " or ")
        throw Ending(
            .refused,
            "\(found.count) credentials have the serial “\(serial)”: \(names.joined(separator: ", "))",
            hint: "Say which it is with \(deciding).",
            candidates: holders.filter { seen.insert($0.id).inserted })
    }
}

extension World {
    /// The directories that the command is about: the one that `--directory` names, or all.
    func directories(_ settings: Settings) throws -> [DirectorySettings] {
        guard let name = command.value(.directory) else { return settings.directories }
        guard let only = settings.directories.first(where: { $0.name == name }) else {
            let names = settings.directories.map(\.name.rawValue).joined(separator: ", ")
            throw Ending(
                .refused, "there is no directory “\(name)”", hint: "Directories: \(names).")
        }
        return [only]
    }
}
