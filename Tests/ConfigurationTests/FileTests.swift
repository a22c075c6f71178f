import Glibc
import Testing

@testable import Configuration

@Suite struct FileTests {
    private let me = geteuid()

    private func complaint(_ path: String, callerUID: UInt32? = nil) -> String? {
        do throws(ConfigurationErrors) {
            _ = try Settings.load(path: path, callerUID: callerUID ?? me)
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: [0o600, 0o644, 0o444] as [UInt32])
    func `a file that its owner alone can write is read`(mode: UInt32) throws {
        let folder = try Folder()
        let path = try folder.write("lockstep.yaml", Example.minimal(), mode: mode)
        #expect(complaint(path) == nil)
    }

    @Test(arguments: [(0o620, "0620"), (0o602, "0602"), (0o666, "0666")] as [(UInt32, String)])
    func `a file that others can write is refused`(mode: UInt32, shown: String) throws {
        let folder = try Folder()
        let path = try folder.write("lockstep.yaml", Example.minimal(), mode: mode)
        #expect(
            complaint(path) == "\(path): the file may be written by group or others "
                + "(mode \(shown)); take that away with chmod go-w")
    }

    @Test(arguments: [(0o770, "0770"), (0o702, "0702"), (0o1777, "1777")] as [(UInt32, String)])
    func `a folder that others can write is refused`(mode: UInt32, shown: String) throws {
        let folder = try Folder()
        let path = try folder.write("lockstep.yaml", Example.minimal())
        _ = unsafe chmod(folder.path, mode)
        #expect(
            complaint(path) == "\(path): its folder \(folder.path) may be written by group or "
                + "others (mode \(shown)); take that away with chmod go-w")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func `a stranger's file is refused`() throws {
        let folder = try Folder()
        let path = try folder.write("lockstep.yaml", Example.minimal())
        _ = unsafe chown(path, 12_345, 0)
        #expect(complaint(path, callerUID: 12_345) == nil)
        #expect(
            complaint(path) == "\(path): the file belongs to user 12345, who could decide who is "
                + "locked; only root or you may own it")
    }

    @Test func `a link is followed into a folder that is as safe`() throws {
        let folder = try Folder()
        _ = unsafe mkdir("\(folder.path)/link", 0o700)
        let target = try folder.write("link/lockstep.yaml", Example.minimal())
        let path = "\(folder.path)/lockstep.yaml"
        _ = unsafe symlink(target, path)
        #expect(complaint(path) == nil)
        _ = unsafe chmod("\(folder.path)/link", 0o777)
        #expect(
            complaint(path) == "\(path): its folder \(folder.path)/link may be written by group "
                + "or others (mode 0777); take that away with chmod go-w")
    }

    @Test func `what can't be read says why`() throws {
        let folder = try Folder()
        let path = "\(folder.path)/lockstep.yaml"
        #expect(complaint(path) == "\(path): cannot be read: No such file or directory")
        _ = unsafe mkfifo("\(folder.path)/pipe", 0o600)
        #expect(
            complaint("\(folder.path)/pipe")
                == "\(folder.path)/pipe: is not a regular file; name one that is")
    }

    @Test(arguments: [
        ("secret", "secret"), ("secret\n", "secret"), ("secret\r\n", "secret"),
        ("secret\n\n", "secret\n"), (" a b ", " a b "), ("\n\n", "\n"),
    ])
    func `a password is the file without one newline`(content: String, password: String) throws {
        let folder = try Folder()
        let path = try folder.write("password", content, mode: 0o640)
        #expect(try PasswordFile.read(path) == Array(password.utf8))
    }

    @Test(
        arguments: [
            ("", 0o600, "is empty; write the password into it, on one line"),
            ("\n", 0o600, "is empty; write the password into it, on one line"),
            ("\r\n", 0o600, "is empty; write the password into it, on one line"),
            ("a\0b", 0o600, "holds a NUL byte; write the password as text"),
            (
                "secret", 0o644,
                "the password is open to every user of this machine (mode 0644); "
                    + "take that away with chmod o= PATH"
            ),
            (
                "secret", 0o602,
                "the password is open to every user of this machine (mode 0602); "
                    + "take that away with chmod o= PATH"
            ),
            (
                String(repeating: "x", count: 5000), 0o600,
                "holds more than 4096 bytes; write the password alone"
            ),
        ] as [(String, UInt32, String)])
    func `a password file is refused`(content: String, mode: UInt32, message: String) throws {
        let folder = try Folder()
        let path = try folder.write("password", content, mode: mode)
        let error = PasswordFileError(path: path, message: message.replacing("PATH", with: path))
        #expect(throws: error) {
            try PasswordFile.read(path)
        }
    }
}
