internal import Foundation

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
