import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// Files that a run writes by itself: nothing is replaced, followed or waited for that is not Lockstep's.
struct OwnFileTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: lab.folder.file(name), encoding: .utf8)
    }

    @Test func `metrics replace metrics alone`() throws {
        try lab.configure {
            $0.replacing("store: store.db", with: "store: store.db\nmetrics: m.prom")
        }
        try lab.folder.write("a neighbour's\n", to: "neighbour")
        let file = lab.folder.file("m.prom")
        let warning =
            "lockstep: warning: metrics: \(file) is there already, and is no file of Lockstep's\n"
        for make in ["cp neighbour m.prom", "ln neighbour m.prom", "ln -s neighbour m.prom"] {
            try ChildProcess.run("sh", ["-c", make], folder: lab.folder.path)
                .succeeded(at: make)
            let end = try lab.run("sync")
            #expect(end.exitCode == 0)
            #expect(end.stderr.contains(warning), "\(make): \(end.stderr)")
            #expect(try text("m.prom") == "a neighbour's\n")
            try lab.folder.remove(file: "m.prom")
        }
        try ChildProcess.run("mkfifo", [file]).succeeded(at: "mkfifo")
        #expect(try lab.run("sync").exitCode == 0)
        try lab.folder.remove(file: "m.prom")
        for _ in 0..<2 { #expect(try lab.run("sync").stderr.contains("metrics") == false) }
        #expect(try text("m.prom").contains("lockstep_build_info"))
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["mkfifo told.json", "ln -s secret told.json"])
    func `what was told is read from no pipe and no link`(make: String) throws {
        try lab.folder.makeFolder("state/lockstep")
        let state = lab.folder.file("state/lockstep")
        try lab.folder.write("not ours\n", to: "state/lockstep/secret")
        try ChildProcess.run("sh", ["-c", make], folder: state).succeeded(at: make)
        try lab.configure { "colour: red\n" + $0 }
        for _ in 0..<2 {
            let end = try lab.run("--quiet", "sync")
            #expect(end.exitCode == 78)
            #expect(end.stderr.contains("colour"))
        }
        #expect(try text("state/lockstep/secret") == "not ours\n")
    }

    @Test func `a backup takes away no file beside it`() throws {
        try lab.run("sync").succeeded(at: "sync")
        try lab.folder.write("a neighbour's\n", to: "copy.db.part")
        try lab.run("store", "backup", lab.folder.file("copy.db")).succeeded(at: "store backup")
        #expect(try text("copy.db.part") == "a neighbour's\n")
    }

    @Test func `check says that others can write the store's folder, and nobody is locked there`()
        throws
    {
        try lab.folder.makeFolder("shared")
        try lab.configure { $0.replacing("store: store.db", with: "store: shared/store.db") }
        try lab.run("sync").succeeded(at: "sync")
        try ChildProcess.run("chmod", ["777", lab.folder.file("shared")]).succeeded(at: "chmod")
        let lines = try lab.json("check").array ?? []
        let line = lines.first { $0["check"] == "store" }
        #expect(line?["state"] == "failed")
        #expect(
            line?["message"]?.string?.contains("may be written by group or others (mode 0777)")
                == true)
        #expect(try lab.run("lock", "ada", "--reason", "misuse", "--yes").exitCode == 74)
        #expect(lab.server.binds(as: SampleOrganisation.person("ada"), password: "password-of-ada"))
    }
}
