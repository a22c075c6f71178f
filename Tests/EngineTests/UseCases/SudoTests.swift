import Fixtures
import Foundation
import Ground
import Testing

/// Somebody with some rights, through sudo: no more than those rights, and no files but their own.
@Suite(.enabled(if: MachineUser.canBeMade)) struct SudoTests {
    private let secret = Slapd.servicePassword

    @Test(arguments: [true, false])
    func `an operator locks, and may nothing else, whatever they name`(owned: Bool) throws {
        let sudo = try SudoLab(owned: owned)
        let end = try sudo.run("--json", "lock", "ada", "--reason", "misuse", "--yes")
        #expect(end.exitCode == 0, "\(end.stderr)")
        #expect(JSONValue(parsing: end.stdout)?["by"]?.string == sudo.caller.login)
        let unlock = ["unlock", "ada", "--reason", "cleared", "--yes"]
        #expect(try sudo.run(unlock[0], unlock[1], unlock[2], unlock[3], unlock[4]).exitCode == 77)

        // Root's file, which is trusted, without operators.
        let trusted = try TemporaryFolder("examples")
        try ChildProcess.run("chmod", ["755", trusted.path]).succeeded(at: "chmod")
        var open = sudo.lab.configuration
        open.top = ""
        let other = try trusted.write(
            open.text(url: sudo.lab.proxy.url)
                .replacing("store: store.db", with: "store: \(sudo.lab.folder.file("store.db"))")
                .replacing("hq.password", with: sudo.lab.folder.file("hq.password")),
            to: "lockstep.yaml", mode: 0o644)
        let refused = try sudo.run(
            unlock[0], unlock[1], unlock[2], unlock[3], unlock[4], configuration: other)
        #expect(refused.exitCode == 78, "\(refused.stderr)")
        #expect(!sudo.lab.binds("ada"))
    }

    @Test func `as root, files are opened with the caller's rights`() throws {
        let sudo = try SudoLab(owned: false)
        let password = sudo.lab.folder.file("hq.password")
        for file in ["/etc/shadow", password] {
            let end = try sudo.run("lock", "--from", file, "--reason", "misuse", "--yes")
            #expect(end.exitCode == 65)
            #expect(
                end.stderr == "lockstep: error: cannot read \(file): Permission denied\n")
        }
        let list = try sudo.write("ben\n", to: "list")
        let locked = try sudo.run("lock", "--from", list, "--reason", "misuse", "--yes")
        #expect(locked.exitCode == 0, "\(locked.stderr)")
        #expect(!sudo.lab.binds("ben"))

        let page = sudo.home.file("page.html")
        for _ in 0..<2 { #expect(try sudo.run("report", "1", "--html", page).exitCode == 0) }
        #expect(try sudo.owner(of: page) == sudo.caller.login)
        let copy = sudo.home.file("copy.db")
        let backup = try sudo.run("store", "backup", copy)
        #expect(backup.exitCode == 0, "\(backup.stderr)")
        #expect(try sudo.owner(of: copy) == sudo.caller.login)
        let whole = try ChildProcess.run("sqlite3", [copy, "PRAGMA integrity_check"])
        #expect(whole.stdout == "ok\n", "\(whole.stderr)")
        #expect(try sudo.run("store", "backup", copy).exitCode == 65)

        for file in ["/etc/lockstep-page", sudo.lab.folder.file("page.html")] {
            #expect(try sudo.run("report", "1", "--html", file).exitCode == 65)
            #expect(try sudo.run("store", "backup", file).exitCode == 74)
            #expect(!FileManager.default.fileExists(atPath: file))
        }
        #expect(try sudo.run("init", "--sample", folder: "/etc").exitCode == 65)
        #expect(try sudo.run("init", "--sample", folder: sudo.home.path).exitCode == 0)
        let here = try FileManager.default.contentsOfDirectory(atPath: sudo.lab.folder.path)
        #expect(!here.contains { $0.contains(".copy-") }, "\(here)")
    }

    @Test func `as the store's owner, the shell opens the files`() throws {
        let sudo = try SudoLab(owned: true)
        let list = try sudo.write("ben\n", to: "list")
        for file in [sudo.lab.folder.file("hq.password"), list] {
            let end = try sudo.run("lock", "--from", file, "--reason", "misuse", "--yes")
            #expect(end.exitCode == 65)
            #expect(
                end.stderr == """
                    lockstep: error: \(file) is not opened: \(sudo.caller.login) names it, and only root \
                    can open a file with the rights of \(sudo.caller.login)
                    Let the shell open it, and write - in its place: … - < FILE

                    """)
        }
        #expect(try sudo.run("store", "backup", sudo.lab.folder.file("copy.db")).exitCode == 65)
        let locked = try sudo.run(
            "lock", "--from", "-", "--reason", "misuse", "--yes", input: "ben\n")
        #expect(locked.exitCode == 0, "\(locked.stderr)")
        let page = try sudo.run("report", "1", "--html", "-")
        #expect(page.exitCode == 0)
        #expect(page.stdout.hasPrefix("<!DOCTYPE html>"))
    }

    @Test(arguments: [true, false])
    func `what the caller can't read is in no message`(owned: Bool) throws {
        let sudo = try SudoLab(owned: owned)
        let secrets = [sudo.lab.folder.file("hq.password")] + (owned ? [] : ["/etc/shadow"])
        for file in secrets {
            let end = try sudo.run("status", configuration: file)
            #expect(end.exitCode == 78)
            #expect(
                end.stderr == """
                    lockstep: error: \(file) is no configuration that can be used; what is wrong with it \
                    is told to those who may read it

                    """)
        }
        // A mistake in a file that everybody may read is told.
        let open = try TemporaryFolder("open")
        try ChildProcess.run("chmod", ["755", open.path]).succeeded(at: "chmod")
        let file = try open.write("colour: red\n", to: "lockstep.yaml", mode: 0o644)
        #expect(try sudo.run("status", configuration: file).stderr.contains("colour"))
    }

    @Test func `rows and certificates of a list are the caller's files, too`() throws {
        let sudo = try SudoLab(owned: false)
        sudo.lab.configuration.top =
            "operators: {\(sudo.caller.login): {may: [lock, import]}}"
        try sudo.lab.configure()
        let rows = "user,kind,serial,state,certificate\nada,card,C-1,active,/etc/shadow\n"
        let list = try sudo.write(rows, to: "cards.csv")
        let end = try sudo.run("credential", "import", list)
        #expect(end.exitCode == 65)
        #expect(end.stderr.contains("cannot read /etc/shadow: Permission denied"), "\(end.stderr)")
        #expect(!end.stderr.contains("root:"))
        let certificate = try sudo.run(
            "certificate", "import", "/etc/shadow", "--credential", "C-1")
        #expect(certificate.exitCode == 65)
        #expect(certificate.stderr.contains("cannot read /etc/shadow: Permission denied"))
    }
}
