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
