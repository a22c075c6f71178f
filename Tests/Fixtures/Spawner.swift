internal import Foundation
internal import Glibc

/// posix_spawn(3) with three descriptors, no blocked and no ignored signals.
package struct Spawner {
    /// stdin, stdout, stderr.
    package let descriptors: [Int32]

    package init(descriptors: [Int32]) {
        self.descriptors = descriptors
    }

    /// The pid; `command` is the program and its arguments.
    package func spawn(_ command: [String], environment: [String]) throws -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (target, descriptor) in descriptors.enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
        }

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        Self.clearSignals(&attributes)

        let argv = unsafe Self.strings(command)
        let envp = unsafe Self.strings(environment)
        defer {
            unsafe Self.release(argv)
            unsafe Self.release(envp)
        }
        var pid: Int32 = 0
        let code = unsafe posix_spawnp(&pid, command[0], &actions, &attributes, argv, envp)
        guard code == 0 else {
            throw FixtureError(
                "\(command[0]) can't be started: \(unsafe String(cString: strerror(code)))")
        }
        return pid
    }

    private static func clearSignals(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        var result: [UnsafeMutablePointer<CChar>?] = unsafe []
        for text in texts { unsafe result.append(strdup(text)) }
        unsafe result.append(nil)
        return unsafe result
    }

    private static func release(_ strings: [UnsafeMutablePointer<CChar>?]) {
        for index in unsafe strings.indices { unsafe free(strings[index]) }
    }
}

/// The folder that holds what this package's build made.
package enum Products {
    /// The built `lockstep`, beside the test bundle that is running.
    package static func lockstep() throws -> String {
        let path = try folder() + "/lockstep"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw FixtureError("\(path) is not there: swift build --product lockstep")
        }
        return path
    }

    /// A folder, of the build like all that stands beside it, for what is dear to make and can be used again.
    static func cache(_ name: String) throws -> String {
        let path = try folder() + "/fixtures/" + name
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// On Linux the bundle is the program itself, or is named in the arguments of the one that loads it.
    private static func folder() throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return URL(fileURLWithPath: bundle).resolvingSymlinksInPath()
            .deletingLastPathComponent().path
    }
}
