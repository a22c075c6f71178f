import Foundation
import Testing

@testable import lockstep

/// The built program itself.
struct CommandLineProgramTests {
    private func run(_ arguments: String...) throws -> CommandLineChild {
        try CommandLineChild(CommandLineChild.lockstep, arguments)
    }

    @Test func `help goes to stdout`() throws {
        let child = try run("--help")
        #expect(child.status == 0)
        #expect(child.output == HelpPage.text(.overview, width: nil))
        #expect(child.errors.isEmpty)
    }

    @Test func `the version is one line`() throws {
        #expect(try run("--version").output == "lockstep \(Program.version)\n")
    }

    @Test func `a wrong line exits 64 and leaves stdout empty`() throws {
        let child = try run("lokc")
        #expect(child.status == 64)
        #expect(child.output.isEmpty)
        #expect(
            child.errors
                == """
                lockstep: error: There is no command 'lokc'. Did you mean 'lock'? See 'lockstep help'.

                """
        )
    }

    @Test(arguments: [
        (ManualName.lockstep, "[--reason CODE]"), (.configuration, "directories.NAME.users.base"),
    ])
    func `a manual page is without a warning`(_ name: ManualName, _ part: String) throws {
        let folder = try CommandLineFolder()
        let page = try folder.write(run("man", name.rawValue).output, to: "page")
        let groff = try CommandLineChild(
            CommandLineChild.program("groff", package: "groff"),
            ["-man", "-ww", "-z", page.path])
        #expect(groff.errors.isEmpty)
        let man = try CommandLineChild(
            CommandLineChild.program("man", package: "man-db"), ["--warnings", "-l", page.path],
            environment: ["MANWIDTH": "80", "MANPAGER": "cat"])
        #expect(man.status == 0)
        #expect(man.errors.isEmpty)
        #expect(man.output.contains(part))
        let lint = try CommandLineChild(
            CommandLineChild.program("mandoc", package: "mandoc"), ["-T", "lint", page.path])
        #expect(lint.output.isEmpty)
    }
}
