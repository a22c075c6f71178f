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

    /// On Linux the bundle is the program itself, or is named in the arguments of the one that loads it.
    private static func folder() throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return URL(fileURLWithPath: bundle).resolvingSymlinksInPath()
            .deletingLastPathComponent().path
    }
}
