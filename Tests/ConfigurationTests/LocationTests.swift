import Testing

@testable import Configuration

@Suite struct LocationTests {
    @Test func `an explicit file goes before all others`() {
        let found = ConfigurationFile.locate(
            explicit: "a.yaml", environment: ["LOCKSTEP_CONFIG": "/b.yaml"],
            workingDirectory: "/home/alice")
        #expect(found == .found(path: "/home/alice/a.yaml", wasImplicitHere: false))
    }

    @Test func `the environment's file comes next`() {
        let found = ConfigurationFile.locate(
            explicit: nil, environment: ["LOCKSTEP_CONFIG": "/b.yaml"],
            workingDirectory: "/home/alice")
        #expect(found == .found(path: "/b.yaml", wasImplicitHere: false))
    }

    @Test func `one that lies here is found and said to be so`() throws {
        let folder = try Folder()
        let path = try folder.write("lockstep.yaml", "")
        let found = ConfigurationFile.locate(
            explicit: nil, environment: [:], workingDirectory: folder.path)
        #expect(found == .found(path: path, wasImplicitHere: true))
    }

    @Test(arguments: [
        (["HOME": "/nowhere"], "/nowhere/.config"),
        (["HOME": "/nowhere", "XDG_CONFIG_HOME": "/no/where"], "/no/where"),
        (["HOME": "/nowhere", "XDG_CONFIG_HOME": "relative"], "/nowhere/.config"),
    ])
    func `where nothing is the places are named`(environment: [String: String], folder: String) {
        let found = ConfigurationFile.locate(
            explicit: nil, environment: environment, workingDirectory: "/nonexistent")
        #expect(
            found
                == .notFound(lookedAt: [
                    "/nonexistent/lockstep.yaml", "\(folder)/lockstep/lockstep.yaml",
                    "/etc/lockstep/lockstep.yaml",
                ]))
    }
}
